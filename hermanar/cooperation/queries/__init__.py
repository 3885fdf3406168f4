"""What is read of cooperation; reads of an office begin with the office."""

from hermanar.cooperation.queries.activities import (
    ENTERED_COLUMNS,
    UnlikeActivity,
    activity_content,
    alike,
    entered_by,
    evidence_of,
    of_office,
    shown_to_public,
    standing,
    unlike_their_trail,
)
from hermanar.cooperation.queries.gifts import (
    Documented,
    documented_donations,
    gifts_of,
    published_gifts,
    standing_gifts,
)
from hermanar.cooperation.queries.ledger import (
    TieLedger,
    ledger_of_tie,
    ledgers_of_office,
)

__all__ = [
    "ENTERED_COLUMNS",
    "Documented",
    "TieLedger",
    "UnlikeActivity",
    "activity_content",
    "alike",
    "documented_donations",
    "entered_by",
    "evidence_of",
    "gifts_of",
    "ledger_of_tie",
    "ledgers_of_office",
    "of_office",
    "published_gifts",
    "shown_to_public",
    "standing",
    "standing_gifts",
    "unlike_their_trail",
]
