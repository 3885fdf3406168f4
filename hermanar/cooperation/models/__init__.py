"""Tables of cooperation: how a tie begins, who carries it, what the parties did together and gave each other."""

from hermanar.cooperation.models.activities import (
    Activity,
    ActivityFile,
    ActivityVersion,
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
from hermanar.cooperation.models.plans import (
    AnnualProgramme,
    PlannedActivity,
    PlannedDone,
    ProgrammeResource,
    ProgrammeStaff,
    WorkPlan,
)
from hermanar.cooperation.models.requests import TwinningRequest
from hermanar.cooperation.models.selection import (
    Candidate,
    Criterion,
    Mark,
    Selection,
    SelectionDecision,
)
from hermanar.cooperation.models.stakeholders import Stakeholder

__all__ = [
    "Activity",
    "ActivityFile",
    "ActivityVersion",
    "AgendaItem",
    "AnnualProgramme",
    "Attendance",
    "Candidate",
    "Committee",
    "CommitteeMember",
    "Criterion",
    "Decision",
    "FormerMinutes",
    "Gift",
    "GiftVersion",
    "Mark",
    "PlannedActivity",
    "PlannedDone",
    "ProgrammeResource",
    "ProgrammeStaff",
    "Selection",
    "SelectionDecision",
    "Session",
    "Stakeholder",
    "Task",
    "TwinningRequest",
    "Whereabouts",
    "WorkPlan",
]
