"""What may be said of a cooperation project, in what order its cycle goes, and what it lacks (D7; 003:1513-2110)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hermanar.cooperation.rules.currencies import currency_refusal
from hermanar.cooperation.vocabulary import (
    SCHEMES_OF,
    CycleStage,
    Modality,
    ProjectDirection,
    Scheme,
    SubModality,
)
from hermanar.cooperation.vocabulary import ProjectRefusal as Why

MOST_MONEY = Decimal("999999999999.99")
CYCLE: tuple[CycleStage, ...] = tuple(CycleStage)  # D7.4, in the order of [003:2106]


class ProjectRefusedError(ValueError):
    """Something of a project is not kept as it was written: everything that refuses it."""

    def __init__(self, refusals: Iterable[Why]) -> None:
        self.refusals = tuple(dict.fromkeys(refusals))
        super().__init__(", ".join(refusal.value for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules look at in a project."""

    title: str
    direction: ProjectDirection | None = None
    scheme: Scheme | None = None
    modality: Modality | None = None
    sub_modality: SubModality | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    budget: Decimal | None = None
    currency: str = ""


def refused_project(project: ProjectFacts) -> list[Why]:
    """Return everything that keeps a project from being written so."""
    found = [] if project.title.strip() else [Why.NO_TITLE]
    if project.scheme and project.direction is None:
        found.append(Why.SCHEME_WITHOUT_DIRECTION)
    elif project.scheme and project.direction and project.scheme not in SCHEMES_OF[project.direction]:  # D7.1
        found.append(Why.SCHEME_OF_OTHER)
    if project.sub_modality and project.sub_modality.modality is not project.modality:  # D7.2
        found.append(Why.SUB_MODALITY_OF_OTHER)
    if project.starts_on and project.ends_on and project.ends_on < project.starts_on:
        found.append(Why.ENDS_BEFORE_BEGIN)
    # The budget of a project is spent between its dates: its currency must have been money at one of them.
    days: list[dt.date | None] = [day for day in (project.starts_on, project.ends_on) if day]
    refused = [refused_money(project.budget, currency=project.currency, on=day) for day in days or [None]]
    return found + min(refused, key=len)


def refused_money(amount: Decimal | None, *, currency: str, on: dt.date | None) -> list[Why]:
    """Return what is wrong with an amount of money; of an unknown day any currency that ever was may be meant."""
    if amount is None:
        return [Why.NO_AMOUNT] if currency else []
    if amount <= 0:
        return [Why.NOT_ABOVE_ZERO]
    if amount > MOST_MONEY:
        return [Why.AMOUNT_TOO_LARGE]
    if not currency:
        return [Why.NO_CURRENCY]
    refusal = currency_refusal(currency, year=on.year if on else None)
    return [Why(refusal.value)] if refusal else []


# ── the cycle (D7.4) ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """What must be there before a project goes on."""

    began: Sequence[dt.date]  # when each stage so far began
    has_dates: bool = False
    is_measured: bool = False
    has_lesson: bool = False


def next_stage(count: int) -> CycleStage | None:
    """Return the stage after so many; None after the last."""
    return CYCLE[count] if count < len(CYCLE) else None


def refused_stage(stage: CycleStage, *, on: dt.date, so_far: CycleFacts, today: dt.date) -> list[Why]:
    """Return everything that keeps a project from coming to a stage on a day."""
    found = []
    if stage is not next_stage(len(so_far.began)):
        return [Why.STAGE_OUT_OF_ORDER]
    if on > today:
        found.append(Why.STAGE_IN_FUTURE)
    if so_far.began and on < so_far.began[-1]:
        found.append(Why.STAGE_BEFORE_LAST)
    if stage is CycleStage.EXECUTION and not so_far.has_dates:
        found.append(Why.NO_DATES)
    if stage is CycleStage.EVALUATION and not so_far.is_measured:  # documented with means of verification [003:2430]
        found.append(Why.NOT_MEASURED)
    if stage is CycleStage.ASSIMILATION and not so_far.has_lesson:
        found.append(Why.NOTHING_LEARNT)
    return found


def refused_stage_date(number: int, *, on: dt.date, began: Sequence[dt.date], today: dt.date) -> list[Why]:
    """Return everything that keeps the stage of a number (1 for the first) from having begun on another day."""
    found = [Why.STAGE_IN_FUTURE] if on > today else []
    if number > 1 and on < began[number - 2]:
        found.append(Why.STAGE_BEFORE_LAST)
    if number < len(began) and on > began[number]:
        found.append(Why.STAGE_AFTER_NEXT)
    return found


def refused_cancellation(on: dt.date, *, reason: str, last: dt.date, today: dt.date) -> list[Why]:
    """Return everything that keeps a project from being cancelled on a day."""
    found = [] if reason.strip() else [Why.NO_REASON]
    if on > today:
        found.append(Why.CANCELLED_IN_FUTURE)
    if on < last:
        found.append(Why.CANCELLED_BEFORE)
    return found


def lies_outside(
    days: tuple[dt.date | None, dt.date | None], *, starts_on: dt.date | None, ends_on: dt.date | None
) -> bool:
    """Say whether something done on certain days cannot have been done between the dates of a project."""
    first, last = days
    return bool((last and starts_on and last < starts_on) or (first and ends_on and first > ends_on))


def refused_to_show(*, is_demonstration: bool, is_tie_public: bool, has_summary: bool) -> list[Why]:
    """Return why the public may not see a project."""
    if is_demonstration:
        return [Why.DEMONSTRATION]
    found = [] if is_tie_public else [Why.NO_PUBLIC_TIE]
    return found if has_summary else [*found, Why.NO_SUMMARY]
