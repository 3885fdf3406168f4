"""Reads of committees; each begins with the office they belong to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.models import Attendance, Committee, CommitteeMember, Decision, Session, Task
from hermanar.cooperation.rules.committees import QuorumRule, Seat
from hermanar.cooperation.vocabulary import Quorum, SessionState

_AHEAD = dt.timedelta(days=60)  # a term that ends sooner than this is told, so that a successor can be found
_NO_AREA = frozenset({AreaOfCooperation.ANY_OTHER, AreaOfCooperation.OTHER})


def committees_of(office: UUID | None) -> QuerySet[Committee]:
    """Return the committees of an office, its own first; None has none."""
    if office is None:
        return Committee.objects.none()
    everyone = Prefetch("members", CommitteeMember.objects.select_related("stands_for", "user"))
    tasks = Task.objects.select_related("owner", "decision").order_by(F("due_on").asc(nulls_last=True), "pk")
    found = Committee.objects.filter(office=office).select_related("agreement", "office")
    found = found.prefetch_related(everyone, Prefetch("tasks", tasks))
    return found.order_by(F("ended_on").asc(nulls_first=True), F("agreement").asc(nulls_first=True), "name", "pk")


def members_of(office: UUID | None) -> QuerySet[CommitteeMember]:
    """Return everyone who is or was in a committee of an office."""
    found = CommitteeMember.objects.filter(committee__in=committees_of(office).order_by().values("pk"))
    return found.select_related("committee", "stands_for", "user").order_by("committee__name", "began_on", "pk")


def sessions_of(office: UUID | None) -> QuerySet[Session]:
    """Return the sessions of the committees of an office, the newest first."""
    found = Session.objects.filter(committee__in=committees_of(office).order_by().values("pk"))
    ordered = found.order_by("-on", F("at").desc(nulls_last=True), "-pk")
    return ordered.select_related("committee__agreement", "committee__office", "minutes")


def decisions_of(office: UUID | None) -> QuerySet[Decision]:
    """Return what the committees of an office decided, the newest first."""
    found = Decision.objects.filter(committee__in=committees_of(office).order_by().values("pk"))
    return found.select_related("committee", "session", "item").order_by("-year", "committee__name", "-number")


def tasks_of(office: UUID | None) -> QuerySet[Task]:
    """Return the tasks of the committees of an office, what is due first at the top and what is done last."""
    found = Task.objects.filter(committee__in=committees_of(office).order_by().values("pk"))
    ordered = found.order_by(F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")
    return ordered.select_related("committee", "owner", "decision")


def seats_of(members: Iterable[CommitteeMember]) -> list[Seat]:
    """Return members as the rules look at them."""
    return [Seat(one.pk, one.began_on, one.ended_on, one.stands_for_id, one.post.casefold()) for one in members]


def attended_of(session: UUID) -> set[UUID]:
    """Return who was at a session."""
    return set(Attendance.objects.filter(session=session).values_list("member", flat=True))


def quorum_rules(committee: Committee) -> tuple[QuorumRule, QuorumRule]:
    """Return the rule of the first and of the second call."""
    first = QuorumRule(Quorum(committee.quorum), committee.quorum_figure)
    return first, QuorumRule(Quorum(committee.second_call), committee.second_figure)


def committees_by_area(agreement: Agreement) -> list[tuple[AreaOfCooperation, Committee | None]]:
    """Return each area of a tie with the committee that carries it, or None where there is none yet (D3.4)."""
    kept = {one.area: one for one in Committee.objects.filter(agreement=agreement, ended_on__isnull=True)}
    named = {AreaOfCooperation(area) for area in agreement.areas.values_list("area", flat=True)} - _NO_AREA
    areas = named | {AreaOfCooperation(area) for area in kept}
    return [(area, kept.get(area.value)) for area in AreaOfCooperation if area in areas]


@dataclass(frozen=True, slots=True)
class CommitteeDue:
    """Something due in a committee: one of a task, a session, a term."""

    committee: Committee
    on: dt.date
    task: Task | None = None
    session: Session | None = None
    member: CommitteeMember | None = None


def due_of_committees(office: UUID | None, *, today: dt.date) -> list[CommitteeDue]:
    """Return what is due in the committees of an office that go on: tasks, sessions to come or to be noted, terms."""
    return sorted(_due(office, today), key=lambda one: (one.on, one.committee.name, str(one.committee.pk)))


def _due(office: UUID | None, today: dt.date) -> Iterator[CommitteeDue]:
    for task in tasks_of(office).filter(done_on__isnull=True, due_on__isnull=False, committee__ended_on__isnull=True):
        assert task.due_on is not None
        yield CommitteeDue(task.committee, task.due_on, task=task)
    for session in sessions_of(office).filter(state=SessionState.CALLED, committee__ended_on__isnull=True):
        yield CommitteeDue(session.committee, session.on, session=session)
    staying = Q(ended_on__isnull=True, committee__ended_on__isnull=True)
    for member in members_of(office).filter(staying, until__lte=today + _AHEAD):
        assert member.until is not None
        yield CommitteeDue(member.committee, member.until, member=member)
