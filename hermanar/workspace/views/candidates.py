"""The candidates of a selection: added, marked with reasons, left out, let in again."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation.actions import selection as verbs
from hermanar.cooperation.actions.selection import CandidateDraft
from hermanar.cooperation.models import Candidate
from hermanar.cooperation.queries.requests import requests_of
from hermanar.cooperation.queries.selection import candidates_of
from hermanar.foundation.access import Verb
from hermanar.foundation.models import uuid7
from hermanar.observatory.queries import ties_of
from hermanar.ui.templatetags.ui import in_language
from hermanar.workspace.forms.selections import (
    CandidateForm,
    MarksForm,
    ReadmitForm,
    ReasonForm,
    mark_drafts,
    mark_values,
)
from hermanar.workspace.known import known_between
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.selections import address_of, own_selection, way_to


def own_candidate(request: MemberRequest, candidate: UUID) -> Candidate:
    """Return a candidate of a selection of the office; outside it, the same answer as for what does not exist."""
    kept = candidates_of(request.office.pk).filter(pk=candidate).first()
    if kept is None:
        raise Http404
    return kept


@member(Verb.WEIGH_CITIES)
def add(request: MemberRequest, selection: UUID) -> HttpResponse:
    """Add a city to compare: one that asked, or any other."""
    kept = own_selection(request, selection)
    waiting = requests_of(request.office.pk).filter(answer="")
    requests = [(str(one.pk), f"{one.city} · {one.requester}") for one in waiting]
    made: list[UUID] = []

    def do(given: Values) -> None:
        draft = CandidateDraft(given["city"], place=given["found"], request=given.get("request"), note=given["note"])
        made.append(verbs.add_candidate(kept.pk, draft, by=request.actor, key=given["key"] or uuid7()).pk)

    first = {"key": uuid7(), "request": request.GET.get("solicitud", "")}
    sheet = Sheet(
        title=_("Agregar una candidata"),
        submit=_("Agregarla"),
        said=_("Candidata agregada. Califíquela."),
        back=address_of(kept),
        where=way_to(kept),
        make=lambda *given, **more: CandidateForm(*given, own=request.office.place, requests=requests, **more),
        now=lambda: dict(first),
    )
    return answered(request, sheet, do=do, to=lambda: reverse("workspace:mark_candidate", args=[made[0]]))


@member(Verb.WEIGH_CITIES)
def mark(request: MemberRequest, candidate: UUID) -> HttpResponse:
    """Mark a candidate by each criterion, with the reason."""
    kept = own_candidate(request, candidate)
    criteria = list(kept.selection.criteria.all())

    def now() -> Values:
        fresh = own_candidate(request, candidate)
        values = mark_values(criteria, fresh.marks.all())
        return values | {"note": fresh.note, "version": fresh.selection.version}

    def do(given: Values) -> None:
        marks = mark_drafts(given, criteria)
        verbs.mark_candidate(kept.pk, marks, by=request.actor, version=given["version"], note=given["note"])

    sheet = Sheet(
        title=_("Calificar a %(city)s") % {"city": kept.name},
        lede=_("De 0, nada, a 5, del todo. Cada calificación lleva su porqué; lo que no se sabe queda sin calificar."),
        submit=_("Guardar las calificaciones"),
        said=_("Calificaciones guardadas."),
        back=address_of(kept.selection),
        where=way_to(kept.selection),
        make=lambda *given, **more: MarksForm(*given, criteria=criteria, **more),
        now=now,
        facts=_facts(request, kept),
    )
    return answered(request, sheet, do=do)


def _facts(request: MemberRequest, kept: Candidate) -> tuple[tuple[str, str], ...]:
    """Return what is known of a candidate already; the marks remain the office's own."""
    asked = ((_("Lo que pidió"), kept.request.asks),) if kept.request else ()
    if kept.place is None:
        return ((_("País"), _("no está en el directorio")), *asked)
    own, place = request.office.place_id, kept.place
    known = known_between(request.office, own, other=place.pk) if own else []
    told = ", ".join(one.title_es for one in known) or _("no consta ninguno")
    ties = str(ties_of(place.pk).count())
    about = ((_("País"), in_language(place.country, "name")), (_("Acuerdos con nuestra ciudad"), told))
    return (*about, (_("Lazos que otros reportan de ella"), ties), *asked)


@member(Verb.WEIGH_CITIES)
def leave_out(request: MemberRequest, candidate: UUID) -> HttpResponse:
    """Consider a candidate no more, for a reason; or let it in again."""
    kept = own_candidate(request, candidate)

    def now() -> Values:
        fresh = own_candidate(request, candidate)
        return {"version": fresh.selection.version, "reason": fresh.left_out}

    def do(given: Values) -> None:
        verbs.leave_out(kept.pk, by=request.actor, version=given["version"], reason=given.get("reason", ""))

    told: Values = {"city": kept.name}
    is_out = bool(kept.left_out)
    sheet = Sheet(
        title=(_("Volver a admitir a %(city)s") if is_out else _("Descartar a %(city)s")) % told,
        lede=_("Sus calificaciones quedan guardadas."),
        submit=_("Volver a admitirla") if is_out else _("Descartarla"),
        said=_("Candidata admitida otra vez.") if is_out else _("Candidata descartada."),
        back=address_of(kept.selection),
        where=way_to(kept.selection),
        make=ReadmitForm if is_out else ReasonForm,
        now=now,
        facts=((_("Se descartó por"), kept.left_out),) if is_out else (),
    )
    return answered(request, sheet, do=do)
