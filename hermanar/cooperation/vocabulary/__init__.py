"""The words of cooperation."""

from hermanar.cooperation.vocabulary.activities import (
    ActivityKind,
    Direction,
    Fault,
    Precision,
    Rights,
)
from hermanar.cooperation.vocabulary.committees import (
    CommitteeRefusal,
    Quorum,
    Sector,
    SessionState,
)
from hermanar.cooperation.vocabulary.gifts import (
    GiftKind,
    GiftRefusal,
    GiftSide,
    Keeping,
    Purpose,
)
from hermanar.cooperation.vocabulary.guests import (
    Answered,
    EntryState,
    GuestFault,
    Likeness,
)
from hermanar.cooperation.vocabulary.ledger import (
    Asset,
    Balance,
    Side,
)

__all__ = [
    "ActivityKind",
    "Answered",
    "Asset",
    "Balance",
    "CommitteeRefusal",
    "Direction",
    "EntryState",
    "Fault",
    "GiftKind",
    "GiftRefusal",
    "GiftSide",
    "GuestFault",
    "Keeping",
    "Likeness",
    "Precision",
    "Purpose",
    "Quorum",
    "Rights",
    "Sector",
    "SessionState",
    "Side",
]
