"""What the pages and tables of requests, selections and who takes part say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import by_number, for_office
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.models import Criterion, Stakeholder, TwinningRequest
from hermanar.cooperation.queries.selection import Compared, Comparison
from hermanar.cooperation.queries.stakeholders import actor_facts
from hermanar.cooperation.rules.selection import Standing
from hermanar.cooperation.rules.stakeholders import gaps
from hermanar.cooperation.vocabulary.requests import Incentive
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide
from hermanar.foundation.tables import Column
from hermanar.ui.templatetags.ui import in_language
from hermanar.workspace.lines import counterpart_of

Choices = list[tuple[str, str]]


def files_to_choose(office: UUID, *, place: UUID | None) -> Choices:
    """Return the files of an office that something may lead to: those with a place, or all where it is not known."""
    found = for_office(office).exclude(stage=Stage.ABANDONED)
    if place is not None:
        found = found.filter(parties__place=place)
    return [(str(one.pk), f"{one.title_es} ({one.number})") for one in by_number(found)]


# ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def incentives_told(request: TwinningRequest) -> str:
    """Name what moves the two cities."""
    return ", ".join(str(Incentive(code).label) for code in request.incentive_codes)


def state_told(request: TwinningRequest) -> str:
    """Say whether a request is answered."""
    return str(request.get_answer_display()) if request.answer else _("sin respuesta")


def request_columns() -> tuple[Column, ...]:
    """Return the columns of the requests."""
    return (
        Column(_("ciudad"), lambda one: one.city),
        Column(_("país"), lambda one: in_language(one.place.country, "name") if one.place else ""),
        Column(_("quién lo pide"), lambda one: str(one.get_side_display())),
        Column(_("solicitante"), lambda one: one.requester),
        Column(_("cargo"), lambda one: one.requester_post),
        Column(_("fecha"), lambda one: one.on),
        Column(_("qué piden"), lambda one: one.asks),
        Column(_("qué mueve"), incentives_told),
        Column(_("qué las une"), lambda one: one.link),
        Column(_("responder para"), lambda one: one.answer_by),
        Column(_("respuesta"), state_told),
        Column(_("respondida"), lambda one: one.answered_on),
        Column(_("por qué"), lambda one: one.answer_reason),
        Column(_("expediente"), lambda one: one.agreement.number if one.agreement else ""),
        Column(_("papel"), lambda one: one.source),
    )


# ── the choice of a city ─────────────────────────────────────────────────────────────────────────────────────────────


def points(value: Fraction) -> str:
    """Write points with one decimal, a half rounded up."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


def standing_told(standing: Standing | None) -> str:
    """Say what the marks of a candidate add up to."""
    if standing is None:
        return _("todavía no hay pesos")
    if standing.is_whole:
        return points(standing.low)
    told = {"low": points(standing.low), "high": points(standing.high), "missing": standing.missing}
    words = ngettext(
        "entre %(low)s y %(high)s: falta %(missing)d calificación",
        "entre %(low)s y %(high)s: faltan %(missing)d calificaciones",
        standing.missing,
    )
    return words % told


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate in the order of a comparison."""

    compared: Compared
    is_chosen: bool = False

    @property
    def place(self) -> int | None:
        """Return its place in the order."""
        return self.compared.standing.place if self.compared.standing else None

    @property
    def points(self) -> str:
        """Return what its marks add up to, in words."""
        return standing_told(self.compared.standing)

    @property
    def low(self) -> str:
        """Return how long its bar is at least, out of a hundred."""
        return points(self.compared.standing.low) if self.compared.standing else "0"

    @property
    def open(self) -> str:
        """Return how much of its bar nobody knows."""
        one = self.compared.standing
        return points(one.high - one.low) if one else "0"


def candidate_lines(found: Comparison) -> list[CandidateLine]:
    """Return the candidates in their order as lines."""
    chosen = found.decision.candidate_id if found.decision else None
    return [CandidateLine(one, one.candidate.pk == chosen) for one in found.candidates]


def comparison_columns(found: Comparison) -> tuple[Column, ...]:
    """Return the columns of a comparison: one for each criterion with its weight, and one for each reason."""
    chosen = found.decision.candidate_id if found.decision else None
    first = (
        Column(_("lugar"), lambda one: one.standing.place if one.standing else None),
        Column(_("candidata"), lambda one: one.candidate.name),
        Column(_("puntos de 100, al menos"), lambda one: points(one.standing.low) if one.standing else ""),
        Column(_("puntos de 100, a lo más"), lambda one: points(one.standing.high) if one.standing else ""),
        Column(_("calificaciones que faltan"), lambda one: one.standing.missing if one.standing else None),
    )
    marks = [column for criterion in found.criteria for column in _mark_columns(criterion)]
    last = (
        Column(_("descartada por"), lambda one: one.candidate.left_out),
        Column(_("elegida"), lambda one: _("sí") if one.candidate.pk == chosen else ""),
        Column(_("notas"), lambda one: one.candidate.note),
    )
    return (*first, *marks, *last)


def _mark_columns(criterion: Criterion) -> tuple[Column, Column]:
    weight = _("sin peso") if criterion.weight is None else _("peso %(weight)d") % {"weight": criterion.weight}
    told = {"name": criterion.name}

    def value(one: Compared) -> int | None:
        mark = one.marks.get(criterion.pk)
        return mark.value if mark else None

    def reason(one: Compared) -> str:
        mark = one.marks.get(criterion.pk)
        return mark.reason if mark else ""

    return Column(f"{criterion.name} ({weight})", value), Column(_("por qué: %(name)s") % told, reason)


# ── who takes part ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of actors on the map: who of it takes part on each side."""

    kind: ActorClass
    own: tuple[Stakeholder, ...]
    other: tuple[Stakeholder, ...]

    @property
    def state(self) -> str:
        """Return whether the two sides meet in this class: both, own, other, none."""
        return {(True, True): "both", (True, False): "own", (False, True): "other"}.get(
            (bool(self.own), bool(self.other)), "none"
        )


