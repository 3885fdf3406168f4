"""Requests to twin: the list with the selections, one taken in, its page, its answer, the letter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hermanar.cooperation.actions import requests as verbs
from hermanar.cooperation.models import TwinningRequest
from hermanar.cooperation.queries.requests import requests_of, unfiled
from hermanar.cooperation.queries.selection import selection_lines
from hermanar.cooperation.vocabulary.requests import Answer, RequestSide
from hermanar.foundation.access import Verb, can
from hermanar.foundation.models import uuid7
from hermanar.foundation.papers import reply
from hermanar.foundation.papers.structure import LANGUAGES
from hermanar.workspace.beginnings import (
    files_to_choose,
    incentives_told,
    is_late,
    request_columns,
)
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.places import shown_place
from hermanar.workspace.forms.requests import (
    AnswerForm,
    FileForm,
    PlacedFileForm,
    RequestForm,
    answer_draft,
    request_draft,
    which_file,
)
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.reply_letters import reply_facts
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member

_KEPT = (
    "side", "city", "requester", "requester_post", "contact", "on", "asks", "link", "answer_by", "source", "version",
)  # fmt: skip
_ANSWERED = ("answer", "reply_es", "reply_en", "version")


def own_request(request: MemberRequest, asked: UUID) -> TwinningRequest:
    """Return a request of the office; outside it, the same answer as for what does not exist."""
    kept = requests_of(request.office.pk).filter(pk=asked).first()
    if kept is None:
        raise Http404
    return kept


def way_to(kept: TwinningRequest | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way to a page of requests: words and addresses."""
    first = (str(_("Nuevos lazos")), reverse("workspace:beginnings"))
    return (first, (kept.city, reverse("workspace:request", args=[kept.pk]))) if kept else (first,)


