"""What is done to agreements: one verb per thing a person does."""

from hermanar.agreements.actions.editing import EditConflictError, correct, note_evidence, publish, unpublish
from hermanar.agreements.actions.recording import (
    AgreementDraft,
    PartyDraft,
    Recorded,
    record_past_agreements,
)

__all__ = [
    "AgreementDraft",
    "EditConflictError",
    "PartyDraft",
    "Recorded",
    "correct",
    "note_evidence",
    "publish",
    "record_past_agreements",
    "unpublish",
]