@dataclass(frozen=True, slots=True)
class ActorMap:
    """Who takes part on which side, and where nobody does."""

    rows: tuple[ClassRow, ...]
    own: str
    other: str
    empty: tuple[ActorClass, ...]  # classes with nobody on either side
    resources: tuple[tuple[Resource, tuple[Stakeholder, ...], tuple[Stakeholder, ...]], ...]

    @property
    def count(self) -> int:
        """Return how many take part."""
        return sum(len(row.own) + len(row.other) for row in self.rows)


def actor_map(kept: Agreement, stakeholders: Iterable[Stakeholder]) -> ActorMap:
    """Lay out who takes part in a tie now."""
    there = [one for one in stakeholders if one.left_on is None]

    def of(side: TieSide, kind: ActorClass) -> tuple[Stakeholder, ...]:
        return tuple(one for one in there if one.side == side and one.kind == kind)

    def with_(side: TieSide, resource: Resource) -> tuple[Stakeholder, ...]:
        return tuple(one for one in there if one.side == side and resource.value in one.resource_codes)

    missing = gaps(actor_facts(there))
    empty = tuple(kind for kind in ActorClass if all((kind, side) in missing for side in TieSide))
    office = kept.office
    return ActorMap(
        rows=tuple(ClassRow(kind, of(TieSide.OWN, kind), of(TieSide.OTHER, kind)) for kind in ActorClass),
        own=office.place.name if office and office.place else office.name if office else "",
        other=counterpart_of(kept),
        empty=empty,
        resources=tuple((one, with_(TieSide.OWN, one), with_(TieSide.OTHER, one)) for one in Resource),
    )


def resources_told(one: Stakeholder) -> str:
    """Name the kinds of resource somebody brings."""
    return ", ".join(str(Resource(code).label) for code in one.resource_codes)


def stakeholder_columns() -> tuple[Column, ...]:
    """Return the columns of who takes part."""
    return (
        Column(_("expediente"), lambda one: one.agreement.number),
        Column(_("lado"), lambda one: str(one.get_side_display())),
        Column(_("clase"), lambda one: str(one.get_kind_display())),
        Column(_("organización"), lambda one: one.name),
        Column(_("en qué participa"), lambda one: one.part),
        Column(_("área"), lambda one: str(one.get_area_display()) if one.area else ""),
        Column(_("recursos"), resources_told),
        Column(_("qué aporta"), lambda one: one.contributes),
        Column(_("desde"), lambda one: one.since_on),
        Column(_("dejó de participar"), lambda one: one.left_on),
        Column(_("motivo"), lambda one: one.left_reason),
    )


def is_late(request: TwinningRequest, *, today: dt.date) -> bool:
    """Say whether the day the office set itself has passed without an answer."""
    return not request.answer and request.answer_by is not None and request.answer_by < today
