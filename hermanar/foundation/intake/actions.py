"""The verbs of what is sent in: somebody sends, a person of the office decides, somebody reports."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role, Verb, can_in, require, require_in
from hermanar.foundation.calendar import public_day_of
from hermanar.foundation.documents import NoDocumentError, discard
from hermanar.foundation.editing import AnotherSentError, EditConflictError, claim
from hermanar.foundation.intake.kinds import CONSENT, CONSENTS, LANGUAGES, shape_of
from hermanar.foundation.intake.queries import contribution_content, is_repeated, shown
from hermanar.foundation.intake.rules import (
    NEEDS_REASON,
    Complaint,
    ContentError,
    Fault,
    Field,
    Form,
    Kind,
    Mark,
    State,
    Step,
    check,
    cleaned,
    forget_on,
    likeness,
    marks,
    plain,
    target,
)
from hermanar.foundation.intake.sealing import closed, open_content
from hermanar.foundation.models import Contribution, ContributionReport, ContributionStep
from hermanar.foundation.trail.latest import chain_of

PUBLIC = Actor("public", Role.PUBLIC)
_LONGEST_REASON, _LONGEST_NOTE = 500, 300
_CODES = {step: f"contribution.{step.value}" for step in Step}


@dataclass(frozen=True, slots=True)
class Sending:
    """What somebody sends, for whom, and how it came."""

    kind: Kind
    content: Mapping[str, Any]
    language: str
    key: UUID  # of the form: sent twice, it is kept once
    office: UUID | None = None
    place: str = ""
    about: str = ""
    seconds: float = 60  # between the form and its answer
    is_trapped: bool = False
    is_demonstration: bool = False
    marked: tuple[Mark, ...] = field(default=())


@transaction.atomic
def receive(sending: Sending, *, consent: str = CONSENT, by: Actor = PUBLIC) -> Contribution:
    """Keep what somebody sends until a person has read it.

    Raises ContentError that names every fault, and AnotherSentError when the form came before with another content.
    """
    require(by, Verb.CONTRIBUTE)
    shape = shape_of(sending.kind)
    content = cleaned(shape, sending.content)
    if sending.language not in LANGUAGES:
        raise ContentError({"language": Fault.NOT_OF_FORM})
    if consent not in CONSENTS:
        raise ContentError({"consent": Fault.MISSING})
    trail.hold(chain=chain_of(sending.office))
    if kept := Contribution.objects.filter(key=sending.key).first():
        if not _is_the_same(kept, sending, content):
            raise AnotherSentError(str(kept.key))
        return kept
    now = timezone.now()
    text = " ".join(str(content[one.name]) for one in shape.fields if one.name in content and _is_prose(one))
    alike = likeness(str(content.get("text", "")))
    looks = marks(text, seconds=sending.seconds, is_trapped=sending.is_trapped, is_repeated=is_repeated(alike))
    made = Contribution.objects.create(
        key=sending.key, kind=sending.kind.value, content=closed(sending.kind, content, key=sending.key),
        language=sending.language, consent=consent, consented_at=now, state=State.WAITING.value,
        office=sending.office, place=sending.place, about=sending.about,
        marks=[mark.value for mark in [*looks, *sending.marked]], likeness=alike, received_at=now, moved_at=now,
        is_demonstration=sending.is_demonstration, forget_on=forget_on(shape, State.WAITING, since=public_day_of(now)),
    )  # fmt: skip
    tell("contribution.received", made, by=by)
    return made


def _is_the_same(kept: Contribution, sending: Sending, content: Mapping[str, Any]) -> bool:
    told = (sending.kind.value, sending.language, sending.place, sending.about, content)
    return told == (kept.kind, kept.language, kept.place, kept.about, open_content(kept))


def _is_prose(one: Field) -> bool:
    return one.form in {Form.LINE, Form.TEXT} and not one.is_personal


def publish(contribution: UUID, *, by: Actor, version: int, reason: str = "") -> Contribution:
    """Let the public read it. Raises as every verb here.

    NotAllowedError, Contribution.DoesNotExist for what is another office's, IntakeRefusedError, EditConflictError.
    """
    return _decide(Step.PUBLISH, contribution, by=by, version=version, reason=reason)


def refuse(contribution: UUID, *, by: Actor, version: int, reason: str) -> Contribution:
    """Keep it from the public, with the reason. Raises as `publish`, and ContentError without a reason."""
    return _decide(Step.REFUSE, contribution, by=by, version=version, reason=reason)


def settle(contribution: UUID, *, by: Actor, version: int, reason: str = "") -> Contribution:
    """Note that a letter which is not for the public was attended to. Raises as `publish`."""
    return _decide(Step.SETTLE, contribution, by=by, version=version, reason=reason)


def reconsider(contribution: UUID, *, by: Actor, version: int, reason: str = "") -> Contribution:
    """Undo a decision: it waits again and nobody outside reads it. Raises as `publish`."""
    return _decide(Step.RECONSIDER, contribution, by=by, version=version, reason=reason)


def hide(contribution: UUID, *, by: Actor, version: int, reason: str) -> Contribution:
    """Take it from the public and keep it. Raises as `refuse`."""
    return _decide(Step.HIDE, contribution, by=by, version=version, reason=reason)


def restore(contribution: UUID, *, by: Actor, version: int, reason: str = "") -> Contribution:
    """Let the public read it again, or leave it public in spite of reports. Raises as `publish`."""
    return _decide(Step.RESTORE, contribution, by=by, version=version, reason=reason)


def remove(contribution: UUID, *, by: Actor, version: int, reason: str) -> Contribution:
    """Erase what it says for good; that there was something, and why it went, is kept. Raises as `refuse`."""
    return _decide(Step.REMOVE, contribution, by=by, version=version, reason=reason)


@transaction.atomic
def take_back(key: UUID) -> Contribution:
    """Erase what its sender takes back. Raises Contribution.DoesNotExist."""
    kept = held(Contribution.objects.filter(key=key))
    if kept.state == State.REMOVED.value:
        return kept
    return erase(kept, by=PUBLIC)


@transaction.atomic
def report(contribution: UUID, complaint: Complaint, *, note: str, key: UUID, by: Actor = PUBLIC) -> Contribution:
    """Ask that something public be looked at; it stays public until a person has. Raises Contribution.DoesNotExist."""
    require(by, Verb.REPORT_CONTRIBUTION)
    kept = held(shown().filter(pk=contribution))
    if ContributionReport.objects.filter(key=key).exists():
        return kept
    ContributionReport.objects.create(
        contribution=kept, key=key, complaint=complaint.value, note=plain(note)[:_LONGEST_NOTE], at=timezone.now()
    )
    kept.report_count += 1
    if kept.state == State.REPORTED.value:
        kept.save(update_fields=["report_count"])
        return kept
    return _move(Step.REPORT, kept, by=by, report_count=kept.report_count)


@transaction.atomic
def _decide(step: Step, contribution: UUID, *, by: Actor, version: int, reason: str) -> Contribution:
    verb = Verb.REMOVE_CONTRIBUTION if step is Step.REMOVE else Verb.MODERATE
    require(by, verb)
    kept = held(Contribution.objects.filter(pk=contribution))
    if not can_in(by, Verb.MODERATE, office=kept.office):
        raise Contribution.DoesNotExist(str(contribution))  # another office's record does not exist here
    require_in(by, verb, office=kept.office)
    reason = plain(reason)[:_LONGEST_REASON]
    if kept.version == version + 1 and kept.state == target(step).value:
        return kept  # the same form sent twice
    if kept.version != version:
        raise EditConflictError(Contribution._meta.label)
    check(step, State(kept.state), is_public=shape_of(Kind(kept.kind)).is_public)
    if step in NEEDS_REASON and not reason:
        raise ContentError({"reason": Fault.MISSING})
    if step is Step.REMOVE:
        return erase(kept, by=by, reason=reason)
    seen: dict[str, Any] = {"report_count": 0} if step in {Step.RESTORE, Step.HIDE} else {}
    if seen:
        kept.reports.filter(seen_at__isnull=True).update(seen_at=timezone.now())
    return _move(step, kept, by=by, reason=reason, **seen)


def held(found: QuerySet[Contribution]) -> Contribution:
    """Lock the chain that is told of a contribution, then it: the order of every verb. Raises DoesNotExist."""
    hold_chains(found)
    return found.select_for_update().get()


def hold_chains(found: QuerySet[Contribution]) -> None:
    """Lock the chains that are told of contributions, in the order of their names, as every verb does."""
    for chain in sorted({chain_of(office) for (office,) in found.values_list("office")}):
        trail.hold(chain=chain)


def erase(kept: Contribution, *, by: Actor, reason: str = "") -> Contribution:
    """Leave the envelope alone, with what was decided; part of a verb, the row is locked. Its files go too."""
    for one in shape_of(Kind(kept.kind)).fields:
        if one.form is Form.UUID and one.name in kept.content:
            with suppress(NoDocumentError):
                discard(kept.content[one.name], office=kept.office, by=by)
    kept.reports.all().delete()
    return _move(Step.REMOVE, kept, by=by, reason=reason, content={}, likeness="", marks=[], report_count=0)


def _move(step: Step, kept: Contribution, *, by: Actor, reason: str = "", **more: Any) -> Contribution:
    now, after = timezone.now(), target(step)
    before = kept.state
    more["published_at"] = (kept.published_at or now) if after in {State.PUBLISHED, State.REPORTED} else None
    until = forget_on(shape_of(Kind(kept.kind)), after, since=public_day_of(now))
    claim(
        Contribution.objects.filter(pk=kept.pk), version=kept.version, state=after.value, moved_at=now,
        forget_on=until, **more,
    )  # fmt: skip
    ContributionStep.objects.create(
        contribution=kept, step=step.value, before=before, after=after.value, reason=reason, by=by.user, at=now
    )
    kept.refresh_from_db()
    tell(_CODES[step], kept, by=by, reason=reason)
    return kept


def tell(code: str, kept: Contribution, *, by: Actor, reason: str = "") -> None:
    """Tell the trail of a contribution as it is now; part of a verb."""
    content = contribution_content(kept, reason=reason)
    trail.record(code, by=by, subject=str(kept.pk), content=content, chain=chain_of(kept.office))
