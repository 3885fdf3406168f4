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
from hermanar.cooperation.vocabulary.ledger import (
    Asset,
    Balance,
    Side,
)

__all__ = [
    "ActivityKind",
    "Asset",
    "Balance",
    "CommitteeRefusal",
    "Direction",
    "Fault",
    "GiftKind",
    "GiftRefusal",
    "GiftSide",
    "Keeping",
    "Precision",
    "Purpose",
    "Quorum",
    "Rights",
    "Sector",
    "SessionState",
    "Side",
]
