"""Sessions of a committee: called, attended, told in minutes; what they decide is numbered without gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hermanar.cooperation.actions.committees import held, refuse, tell
from hermanar.cooperation.models import AgendaItem, Attendance, Committee, Decision, Session
from hermanar.cooperation.queries import decisions_of, quorum_rules, seats_of, sessions_of
from hermanar.cooperation.rules import committees as law
from hermanar.cooperation.vocabulary import CommitteeRefusal as Why
from hermanar.cooperation.vocabulary import SessionState
from hermanar.foundation.access import Actor
from hermanar.foundation.editing import claim
from hermanar.foundation.models import Document

_OVER = frozenset({SessionState.HELD, SessionState.MEETING})


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """A session as it is called: when, where, and the agenda in order."""

    on: dt.date
    items: Sequence[str]
    at: dt.time | None = None
    place: str = ""
    called_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AttendanceDraft:
    """Who came, on which call; `had_quorum` is what the office says where the rule is not known."""

    present: Sequence[UUID]
    is_second_call: bool = False
    had_quorum: bool | None = None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What was decided, on which matter, and how the votes fell where they were counted."""

    text: str
    item: UUID | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None

    @property
    def votes(self) -> tuple[int | None, int | None, int | None]:
        """Return the votes in the order minutes tell them."""
        return self.votes_for, self.votes_against, self.abstentions


@transaction.atomic
def call_session(committee: UUID, draft: SessionDraft, *, by: Actor, key: UUID) -> Session:
    """Call a session, or enter one that took place; the same form sent twice calls it once.

    Raises as every verb of a committee.
    """
    kept = held(committee, by=by)
    if sent := Session.objects.filter(pk=key).first():
        if sent.committee_id != kept.pk:
            raise Session.DoesNotExist(str(key))
        return sent
    made = Session(id=key, committee=kept, **_called(kept, draft))
    made.save(force_insert=True)
    _write_agenda(made, draft)
    tell("committee.session_called", made, by=by, office=kept.office_id)
    return made


@transaction.atomic
def change_call(session: UUID, draft: SessionDraft, *, by: Actor, version: int) -> Session:
    """Change the day, the place or the agenda of a session that has not been held. Raises as every verb here."""
    kept = _held(session, by=by)
    if kept.state != SessionState.CALLED:
        refuse(Why.SESSION_CLOSED)
    claim(Session.objects.filter(pk=kept.pk), version=version, **_called(kept.committee, draft))
    kept.items.all().delete()
    _write_agenda(kept, draft)
    return _told("committee.session_changed", kept, by=by)


@transaction.atomic
def cancel_session(session: UUID, *, by: Actor, version: int, reason: str) -> Session:
    """Cancel a session that has not been held, even after the committee ended. Raises as every verb of a committee."""
    kept = _held(session, by=by, even_ended=True)
    if kept.state != SessionState.CALLED:
        refuse(Why.SESSION_CLOSED)
    if not reason.strip():
        refuse(Why.NO_REASON)
    state = SessionState.CANCELLED
    claim(Session.objects.filter(pk=kept.pk), version=version, state=state, reason=reason.strip())
    return _told("committee.session_cancelled", kept, by=by)


@transaction.atomic
def keep_attendance(session: UUID, draft: AttendanceDraft, *, by: Actor, version: int, today: dt.date) -> Session:
    """Keep who came and count the quorum; without one it is a meeting without decisions. May be mended until signed.

    Raises as every verb of a committee.
    """
    kept = _held(session, by=by)
    _check_open(kept)
    committee, present = kept.committee, set(draft.present)
    first, second = quorum_rules(committee)
    rule = second if draft.is_second_call else first
    seats = seats_of(committee.members.all())
    asked = second.kind if draft.is_second_call else None
    refuse(*law.refused_attendance(seats, present=present, on=kept.on, today=today, second=asked))
    verdict = law.quorum(rule, seats, present=present, on=kept.on, size=committee.size)
    is_quorum = law.settled(verdict, said=draft.had_quorum)
    decisions = list(kept.decisions.all())
    if not is_quorum and decisions:
        refuse(Why.HAS_DECISIONS)
    for one in decisions:
        votes = (one.votes_for, one.votes_against, one.abstentions)
        refuse(*law.refused_votes(votes, voters=verdict.present))
    claim(
        Session.objects.filter(pk=kept.pk),
        version=version,
        state=SessionState.HELD if is_quorum else SessionState.MEETING,
        is_second_call=draft.is_second_call,
        present=verdict.present,
        counted_of=verdict.of,
        needed=verdict.needed,
        quorum_rule=verdict.rule,
    )
    kept.attendance.all().delete()
    Attendance.objects.bulk_create([Attendance(session=kept, member_id=one) for one in sorted(present)])
    return _told("committee.attendance_kept", kept, by=by)


@transaction.atomic
def keep_proceedings(session: UUID, said: Mapping[UUID, str], *, by: Actor, version: int) -> Session:
    """Keep what was said of each matter of the agenda: the minutes are written from it. Raises as every verb here."""
    kept = _held(session, by=by)
    _check_over(kept)
    items = {item.pk: item for item in kept.items.all()}
    if set(said) - set(items):
        refuse(Why.NO_SUCH_ITEM)
    claim(Session.objects.filter(pk=kept.pk), version=version)
    for key, words in said.items():
        AgendaItem.objects.filter(pk=key).update(said=words.strip())
    return _told("committee.proceedings_kept", kept, by=by)


