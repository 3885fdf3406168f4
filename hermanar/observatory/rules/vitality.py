"""Vitality from dated evidence: pure functions, the day as an argument."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hermanar.foundation.calendar import months_later
from hermanar.observatory.vocabulary import Vitality

# Fixed in docs/decisions/0006-four-facts.md: evidence within 24 months is life, within 60 is sleep.
ACTIVE_MONTHS = 24
DORMANT_MONTHS = 60
# No source says when to think of a visit or an exchange: half a year lets two administrations prepare one.
NOTICE_MONTHS = 6


def vitality(evidence_on: dt.date | None, today: dt.date) -> Vitality:
    """Say how alive a tie is from the last day of its newest dated activity that has begun."""
    if evidence_on is None:
        return Vitality.UNKNOWN
    if today <= months_later(evidence_on, ACTIVE_MONTHS):
        return Vitality.ACTIVE
    if today <= months_later(evidence_on, DORMANT_MONTHS):
        return Vitality.DORMANT
    return Vitality.SILENT


def next_vitality_change(evidence_on: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the next day on which `vitality` answers otherwise without new evidence."""
    if evidence_on is None:
        return None
    last = (months_later(evidence_on, months) for months in (ACTIVE_MONTHS, DORMANT_MONTHS))
    turns = (day + dt.timedelta(days=1) for day in last if day < dt.date.max)
    return min((day for day in turns if day > today), default=None)


@dataclass(frozen=True, slots=True)
class Turn:
    """A change that comes unless something is done: the day, what the tie becomes, and since when it is told."""

    on: dt.date
    becomes: Vitality
    months: int  # without evidence, by then
    told_from: dt.date


def turn_ahead(evidence_on: dt.date | None, today: dt.date) -> Turn | None:
    """Return the change that a tie should be warned of today; None while it is far, or when nothing can change."""
    turn = next_turn(evidence_on, today)
    return turn if turn and turn.told_from <= today else None


def next_turn(evidence_on: dt.date | None, today: dt.date) -> Turn | None:
    """Return the next change of a tie without new evidence, however far it is."""
    on = next_vitality_change(evidence_on, today)
    if on is None:
        return None
    becomes = vitality(evidence_on, on)
    months = ACTIVE_MONTHS if becomes is Vitality.DORMANT else DORMANT_MONTHS
    return Turn(on, becomes, months, months_later(on, -NOTICE_MONTHS))
