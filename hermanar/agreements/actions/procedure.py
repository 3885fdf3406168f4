"""The procedure of D2: from the notice to the ministry to the entry in the register."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from hermanar.agreements.actions.filing import (
    OpenFile,
    StepDraft,
    atomic,
    check,
    fetch,
    hold,
    keep_step,
    move,
    party_names,
    refuse,
    seal,
    written_as,
)
from hermanar.agreements.models import Agreement, Observation, ProcedureStep, TextVersion
from hermanar.agreements.queries import file_facts, for_office, in_register, open_to_review, sent_for_review
from hermanar.agreements.queries.contents import note_content
from hermanar.agreements.queries.proof import NOTED, is_sealed
from hermanar.agreements.rules import closed_by
from hermanar.agreements.vocabulary import Registered, SignedPrecision, Stage
from hermanar.agreements.vocabulary.procedure import Refusal, Step
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role, Verb, require_in
from hermanar.offices.queries import reviewing_office


@dataclass(frozen=True, slots=True)
class SignatureDraft:
    """Where and by whom an agreement was signed; without the opinion only when said so, with the reason."""

    place: str
    signatories: tuple[str, ...]
    is_without_opinion: bool = False


@dataclass(frozen=True, slots=True)
class ObservationDraft:
    """What a reviewer says, of a passage of a version or of the whole."""

    comment: str
    quote: str = ""
    version: UUID | None = None
    paragraph: int | None = None  # of that version, from 1


@atomic
def inform_ministry(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep:
    """Tell the ministry that an agreement is intended (LCT art. 7). Raises as every verb of a file."""
    kept = hold(fetch(agreement, by=by, verb=Verb.INFORM_MINISTRY), version=version)
    check(kept, Step.INFORM_MINISTRY, written=written_as(step), today=today)
    return keep_step(OpenFile(kept, by, Step.INFORM_MINISTRY, _sent_to(kept)), step, today=today)


def _sent_to(kept: Agreement) -> dict[str, Any]:
    """Return what makes a file reach the ministry: nothing where it has no office, or has the file already."""
    if kept.review_office_id:
        return {}
    reviewer = reviewing_office(is_demonstration=kept.office is not None and kept.office.is_demonstration)
    return {"review_office_id": reviewer.pk} if reviewer else {}


@atomic
def request_opinion(
    agreement: UUID,
    *,
    by: Actor,
    version: int,
    step: StepDraft,
    today: dt.date,
    planned_signature_on: dt.date | None = None,
) -> ProcedureStep:
    """Ask for the opinion, two weeks before the planned signature at the latest; after observations, again."""
    kept = hold(fetch(agreement, by=by, verb=Verb.REQUEST_OPINION), version=version)
    kept.planned_signature_on = planned_signature_on or kept.planned_signature_on
    check(kept, Step.REQUEST_OPINION, written=written_as(step), today=today)
    planned = kept.planned_signature_on
    opened = OpenFile(kept, by, Step.REQUEST_OPINION, {"planned_signature_on": planned, **_sent_to(kept)})
    return keep_step(opened, step, today=today, planned_signature_on=planned)


@atomic
def record_observations(
    agreement: UUID,
    *,
    by: Actor,
    version: int,
    step: StepDraft,
    today: dt.date,
    observations: Sequence[ObservationDraft] = (),
) -> ProcedureStep:
    """Keep what the legal adviser observed: the text goes back to the counterpart, and then here again (D2.4 a)."""
    kept = hold(_fetch_reviewed(agreement, by=by, verb=Verb.RECORD_OBSERVATIONS), version=version)
    check(kept, Step.RECORD_OBSERVATIONS, written=written_as(step), today=today)
    if not step.reason.strip() and not observations:
        refuse(Refusal.NO_REASON)
    hang = functools.partial(_keep_observations, kept, observations, by=by)
    return keep_step(OpenFile(kept, by, Step.RECORD_OBSERVATIONS), step, today=today, hang=hang)


@atomic
def note_observations(
    agreement: UUID, *, by: Actor, version: int, today: dt.date, observations: Sequence[ObservationDraft]
) -> None:
    """Keep what a state's reviewer observes of a file while the ministry has it: the office answers, the round goes on.

    The opinion is the ministry's (D2.4), so this is no step. Raises as every verb of a file.
    """
    kept = open_to_review(by.office).exclude(review_office=by.office).filter(pk=agreement).first()
    if kept is None or by.role is not Role.LEGAL_REVIEWER:
        raise Agreement.DoesNotExist(str(agreement))
    require_in(by, Verb.RECORD_OBSERVATIONS, office=kept.office_id)
    kept = hold(kept, version=version)
    if refusals := closed_by(Step.RECORD_OBSERVATIONS, file_facts(kept, today=today)):
        refuse(*refusals)
    if not observations:
        refuse(Refusal.NO_REASON)
    made = _keep_observations(kept, observations, by=by)
    move(kept)
    trail.record(NOTED, by=by, subject=str(kept.pk), content=note_content(made), chain=str(kept.office_id))


def _keep_observations(
    kept: Agreement, observations: Sequence[ObservationDraft], step: ProcedureStep | None = None, *, by: Actor
) -> list[Observation]:
    wanted = {one.version for one in observations if one.version}
    own = TextVersion.objects.filter(pk__in=wanted, text__agreement=kept)
    if own.count() != len(wanted):
        raise TextVersion.DoesNotExist(str(sorted(map(str, wanted))))
    now = timezone.now()
    return [
        Observation.objects.create(
            agreement=kept,
            step=step,
            version_id=one.version,
            paragraph=one.paragraph,
            quote=one.quote,
            comment=one.comment,
            by_user_id=by.user,
            at=now,
        )
        for one in observations
    ]


@atomic
def record_opinion(
    agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date, is_favourable: bool
) -> ProcedureStep:
    """Keep the opinion: a favourable one clears the signature, or cures one that had none; another sends it back."""
    kept = hold(_fetch_reviewed(agreement, by=by, verb=Verb.RECORD_OPINION), version=version)
    check(kept, Step.RECORD_OPINION, written=written_as(step), today=today)
    opened = OpenFile(kept, by, Step.RECORD_OPINION)
    if not is_favourable and kept.stage == Stage.OPINION_REQUESTED:
        opened.changes["stage"] = Stage.OBSERVED
    return keep_step(opened, step, today=today, is_favourable=is_favourable)


def _fetch_reviewed(agreement: UUID, *, by: Actor, verb: Verb) -> Agreement:
    """Return a file for its reviewer, or for its own office where the word came by letter."""
    if by.role is not Role.LEGAL_REVIEWER:
        return fetch(agreement, by=by, verb=verb)
    kept = sent_for_review(by.office).filter(pk=agreement).first()
    if kept is None:
        raise Agreement.DoesNotExist(str(agreement))
    require_in(by, verb, office=kept.office_id)
    return kept


@atomic
def sign(
    agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date, signature: SignatureDraft
) -> ProcedureStep:
    """Keep the signature. Without a favourable opinion only when said so: the agreement then lacks backing (D2.7)."""
    kept = hold(fetch(agreement, by=by, verb=Verb.SIGN), version=version)
    signatories = tuple(name.strip() for name in signature.signatories if name.strip())
    written = written_as(step, signatories=signatories, is_without_opinion=signature.is_without_opinion)
    check(kept, Step.SIGN, written=written, today=today)
    changes = {"signed_on": step.on, "signed_precision": SignedPrecision.DAY, "signed_at_place": signature.place}
    made = keep_step(
        OpenFile(kept, by, Step.SIGN, dict(changes), party_names(kept)),
        step,
        today=today,
        signatories=list(signatories),
        is_without_opinion=signature.is_without_opinion,
    )
    seal(kept.pk, by=by, chain=str(kept.office_id))
    return made


@atomic
def send_signed_copies(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep:
    """Send the ministry a signed copy in every language the agreement was signed in (D2.5)."""
    kept = hold(fetch(agreement, by=by, verb=Verb.SEND_SIGNED_COPIES), version=version)
    check(kept, Step.SEND_SIGNED_COPIES, written=written_as(step), today=today)
    return keep_step(OpenFile(kept, by, Step.SEND_SIGNED_COPIES), step, today=today)


@atomic
def record_registration(
    agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date, number: str
) -> ProcedureStep:
    """Enter an agreement in the register; never by the office that signed it, nor by who reviewed it (D2.6)."""
    kept = in_register().filter(pk=agreement).first()
    if kept is None:
        kept = for_office(by.office).filter(pk=agreement).first()
        if kept is None:
            raise Agreement.DoesNotExist(str(agreement))
    require_in(by, Verb.RECORD_REGISTRATION, office=kept.office_id)
    kept = hold(kept, version=version)
    if refusals := refused_to_register(kept, by=by):
        refuse(*refusals)
    check(kept, Step.RECORD_REGISTRATION, written=written_as(step, number=number.strip()), today=today)
    changes = {
        "registered": Registered.YES,
        "registration_number": number.strip(),
        "registered_on": step.on.isoformat(),
    }
    chain = str(kept.office_id)
    if is_sealed(kept.pk):
        seal(kept.pk, by=by, chain=chain)
    opened = OpenFile(kept, by, Step.RECORD_REGISTRATION, dict(changes), party_names(kept))
    made = keep_step(opened, step, today=today)
    seal(kept.pk, by=by, chain=chain)
    return made


def refused_to_register(kept: Agreement, *, by: Actor) -> tuple[Refusal, ...]:
    """Say why this person may not enter this agreement in the register; empty when they may."""
    if by.office == kept.office_id:
        return (Refusal.OWN_OFFICE,)
    reviewed = kept.steps.filter(step__in=[Step.RECORD_OPINION, Step.RECORD_OBSERVATIONS], by_user__isnull=False)
    return (Refusal.REVIEWED_BY_SAME,) if by.user and reviewed.filter(by_user=by.user).exists() else ()


@atomic
def abandon(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep:
    """Give a file up before its signature, with the reason."""
    kept = hold(fetch(agreement, by=by, verb=Verb.ABANDON), version=version)
    check(kept, Step.ABANDON, written=written_as(step), today=today)
    return keep_step(OpenFile(kept, by, Step.ABANDON), step, today=today)
