"""Committees and who is in them: founded, changed, ended; people come, leave, and their substitutes take over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office
from hermanar.agreements.vocabulary import AreaOfCooperation, Stage
from hermanar.cooperation.models import Attendance, Committee, CommitteeMember, Task
from hermanar.cooperation.queries import CommitteeRow, committee_content, committees_of, members_of
from hermanar.cooperation.rules import committees as law
from hermanar.cooperation.vocabulary import CommitteeRefusal as Why
from hermanar.cooperation.vocabulary import Quorum, Sector, SessionState
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import claim
from hermanar.foundation.words import fold
from hermanar.offices.models import Membership


@dataclass(frozen=True, slots=True)
class CommitteeDraft:
    """A committee as its papers tell of it; what they do not say stays unknown."""

    name: str
    agreement: UUID | None = None
    area: AreaOfCooperation | None = None
    peer_name: str = ""
    peer_contact: str = ""
    founded_on: dt.date | None = None
    instrument: str = ""
    source: str = ""
    size: int | None = None
    quorum: Quorum = Quorum.UNKNOWN
    quorum_figure: str = ""
    second_call: Quorum = Quorum.UNKNOWN
    second_figure: str = ""
    is_exclusive: bool = False


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A person in a committee, in one's own right or for another."""

    name: str
    sector: Sector
    began_on: dt.date
    body: str = ""
    post: str = ""
    until: dt.date | None = None
    stands_for: UUID | None = None
    user: UUID | None = None  # the account of a member of the committee in this office


@transaction.atomic
def found_committee(draft: CommitteeDraft, *, office: UUID, by: Actor, today: dt.date, key: UUID) -> Committee:
    """Found a committee of an office, or of an area of one of its ties; the same form sent twice founds it once.

    Raises NotAllowedError, CommitteeRefusedError, and Agreement.DoesNotExist for a tie of another office.
    """
    require_in(by, Verb.KEEP_COMMITTEES, office=office)
    trail.hold(chain=str(office))
    if sent := Committee.objects.filter(pk=key).first():
        if sent.office_id != office:
            raise Committee.DoesNotExist(str(key))
        return sent
    tie = _tie_of(draft, office=office)
    values = _checked(draft, today=today)
    _check_place(draft, office=office, tie=tie)
    made = Committee.objects.create(id=key, office_id=office, agreement=tie, area=draft.area or "", **values)
    tell("committee.founded", made, by=by, office=office)
    return made


@transaction.atomic
def change_committee(committee: UUID, draft: CommitteeDraft, *, by: Actor, version: int, today: dt.date) -> Committee:
    """Change what is kept of a committee; whose it is stays. Raises as every verb of a committee."""
    kept = held(committee, by=by)
    same = replace(draft, agreement=kept.agreement_id, area=AreaOfCooperation(kept.area) if kept.area else None)
    values = _checked(same, today=today)
    _check_place(same, office=kept.office_id, tie=kept.agreement, but=kept.pk)
    founded_on = values["founded_on"]
    if founded_on and kept.members.filter(began_on__lt=founded_on).exists():
        raise law.CommitteeRefusedError(Why.BEFORE_FOUNDING)
    kept.is_exclusive = draft.is_exclusive  # who is in it already must keep the rule too
    for one in kept.members.all():
        _check_elsewhere(kept, one.name, stay=(one.began_on, one.ended_on), but=one)
    claim(Committee.objects.filter(pk=kept.pk), version=version, **values)
    kept.refresh_from_db()
    tell("committee.changed", kept, by=by, office=kept.office_id)
    return kept


