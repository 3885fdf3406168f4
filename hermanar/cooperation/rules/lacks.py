"""What a project lacks, by how far it has come: documented before, during and after [003:2430-2467]."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hermanar.cooperation.rules.projects import CYCLE
from hermanar.cooperation.vocabulary import CycleStage, Missing


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a project says already."""

    stage: CycleStage
    has_summary: bool = False
    has_direction: bool = False
    has_modality: bool = False
    has_dates: bool = False
    has_english: bool = False
    has_partners: bool = False
    has_budget: bool = False
    has_contributions: bool = False
    gap: Decimal | None = None
    unconverted: int = 0
    has_targets: bool = False
    indicators: int = 0
    without_target: int = 0
    unmeasured: int = 0
    has_risks: bool = False
    has_activities: bool = False
    has_lessons: bool = False


def lacks_of(project: Lacks) -> list[Missing]:
    """Return what is missing; what belongs to a later stage is not asked for before it."""
    is_executed = _reached(project.stage, CycleStage.EXECUTION)
    is_evaluated = _reached(project.stage, CycleStage.EVALUATION)
    lacks = {
        Missing.SUMMARY: not project.has_summary,
        Missing.DIRECTION: not project.has_direction,
        Missing.MODALITY: not project.has_modality,
        Missing.DATES: not project.has_dates,
        Missing.ENGLISH: not project.has_english,
        Missing.PARTNERS: not project.has_partners,
        Missing.BUDGET: not project.has_budget,
        Missing.CONTRIBUTIONS: not project.has_contributions,
        Missing.BUDGET_GAP: bool(project.gap) and project.has_contributions,
        Missing.RATES: project.unconverted > 0,
        Missing.TARGETS: not project.has_targets,
        Missing.INDICATORS: not project.indicators,
        Missing.INDICATOR_TARGETS: project.without_target > 0,
        Missing.VALUES: is_executed and project.unmeasured > 0,
        Missing.RISKS: not project.has_risks,
        Missing.ACTIVITIES: is_executed and not project.has_activities,
        Missing.LESSONS: is_evaluated and not project.has_lessons,
    }
    return [one for one in Missing if lacks[one]]


def _reached(stage: CycleStage, wanted: CycleStage) -> bool:
    return CYCLE.index(stage) >= CYCLE.index(wanted)
