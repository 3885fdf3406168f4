"""Vitality from dated evidence: pure functions, the day as an argument."""

from __future__ import annotations

import datetime as dt

from hermanar.foundation.calendar import months_later
from hermanar.observatory.vocabulary import Vitality

# Fixed in docs/decisions/0006-four-facts.md: evidence within 24 months is life, within 60 is sleep.
ACTIVE_MONTHS = 24
DORMANT_MONTHS = 60


def vitality(evidence_on: dt.date | None, today: dt.date) -> Vitality:
    """Say how alive a tie is from the day of its newest dated activity; evidence of the future is not yet evidence."""
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
    turns = (months_later(evidence_on, months) + dt.timedelta(days=1) for months in (ACTIVE_MONTHS, DORMANT_MONTHS))
    return min((day for day in turns if day > today), default=None)
