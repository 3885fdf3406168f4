"""When the room of a tie is open to the counterpart: pure functions on plain values.

No source orders this: the tie is shared while it may live (D2.8, D5.8), and a silent one is just what a guest revives.
"""

from __future__ import annotations

import datetime as dt

from hermanar.agreements.vocabulary import Force, Stage
from hermanar.agreements.vocabulary.guests import GuestRefusal

GUEST_LINK_LASTS = dt.timedelta(days=14)  # a letter abroad is read later than one to a colleague


class GuestError(ValueError):
    """A guest may not be asked in, or may not come in; the refusal says why."""

    def __init__(self, refusal: GuestRefusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.value)


def room_is_open(stage: Stage, force: Force) -> bool:
    """Say whether the counterpart may take part: while the tie is neither given up nor ended; an expired one may."""
    return stage is not Stage.ABANDONED and force is not Force.TERMINATED
