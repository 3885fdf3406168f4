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
from hermanar.cooperation.vocabulary.plans import (
    Advice,
    Demand,
    PlanContent,
    PlanRefusal,
    PlanSide,
    ResourceKind,
)

__all__ = [
    "ActivityKind",
    "Advice",
    "Answered",
    "Asset",
    "Balance",
    "CommitteeRefusal",
    "Demand",
    "Direction",
    "EntryState",
    "Fault",
    "GiftKind",
    "GiftRefusal",
    "GiftSide",
    "GuestFault",
    "Keeping",
    "Likeness",
    "PlanContent",
    "PlanRefusal",
    "PlanSide",
    "Precision",
    "Purpose",
    "Quorum",
    "ResourceKind",
    "Rights",
    "Sector",
    "SessionState",
    "Side",
]