@member(Verb.READ_FILES)
def beginnings(request: MemberRequest) -> HttpResponse:
    """List what came from other cities and waits, what was answered, and the selections."""
    today = today_of(request.office)
    every = list(requests_of(request.office.pk))
    waiting = [(one, is_late(one, today=today)) for one in every if not one.answer]
    context = {
        "waiting": sorted(waiting, key=lambda found: (found[0].answer_by or today.max, found[0].on)),
        "answered": [one for one in every if one.answer],
        "selections": selection_lines(request.office.pk),
        "may_receive": can(request.actor, Verb.RECEIVE_REQUEST),
        "may_weigh": can(request.actor, Verb.WEIGH_CITIES),
    }
    return render(request, "workspace/beginnings/list.html", context)


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the requests as a table."""
    rows = requests_of(request.office.pk)
    name = f"solicitudes-{today_of(request.office)}"
    return table_answer(request_columns(), rows, format_=format_, name=name, sheet=_("Solicitudes"))


@member(Verb.RECEIVE_REQUEST)
def receive(request: MemberRequest) -> HttpResponse:
    """Take in a request, or note one that the office sent."""
    today = today_of(request.office)
    made: list[UUID] = []

    def do(given: Values) -> None:
        common: Values = {"office": request.office.pk, "by": request.actor, "today": today}
        made.append(verbs.receive_request(request_draft(given), key=given["key"] or uuid7(), **common).pk)

    first = {"key": uuid7(), "side": RequestSide.RECEIVED, "on": today}
    sheet = Sheet(
        title=_("Recibir una solicitud"),
        lede=_("La de otra ciudad que quiere hermanarse, o la que su oficina envía. Lo que no se sepa, vacío."),
        submit=_("Guardar la solicitud"),
        said=_("Solicitud guardada. Aparece en «Qué vence» hasta que se responda."),
        back=reverse("workspace:beginnings"),
        where=way_to(),
        make=lambda *given, **more: RequestForm(*given, own=request.office.place, **more),
        now=lambda: dict(first),
    )
    return answered(request, sheet, do=do, to=lambda: reverse("workspace:request", args=[made[0]]))


@member(Verb.READ_FILES)
def show(request: MemberRequest, asked: UUID) -> HttpResponse:
    """Show a request: what it asks, what links the cities, what was answered."""
    kept = own_request(request, asked)
    context = {
        "kept": kept,
        "is_late": is_late(kept, today=today_of(request.office)),
        "incentives": incentives_told(kept),
        "has_link": bool(kept.link or kept.incentives),
        "candidacies": kept.candidacies.select_related("selection"),
        "letters": _letters(kept),
        "may_mend": not kept.answer and can(request.actor, Verb.RECEIVE_REQUEST),
        "may_answer": not kept.answer and can(request.actor, Verb.ANSWER_REQUEST),
        "may_file": kept in unfiled(request.office.pk) and can(request.actor, Verb.ANSWER_REQUEST),
        "may_weigh": not kept.answer and can(request.actor, Verb.WEIGH_CITIES),
    }
    return render(request, "workspace/beginnings/request.html", context)


def _letters(kept: TwinningRequest) -> list[dict[str, str]]:
    """Return the letter of answer in each language and format, where there is one to send."""
    if kept.side != RequestSide.RECEIVED or kept.answer not in {Answer.ACCEPTED, Answer.DECLINED}:
        return []
    names = {"es": _("español"), "en": _("inglés")}
    return [
        {
            "words": f"{words}, {names[language]}",
            "address": reverse("workspace:request_letter", args=[kept.pk, language, format_]),
        }
        for language in LANGUAGES
        for format_, words in (("docx", "Word"), ("pdf", "PDF"))
    ]


@member(Verb.RECEIVE_REQUEST)
def mend(request: MemberRequest, asked: UUID) -> HttpResponse:
    """Mend what is kept of a request that waits."""
    kept = own_request(request, asked)

    def now() -> Values:
        fresh = own_request(request, asked)
        kept_now = {name: getattr(fresh, name) for name in _KEPT}
        return kept_now | {"incentives": fresh.incentive_codes, "place": shown_place(fresh.place_id)}

    def do(given: Values) -> None:
        today = today_of(request.office)
        verbs.mend_request(kept.pk, request_draft(given), by=request.actor, version=given["version"], today=today)

    sheet = Sheet(
        title=_("Corregir la solicitud"),
        submit=_("Guardar"),
        said=_("Solicitud guardada."),
        back=reverse("workspace:request", args=[kept.pk]),
        where=way_to(kept),
        make=lambda *given, **more: RequestForm(*given, own=request.office.place, **more),
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.ANSWER_REQUEST)
def answer(request: MemberRequest, asked: UUID) -> HttpResponse:
    """Note what was answered; accepted, it leads to a file."""
    kept = own_request(request, asked)
    files = files_to_choose(request.office.pk, place=kept.place_id)

    def now() -> Values:
        fresh = own_request(request, asked)
        told: Values = {name: getattr(fresh, name) for name in _ANSWERED}
        file = str(fresh.agreement_id) if fresh.agreement_id else ""
        on = fresh.answered_on or today_of(request.office)
        return told | {"reason": fresh.answer_reason, "on": on, "file": file}

    def do(given: Values) -> None:
        today = today_of(request.office)
        verbs.answer_request(kept.pk, answer_draft(given), by=request.actor, version=given["version"], today=today)

    sheet = Sheet(
        title=_("Asentar la respuesta"),
        lede=_("Una vez asentada ya no cambia. Si se acepta, lleva a un expediente: el trámite sigue ahí."),
        submit=_("Asentar la respuesta"),
        said=_("Respuesta asentada."),
        back=reverse("workspace:request", args=[kept.pk]),
        where=way_to(kept),
        make=lambda *given, **more: AnswerForm(*given, files=files, **more),
        now=now,
        facts=((_("Quién lo pide"), kept.requester), (_("Qué piden"), kept.asks), (_("Qué las une"), _linked(kept))),
    )
    return answered(request, sheet, do=do)


@member(Verb.ANSWER_REQUEST)
def file_request(request: MemberRequest, asked: UUID) -> HttpResponse:
    """Say which file an accepted request led to, and which place its city is where that is not known."""
    kept = own_request(request, asked)
    if kept.answer != Answer.ACCEPTED:
        raise Http404
    files = files_to_choose(request.office.pk, place=kept.place_id)

    def now() -> Values:
        fresh = own_request(request, asked)
        file = str(fresh.agreement_id) if fresh.agreement_id else ""
        return {"version": fresh.version, "file": file, "city": fresh.city, "place": shown_place(fresh.place_id)}

    def make(*given: Any, **more: Any) -> Form:
        if kept.place_id:
            return FileForm(*given, files=files, **more)
        return PlacedFileForm(*given, files=files, own=request.office.place, **more)

    def do(given: Values) -> None:
        common: Values = {"by": request.actor, "version": given["version"], "today": today_of(request.office)}
        verbs.file_request(kept.pk, which_file(given["file"]), place=given.get("found"), **common)

    sheet = Sheet(
        title=_("El expediente de la solicitud aceptada"),
        submit=_("Guardar"),
        said=_("Expediente anotado."),
        back=reverse("workspace:request", args=[kept.pk]),
        where=way_to(kept),
        make=make,
        now=now,
        facts=((_("Ciudad"), kept.city), (_("Qué piden"), kept.asks)),
    )
    return answered(request, sheet, do=do)


def _linked(kept: TwinningRequest) -> str:
    told = "; ".join(one for one in (incentives_told(kept), kept.link) if one)
    return told or _("todavía no se ha escrito: sin eso no puede aceptarse")


@member(Verb.READ_FILES)
def letter(request: MemberRequest, asked: UUID, language: str, format_: str) -> HttpResponse:
    """Give the letter of answer as Word or PDF; without an answer, or to oneself, there is none."""
    kept = own_request(request, asked)
    if not _letters(kept) or language not in LANGUAGES or format_ not in FORMATS:
        raise Http404
    with translation.override(language):
        facts = reply_facts(kept, language=language)
    paper = reply(facts, language=language, is_accepted=kept.answer == Answer.ACCEPTED)
    return answer_with(paper, format_, name=f"respuesta-{slugify(kept.city)}-{language}")
