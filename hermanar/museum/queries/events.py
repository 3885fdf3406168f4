"""Events as they are kept: for whoever keeps them, and those that the public may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet

from hermanar.catalogue.read.demonstration import hidden_offices
from hermanar.foundation.access import Actor, Role
from hermanar.museum.models import Event
from hermanar.museum.rules.events import EventFacts
from hermanar.museum.vocabulary.events import EventKind, EventState

IN_ORDER = ("starts_on", F("starts_at").asc(nulls_first=True), "pk")  # what has no hour is of the whole day


def kept_by(actor: Actor) -> QuerySet[Event]:
    """Return the events of the actor's office; all of them for whoever runs the machine."""
    return Event.objects.all() if actor.role is Role.CONSOLE else Event.objects.filter(office=actor.office)


def published_events() -> QuerySet[Event]:
    """Return the events that the public may see; nothing of a demonstration office ever is."""
    shown = Event.objects.filter(published_at__isnull=False)
    hidden = hidden_offices()
    return shown.exclude(office__in=hidden) if hidden else shown


def dated_events(*, city: str = "") -> QuerySet[Event]:
    """Return the published events whose days are known, in the order of their days; those that concern a city."""
    rows = published_events().filter(starts_on__isnull=False).order_by(*IN_ORDER)
    return rows.filter(concerning(city)).distinct() if city else rows


def undated_events(*, city: str = "") -> QuerySet[Event]:
    """Return the published feasts and proposals whose days nobody has told."""
    rows = published_events().filter(starts_on__isnull=True).order_by("title", "pk")
    return rows.filter(concerning(city)).distinct() if city else rows


def concerning(city: str) -> Q:
    """Return the question whether an event is in a city or concerns it."""
    return Q(city=city) | Q(cities__slug=city)


def published_slugs() -> Iterator[str]:
    """Stream the addresses of the events that the public may see."""
    yield from published_events().order_by("pk").values_list("slug", flat=True).iterator(chunk_size=500)


def concerned_cities() -> list[str]:
    """Return the addresses of the cities that published events are in or concern."""
    rows = published_events().order_by()
    slugs = {*rows.values_list("city", flat=True).distinct(), *rows.values_list("cities__slug", flat=True).distinct()}
    return sorted(slug for slug in slugs if slug)


def not_over(today: dt.date) -> Q:
    """Return the question whether the last day of an event is still to come."""
    return Q(ends_on__gte=today) | Q(ends_on__isnull=True, starts_on__gte=today)


def facts_of(event: Event) -> EventFacts:
    """Return an event as the rules look at it."""
    return EventFacts(
        kind=EventKind(event.kind),
        title=event.title,
        span=event.span,
        city=event.city,
        place=event.place,
        more_url=event.more_url,
        every_years=event.every_years,
        has_source=event.source_id is not None,
        state=EventState(event.state),
    )


def draft_content(told: Any) -> dict[str, Any]:
    """Return what a shipped row says of an event, of the event itself or of its draft, to compare the two."""
    names = ("title", "title_en", "kind", "description", "description_en", "every_years", "city", "organiser")
    source = told.source_id if isinstance(told, Event) else told.source
    return {name: getattr(told, name) for name in (*names, "passage", "as_of")} | {"source": source}


def event_content(event: Event) -> dict[str, Any]:
    """Return all that is kept of an event, but the counter of its versions, for the trail's digest."""
    columns = {one.attname: getattr(event, one.attname) for one in event._meta.concrete_fields}
    del columns["version"], columns["edited_at"]
    told = {name: value if value is None else str(value) for name, value in columns.items()}
    return {**told, "cities": sorted(city.slug for city in event.cities.all())}
