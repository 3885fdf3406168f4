"""Tables of cooperation: what the parties did together, what one gave the other, and the committees that carry it."""

from hermanar.cooperation.models.activities import (
    Activity,
    ActivityFile,
    ActivityVersion,
)
from hermanar.cooperation.models.calls import (
    Call,
)
from hermanar.cooperation.models.committees import (
    AgendaItem,
    Attendance,
    Committee,
    CommitteeMember,
    Decision,
    FormerMinutes,
    Session,
    Task,
)
from hermanar.cooperation.models.gifts import (
    Gift,
    GiftVersion,
    Whereabouts,
)
from hermanar.cooperation.models.guests import (
    ActivityWord,
    GuestEntry,
    GuestFile,
)
from hermanar.cooperation.models.indicators import (
    Indicator,
    IndicatorValue,
)
from hermanar.cooperation.models.plans import (
    AnnualProgramme,
    PlannedActivity,
    PlannedDone,
    ProgrammeResource,
    ProgrammeStaff,
    WorkPlan,
)
from hermanar.cooperation.models.projects import (
    Contribution,
    Lesson,
    Partner,
    Project,
    ProjectActivity,
    ProjectStage,
    ProjectTarget,
    ProjectVersion,
    Risk,
)
from hermanar.cooperation.models.proofs import (
    ProofPage,
)
from hermanar.cooperation.models.requests import (
    TwinningRequest,
)
from hermanar.cooperation.models.selection import (
    Candidate,
    Criterion,
    Mark,
    Selection,
    SelectionDecision,
)
from hermanar.cooperation.models.stakeholders import (
    Stakeholder,
)

__all__ = [
    "Activity",
    "ActivityFile",
    "ActivityVersion",
    "ActivityWord",
    "AgendaItem",
    "AnnualProgramme",
    "Attendance",
    "Call",
    "Candidate",
    "Committee",
    "CommitteeMember",
    "Contribution",
    "Criterion",
    "Decision",
    "FormerMinutes",
    "Gift",
    "GiftVersion",
    "GuestEntry",
    "GuestFile",
    "Indicator",
    "IndicatorValue",
    "Lesson",
    "Mark",
    "Partner",
    "PlannedActivity",
    "PlannedDone",
    "ProgrammeResource",
    "ProgrammeStaff",
    "Project",
    "ProjectActivity",
    "ProjectStage",
    "ProjectTarget",
    "ProjectVersion",
    "ProofPage",
    "Risk",
    "Selection",
    "SelectionDecision",
    "Session",
    "Stakeholder",
    "Task",
    "TwinningRequest",
    "Whereabouts",
    "WorkPlan",
]
