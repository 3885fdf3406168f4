"""What the public sends in: one envelope for every kind, moderated before anyone else reads it.

The museum receives, the workspace decides; `kinds` says what each kind may hold, `rules` what may be done when.
"""

from hermanar.foundation.intake.actions import (
    Sending,
    hide,
    publish,
    receive,
    reconsider,
    refuse,
    remove,
    report,
    restore,
    settle,
    take_back,
)
from hermanar.foundation.intake.forgetting import forget, forget_personal
from hermanar.foundation.intake.kinds import CONSENT, consent_words, shape_of
from hermanar.foundation.intake.rules import (
    Complaint,
    ContentError,
    IntakeRefusedError,
    Kind,
    Mark,
    State,
    Step,
)

__all__ = [
    "CONSENT",
    "Complaint",
    "ContentError",
    "IntakeRefusedError",
    "Kind",
    "Mark",
    "Sending",
    "State",
    "Step",
    "consent_words",
    "forget",
    "forget_personal",
    "hide",
    "publish",
    "receive",
    "reconsider",
    "refuse",
    "remove",
    "report",
    "restore",
    "settle",
    "shape_of",
    "take_back",
]
