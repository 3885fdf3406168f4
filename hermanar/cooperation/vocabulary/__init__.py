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
from hermanar.cooperation.vocabulary.indicators import (
    Level,
    Measure,
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
from hermanar.cooperation.vocabulary.project_refusals import (
    Missing,
    ProjectRefusal,
)
from hermanar.cooperation.vocabulary.projects import (
    SCHEMES_OF,
    ContributionSide,
    CycleStage,
    Degree,
    LessonKind,
    Modality,
    PartnerKind,
    PartnerRole,
    Principle,
    ProjectDirection,
    Resource,
    Scheme,
    SubModality,
)

__all__ = [
    "SCHEMES_OF",
    "ActivityKind",
    "Advice",
    "Answered",
    "Asset",
    "Balance",
    "CommitteeRefusal",
    "ContributionSide",
    "CycleStage",
    "Degree",
    "Demand",
    "Direction",
    "EntryState",
    "Fault",
    "GiftKind",
    "GiftRefusal",
    "GiftSide",
    "GuestFault",
    "Keeping",
    "LessonKind",
    "Level",
    "Likeness",
    "Measure",
    "Missing",
    "Modality",
    "PartnerKind",
    "PartnerRole",
    "PlanContent",
    "PlanRefusal",
    "PlanSide",
    "Precision",
    "Principle",
    "ProjectDirection",
    "ProjectRefusal",
    "Purpose",
    "Quorum",
    "Resource",
    "ResourceKind",
    "Rights",
    "Scheme",
    "Sector",
    "SessionState",
    "Side",
    "SubModality",
]
