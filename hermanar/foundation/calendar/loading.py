"""The calendars that come with the product; what a person entered or withdrew wins over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.calendar.keeping import known_closures, make_calendar
from hermanar.foundation.calendar.statutory import StatutoryRule
from hermanar.foundation.models import Closure, Source, WorkingCalendar
from hermanar.foundation.statements import sources_by_key

_CONTENT = ("calendar_id", "first_on", "last_on", "name_es", "name_en", "source_id", "passage")


@dataclass(frozen=True, slots=True)
class LoadedCalendars:
    """What a load did; `kept` are the shipped days it left as a person had decided."""

    entered: int
    withdrawn: int
    unchanged: int
    kept: tuple[str, ...]


@transaction.atomic
def load_calendars(
    calendars: Sequence[Mapping[str, str]], rules: Sequence[StatutoryRule], *, by: Actor
) -> LoadedCalendars:
    """Enter the shipped calendars that are not there and bring the shipped closures up to date; may be repeated.

    A calendar comes after the one it is based on. Raises NotAllowedError, UnknownCalendarError, and KeyError for a
    calendar or a source that does not exist.
    """
    require_in(by, Verb.KEEP_CALENDAR, office=None)
    trail.hold()
    made = _make_missing(calendars, by=by)
    now = timezone.now()
    shipped = {row.reference: row for row in _rows(rules, now=now)}
    latest = {row.reference: row for row in _ever_shipped(calendars)}
    same = {reference for reference, row in shipped.items() if _is_standing_as(row, latest.get(reference))}
    kept = _decided_by_a_person(shipped, latest)
    fresh = [row for reference, row in shipped.items() if reference not in same | kept]
    stale = [row for reference, row in latest.items() if not row.withdrawn_at and reference not in same]
    if fresh or stale:
        Closure.objects.filter(pk__in=[row.pk for row in stale]).update(withdrawn_at=now)
        Closure.objects.bulk_create(fresh)
        touched = {row.calendar_id for row in (*fresh, *stale)}
        WorkingCalendar.objects.filter(pk__in=touched).update(version=F("version") + 1)
    if made or fresh or stale:
        content = [made, sorted(map(_said, fresh)), sorted(row.reference for row in stale)]
        trail.record("calendar.loaded", by=by, content=content)
    return LoadedCalendars(len(fresh), len(stale), len(same), tuple(sorted(kept)))


def _is_standing_as(row: Closure, before: Closure | None) -> bool:
    return before is not None and not before.withdrawn_at and _content(before) == _content(row)


def _decided_by_a_person(shipped: Mapping[str, Closure], latest: Mapping[str, Closure]) -> set[str]:
    """Return the shipped days that a person withdrew, giving a reason, or entered in their own words."""
    by_hand = set(known_closures().filter(reference="").values_list("calendar_id", "first_on", "last_on"))
    withdrawn = {reference for reference, row in latest.items() if row.withdrawal_reason}
    entered = {
        reference for reference, row in shipped.items() if (row.calendar_id, row.first_on, row.last_on) in by_hand
    }
    return (withdrawn & set(shipped)) | entered


def _make_missing(calendars: Iterable[Mapping[str, str]], *, by: Actor) -> list[str]:
    there = set(WorkingCalendar.objects.values_list("key", flat=True))
    missing = [row for row in calendars if row["key"] not in there]
    for row in missing:
        make_calendar(
            row["key"],
            by=by,
            name_es=row["name_es"],
            name_en=row["name_en"],
            authority=row["authority"],
            rest_days=[int(day) for day in row["rest_days"]],
            based_on=row["based_on"],
        )
    return [row["key"] for row in missing]


def _ever_shipped(calendars: Iterable[Mapping[str, str]]) -> Iterable[Closure]:
    """Return every shipped closure there ever was, the newest of a reference last."""
    keys = [row["key"] for row in calendars]
    return Closure.objects.filter(calendar__key__in=keys).exclude(reference="").order_by("entered_at", "pk")


def _rows(rules: Iterable[StatutoryRule], *, now: dt.datetime) -> Iterable[Closure]:
    calendars = dict(WorkingCalendar.objects.values_list("key", "pk"))
    sources: dict[str, Source] = sources_by_key()
    for rule in rules:
        for day in rule.days():
            yield Closure(
                calendar_id=calendars[rule.calendar],
                reference=f"{rule.calendar}:{rule.rule}:{day.year}",
                first_on=day,
                last_on=day,
                name_es=rule.name_es,
                name_en=rule.name_en,
                source=sources[rule.source_key],
                passage=rule.passage,
                entered_at=now,
            )


def _content(row: Closure) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _CONTENT)


def _said(row: Closure) -> tuple[str, ...]:
    return row.reference, row.first_on.isoformat(), row.name_es, row.name_en, row.source.key, row.passage
