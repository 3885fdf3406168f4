"""What happens to a signed agreement: renewed, suspended, resumed, reaffirmed, ended; seen by the public or not."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from hermanar.agreements.actions.filing import (
    OpenFile,
    StepDraft,
    add_act,
    atomic,
    check,
    fetch,
    hold,
    keep_step,
    refuse,
    written_as,
)
from hermanar.agreements.models import Agreement, ProcedureStep, Proposal
from hermanar.agreements.queries.contents import proposal_content, refusal_content
from hermanar.agreements.vocabulary import ActKind
from hermanar.agreements.vocabulary.procedure import Refusal, Step
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb
from hermanar.offices.queries import roles_in
from hermanar.offices.rules import needs_second_person

# What two people decide (DECISIONS, "People and roles"): an ending, and a withdrawal from the public's sight.
OF_TWO = {Step.TERMINATE: Verb.TERMINATE, Step.UNPUBLISH: Verb.UNPUBLISH_AGREEMENT}


@atomic
def renew(
    agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date, until: dt.date
) -> ProcedureStep:
    """Extend an agreement to a new end. Raises as every verb of a file."""
    kept = hold(fetch(agreement, by=by, verb=Verb.RENEW), version=version)
    check(kept, Step.RENEW, written=written_as(step, until=until), today=today)
    if until <= step.on:
        refuse(Refusal.ENDS_BEFORE_START)
    add_act(kept, ActKind.RENEWAL, on=step.on, until=until, letter=step.letter)
    return keep_step(OpenFile(kept, by, Step.RENEW), step, today=today)


@atomic
def suspend(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep:
    """Suspend an agreement, with the reason; it can be resumed."""
    return _live_on(
        agreement, (Step.SUSPEND, Verb.SUSPEND, ActKind.SUSPENSION), by=by, version=version, step=step, today=today
    )


@atomic
def resume(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep:
    """Resume a suspended agreement, with the reason."""
    return _live_on(
        agreement, (Step.RESUME, Verb.RESUME, ActKind.RESUMPTION), by=by, version=version, step=step, today=today
    )


@atomic
def reaffirm(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep:
    """Keep that the parties reaffirmed the agreement; its term does not change."""
    return _live_on(
        agreement, (Step.REAFFIRM, Verb.REAFFIRM, ActKind.REAFFIRMATION), by=by, version=version, step=step, today=today
    )


def _live_on(
    agreement: UUID, what: tuple[Step, Verb, ActKind], *, by: Actor, version: int, step: StepDraft, today: dt.date
) -> ProcedureStep:
    verb, right, act = what
    kept = hold(fetch(agreement, by=by, verb=right), version=version)
    check(kept, verb, written=written_as(step), today=today)
    add_act(kept, act, on=step.on, letter=step.letter)
    return keep_step(OpenFile(kept, by, verb), step, today=today)


@atomic
def terminate(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep | Proposal:
    """End an agreement: at once where the office has one person who may, else proposed for a second to confirm."""
    return _decide(agreement, Step.TERMINATE, by=by, version=version, step=step, today=today)


@atomic
def withdraw(agreement: UUID, *, by: Actor, version: int, step: StepDraft, today: dt.date) -> ProcedureStep | Proposal:
    """Take an office's agreement out of the public's sight, as `terminate` does: two people where there are two."""
    return _decide(agreement, Step.UNPUBLISH, by=by, version=version, step=step, today=today)


def _decide(
    agreement: UUID, what: Step, *, by: Actor, version: int, step: StepDraft, today: dt.date
) -> ProcedureStep | Proposal:
    kept = hold(fetch(agreement, by=by, verb=OF_TWO[what]), version=version)
    check(kept, what, written=written_as(step), today=today)
    assert kept.office_id is not None
    if not needs_second_person(roles_in(kept.office_id), verb=OF_TWO[what]):
        return _carry_out(kept, what, by=by, step=step, today=today)
    if by.user is None or kept.proposals.filter(step=what, decided_at__isnull=True).exists():
        refuse(Refusal.SECOND_PERSON)
    made = Proposal.objects.create(
        agreement=kept,
        step=what,
        on=step.on,
        reason=step.reason,
        letter=step.letter,
        proposed_by_id=by.user,
        proposed_at=timezone.now(),
    )
    told = proposal_content(made)
    trail.record(f"agreement.{what}_proposed", by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))
    return made


def _carry_out(
    kept: Agreement, what: Step, *, by: Actor, step: StepDraft, today: dt.date, first: Proposal | None = None
) -> ProcedureStep:
    opened = OpenFile(kept, by, what)
    if what is Step.TERMINATE:
        add_act(kept, ActKind.TERMINATION, on=step.on, letter=step.letter)
    else:
        opened.changes["published_at"] = None
    two = {"seconded_by_id": first.proposed_by_id} if first else {"is_alone": True}
    return keep_step(opened, step, today=today, **two)


@atomic
def confirm(proposal: UUID, *, by: Actor, version: int, today: dt.date) -> ProcedureStep:
    """Carry out what another person of the office proposed. Raises StepRefusedError for one's own proposal."""
    kept, waiting = _fetch_proposal(proposal, by=by)
    kept = hold(kept, version=version)
    if by.user is None or by.user == waiting.proposed_by_id:
        refuse(Refusal.SECOND_PERSON)
    step = StepDraft(on=waiting.on, letter=waiting.letter, reason=waiting.reason)
    check(kept, Step(waiting.step), written=written_as(step), today=today)
    _close(waiting, by=by, is_confirmed=True)
    return _carry_out(kept, Step(waiting.step), by=by, step=step, today=today, first=waiting)


@atomic
def decline(proposal: UUID, *, by: Actor) -> None:
    """Set a proposal aside: by a second person, or by the one who made it. Raises NotAllowedError."""
    kept, waiting = _fetch_proposal(proposal, by=by)
    trail.hold(chain=str(kept.office_id))
    _close(waiting, by=by, is_confirmed=False)
    waiting.refresh_from_db()
    told, code = refusal_content(waiting), f"agreement.{waiting.step}_declined"
    trail.record(code, by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))


def _fetch_proposal(proposal: UUID, *, by: Actor) -> tuple[Agreement, Proposal]:
    waiting = Proposal.objects.filter(pk=proposal).first()
    if waiting is None:
        raise Agreement.DoesNotExist(str(proposal))
    return fetch(waiting.agreement_id, by=by, verb=OF_TWO[Step(waiting.step)]), waiting


def _close(waiting: Proposal, *, by: Actor, is_confirmed: bool) -> None:
    still_open = Proposal.objects.filter(pk=waiting.pk, decided_at__isnull=True)
    if not still_open.update(decided_by=by.user, decided_at=timezone.now(), is_confirmed=is_confirmed):
        refuse(Refusal.WRONG_STAGE)


@atomic
def publish_file(agreement: UUID, *, by: Actor, version: int, today: dt.date) -> ProcedureStep:
    """Let the public see an office's signed agreement, from now on."""
    kept = hold(fetch(agreement, by=by, verb=Verb.PUBLISH_AGREEMENT), version=version)
    if kept.office is not None and kept.office.is_demonstration:
        refuse(Refusal.DEMONSTRATION)
    step = StepDraft(on=today)
    check(kept, Step.PUBLISH, written=written_as(step), today=today)
    return keep_step(OpenFile(kept, by, Step.PUBLISH, {"published_at": timezone.now()}), step, today=today)