@transaction.atomic
def end_committee(
    committee: UUID, *, by: Actor, version: int, ended_on: dt.date, reason: str, today: dt.date
) -> Committee:
    """End a committee with a reason; nothing of it is deleted. Raises as every verb of a committee."""
    kept = held(committee, by=by)
    began = kept.founded_on or dt.date.min
    held_on = kept.sessions.filter(state__in=[SessionState.HELD, SessionState.MEETING]).aggregate(last=Max("on"))
    refuse(
        *law.refused_end(began, ended_on=ended_on, reason=reason, today=today),
        *law.refused_committee_end(ended_on, last_held=held_on["last"]),
    )
    claim(Committee.objects.filter(pk=kept.pk), version=version, ended_on=ended_on, end_reason=reason.strip())
    kept.refresh_from_db()
    tell("committee.ended", kept, by=by, office=kept.office_id)
    return kept


# ── members ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def add_committee_member(committee: UUID, draft: MemberDraft, *, by: Actor, key: UUID) -> CommitteeMember:
    """Let a person into a committee; the same form sent twice does it once. Raises as every verb of a committee."""
    kept = held(committee, by=by)
    if sent := CommitteeMember.objects.filter(pk=key).first():
        if sent.committee_id != kept.pk:
            raise CommitteeMember.DoesNotExist(str(key))
        return sent
    made = CommitteeMember(id=key, committee=kept, **_member_values(kept, draft))
    made.save(force_insert=True)
    _move(kept)
    tell("committee.member_added", made, by=by, office=kept.office_id)
    return made


@transaction.atomic
def change_committee_member(member: UUID, draft: MemberDraft, *, by: Actor, version: int) -> CommitteeMember:
    """Mend what is kept of a member, or lengthen the term; `version` is the committee's. Raises as every verb here."""
    kept, one = held_member(member, by=by)
    values = _member_values(kept, replace(draft, stands_for=one.stands_for_id), but=one)
    if one.ended_on and draft.began_on > one.ended_on:
        refuse(Why.TERM_ENDS_FIRST)
    if Attendance.objects.filter(member=one, session__on__lt=draft.began_on).exists():
        refuse(Why.NOT_A_MEMBER_THEN)
    claim(Committee.objects.filter(pk=kept.pk), version=version)
    CommitteeMember.objects.filter(pk=one.pk).update(**values)
    one.refresh_from_db()
    tell("committee.member_changed", one, by=by, office=kept.office_id)
    return one


@transaction.atomic
def end_committee_membership(
    member: UUID, *, by: Actor, version: int, ended_on: dt.date, reason: str, today: dt.date
) -> CommitteeMember:
    """Note that a person left, from which day and why; tasks stay with the name until they are given to another.

    Raises as every verb of a committee.
    """
    kept, one = held_member(member, by=by)
    if one.ended_on:
        refuse(Why.MEMBER_GONE)
    refuse(*law.refused_end(one.began_on, ended_on=ended_on, reason=reason, today=today))
    if Attendance.objects.filter(member=one, session__on__gte=ended_on).exists():
        refuse(Why.ATTENDED_LATER)
    claim(Committee.objects.filter(pk=kept.pk), version=version)
    one.ended_on, one.end_reason = ended_on, reason.strip()
    one.save(update_fields=["ended_on", "end_reason"])
    tell("committee.member_ended", one, by=by, office=kept.office_id)
    return one


