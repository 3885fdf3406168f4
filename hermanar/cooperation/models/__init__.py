"""Tables of cooperation: what the parties did together, what one gave the other, and the committees that carry it."""

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
from hermanar.cooperation.models.guests import (
    ActivityWord,
    GuestEntry,
    GuestFile,
)
from hermanar.cooperation.models.plans import (
    AnnualProgramme,
    PlannedActivity,
    PlannedDone,
    ProgrammeResource,
    ProgrammeStaff,
    WorkPlan,
)

__all__ = [
    "Activity",
    "ActivityFile",
    "ActivityVersion",
    "ActivityWord",
    "AgendaItem",
    "AnnualProgramme",
    "Attendance",
    "Committee",
    "CommitteeMember",
    "Decision",
    "FormerMinutes",
    "Gift",
    "GiftVersion",
    "GuestEntry",
    "GuestFile",
    "PlannedActivity",
    "PlannedDone",
    "ProgrammeResource",
    "ProgrammeStaff",
    "Session",
    "Task",
    "Whereabouts",
    "WorkPlan",
]
