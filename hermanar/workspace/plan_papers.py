"""A work plan as a paper in either language: for the page to share, for Word and for PDF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from hermanar.cooperation.models import AnnualProgramme, PlannedActivity, WorkPlan
from hermanar.cooperation.queries.plans import resource_lines, staff_lines
from hermanar.cooperation.rules.plans import ResourceLine, sums_of
from hermanar.cooperation.vocabulary import PlanSide, ResourceKind
from hermanar.foundation.papers import (
    ActivityFacts,
    Paper,
    ProgrammeFacts,
    StaffFacts,
    WorkPlanFacts,
    work_plan,
)
from hermanar.foundation.papers.structure import Items, Line, Signatures, Table, Words, written
from hermanar.workspace.papers import KINDS, built
from hermanar.workspace.plans import money
from hermanar.workspace.record_facts import record_facts

_NO_OTHER = Words("Ninguna otra, por ahora", "None other, so far")
_THIRD = Words("un tercero", "a third party")
_BOTH = Words("ambas Partes", "both Parties")
_TOTAL = Words("Total", "Total")


def paper_of_plan(plan: WorkPlan, *, language: str) -> Paper:
    """Write a plan with its programmes; what nobody wrote in that language stays open."""
    parties = _parties(plan, language)
    own, other = parties["mexican"].short_name, parties["counterpart"].short_name
    names = {
        PlanSide.OWN: own,
        PlanSide.COUNTERPART: other,
        PlanSide.BOTH: _BOTH[language],
        PlanSide.OTHER: _THIRD[language],
    }
    related = ("activities", "staff", "resources")
    programmes = plan.programmes.prefetch_related(*related)
    facts = WorkPlanFacts(
        **parties,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        purpose=_lines(plan, "purpose", language),
        agreed_on=plan.agreed_on,
        programmes=tuple(_programme(one, names, parties=parties, language=language) for one in programmes),
    )
    return work_plan(facts, language=language)


def _parties(plan: WorkPlan, language: str) -> dict[str, Any]:
    """Return the parties as the papers of the file name them."""
    facts: ProgrammeFacts = built(ProgrammeFacts, record_facts(plan.agreement, KINDS[f"programa-{language}"]))
    return {"agreement_title": facts.agreement_title, "mexican": facts.mexican, "counterpart": facts.counterpart}


def _programme(
    one: AnnualProgramme, names: dict[PlanSide, str], *, parties: dict[str, Any], language: str
) -> ProgrammeFacts:
    going = [planned for planned in one.activities.all() if planned.cancelled_on is None]
    resources = resource_lines(one)
    return ProgrammeFacts(
        **parties,
        year=one.year,
        objectives=_lines(one, "objectives", language),
        activities=tuple(_activity(planned, names, language=language) for planned in going),
        staff=tuple(
            StaffFacts(
                profile=_labelled(names[line.side], line.profile_en if language == "en" else line.profile),
                count=line.count,
                stay=line.stay_en if language == "en" else line.stay,
            )
            for line in staff_lines(one)
        ),
        mexican_duties=_lines(one, "duties_own", language),
        counterpart_duties=_lines(one, "duties_counterpart", language),
        human_resources=_resources(resources, ResourceKind.HUMAN, names=names, language=language),
        material_resources=_resources(resources, ResourceKind.MATERIAL, names=names, language=language),
        financial_resources=_resources(resources, ResourceKind.FINANCIAL, names=names, language=language),
        evaluation=_lines(one, "evaluation", language),
        other_information=_lines(one, "other", language) or (() if one.other else (_NO_OTHER[language],)),
    )


def _activity(planned: PlannedActivity, names: dict[PlanSide, str], *, language: str) -> ActivityFacts:
    said = "_en" if language == "en" else ""
    sides = ((PlanSide.OWN, planned.responsible_own), (PlanSide.COUNTERPART, planned.responsible_counterpart))
    return ActivityFacts(
        objective=getattr(planned, f"objective{said}"),
        activity=getattr(planned, f"title{said}"),
        starts=written(planned.starts_on, language),
        ends=written(planned.ends_on, language),
        responsible="; ".join(_labelled(names[side], who) for side, who in sides if who),
    )


def _lines(record: Any, name: str, language: str) -> tuple[str, ...]:
    text = getattr(record, f"{name}_en" if language == "en" else name)
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _labelled(who: str, what: str) -> str:
    """Put a party before what it gives; what nobody wrote in a language stays open."""
    return f"{who}: {what}" if what else ""


def _resources(lines: Iterable[ResourceLine], kind: ResourceKind, *, names: dict[PlanSide, str], language: str) -> str:
    """Say the resources of a kind; nothing when one of them is not written in that language."""
    found = [line for line in lines if line.kind is kind]
    said = [_labelled(names[line.side], line.what_en if language == "en" else line.what) for line in found]
    if not all(said):
        return ""
    with_money = [f"{words}, {money(line.amount, line.currency)}" if line.amount else words
                  for words, line in zip(said, found, strict=True)]  # fmt: skip
    totals = [f"{_TOTAL[language]}: {money(total, currency)}" for currency, total in sums_of(found).items()]
    return "; ".join([*with_money, *totals])


def pieces_of(paper: Paper) -> list[dict[str, Any]]:
    """Return the pieces of a paper as a page shows them: each cell of a table with its heading."""
    found: list[dict[str, Any]] = []
    for piece in paper.pieces:
        match piece:
            case Line():
                found.append({"style": piece.style.value, "text": piece.text})
            case Items():
                found.append({"listed": piece.items})
            case Table():
                rows = [list(zip(piece.headings, row, strict=True)) for row in piece.rows]
                found.append({"headings": piece.headings, "rows": rows})
            case Signatures():
                found.append({"blocks": piece.blocks})
    return found


def both_papers(plan: WorkPlan) -> list[Paper]:
    """Return a plan in Spanish and in English, to be read beside each other."""
    found = []
    for language in ("es", "en"):
        with translation.override(language):
            found.append(paper_of_plan(plan, language=language))
    return found