@transaction.atomic
def take_over(substitute: UUID, *, by: Actor, version: int, on: dt.date, today: dt.date) -> CommitteeMember:
    """Let a substitute take the place of the member who left: post and term are the leaver's, tasks stay one's own.

    Raises as every verb of a committee.
    """
    kept, one = held_member(substitute, by=by)
    left = one.stands_for
    if left is None:
        raise law.CommitteeRefusedError(Why.NOT_A_SUBSTITUTE)
    if one.ended_on:
        refuse(Why.MEMBER_GONE)
    if left.ended_on is None or on < left.ended_on:
        refuse(Why.STILL_THERE)
    refuse(*law.refused_end(one.began_on, ended_on=on, reason="-", today=today))
    if Attendance.objects.filter(member=one, session__on__gte=on).exists():
        refuse(Why.ATTENDED_LATER)
    claim(Committee.objects.filter(pk=kept.pk), version=version)
    CommitteeMember.objects.filter(pk=one.pk).update(ended_on=on)  # why is told by the place that begins that day
    made = CommitteeMember.objects.create(
        committee=kept,
        name=one.name,
        sector=one.sector,
        body=one.body,
        post=left.post,
        user=one.user,
        began_on=on,
        until=left.until if left.until and left.until >= on else None,
    )
    one.refresh_from_db()
    tell("committee.substitute_ended", one, by=by, office=kept.office_id)
    tell("committee.substitute_took_over", made, by=by, office=kept.office_id)
    for task in Task.objects.filter(owner=one, done_on__isnull=True):
        task.owner = made
        task.save(update_fields=["owner"])
        tell("committee.task_moved", task, by=by, office=kept.office_id)
    return made


# ── what the verbs of a committee share ──────────────────────────────────────────────────────────────────────────────


def held(committee: UUID, *, by: Actor, verb: Verb = Verb.KEEP_COMMITTEES, even_ended: bool = False) -> Committee:
    """Return a committee of the actor's office that goes on, locked to the end of the transaction.

    What only closes things that were open may be done to one that ended, too (`even_ended`).
    Raises Committee.DoesNotExist for another office's, NotAllowedError, and CommitteeRefusedError once it has ended.
    """
    kept = committees_of(by.office).filter(pk=committee).first()
    if kept is None:
        raise Committee.DoesNotExist(str(committee))
    require_in(by, verb, office=kept.office_id)
    trail.hold(chain=str(kept.office_id))  # every verb of the office waits here, so nothing read below can move
    kept.refresh_from_db()
    if kept.ended_on and not even_ended:
        refuse(Why.COMMITTEE_ENDED)
    return kept


def held_member(member: UUID, *, by: Actor) -> tuple[Committee, CommitteeMember]:
    """Return a member with the committee, locked. Raises CommitteeMember.DoesNotExist, and as `held`."""
    one = members_of(by.office).filter(pk=member).first()
    if one is None:
        raise CommitteeMember.DoesNotExist(str(member))
    kept = held(one.committee_id, by=by)
    return kept, CommitteeMember.objects.select_related("stands_for").get(pk=member)


def refuse(*refusals: Why) -> None:
    """Raise CommitteeRefusedError when there is a reason."""
    if refusals:
        raise law.CommitteeRefusedError(*refusals)


def tell(code: str, made: CommitteeRow, *, by: Actor, office: UUID) -> None:
    """Enter a digest of what a thing says into the office's chain: never a name."""
    trail.record(code, by=by, subject=str(made.pk), content=committee_content(made), chain=str(office))


def _move(kept: Committee) -> None:
    claim(Committee.objects.filter(pk=kept.pk), version=kept.version)


def _checked(draft: CommitteeDraft, *, today: dt.date) -> dict[str, Any]:
    """Return the columns of a draft. Raises CommitteeRefusedError."""
    name = draft.name.strip()
    told = bool(draft.founded_on or draft.instrument.strip())
    found = [] if name else [Why.NO_NAME]
    found += law.refused_founding(founded_on=draft.founded_on, told_of=told, source=draft.source, today=today)
    figure = law.figure_of(draft.quorum, figure=draft.quorum_figure)
    second = law.figure_of(draft.second_call, figure=draft.second_figure, otherwise=Why.BAD_SECOND_FIGURE)
    for rule in {law.QuorumRule(draft.quorum, figure), law.QuorumRule(draft.second_call, second)}:
        found += law.refused_rule(rule, size=draft.size)
    refuse(*dict.fromkeys(found))
    return {
        "name": name,
        "peer_name": draft.peer_name.strip(),
        "peer_contact": draft.peer_contact.strip(),
        "founded_on": draft.founded_on,
        "instrument": draft.instrument.strip(),
        "source": draft.source.strip(),
        "size": draft.size,
        "quorum": draft.quorum,
        "quorum_figure": figure,
        "second_call": draft.second_call,
        "second_figure": second,
        "is_exclusive": draft.is_exclusive,
    }


