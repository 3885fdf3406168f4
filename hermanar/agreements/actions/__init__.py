"""What is done to agreements: one verb per thing a person does."""

from hermanar.agreements.actions.council import CastDraft, VoteDraft, record_council_vote
from hermanar.agreements.actions.counterpart import (
    LinkExpiredError,
    LinkSent,
    WordDraft,
    ask_counterpart,
    open_link,
    record_counterpart_word,
    withdraw_link,
)
from hermanar.agreements.actions.drafting import FileDraft, draft, edit_file
from hermanar.agreements.actions.editing import (
    correct,
    note_evidence,
    publish,
    relist_all,
    relist_places,
    unpublish,
)
from hermanar.agreements.actions.endings import (
    confirm,
    decline,
    publish_file,
    reaffirm,
    renew,
    resume,
    suspend,
    terminate,
    withdraw,
)
from hermanar.agreements.actions.filing import StepDraft
from hermanar.agreements.actions.importing import (
    ImportPlan,
    ImportResult,
    SourceFile,
    import_agreements,
    plan_import,
)
from hermanar.agreements.actions.papers import fill_paper
from hermanar.agreements.actions.procedure import (
    ObservationDraft,
    SignatureDraft,
    abandon,
    inform_ministry,
    record_observations,
    record_opinion,
    record_registration,
    request_opinion,
    send_signed_copies,
    sign,
)
from hermanar.agreements.actions.recording import (
    AgreementDraft,
    PartyDraft,
    Recorded,
    record_past_agreements,
)
from hermanar.agreements.actions.texts import TextDraft, add_text_version, answer_observation, settle_observation
from hermanar.foundation.editing import EditConflictError

__all__ = [
    "AgreementDraft",
    "CastDraft",
    "EditConflictError",
    "FileDraft",
    "ImportPlan",
    "ImportResult",
    "LinkExpiredError",
    "LinkSent",
    "ObservationDraft",
    "PartyDraft",
    "Recorded",
    "SignatureDraft",
    "SourceFile",
    "StepDraft",
    "TextDraft",
    "VoteDraft",
    "WordDraft",
    "abandon",
    "add_text_version",
    "answer_observation",
    "ask_counterpart",
    "confirm",
    "correct",
    "decline",
    "draft",
    "edit_file",
    "fill_paper",
    "import_agreements",
    "inform_ministry",
    "note_evidence",
    "open_link",
    "plan_import",
    "publish",
    "publish_file",
    "reaffirm",
    "record_council_vote",
    "record_counterpart_word",
    "record_observations",
    "record_opinion",
    "record_past_agreements",
    "record_registration",
    "relist_all",
    "relist_places",
    "renew",
    "request_opinion",
    "resume",
    "send_signed_copies",
    "settle_observation",
    "sign",
    "suspend",
    "terminate",
    "unpublish",
    "withdraw",
    "withdraw_link",
]
