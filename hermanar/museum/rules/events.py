"""Events: when one is, in the time of its place; what may not be told of it (D5.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from zoneinfo import ZoneInfo, available_timezones

from hermanar.museum.vocabulary.events import EventKind, EventState
from hermanar.museum.vocabulary.events import EventRefusal as Why

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_CITIES = 60
MOST_YEARS_BETWEEN = 100
_ZONES = frozenset(available_timezones())
_CONTROLS = {chr(code) for code in range(32)} - {"\n", "\r", "\t"} | {"\x7f"}
_PARENTS = {EventKind.EVENT: {EventKind.FESTIVAL, EventKind.FEAST}, EventKind.FESTIVAL: {EventKind.FEAST}}


class EventRefusedError(ValueError):
    """Something of an event that may not be kept so, with every reason; nothing was written."""

    def __init__(self, refusals: Iterable[Why]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(str(refusal.label) for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class Span:
    """When something is, as the clocks of its place tell it; None is not known. The last day is included."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    zone: str = "America/Mexico_City"

    @property
    def last_on(self) -> dt.date | None:
        """Return the last day, the first where only one is told."""
        return self.ends_on or self.starts_on


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as the rules look at it."""

    kind: EventKind
    title: str
    span: Span
    texts: tuple[str, ...] = ()  # whatever else a person wrote
    city: str = ""
    place: str = ""
    more_url: str = ""
    cities: tuple[str, ...] = ()
    every_years: int | None = None
    parent: EventKind | None = None
    has_parts: bool = False
    has_source: bool = False
    state: EventState = EventState.PLANNED


def moments(span: Span) -> tuple[dt.datetime, dt.datetime | None] | None:
    """Return begin and end as moments in the zone of the place; None where only days, or nothing, are known.

    An hour that a change of clocks shows twice is its first. An end without an hour is the end of that day.
    """
    if span.starts_on is None or span.starts_at is None:
        return None
    zone = ZoneInfo(span.zone)
    begin = dt.datetime.combine(span.starts_on, span.starts_at, zone)
    if span.ends_at is not None:
        return begin, dt.datetime.combine(span.last_on or span.starts_on, span.ends_at, zone)
    if span.ends_on and span.ends_on > span.starts_on:
        return begin, dt.datetime.combine(span.ends_on + dt.timedelta(days=1), dt.time(), zone)
    return begin, None


def refused_event(event: EventFacts) -> list[Why]:
    """Return why an event cannot be told so."""
    found = [] if event.title.strip() else [Why.NO_TITLE]
    found += refused_span(event.span)
    if event.more_url and not event.more_url.lower().startswith(("https://", "http://")):
        found.append(Why.BAD_LINK)
    if event.every_years is not None and not _is_interval(event):
        found.append(Why.BAD_INTERVAL)
    if event.parent and event.parent not in _PARENTS.get(event.kind, set()):
        found.append(Why.UNFIT_PARENT)
    if event.has_parts and event.kind == EventKind.EVENT:
        found.append(Why.HAS_PARTS)
    found += [Why.TOO_MANY_CITIES] if len(event.cities) > MOST_CITIES else []
    written = (event.title, event.place, event.city, event.more_url, *event.cities, *event.texts)
    return [*found, Why.NOT_TEXT] if any(_CONTROLS & set(text) for text in written) else found


def _is_interval(event: EventFacts) -> bool:
    return event.kind != EventKind.EVENT and 1 <= (event.every_years or 0) <= MOST_YEARS_BETWEEN


def refused_span(span: Span) -> list[Why]:
    """Return why a time cannot be told so."""
    if span.zone not in _ZONES:
        return [Why.UNKNOWN_ZONE]
    first, last = span.starts_on, span.last_on
    if first is None or last is None:
        told = [getattr(span, field.name) for field in fields(span) if field.name not in {"starts_on", "zone"}]
        return [Why.NO_START] if any(one is not None for one in told) else []
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        return [Why.OUT_OF_REACH]
    found = [Why.ENDS_FIRST] if last < first else []
    if span.ends_at is not None and span.starts_at is None:
        found.append(Why.NO_START_TIME)
    return found or _refused_hours(span)


def _refused_hours(span: Span) -> list[Why]:
    known = moments(span)
    if known is None:
        return []
    begin, end = known
    if not all(_exists(moment) for moment in (begin, end) if moment):
        return [Why.NO_SUCH_HOUR]
    return [Why.ENDS_FIRST] if end and end.astimezone(dt.UTC) <= begin.astimezone(dt.UTC) else []


def _exists(moment: dt.datetime) -> bool:
    """Say whether the clocks of the place ever show this; they skip an hour when they are put forward."""
    back = moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def refused_to_show(event: EventFacts, *, is_demonstration: bool) -> list[Why]:
    """Return why an event cannot be public: a reader must learn what, where and when, or that nobody knows when."""
    found = [Why.DEMONSTRATION] if is_demonstration else []
    found += [] if event.city or event.place else [Why.NO_PLACE]
    if event.span.starts_on:
        return found
    if event.kind == EventKind.EVENT and event.state != EventState.PROPOSED:
        return [*found, Why.NO_DAY]
    return found if event.has_source else [*found, Why.NO_SOURCE]


def is_moved(before: Span, after: Span) -> bool:
    """Say whether who came by what was told before would come at the wrong time."""
    if before.starts_on is None:
        return False
    told = (before.starts_on, before.starts_at, before.zone)
    now = (after.starts_on, after.starts_at, after.zone)
    if before.starts_at is None:  # an hour that is added to a day moves nothing
        return before.starts_on != after.starts_on
    return told != now


def is_over(span: Span, *, today: dt.date) -> bool:
    """Say whether its last day is gone."""
    return span.last_on is not None and span.last_on < today
