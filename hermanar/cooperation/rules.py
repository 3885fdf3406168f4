"""What may be recorded of common life: pure functions on plain values, the day as an argument."""

from __future__ import annotations

import datetime as dt


class NotYetDoneError(ValueError):
    """An activity that has not begun is a plan, and proves nothing."""


def check_has_begun(started_on: dt.date | None, today: dt.date) -> None:
    """Raise NotYetDoneError for an activity that begins after today."""
    if started_on is not None and started_on > today:
        raise NotYetDoneError(started_on.isoformat())


def evidence_until(ended_on: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the day up to which an activity that has begun is evidence of life: of what is to come it is none."""
    return None if ended_on is None else min(ended_on, today)


def is_newest_evidence(ended_on: dt.date | None, evidence_on: dt.date | None, *, today: dt.date) -> bool:
    """Say whether the newest evidence rests on this activity; what goes on was noted up to the day it was entered."""
    until = evidence_until(ended_on, today)
    return until is not None and evidence_on is not None and until >= evidence_on
