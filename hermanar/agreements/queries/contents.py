"""What the trail's entries digest of a file: each thing as it is told, the newest form first.

An entry keeps a digest, never a value. What an entry digests has grown since the first release, so a content may have
an older form beside it; `proof` compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from hermanar.agreements.models import (
    Agreement,
    AgreementArea,
    CouncilVote,
    CounterpartWord,
    Observation,
    Party,
    ProcedureStep,
    Proposal,
    StepPaper,
    TextVersion,
)
from hermanar.agreements.vocabulary.procedure import Step

# Of a record, what the signature fixes, and then its entry in the register.
_FIXED = (
    "title_es",
    "title_en",
    "kind",
    "term_years",
    "is_open_ended",
    "is_renewable",
    "signed_on",
    "signed_precision",
    "signed_at_place",
    "registered",
    "registration_number",
    "registered_on",
)
_WITH_TEXTS = frozenset({Step.SIGN, Step.RECORD_REGISTRATION})


def step_content(step: ProcedureStep, *, texts: Sequence[TextVersion] | None = None) -> dict[str, Any]:
    """Return what a step says: its observations with it, and of a signature or an entry in the register the texts."""
    content = step_alone(step)
    if step.step == Step.RECORD_OBSERVATIONS:
        content["observations"] = [_observed(one) for one in step.observations.order_by("pk")]
    if step.step in _WITH_TEXTS:
        content["texts"] = _in_order(versions_of(step.agreement_id) if texts is None else texts)
    return content


def step_alone(step: ProcedureStep) -> dict[str, Any]:
    """Return a step as the first release digested it."""
    return {
        "number": step.number,
        "step": str(step.step),
        "stage_after": str(step.stage_after),
        "on": step.on.isoformat(),
        "letter": step.letter,
        "reason": step.reason,
        "is_favourable": step.is_favourable,
        "is_without_opinion": step.is_without_opinion,
        "planned_signature_on": step.planned_signature_on.isoformat() if step.planned_signature_on else None,
        "signatories": list(step.signatories),
        "changes": dict(step.changes),
        "by": [str(step.by_user_id), str(step.by_office_id), str(step.seconded_by_id), step.is_alone],
        "papers": sorted(str(paper) for paper in step.papers.filter(at=None).values_list("document", flat=True)),
    }


def paper_content(paper: StepPaper) -> dict[str, Any]:
    """Return what a paper that came after its step says, its document by the digest of its bytes."""
    return {
        "step": str(paper.step_id),
        "document": [str(paper.document_id), paper.document.digest],
        "by": str(paper.by_user_id),
    }


def record_content(agreement: UUID) -> dict[str, Any]:
    """Return what a seal keeps of a record, as it stands in the database."""
    parties = Party.objects.filter(agreement=agreement).order_by("position")
    areas = AgreementArea.objects.filter(agreement=agreement)
    return {
        **Agreement.objects.values(*_FIXED).get(pk=agreement),
        "parties": list(parties.values_list("position", "place", "role", "standing", "name_as_written")),
        "areas": sorted(areas.values_list("area", "as_written")),
    }


def versions_of(agreement: UUID) -> list[TextVersion]:
    """Return every version of the texts of an agreement."""
    return list(TextVersion.objects.filter(text__agreement=agreement).select_related("text", "document").order_by("pk"))


def text_content(version: TextVersion) -> dict[str, Any]:
    """Return what a version of a text says, its document by the digest of its bytes."""
    return {
        "language": version.text.language,
        "is_authentic": version.is_authentic,
        "number": version.number,
        "document": [str(version.document_id), version.document.digest],
        "paragraphs": list(version.paragraphs),
        "sent_by": str(version.sent_by),
        "sent_on": version.sent_on.isoformat(),
        "is_signed": version.is_signed,
        "note": version.note,
        "by": str(version.by_user_id),
    }


def text_of_first_release(version: TextVersion) -> list[Any]:
    """Return a version of a text as the first release digested it."""
    document = str(version.document_id)
    return [version.text.language, version.number, document, str(version.sent_by), version.is_signed]


def _in_order(versions: Iterable[TextVersion]) -> list[dict[str, Any]]:
    return [text_content(one) for one in sorted(versions, key=lambda one: (one.text.language, one.number))]


def _observed(one: Observation) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "version": str(one.version_id),
        "paragraph": one.paragraph,
        "quote": one.quote,
        "comment": one.comment,
        "by": str(one.by_user_id),
    }


def note_content(observations: Iterable[Observation]) -> list[dict[str, Any]]:
    """Return what a state's reviewer observed at once, beside the ministry's rounds."""
    return [_observed(one) for one in sorted(observations, key=lambda one: one.pk)]


def answer_content(one: Observation) -> dict[str, Any]:
    """Return how an observation was attended to."""
    return {"answer": one.answer, "answered_in": str(one.answered_in_id)}


def vote_content(vote: CouncilVote) -> dict[str, Any]:
    """Return what the minutes tell of a vote."""
    return {
        "session": vote.session,
        "on": vote.on.isoformat(),
        "is_approved": vote.is_approved,
        "cast": list(vote.cast.order_by("position").values("member", "choice", "post")),
        "minutes": str(vote.minutes_id) if vote.minutes_id else None,
    }


def proposal_content(one: Proposal) -> dict[str, Any]:
    """Return what the first of two people proposed."""
    return {
        "id": str(one.pk),
        "step": str(one.step),
        "on": one.on.isoformat(),
        "reason": one.reason,
        "letter": one.letter,
        "by": str(one.proposed_by_id),
    }


def refusal_content(one: Proposal) -> dict[str, Any]:
    """Return who set which proposal aside."""
    return {"id": str(one.pk), "by": str(one.decided_by_id)}


def word_content(word: CounterpartWord) -> dict[str, Any]:
    """Return what the sister city said."""
    return {
        "link": str(word.link_id),
        "answer": str(word.answer),
        "said": dict(word.said),
        "comment": word.comment,
        "spoken_by": word.spoken_by,
    }
