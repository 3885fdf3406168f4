"""What is done to agreements: one verb per thing a person does."""

from hermanar.agreements.actions.editing import (
    correct,
    note_evidence,
    publish,
    relist_all,
    relist_places,
    unpublish,
)
from hermanar.agreements.actions.importing import (
    ImportPlan,
    ImportResult,
    SourceFile,
    import_agreements,
    plan_import,
)
from hermanar.agreements.actions.recording import (
    AgreementDraft,
    PartyDraft,
    Recorded,
    record_past_agreements,
)
from hermanar.foundation.editing import EditConflictError

__all__ = [
    "AgreementDraft",
    "EditConflictError",
    "ImportPlan",
    "ImportResult",
    "PartyDraft",
    "Recorded",
    "SourceFile",
    "correct",
    "import_agreements",
    "note_evidence",
    "plan_import",
    "publish",
    "record_past_agreements",
    "relist_all",
    "relist_places",
    "unpublish",
]
