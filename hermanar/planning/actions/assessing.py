"""An assessment is begun, closed or given up; a closed one does not change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.offices.models import Office
from hermanar.planning.models import AssessedSection, Assessment, Outline
from hermanar.planning.queries import assessable, closed, for_office, of_same_subject, result_of, sections_of
from hermanar.planning.queries.contents import CLOSED, closed_content
from hermanar.planning.rules import AssessmentRefusedError, Flaw, refused_closing, refused_date
from hermanar.planning.vocabulary import AssessmentStage, Refusal, Subject


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """What is to be assessed: with which outline, on which day, and, where it is about a tie, which one."""

    outline: str
    on: dt.date
    agreement: UUID | None = None
    key: UUID | None = None  # given by the page: the same one sent twice is begun once


@transaction.atomic
def begin(draft: AssessmentDraft, *, office: UUID, by: Actor, today: dt.date) -> Assessment:
    """Begin an assessment; it shows what the last closed one of the same subject said.

    Raises NotAllowedError, AssessmentRefusedError, Outline.DoesNotExist, and Assessment.DoesNotExist for a key that
    another office used.
    """
    require_in(by, Verb.ASSESS, office=office)
    trail.hold(chain=str(office))
    if draft.key and (sent := Assessment.objects.filter(pk=draft.key).first()):
        if sent.office_id != office:
            raise Assessment.DoesNotExist(str(draft.key))
        return sent
    kept_office = Office.objects.select_related("place").get(pk=office)
    made = Assessment(
        **({"id": draft.key} if draft.key else {}),
        office=kept_office,
        outline=Outline.objects.get(key=draft.outline),
        on=draft.on,
        begun_at=timezone.now(),
        begun_by_id=by.user,
    )
    _set_subject(made, draft.agreement)
    earlier = of_same_subject(made)
    if earlier.filter(stage=AssessmentStage.DRAFT).exists():
        refuse(Refusal.ALREADY_OPEN)
    made.begun_from = closed(earlier).first()
    last = made.begun_from.on if made.begun_from else None
    if refusal := refused_date(draft.on, last=last, today=today):
        refuse(refusal)
    made.save(force_insert=True)
    AssessedSection.objects.bulk_create([AssessedSection(assessment=made, section=one) for one in sections_of(made)])
    told = [made.outline.key, str(made.agreement_id or made.place_id), made.on.isoformat()]
    trail.record("assessment.begun", by=by, subject=str(made.pk), content=told, chain=str(office))
    return made


@transaction.atomic
def close(assessment: UUID, *, by: Actor, version: int) -> Assessment:
    """Close an assessment as it was read: from now on it does not change.

    Raises NotAllowedError, Assessment.DoesNotExist, EditConflictError, AssessmentRefusedError.
    """
    kept = hold(assessment, by=by, verb=Verb.CLOSE_ASSESSMENT)
    lines = result_of(kept).lines
    answers = [(line.question.key, line.mark, line.answer.why if line.answer else "") for line in lines]
    if kept.version != version and kept.stage == AssessmentStage.DRAFT:
        raise EditConflictError(str(kept.pk))
    if flaws := refused_closing(AssessmentStage(kept.stage), answers):
        raise AssessmentRefusedError(flaws)
    _end(kept, AssessmentStage.CLOSED, by=by, version=version)
    trail.record(
        CLOSED, by=by, subject=str(kept.pk), content=closed_content(result_of(kept)), chain=str(kept.office_id)
    )
    return kept


@transaction.atomic
def abandon(assessment: UUID, *, by: Actor, version: int) -> Assessment:
    """Give up an assessment that was begun: it counts for nothing. Raises as `close`."""
    kept = hold(assessment, by=by, verb=Verb.ASSESS)
    if kept.stage != AssessmentStage.DRAFT:
        refuse(Refusal.NOT_OPEN)
    _end(kept, AssessmentStage.ABANDONED, by=by, version=version)
    trail.record("assessment.abandoned", by=by, subject=str(kept.pk), chain=str(kept.office_id))
    return kept


def hold(assessment: UUID, *, by: Actor, verb: Verb) -> Assessment:
    """Lock an assessment of the actor's own office to the end of the transaction; for others it does not exist."""
    known = for_office(by.office).filter(pk=assessment).first()
    if known is None:
        raise Assessment.DoesNotExist(str(assessment))
    require_in(by, verb, office=known.office_id)
    trail.hold(chain=str(known.office_id))
    return for_office(by.office).select_for_update(of=("self",)).get(pk=assessment)


def refuse(refusal: Refusal) -> NoReturn:
    """Raise one refusal about an assessment as a whole."""
    raise AssessmentRefusedError([Flaw(refusal)])


def _set_subject(made: Assessment, agreement: UUID | None) -> None:
    if made.outline.subject == Subject.CITY:
        if made.office.place is None:
            refuse(Refusal.NO_PLACE)
        made.place = made.office.place
        return
    made.agreement = assessable(made.office_id).filter(pk=agreement).first() if agreement else None
    if made.agreement is None:
        refuse(Refusal.NO_SUBJECT)


def _end(kept: Assessment, stage: AssessmentStage, *, by: Actor, version: int) -> None:
    kept.stage, kept.ended_at, kept.ended_by_id = stage, timezone.now(), by.user
    ended = {"stage": stage, "ended_at": kept.ended_at, "ended_by_id": by.user}
    claim(Assessment.objects.filter(pk=kept.pk), version=version, **ended)
    kept.version = version + 1
