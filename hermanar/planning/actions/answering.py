"""A section is answered: each answer with its reason and its evidence, all of one page at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.foundation.models import Document
from hermanar.planning.actions.assessing import hold, refuse
from hermanar.planning.models import Answer, AssessedSection, Assessment, Evidence, OutlineSection, Question
from hermanar.planning.queries import activities_to_cite, answers_of, asked_in
from hermanar.planning.queries.contents import answer_content
from hermanar.planning.rules import AssessmentRefusedError, Flaw
from hermanar.planning.vocabulary import AssessmentStage, Degree, EvidenceKind, Refusal


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """What an answer rests on; only what its kind needs is filled."""

    kind: EvidenceKind
    document: UUID | None = None
    activity: UUID | None = None
    address: str = ""
    words: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What is answered to a question; None leaves it unanswered, `is_as_before` repeats the last closed answer."""

    degree: str | None = None
    why: str = ""
    evidence: Sequence[EvidenceDraft] = ()
    is_as_before: bool = False


@transaction.atomic
def save_section(
    assessment: UUID, section: str, *, answers: Mapping[UUID, AnswerDraft], by: Actor, version: int
) -> AssessedSection:
    """Put the answers of one section in place of what it said, on the version that was read; others are not touched.

    Sent twice the same it is kept once. Raises NotAllowedError, Assessment.DoesNotExist, EditConflictError,
    AssessmentRefusedError, and OutlineSection.DoesNotExist for a section that the outline lacks.
    """
    kept = hold(assessment, by=by, verb=Verb.ASSESS)
    part = OutlineSection.objects.get(outline=kept.outline_id, slug=section)
    row, _is_new = AssessedSection.objects.get_or_create(assessment=kept, section=part)
    if kept.stage != AssessmentStage.DRAFT:
        refuse(Refusal.NOT_OPEN)
    asked = {one.pk: one for one in asked_in(kept) if one.section_id == part.pk}
    drafts = _checked(kept, answers, asked)
    if row.version != version:
        if _is_said(kept, drafts, asked):
            return row
        raise EditConflictError(str(row.pk))
    now = timezone.now()
    claim(AssessedSection.objects.filter(pk=row.pk), version=version, saved_at=now, saved_by_id=by.user)
    Assessment.objects.filter(pk=kept.pk).update(version=F("version") + 1)
    Answer.objects.filter(assessment=kept, question__in=drafts).delete()
    for question, draft in drafts.items():
        _write(kept, question, draft)
    told = [answer_content(one) for one in answers_of(kept).values() if one.question_id in asked]
    trail.record("assessment.section_saved", by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))
    row.refresh_from_db()
    return row


def said_in(answer: Answer) -> AnswerDraft:
    """Return an answer that was kept as it was said."""
    return AnswerDraft(
        answer.degree,
        answer.why,
        tuple(
            EvidenceDraft(EvidenceKind(one.kind), one.document_id, one.activity_id, one.address, one.words, one.source)
            for one in answer.evidence.all()
        ),
    )


def _checked(
    kept: Assessment, answers: Mapping[UUID, AnswerDraft], asked: Mapping[UUID, Question]
) -> dict[UUID, AnswerDraft]:
    """Return the answers as they will be kept. Raises AssessmentRefusedError with all that is wrong."""
    before = answers_of(kept.begun_from) if kept.begun_from else {}
    now = answers_of(kept)
    flaws: list[Flaw] = []
    drafts: dict[UUID, AnswerDraft] = {}
    for question, draft in answers.items():
        if question not in asked:
            flaws.append(Flaw(Refusal.UNKNOWN_QUESTION))
            continue
        key = asked[question].key
        if draft.is_as_before and question not in before:
            flaws.append(Flaw(Refusal.NOTHING_BEFORE, key))
            continue
        drafts[question] = _with_last_words(kept, said_in(before[question]) if draft.is_as_before else draft)
        if not draft.is_as_before:
            standing = said_in(now[question]).evidence if question in now else ()
            flaws += [Flaw(refusal, key) for refusal in _refused(kept, drafts[question], standing)]
    if flaws:
        raise AssessmentRefusedError(flaws)
    return drafts


def _refused(kept: Assessment, draft: AnswerDraft, standing: Sequence[EvidenceDraft]) -> Iterator[Refusal]:
    """Yield what is wrong with an answer; evidence that stands already is not asked again: its activity may be gone."""
    if draft.degree is None and (draft.why or draft.evidence):
        yield Refusal.EVIDENCE_WITHOUT_ANSWER
    if draft.degree not in {None, *Degree.values}:
        yield Refusal.OUT_OF_SCALE
    for one in draft.evidence:
        if one not in standing and (refusal := _refused_evidence(kept, one)):
            yield refusal


def _refused_evidence(kept: Assessment, one: EvidenceDraft) -> Refusal | None:
    match one.kind:
        case EvidenceKind.DOCUMENT:
            own = one.document and Document.objects.filter(pk=one.document, office=kept.office_id).exists()
            return None if own else Refusal.FOREIGN_DOCUMENT
        case EvidenceKind.ACTIVITY:
            own = one.activity and activities_to_cite(kept).filter(pk=one.activity).exists()
            return None if own else Refusal.FOREIGN_ACTIVITY
        case EvidenceKind.LINK:
            return None if _is_link(one.address) else Refusal.BAD_LINK
    return None if one.words and one.source else Refusal.WORDS_WITHOUT_SOURCE


def _is_link(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address


def _with_last_words(kept: Assessment, draft: AnswerDraft) -> AnswerDraft:
    """Return an answer as it is kept: trimmed, its activities told in the words they have today."""
    evidence = []
    for one in draft.evidence:
        words = one.words
        if one.activity and (activity := activities_to_cite(kept).filter(pk=one.activity).first()):
            words = activity.description_es
        evidence.append(replace(one, words=words.strip(), address=one.address.strip(), source=one.source.strip()))
    return replace(draft, why=draft.why.strip(), evidence=tuple(evidence), is_as_before=False)


def _is_said(kept: Assessment, drafts: Mapping[UUID, AnswerDraft], asked: Mapping[UUID, Question]) -> bool:
    """Say whether the section says all the same already: the button was pressed twice."""
    there = {key: said_in(one) for key, one in answers_of(kept).items() if key in asked}
    return there == {key: draft for key, draft in drafts.items() if draft.degree is not None}


def _write(kept: Assessment, question: UUID, draft: AnswerDraft) -> None:
    if draft.degree is None:
        return
    made = Answer.objects.create(assessment=kept, question_id=question, degree=draft.degree, why=draft.why)
    Evidence.objects.bulk_create(
        [
            Evidence(
                answer=made,
                position=position,
                kind=one.kind,
                document_id=one.document,
                activity_id=one.activity,
                address=one.address,
                words=one.words,
                source=one.source,
            )
            for position, one in enumerate(draft.evidence)
        ]
    )
