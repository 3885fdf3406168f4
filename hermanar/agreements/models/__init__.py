"""Tables of the registry and of the files that lead to it."""

from hermanar.agreements.models.files import (
    AgreementText,
    AgreementVersion,
    CastVote,
    CouncilVote,
    CounterpartLink,
    CounterpartWord,
    Observation,
    ProcedureStep,
    Proposal,
    StepPaper,
    TextVersion,
)
from hermanar.agreements.models.guests import Guest
from hermanar.agreements.models.papers import PaperFilling
from hermanar.agreements.models.records import (
    Agreement,
    AgreementArea,
    AgreementDocument,
    LegalAct,
    Listing,
    Party,
)

__all__ = [
    "Agreement",
    "AgreementArea",
    "AgreementDocument",
    "AgreementText",
    "AgreementVersion",
    "CastVote",
    "CouncilVote",
    "CounterpartLink",
    "CounterpartWord",
    "Guest",
    "LegalAct",
    "Listing",
    "Observation",
    "PaperFilling",
    "Party",
    "ProcedureStep",
    "Proposal",
    "StepPaper",
    "TextVersion",
]
