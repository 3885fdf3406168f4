"""What two sides tell of the same thing: pure functions on plain values.

No source says how near two days must be: within a week, one side may tell the arrival and the other the ceremony.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hermanar.cooperation.rules.activities import overlaps
from hermanar.cooperation.vocabulary.guests import Answered, EntryState, GuestFault, Likeness

NEAR = dt.timedelta(days=7)
# What may still be mended or taken back by who told it; what was taken in is the office's evidence.
OPEN_STATES = frozenset({EntryState.SENT, EntryState.RETURNED})


class GuestRefusedError(ValueError):
    """Something between the office and its guest is not taken."""

    def __init__(self, fault: GuestFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


Span = tuple[dt.date, dt.date]


def likeness(kinds: tuple[str, str], *, first: Span, other: Span) -> Likeness | None:
    """Say how like two tellings of one tie are, from their kinds and days; None for what nobody would confuse."""
    is_same_kind = kinds[0] == kinds[1]
    if overlaps(first, other):
        return Likeness.SAME_DAYS if is_same_kind else Likeness.OTHER_KIND
    between = max(first[0] - other[1], other[0] - first[1])
    return Likeness.NEAR_DAYS if is_same_kind and between <= NEAR else None


def likest_first(found: Sequence[Likeness]) -> list[int]:
    """Return the places of tellings in the order in which a person should look at them."""
    order = list(Likeness)
    return sorted(range(len(found)), key=lambda place: order.index(found[place]))


def check_open(state: EntryState) -> None:
    """Raise GuestRefusedError for what was answered for good."""
    if state not in OPEN_STATES:
        raise GuestRefusedError(GuestFault.ANSWERED)


def check_word(answer: Answered, note: str) -> None:
    """Raise GuestRefusedError for a no that does not say what was otherwise."""
    if answer is Answered.CONTESTS and not note.strip():
        raise GuestRefusedError(GuestFault.NO_NOTE)


def check_return(reason: str) -> None:
    """Raise GuestRefusedError for something given back without a word."""
    if not reason.strip():
        raise GuestRefusedError(GuestFault.NO_REASON)
