"""What a public form carries instead of a cookie: a signed moment and key, and the turn of whoever was asked to wait.

The key makes a double click one contribution; the moment tells a person from a machine; neither is a secret.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.core import signing

from hermanar.museum.rules.turns import LONGEST_WAIT, SHORTEST_WAIT

_SALT = "hermanar.museum.ticket"
_LONGEST = 300
OLDEST_SECONDS = 2 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Ticket:
    """When a form was given out, under which key, and when its turn comes, if it has to wait."""

    key: UUID
    opened: float
    turn: float | None = None

    @property
    def seconds(self) -> float:
        """Return how long ago the form was given out."""
        return time.time() - self.opened

    @property
    def wait(self) -> int:
        """Return for how many seconds its turn has not come."""
        return max(0, round((self.turn or 0) - time.time()))


def fresh() -> Ticket:
    """Return the ticket of a form that is given out now."""
    return Ticket(uuid4(), time.time())


def with_turn(ticket: Ticket) -> Ticket:
    """Return the same ticket with a turn soon; not the same moment for everybody who waits."""
    wait = SHORTEST_WAIT + secrets.randbelow(LONGEST_WAIT - SHORTEST_WAIT)
    return replace(ticket, turn=time.time() + wait)


def written(ticket: Ticket) -> str:
    """Return a ticket as a form carries it."""
    return signing.dumps([ticket.key.hex, round(ticket.opened, 1), ticket.turn and round(ticket.turn, 1)], salt=_SALT)


def read(text: str) -> Ticket | None:
    """Return the ticket of a form; None when it is not ours, spoilt, or older than two days."""
    try:
        key, opened, turn = signing.loads(text[:_LONGEST], salt=_SALT, max_age=OLDEST_SECONDS)
        return Ticket(UUID(hex=key), float(opened), None if turn is None else float(turn))
    except (signing.BadSignature, TypeError, ValueError, AttributeError):
        return None