def _tie_of(draft: CommitteeDraft, *, office: UUID) -> Agreement | None:
    if (draft.agreement is None) != (draft.area is None):
        refuse(Why.AREA_WITHOUT_TIE)
    if draft.agreement is None:
        return None
    tie = for_office(office).filter(pk=draft.agreement).first()
    if tie is None:
        raise Agreement.DoesNotExist(str(draft.agreement))
    if tie.stage == Stage.ABANDONED:
        refuse(Why.TIE_ABANDONED)
    return tie


def _check_place(draft: CommitteeDraft, *, office: UUID, tie: Agreement | None, but: UUID | None = None) -> None:
    """Refuse a second committee of an area, and a second one of the office under the same name."""
    others = Committee.objects.filter(office=office, ended_on__isnull=True).exclude(pk__in=[but] if but else [])
    if tie is not None and others.filter(agreement=tie, area=draft.area).exists():
        refuse(Why.AREA_TAKEN)
    of_office = others.filter(agreement__isnull=True).values_list("name", flat=True)
    if tie is None and fold(draft.name) in {fold(name) for name in of_office}:
        refuse(Why.OFFICE_TAKEN)


def _member_values(kept: Committee, draft: MemberDraft, *, but: CommitteeMember | None = None) -> dict[str, Any]:
    """Return the columns of a member. Raises CommitteeRefusedError."""
    found = [] if draft.name.strip() else [Why.NO_NAME]
    found += law.refused_term(draft.began_on, until=draft.until, founded_on=kept.founded_on)
    refuse(*found)
    stay = (draft.began_on, but.ended_on if but else None)
    _check_elsewhere(kept, draft.name, stay=stay, but=but)
    if draft.stands_for:
        _check_stands_for(kept, draft.stands_for, stay=stay, but=but)
    if draft.user and not Membership.objects.filter(user=draft.user, office=kept.office_id).exists():
        raise Membership.DoesNotExist(str(draft.user))
    return {
        "name": draft.name.strip(),
        "sector": draft.sector,
        "body": draft.body.strip(),
        "post": draft.post.strip(),
        "began_on": draft.began_on,
        "until": draft.until,
        "stands_for_id": draft.stands_for,
        "user_id": draft.user,
    }


def _check_elsewhere(
    kept: Committee, name: str, *, stay: tuple[dt.date, dt.date | None], but: CommitteeMember | None
) -> None:
    """Refuse a person who is in the committee already, or in another one where either's rule forbids it."""
    others = CommitteeMember.objects.filter(committee__office=kept.office_id, committee__ended_on__isnull=True)
    for one in others.exclude(pk__in=[but.pk] if but else []).select_related("committee"):
        if fold(one.name) != fold(name) or not law.overlap(stay, (one.began_on, one.ended_on)):
            continue
        if one.committee_id == kept.pk:
            refuse(Why.ALREADY_MEMBER)
        if one.committee.is_exclusive or kept.is_exclusive:
            refuse(Why.IN_ANOTHER)


def _check_stands_for(
    kept: Committee, member: UUID, *, stay: tuple[dt.date, dt.date | None], but: CommitteeMember | None
) -> None:
    own = kept.members.filter(pk=member, stands_for__isnull=True).first()
    if own is None or (but is None and not law.overlap(stay, (own.began_on, own.ended_on))):
        raise law.CommitteeRefusedError(Why.SUBSTITUTE_OF_OTHER)
    others = own.substitutes.exclude(pk__in=[but.pk] if but else [])
    if any(law.overlap(stay, (one.began_on, one.ended_on)) for one in others):
        refuse(Why.SUBSTITUTE_TAKEN)
