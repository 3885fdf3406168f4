"""What is due in files: in one, and in all of an office.

Counting the terms of a file reads all that is kept of it. Of an office with thousands of files each process therefore
keeps what it counted (decision 44) and counts again only the files that moved on: every verb that changes what a term
depends on brings the file to its next version.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries.facts import facts_of_files
from hermanar.agreements.queries.files import for_office
from hermanar.agreements.rules import Due, FileFacts, due_in, urgency
from hermanar.agreements.vocabulary import SignedPrecision, Stage
from hermanar.agreements.vocabulary.procedure import DueKind, Step, Urgency
from hermanar.foundation.calendar import day_in
from hermanar.foundation.calendar.keeping import WEEKEND, UnknownCalendarError, calendar_of
from hermanar.foundation.calendar.working_days import WorkingDays
from hermanar.foundation.search.revisions import Position, standing
from hermanar.foundation.standby import reads_standby
from hermanar.foundation.walls import offices_seen
from hermanar.offices.models import Office

_AT_ONCE = 500  # files that a question names; of more it asks for all
_MOST_KEPT = 20_000  # files of all offices, some 3 kB each
_CALENDAR = 25  # files that take as much as the calendar kept with an office


@dataclass(frozen=True, slots=True)
class DueInFile:
    """Something due, and the file it is due in; `proposal` where a second person must decide."""

    agreement: Agreement
    due: Due
    urgency: Urgency
    proposal: UUID | None = None


def due_in_file(agreement: Agreement, *, facts: FileFacts, calendar: WorkingDays, today: dt.date) -> list[DueInFile]:
    """Return everything due in one file, what waits for a second person last."""
    waiting = [_Waiting(one.pk, one.step, one.proposed_at) for one in agreement.proposals.all() if not one.decided_at]
    assert agreement.office is not None
    seconded = _seconded(agreement, waiting, zone=agreement.office.time_zone)
    return [*_things(agreement, facts, calendar=calendar, today=today), *seconded]


def due_in_office(office: Office, *, today: dt.date) -> list[DueInFile]:
    """Return everything due in the files of an office, the most urgent first; what only waits stands last."""
    files = for_office(office.pk).select_related(None).exclude(stage=Stage.ABANDONED).order_by("pk")
    as_of = _AsOf(days_of(office), standing("places", day=today))
    versions, waiting = _versions(files)
    counted = _counted(files, versions, office=office.pk, as_of=as_of, today=today)
    found: list[DueInFile] = []
    for key, one in counted.items():
        found += one.things
        if key in waiting:
            found += _seconded(one.agreement, waiting[key], zone=office.time_zone)
    return sorted(found, key=_by_urgency)


def days_of(office: Office) -> WorkingDays:
    """Return the calendar an office counts by; while none is known only weekends rest, and each count says so."""
    try:
        return calendar_of(office.calendar)
    except UnknownCalendarError:
        return WorkingDays(office.calendar, frozenset(WEEKEND), frozenset())


def _things(agreement: Agreement, facts: FileFacts, *, calendar: WorkingDays, today: dt.date) -> list[DueInFile]:
    things = due_in(
        facts,
        # Of a year or a month nobody knows the anniversary.
        signed_on=agreement.signed_on if agreement.signed_precision == SignedPrecision.DAY else None,
        programme_days=agreement.first_programme_days,
        calendar=calendar,
        today=today,
    )
    return [DueInFile(agreement, due, urgency(due.on, today)) for due in things]


class _Waiting(NamedTuple):
    """What is asked of a proposal that a second person must decide."""

    key: UUID
    step: str
    at: dt.datetime


def _seconded(agreement: Agreement, waiting: Iterable[_Waiting], *, zone: str) -> Iterator[DueInFile]:
    for one in waiting:
        due = Due(DueKind.SECOND_PERSON, since=day_in(zone, one.at), step=Step(one.step))
        yield DueInFile(agreement, due, Urgency.UNDATED, one.key)


class _Version(NamedTuple):
    """Which state a file is in; the moment too, for after a copy was put back the same number comes again."""

    number: int
    at: dt.datetime | None


def _versions(files: QuerySet[Agreement]) -> tuple[dict[UUID, _Version], Mapping[UUID, list[_Waiting]]]:
    """Return the version of each file and what waits in it for a second person, which makes no version."""
    undecided = FilteredRelation("proposals", condition=Q(proposals__decided_at__isnull=True))
    rows = files.annotate(undecided=undecided).order_by("pk", "undecided__proposed_at")
    columns = ("pk", "version", "edited_at", "undecided__pk", "undecided__step", "undecided__proposed_at")
    versions: dict[UUID, _Version] = {}
    waiting: dict[UUID, list[_Waiting]] = defaultdict(list)
    for key, version, edited_at, *proposal in rows.values_list(*columns):
        versions[key] = _Version(version, edited_at)
        if proposal[0]:
            waiting[key].append(_Waiting(*proposal))
    return versions, waiting


_ORDER = {kind: place for place, kind in enumerate(Urgency)}
_ONLY_WAITING = frozenset({DueKind.OPINION_AWAITED, DueKind.REGISTRATION_AWAITED, DueKind.ANNIVERSARY})


def _by_urgency(one: DueInFile) -> tuple[bool, int, dt.date, str]:
    waits = one.due.kind in _ONLY_WAITING and one.urgency is not Urgency.OVERDUE
    return waits, _ORDER[one.urgency], one.due.on or dt.date.max, one.agreement.number


# ── what a process keeps ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _AsOf:
    """What every count of an office depends on beside its files: its calendar, the day, and where parties lie."""

    calendar: WorkingDays
    places: Position


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was due in a file at one of its versions."""

    version: _Version
    agreement: Agreement
    things: list[DueInFile]


