"""The newsletter: who receives an issue, which address is the same as another, how long a question waits (RFC 8058)."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable

LONGEST_ADDRESS = 254
UNANSWERED_DAYS = 7  # an address that nobody confirmed is forgotten after these
MOST_LETTERS_A_DAY = 3  # to one address, however often a stranger writes it in the form
MOST_TRIES = 3  # of one letter that the server refuses
PATIENT_DAYS = 5  # in which "not now" uses up no try: as long as mail servers try again by themselves (RFC 5321)
_CLOSING, _REFUSED_FOR_GOOD = 421, 500


def same_address(text: str) -> str:
    """Return the one form of an address: case tells nobody apart, and a domain is written in one way."""
    written = unicodedata.normalize("NFC", text.strip())
    local, _at, domain = written.rpartition("@")
    return f"{local.casefold()}@{domain.casefold()}"


def is_of_server(code: int) -> bool:
    """Say whether an answer tells of the server, whoever is written to."""
    return code == _CLOSING


def uses_a_try(codes: Iterable[int], *, composed_on: dt.date, today: dt.date) -> bool:
    """Say whether a refusal counts: one for good does, "not now" only once there was time enough."""
    is_for_good = any(code >= _REFUSED_FOR_GOOD for code in codes)
    return is_for_good or today - composed_on > dt.timedelta(days=PATIENT_DAYS)


def may_write(*, letters: int, on: dt.date | None, today: dt.date) -> bool:
    """Say whether an address may be written to once more today about its own subscription."""
    return on != today or letters < MOST_LETTERS_A_DAY
