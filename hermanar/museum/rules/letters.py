"""The newsletter: who receives an issue, which address is the same as another, how long a question waits (RFC 8058)."""

from __future__ import annotations

import datetime as dt
import unicodedata

LONGEST_ADDRESS = 254
UNANSWERED_DAYS = 7  # an address that nobody confirmed is forgotten after these
MOST_LETTERS_A_DAY = 3  # to one address, however often a stranger writes it in the form
MOST_TRIES = 3  # of one letter that the server refuses


def same_address(text: str) -> str:
    """Return the one form of an address: case tells nobody apart, and a domain is written in one way."""
    written = unicodedata.normalize("NFC", text.strip())
    local, _at, domain = written.rpartition("@")
    return f"{local.casefold()}@{domain.casefold()}"


def may_write(*, letters: int, on: dt.date | None, today: dt.date) -> bool:
    """Say whether an address may be written to once more today about its own subscription."""
    return on != today or letters < MOST_LETTERS_A_DAY