@dataclass(slots=True)
class _Kept:
    """The counts of offices, those asked for last; nothing of it is ever changed, only replaced."""

    offices: OrderedDict[UUID, tuple[_AsOf, dict[UUID, _Counted]]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, office: UUID, as_of: _AsOf) -> dict[UUID, _Counted]:
        """Return the counts of an office as of just this; empty when there are none."""
        with self.lock:
            if office not in self.offices:
                return {}
            self.offices.move_to_end(office)
            before, counted = self.offices[office]
        return counted if before == as_of else {}

    def put(self, office: UUID, as_of: _AsOf, counted: dict[UUID, _Counted]) -> None:
        """Keep the counts of an office, unless it is too large, and forget those that nobody asked for longest."""
        with self.lock:
            self.offices.pop(office, None)
            if len(counted) + _CALENDAR > _MOST_KEPT:
                return
            self.offices[office] = as_of, counted
            held = sum(len(files) + _CALENDAR for _as_of, files in self.offices.values())
            while held > _MOST_KEPT:
                held -= len(self.offices.popitem(last=False)[1][1]) + _CALENDAR


_kept = _Kept()


def forget() -> None:
    """Count everything again when it is next asked for, as a process does that has just begun."""
    with _kept.lock:
        _kept.offices.clear()


def _may_keep(office: UUID) -> bool:
    """Say whether what is read now is what any later reading finds, unless a version tells otherwise.

    Not inside a transaction, which may be rolled back, nor of a standby, which may be behind, nor behind the wall of
    another office, which hides what is kept of a file.
    """
    seen = offices_seen()
    return not connection.in_atomic_block and not reads_standby() and (seen is None or office in seen)


def _counted(
    files: QuerySet[Agreement], versions: Mapping[UUID, _Version], *, office: UUID, as_of: _AsOf, today: dt.date
) -> Mapping[UUID, _Counted]:
    """Return what is due in each file, in their order: as it was counted where the file has not moved on since."""
    may_keep = _may_keep(office)
    before = _kept.of(office, as_of) if may_keep else {}
    moved = [key for key, version in versions.items() if key not in before or before[key].version != version]
    if not moved and len(versions) == len(before):
        return before
    some = files if len(moved) > _AT_ONCE else files.filter(pk__in=moved)
    facts = facts_of_files(some, today=today)
    # Under the version that was read first: what was read after it may be newer, and is then counted again.
    anew = {
        one.pk: _Counted(versions[one.pk], one, _things(one, facts[one.pk], calendar=as_of.calendar, today=today))
        for one in some
        if one.pk in versions
    }
    known = {**before, **anew}
    found = {key: known[key] for key in versions if key in known}
    if may_keep:
        _kept.put(office, as_of, found)
    return found
