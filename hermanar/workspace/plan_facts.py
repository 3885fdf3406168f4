"""An annual programme as the facts of its paper, from the plan: nobody writes it twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import AnnualProgramme, PlannedActivity
from hermanar.cooperation.queries.plans import resource_lines, staff_lines
from hermanar.cooperation.rules.plans import ResourceLine, sums_of
from hermanar.cooperation.vocabulary import PlanSide, ResourceKind
from hermanar.foundation.papers import ActivityFacts, StaffFacts
from hermanar.foundation.papers.structure import Words, written
from hermanar.workspace.plans import money

_NO_OTHER = Words("Ninguna otra, por ahora", "None other, so far")
_THIRD = Words("un tercero", "a third party")
_BOTH = Words("ambas Partes", "both Parties")
_TOTAL = Words("Total", "Total")


def side_names(own: str, other: str, *, language: str) -> dict[PlanSide, str]:
    """Return how a paper names who answers for something or provides it."""
    return {
        PlanSide.OWN: own,
        PlanSide.COUNTERPART: other,
        PlanSide.BOTH: _BOTH[language],
        PlanSide.OTHER: _THIRD[language],
    }


def programme_near(kept: Agreement, *, year: int) -> AnnualProgramme | None:
    """Return the programme of a year of an agreement's plans, or the one that comes nearest to it."""
    rows = AnnualProgramme.objects.filter(plan__agreement=kept).order_by("-year")
    return min(rows, key=lambda one: abs(one.year - year), default=None)


def programme_values(one: AnnualProgramme, names: Mapping[PlanSide, str], *, language: str) -> dict[str, Any]:
    """Return what a programme says, by the names of the facts of its paper."""
    going = [planned for planned in one.activities.all() if planned.cancelled_on is None]
    resources = resource_lines(one)
    return {
        "year": one.year,
        "objectives": lines_in(one, "objectives", language=language),
        "activities": tuple(_activity(planned, names, language=language) for planned in going),
        "staff": tuple(
            StaffFacts(
                profile=_labelled(names[line.side], line.profile_en if language == "en" else line.profile),
                count=line.count,
                stay=line.stay_en if language == "en" else line.stay,
            )
            for line in staff_lines(one)
        ),
        "mexican_duties": lines_in(one, "duties_own", language=language),
        "counterpart_duties": lines_in(one, "duties_counterpart", language=language),
        "human_resources": _resources(resources, ResourceKind.HUMAN, names=names, language=language),
        "material_resources": _resources(resources, ResourceKind.MATERIAL, names=names, language=language),
        "financial_resources": _resources(resources, ResourceKind.FINANCIAL, names=names, language=language),
        "evaluation": lines_in(one, "evaluation", language=language),
        "other_information": lines_in(one, "other", language=language) or (() if one.other else (_NO_OTHER[language],)),
    }


def _activity(planned: PlannedActivity, names: Mapping[PlanSide, str], *, language: str) -> ActivityFacts:
    said = "_en" if language == "en" else ""
    sides = ((PlanSide.OWN, planned.responsible_own), (PlanSide.COUNTERPART, planned.responsible_counterpart))
    return ActivityFacts(
        objective=getattr(planned, f"objective{said}"),
        activity=getattr(planned, f"title{said}"),
        starts=written(planned.starts_on, language),
        ends=written(planned.ends_on, language),
        responsible="; ".join(_labelled(names[side], who) for side, who in sides if who),
    )


def lines_in(record: Any, name: str, *, language: str) -> tuple[str, ...]:
    """Return the lines of a text in a language."""
    text = getattr(record, f"{name}_en" if language == "en" else name)
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _labelled(who: str, what: str) -> str:
    """Put a party before what it gives; what nobody wrote in a language stays open."""
    return f"{who}: {what}" if what else ""


def _resources(
    lines: Iterable[ResourceLine], kind: ResourceKind, *, names: Mapping[PlanSide, str], language: str
) -> str:
    """Say the resources of a kind; nothing when one of them is not written in that language."""
    found = [line for line in lines if line.kind is kind]
    said = [_labelled(names[line.side], line.what_en if language == "en" else line.what) for line in found]
    if not all(said):
        return ""
    with_money = [f"{words}, {money(line.amount, line.currency)}" if line.amount else words
                  for words, line in zip(said, found, strict=True)]  # fmt: skip
    totals = [f"{_TOTAL[language]}: {money(total, currency)}" for currency, total in sums_of(found).items()]
    return "; ".join([*with_money, *totals])
