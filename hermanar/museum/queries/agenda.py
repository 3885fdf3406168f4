"""The public calendar as its pages, files and feeds tell it: frozen lines, never rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from hermanar.catalogue.read.locators import locator
from hermanar.catalogue.read.names import PlaceName, place_names
from hermanar.museum.models import Event, EventCity
from hermanar.museum.queries.events import IN_ORDER, dated_events, not_over, published_events, undated_events
from hermanar.museum.rules.events import Span, is_over

MOST_LISTED = 300  # of what is to come; months lead to the rest
MOST_SUBSCRIBED = 2_000
_KEPT_DAYS = 366  # of what is over, for whoever subscribed


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event as a row of the calendar; texts that only one language has bear the mark of that language."""

    id: str
    slug: str
    kind: str
    state: str
    title: str
    title_language: str
    span: Span
    place: str
    city: PlaceName | None
    cities: tuple[PlaceName, ...]
    every_years: int | None
    part_of: str  # address of what it is part of, where that is public
    part_of_title: str
    is_past: bool
    state_note: str
    former_on: dt.date | None
    former_at: dt.time | None
    changed_at: dt.datetime
    published_at: dt.datetime
    version: int
    description: str
    description_language: str
    organiser: str
    more_url: str


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Who says so, where, as of when."""

    title: str
    author: str
    address: str
    passage: str
    as_of: str


@dataclass(frozen=True, slots=True)
class EventSheet:
    """All that the public may know of an event."""

    line: EventLine
    source: SourceNote | None
    parts: tuple[EventLine, ...]


def upcoming(*, today: dt.date, language: str, city: str = "") -> tuple[EventLine, ...]:
    """Return what is still to come, the next first."""
    rows = dated_events(city=city).filter(not_over(today))
    return lines_of(rows[:MOST_LISTED], today=today, language=language)


def in_month(first: dt.date, *, today: dt.date, language: str, city: str = "") -> tuple[EventLine, ...]:
    """Return what touches a month."""
    rows = dated_events(city=city).filter(starts_on__lt=month_after(first)).filter(not_over(first))
    return lines_of(rows[:MOST_LISTED], today=today, language=language)


def undated(*, today: dt.date, language: str, city: str = "") -> tuple[EventLine, ...]:
    """Return the feasts and proposals whose days nobody has told."""
    return lines_of(undated_events(city=city)[:MOST_LISTED], today=today, language=language)


def subscribed(*, today: dt.date, language: str, city: str = "") -> tuple[EventLine, ...]:
    """Return what a calendar that somebody subscribed to holds: a year back, and all that is to come."""
    rows = dated_events(city=city).filter(not_over(today - dt.timedelta(days=_KEPT_DAYS)))
    return lines_of(rows[:MOST_SUBSCRIBED], today=today, language=language)


def event_sheet(slug: str, *, today: dt.date, language: str) -> EventSheet | None:
    """Return an event that the public may see, with its programme."""
    event = published_events().select_related("source").filter(slug=slug).first()
    return _sheet(event, published_events().filter(part_of=event), today, language) if event else None


def event_as_read(event: Event, *, today: dt.date, language: str) -> EventSheet:
    """Return an event as the public would read it, published or not: who publishes it sees that first."""
    return _sheet(event, event.parts.all(), today, language)


def sources_of(lines: Iterable[EventLine], *, language: str) -> list[SourceNote]:
    """Return who says so of several events, each source once; the passages stand on the pages of the events."""
    rows = published_events().select_related("source").filter(pk__in=[line.id for line in lines], source__isnull=False)
    by_source = {event.source_id: event for event in rows.order_by("-pk")}
    notes = [_source(event, language) for event in by_source.values()]
    return [replace(note, passage="") for note in notes if note]


def days_with_events(first: dt.date, last: dt.date, *, city: str = "") -> list[tuple[dt.date, dt.date]]:
    """Return the first and last days of all that touches a stretch of time: what a drawing of it needs."""
    rows = dated_events(city=city).filter(starts_on__lte=last).filter(not_over(first)).exclude(state="cancelled")
    days = rows.values_list("starts_on", "ends_on")[:MOST_SUBSCRIBED]
    return [(start, end or start) for start, end in days if start is not None]


def month_after(first: dt.date) -> dt.date:
    """Return the first day of the next month."""
    return (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _sheet(event: Event, parts: QuerySet[Event], today: dt.date, language: str) -> EventSheet:
    rows = [event, *parts.order_by(*IN_ORDER)[:MOST_LISTED]]
    lines = lines_of(rows, today=today, language=language)
    return EventSheet(lines[0], _source(event, language), lines[1:])


def _source(event: Event, language: str) -> SourceNote | None:
    source = event.source
    if source is None:
        return None
    title = (source.title_en if language == "en" else "") or source.title_es
    return SourceNote(title, source.author, source.address, locator(event.passage, language), event.as_of)


def lines_of(rows: Iterable[Event], *, today: dt.date, language: str) -> tuple[EventLine, ...]:
    """Return events as lines, in four queries however many they are."""
    events = list(rows)
    concerned: dict[object, list[str]] = {event.pk: [] for event in events}
    for key, slug in EventCity.objects.filter(event__in=list(concerned)).order_by("slug").values_list("event", "slug"):
        concerned[key].append(slug)
    slugs = {event.city for event in events if event.city}.union(*concerned.values()) if events else set()
    names = place_names(sorted(slugs), language=language)
    wholes = published_events().in_bulk([event.part_of_id for event in events if event.part_of_id])
    return tuple(
        _line(event, _of(concerned[event.pk], names), names.get(event.city), wholes.get(event.part_of_id),
              today=today, language=language)
        for event in events
    )  # fmt: skip


def _of(slugs: Sequence[str], names: dict[str, PlaceName]) -> tuple[PlaceName, ...]:
    return tuple(names[slug] for slug in slugs if slug in names)


def _line(
    event: Event, cities: tuple[PlaceName, ...], city: PlaceName | None, whole: Event | None, *,
    today: dt.date, language: str,
) -> EventLine:  # fmt: skip
    title, title_language = in_language(event.title, event.title_en, language=language)
    description, description_language = in_language(event.description, event.description_en, language=language)
    return EventLine(
        id=str(event.pk),
        slug=event.slug,
        kind=event.kind,
        state=event.state,
        title=title,
        title_language=title_language,
        span=event.span,
        place=event.place,
        city=city,
        cities=cities,
        every_years=event.every_years,
        part_of=whole.slug if whole else "",
        part_of_title=in_language(whole.title, whole.title_en, language=language)[0] if whole else "",
        is_past=is_over(event.span, today=today),
        state_note=in_language(event.state_note, event.state_note_en, language=language)[0],
        former_on=event.former_on,
        former_at=event.former_at,
        changed_at=event.changed_at,
        published_at=event.first_published_at or event.changed_at,
        version=event.version,
        description=description,
        description_language=description_language,
        organiser=event.organiser,
        more_url=event.more_url,
    )


def in_language(spanish: str, english: str, *, language: str) -> tuple[str, str]:
    """Return a text in the reader's language, or the other one; and in which it is."""
    first, second = ((english, "en"), (spanish, "es")) if language == "en" else ((spanish, "es"), (english, "en"))
    return first if first[0] else second
