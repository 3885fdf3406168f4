"""Who takes part in a tie: the map of both sides, one named, mended, gone."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.actions import stakeholders as verbs
from hermanar.cooperation.models import Stakeholder
from hermanar.cooperation.queries.stakeholders import stakeholders_of
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, TieSide
from hermanar.foundation.access import Verb, can
from hermanar.foundation.models import uuid7
from hermanar.workspace.beginnings import actor_map, stakeholder_columns
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.stakeholders import LeaveForm, StakeholderForm, stakeholder_draft
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import own_file, way_back

_KEPT = ("side", "kind", "name", "part", "area", "contributes", "since_on", "version")


def own_stakeholder(request: MemberRequest, stakeholder: UUID) -> Stakeholder:
    """Return who takes part in a tie of the office; outside it, the same answer as for what does not exist."""
    kept = stakeholders_of(request.office.pk).filter(pk=stakeholder).first()
    if kept is None:
        raise Http404
    return kept


def _map_of(kept: Agreement) -> str:
    return reverse("workspace:stakeholders", args=[kept.pk])


def _way_to(kept: Agreement, *, is_map: bool = False) -> tuple[tuple[str, str], ...]:
    first = (
        (str(_("Expedientes")), reverse("workspace:files")),
        (kept.number, reverse("workspace:file", args=[kept.pk])),
    )
    return first if is_map else (*first, (str(_("Quiénes participan")), _map_of(kept)))


@member(Verb.READ_FILES)
def stakeholders(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show who takes part in a tie on which side, what each brings, and where nobody does."""
    kept = own_file(request, agreement)
    every = list(stakeholders_of(request.office.pk).filter(agreement=kept))
    may_name = kept.stage != Stage.ABANDONED and can(request.actor, Verb.NAME_STAKEHOLDERS)
    context = {
        "file": kept,
        "map": actor_map(kept, every),
        "gone": [one for one in every if one.left_on],
        "has_any": bool(every),
        "may_name": may_name,
        "where": _way_to(kept, is_map=True),
    }
    return render(request, "workspace/stakeholders/page.html", context)


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, agreement: UUID, format_: str) -> HttpResponse:
    """Give who takes part in a tie as a table, those who left too."""
    kept = own_file(request, agreement)
    rows = stakeholders_of(request.office.pk).filter(agreement=kept)
    name = f"actores-{today_of(request.office)}"
    return table_answer(stakeholder_columns(), rows, format_=format_, name=name, sheet=_("Actores"))


@member(Verb.NAME_STAKEHOLDERS)
def name(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Name who takes part; the map leads here with the side and the class that nobody is of."""
    kept = own_file(request, agreement)
    side, kind = request.GET.get("lado", ""), request.GET.get("clase", "")
    first = {
        "key": uuid7(),
        "side": side if side in TieSide.values else "",
        "kind": kind if kind in ActorClass.values else "",
    }

    def do(given: Values) -> None:
        common: Values = {"by": request.actor, "today": today_of(request.office), "key": given["key"] or uuid7()}
        verbs.name_stakeholder(kept.pk, stakeholder_draft(given), **common)

    sheet = Sheet(
        title=_("Agregar a quien participa"),
        lede=_("Con más sectores de la sociedad, el lazo no depende de una administración."),
        submit=_("Agregarlo"),
        said=_("Actor agregado."),
        back=way_back(request, _map_of(kept)),
        where=_way_to(kept),
        make=StakeholderForm,
        now=lambda: dict(first),
    )
    return answered(request, sheet, do=do)


@member(Verb.NAME_STAKEHOLDERS)
def mend(request: MemberRequest, stakeholder: UUID) -> HttpResponse:
    """Mend what is kept of who takes part."""
    kept = own_stakeholder(request, stakeholder)

    def now() -> Values:
        fresh = own_stakeholder(request, stakeholder)
        return {name: getattr(fresh, name) for name in _KEPT} | {"resources": fresh.resource_codes}

    def do(given: Values) -> None:
        common: Values = {"by": request.actor, "version": given["version"], "today": today_of(request.office)}
        verbs.mend_stakeholder(kept.pk, stakeholder_draft(given), **common)

    sheet = Sheet(
        title=kept.name,
        submit=_("Guardar"),
        said=_("Actor guardado."),
        back=_map_of(kept.agreement),
        where=_way_to(kept.agreement),
        make=StakeholderForm,
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.NAME_STAKEHOLDERS)
def leave(request: MemberRequest, stakeholder: UUID) -> HttpResponse:
    """Note that somebody takes part no more."""
    kept = own_stakeholder(request, stakeholder)

    def now() -> Values:
        fresh = own_stakeholder(request, stakeholder)
        on = fresh.left_on or today_of(request.office)
        return {"version": fresh.version, "left_on": on, "reason": fresh.left_reason}

    def do(given: Values) -> None:
        told: Values = {"left_on": given["left_on"], "reason": given["reason"], "today": today_of(request.office)}
        verbs.part_with_stakeholder(kept.pk, by=request.actor, version=given["version"], **told)

    sheet = Sheet(
        title=_("%(name)s ya no participa") % {"name": kept.name},
        lede=_("Queda en la lista de quienes participaron, con su motivo."),
        submit=_("Asentarlo"),
        said=_("Asentado."),
        back=_map_of(kept.agreement),
        where=_way_to(kept.agreement),
        make=LeaveForm,
        now=now,
    )
    return answered(request, sheet, do=do)