@transaction.atomic
def keep_minutes(session: UUID, document: UUID, *, by: Actor, version: int, reason: str = "") -> Session:
    """Keep the minutes as they were signed: from then on nothing of the session changes. Raises as every verb here.

    Others take the place of signed ones only with a reason; the former stay with the session.
    """
    kept = _held(session, by=by, even_ended=True)
    _check_over(kept, even_signed=True)
    found = Document.objects.filter(pk=document, office=kept.committee.office_id).first()
    if found is None:
        raise Document.DoesNotExist(str(document))
    if kept.minutes:
        refuse(*([Why.SAME_MINUTES] if kept.minutes.digest == found.digest else []))
        refuse(*([] if reason.strip() else [Why.NO_REASON]))
        former = {"document": kept.minutes, "reason": reason.strip(), "by_user_id": by.user}
        kept.former_minutes.create(replaced_at=timezone.now(), **former)
    claim(Session.objects.filter(pk=kept.pk), version=version, minutes=found)
    return _told("committee.minutes_signed", kept, by=by)


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def decide(session: UUID, draft: DecisionDraft, *, by: Actor, key: UUID, today: dt.date) -> Decision:
    """Keep a decision of a session that had a quorum, under the next number of its committee and year.

    The same form sent twice keeps it once. Raises as every verb of a committee.
    """
    kept = _held(session, by=by)
    if sent := Decision.objects.filter(pk=key).first():
        if sent.session_id != kept.pk:
            raise Decision.DoesNotExist(str(key))
        return sent
    values = _decided(kept, draft, today=today)
    of_year = kept.committee.decisions.filter(year=kept.on.year)
    last = of_year.aggregate(last=Max("number"))["last"] or 0  # the chain is held: nobody else takes this number
    made = Decision.objects.create(
        id=key, committee=kept.committee, session=kept, year=kept.on.year, number=last + 1, **values
    )
    claim(Session.objects.filter(pk=kept.pk), version=kept.version)
    tell("committee.decided", made, by=by, office=kept.committee.office_id)
    return made


@transaction.atomic
def mend_decision(decision: UUID, draft: DecisionDraft, *, by: Actor, version: int, today: dt.date) -> Decision:
    """Write a decision as it was taken, until the minutes are signed; the number stays. `version` is the session's.

    Raises as every verb of a committee.
    """
    known = decisions_of(by.office).filter(pk=decision).first()
    if known is None:
        raise Decision.DoesNotExist(str(decision))
    kept = _held(known.session_id, by=by)
    values = _decided(kept, draft, today=today)
    claim(Session.objects.filter(pk=kept.pk), version=version)
    Decision.objects.filter(pk=decision).update(**values)
    known.refresh_from_db()
    tell("committee.decision_mended", known, by=by, office=kept.committee.office_id)
    return known


def _decided(kept: Session, draft: DecisionDraft, *, today: dt.date) -> dict[str, Any]:
    found = [Why.NOT_YET] if kept.on > today else []
    refuse(*found)
    there = kept.present or 0
    is_signed = kept.minutes_id is not None
    state = SessionState(kept.state)
    found = law.refused_decision(state, votes=draft.votes, voters=there, is_signed=is_signed)
    if not draft.text.strip():
        found.append(Why.NO_WORDS)
    if draft.item and not kept.items.filter(pk=draft.item).exists():
        found.append(Why.NO_SUCH_ITEM)
    refuse(*found)
    return {
        "text": draft.text.strip(),
        "item_id": draft.item,
        "votes_for": draft.votes_for,
        "votes_against": draft.votes_against,
        "abstentions": draft.abstentions,
    }


# ── what the verbs of a session share ────────────────────────────────────────────────────────────────────────────────


def _held(session: UUID, *, by: Actor, even_ended: bool = False) -> Session:
    """Return a session of the actor's office, its committee locked. Raises Session.DoesNotExist, and as `held`."""
    found = sessions_of(by.office).filter(pk=session).first()
    if found is None:
        raise Session.DoesNotExist(str(session))
    held(found.committee_id, by=by, even_ended=even_ended)
    return Session.objects.select_related("committee", "minutes").get(pk=session)


def _called(kept: Committee, draft: SessionDraft) -> dict[str, Any]:
    refuse(
        *law.refused_call(draft.on, called_on=draft.called_on, founded_on=kept.founded_on, items=len(_agenda(draft)))
    )
    return {"on": draft.on, "at": draft.at, "place": draft.place.strip(), "called_on": draft.called_on}


def _agenda(draft: SessionDraft) -> list[str]:
    return [item.strip() for item in draft.items if item.strip()]


def _write_agenda(kept: Session, draft: SessionDraft) -> None:
    items = enumerate(_agenda(draft), start=1)
    AgendaItem.objects.bulk_create([AgendaItem(session=kept, position=place, title=title) for place, title in items])


def _check_open(kept: Session) -> None:
    if kept.state == SessionState.CANCELLED:
        refuse(Why.SESSION_CLOSED)
    if kept.minutes_id:
        refuse(Why.MINUTES_SIGNED)


def _check_over(kept: Session, *, even_signed: bool = False) -> None:
    if kept.state not in _OVER:
        refuse(Why.SESSION_CLOSED if kept.state == SessionState.CANCELLED else Why.NOT_HELD)
    if kept.minutes_id and not even_signed:
        refuse(Why.MINUTES_SIGNED)


def _told(code: str, kept: Session, *, by: Actor) -> Session:
    kept.refresh_from_db()
    tell(code, kept, by=by, office=kept.committee.office_id)
    return kept
