"""Open calls for a work of art: one of them, its works, the form by which one takes part."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hermanar.catalogue.read.gifts import slug_of, work_by_key
from hermanar.foundation.documents import RefusedDocumentError, path_of
from hermanar.foundation.intake import Sending
from hermanar.foundation.intake.kinds import LANGUAGES
from hermanar.foundation.intake.rules import ContentError
from hermanar.foundation.models import Contribution
from hermanar.museum.actions.judging import send_entry
from hermanar.museum.forms.open_calls import EntryForm
from hermanar.museum.models import OpenCall
from hermanar.museum.pictures import UnreadablePictureError, dimensions, small_file
from hermanar.museum.queries import open_calls as queries
from hermanar.museum.queries.open_calls import CallLine, EntryLine
from hermanar.museum.rules.iiif import within
from hermanar.museum.rules.open_calls import CallRefusedError
from hermanar.museum.views.cards import drawn
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.receiving import Desk, answer, given, receiving
from hermanar.museum.views.sayings import foreign
from hermanar.museum.vocabulary.open_calls import Decider, Phase

SIDES = (480, 1600)  # the longest side of the pictures that pages ask for
_TONES = {
    Phase.OPEN: ("good", "full"),
    Phase.VOTING: ("good", "half"),
    Phase.UPCOMING: ("info", "open"),
    Phase.DECIDING: ("info", "half"),
    Phase.DECIDED: ("quiet", "ring"),
    Phase.CANCELLED: ("quiet", "dotted"),
}


def asked_for(slug: str) -> tuple[OpenCall, CallLine]:
    """Return a call that the public may see; 404 for any other."""
    kept = queries.published_calls().filter(slug=slug).first()
    if kept is None:
        raise Http404
    return kept, queries.line_of(kept, language=language(), today=queries.day_of(kept))


def rows_for_list() -> list[dict[str, Any]]:
    """Return the open calls as the list of all calls shows them."""
    return [_told(line) for line in queries.call_lines(language=language())]


def _told(line: CallLine) -> dict[str, Any]:
    tone, shape = _TONES[line.phase]
    return {
        "line": line, "phase": line.phase.label, "tone": tone, "shape": shape,
        "title_lang": foreign(line.title_language), "decider": Decider(line.decider).label,
    }  # fmt: skip


@public()
def call_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a call: for which city, its days, its rules, its works, who decides; and what was decided."""
    kept, line = asked_for(slug)
    works = queries.entry_lines(kept, says_who=line.says_who)
    jury = queries.jury_of(kept) if line.decider is Decider.JURY else []
    context = {
        **_told(line),
        "card": _card(line),
        "days": _days(line),
        "rules_lang": foreign(line.rules_language),
        "reasons_lang": foreign(line.reasons_language),
        "cancelled_lang": foreign(line.cancelled_language),
        "works": hung(works, queries.entries_of(kept)),
        "jury": jury,
        "work_url": _work_url(line.work),
    }
    return render(request, "museum/open_call/page.html", context)


def _card(line: CallLine) -> str:
    """Draw the way that the work will take."""
    if line.giver is None or line.receiver is None:
        return ""
    return drawn((line.giver, line.receiver), {"scene": "path"}, sent_at=timezone.now())


def _days(line: CallLine) -> list[dict[str, Any]]:
    """Return the three stretches of a call in their order, and which of them is now."""
    votes = _("Vota el público") if line.decider is Decider.PUBLIC else _("Mira y vota el jurado")
    after = line.closes_on + dt.timedelta(days=1) if line.closes_on else None
    rows = (
        (Phase.OPEN, _("Se reciben obras"), line.opens_on, line.closes_on),
        (Phase.VOTING, votes, after, line.votes_until),
        (Phase.DECIDING, _("Resultado, con sus razones"), line.decided_on, None),
    )
    now = Phase.DECIDING if line.phase is Phase.DECIDED else line.phase
    return [{"what": what, "first": first, "last": last, "is_now": phase is now} for phase, what, first, last in rows]


def _work_url(work: UUID | None) -> str:
    """Return where the collection shows what the work became, as long as the public may see it."""
    found = work_by_key(work) if work else None
    return reverse("museum:exhibit", args=[slug_of(found)]) if found else ""


def hung(lines: list[EntryLine], kept: Any) -> list[dict[str, Any]]:
    """Return works with their pictures; one whose picture is gone keeps its words."""
    digests = queries.digests_of(list(kept))
    return [{**_said(line), "picture": _picture(digests.get(line.id, ""))} for line in lines]


def _said(line: EntryLine) -> dict[str, Any]:
    return {"entry": line, "lang": foreign(line.language), "language": LANGUAGES.get(line.language, "")}


def _picture(digest: str) -> dict[str, Any] | None:
    if not digest:
        return None
    try:
        size = dimensions(digest, path_of(digest))
    except UnreadablePictureError:
        return None
    return {"small": within(size, SIDES[0]), "large": within(size, SIDES[1])}


@public()
def entry_page(request: HttpRequest, slug: str, entry: UUID) -> HttpResponse:
    """Show one work: its picture, its words, and how to vote for it."""
    kept, line = asked_for(slug)
    found = queries.entries_of(kept).filter(pk=entry).first()
    if found is None:
        raise Http404
    (work,) = hung([queries.entry_line(found, kept, says_who=line.says_who)], [found])
    return render(request, "museum/open_call/entry.html", {**_told(line), "work": work})


@public()
def entry_picture(request: HttpRequest, slug: str, entry: UUID, side: int) -> HttpResponse:
    """Answer with the picture of a work in one of two sizes, asked anew each time whether the public may see it."""
    kept, _line = asked_for(slug)
    found = queries.entries_of(kept).filter(pk=entry).first()
    digest = queries.picture_digest(found) if found else ""
    if side not in SIDES or not digest:
        raise Http404
    try:
        path = small_file(digest, path_of(digest), side, shown=queries.shown_picture_digests)
        response = HttpResponse(path.read_bytes(), content_type="image/jpeg")  # a few hundred kilobytes at most
    except (UnreadablePictureError, FileNotFoundError) as gone:
        raise Http404 from gone
    response.headers["Cache-Control"] = "no-cache"
    return response


@receiving(takes_file=True)
def new_entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Take part with a work, while works are received."""
    kept, line = asked_for(slug)
    ticket, is_held = given(request)
    if line.phase is not Phase.OPEN:
        return render(request, "museum/open_call/not_now.html", _told(line), status=409 if request.POST else 200)

    def show(form: Any, why: dict[str, Any]) -> HttpResponse:
        return render(request, "museum/open_call/new.html", {**why, **_told(line), "form": form})

    if request.method != "POST":
        return show(EntryForm(ticket=ticket), {})
    form = EntryForm(request.POST, request.FILES, ticket=ticket)
    keep = _keeper(form, kept)
    return answer(request, form, Desk(show, lambda _form: {}, keep), is_held=is_held)


def _keeper(form: EntryForm, call: OpenCall) -> Any:
    def keep(sending: Sending, *, consent: str) -> Contribution:
        """Keep the work; what is wrong with its picture is said beside the picture."""
        try:
            sent = form.cleaned_data["picture"]
            return send_entry(sending, call=call.pk, picture=sent, name=sent.name, today=queries.day_of(call))
        except RefusedDocumentError as wrong:
            form.add_error("picture", str(wrong))
        except CallRefusedError as refused:
            form.add_error(None, str(refused))
        raise ContentError({})

    return keep
