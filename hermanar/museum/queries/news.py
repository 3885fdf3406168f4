"""What is new in the museum, for its feed and its newsletter: only what is public at the moment it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hermanar.foundation.calendar import public_day
from hermanar.museum.models import Issue
from hermanar.museum.queries.agenda import lines_of
from hermanar.museum.queries.events import published_events
from hermanar.museum.queries.offers import lines_of as offers_of
from hermanar.museum.queries.offers import published_offers
from hermanar.museum.queries.open_calls import line_of, published_calls
from hermanar.museum.spans import said_span

MOST = 200
_SHORT = 280


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Something that was not there before: a lasting sign, where it is read, in a few words."""

    sign: str  # an address that leads nowhere and is never used for another thing
    kind: str
    title: str
    path: str  # from the root, in the language it was asked in
    summary: str
    published_at: dt.datetime
    changed_at: dt.datetime


Teller = Callable[[dt.datetime | None, dt.datetime | None, str], Iterator[NewsLine]]


def news(*, since: dt.datetime | None = None, until: dt.datetime | None = None, language: str) -> list[NewsLine]:
    """Return what became public after one moment and not after another, the newest first."""
    found = [line for teller in TELLERS for line in teller(since, until, language)]
    return sorted(found, key=lambda line: (line.published_at, line.sign), reverse=True)[:MOST]


def told_since(first: dt.datetime | None) -> dt.datetime | None:
    """Return since when something that is hidden was news, if its letter has left; None: shown again, it is news."""
    letters = Issue.objects.filter(since__lt=first, until__gte=first, sent__gt=0) if first else Issue.objects.none()
    return first if letters.exists() else None


def _events(since: dt.datetime | None, until: dt.datetime | None, language: str) -> Iterator[NewsLine]:
    rows = published_events().filter(first_published_at__isnull=False).order_by("-first_published_at", "pk")
    rows = rows.filter(first_published_at__gt=since) if since else rows
    rows = rows.filter(first_published_at__lte=until) if until else rows
    root = "/en" if language == "en" else ""
    for line in lines_of(rows[:MOST], today=public_day(), language=language):
        told = (said_span(line.span), line.place, line.city.name if line.city else "", line.description)
        summary = ". ".join(part.rstrip(".") for part in told if part)
        yield NewsLine(
            sign=f"urn:uuid:{line.id}",
            kind="event",
            title=line.title,
            path=f"{root}/agenda/{line.slug}/",
            summary=_short(summary),
            published_at=line.published_at,
            changed_at=line.changed_at,
        )


def _offers(since: dt.datetime | None, until: dt.datetime | None, language: str) -> Iterator[NewsLine]:
    rows = published_offers().filter(first_published_at__isnull=False).order_by("-first_published_at", "pk")
    rows = rows.filter(first_published_at__gt=since) if since else rows
    rows = rows.filter(first_published_at__lte=until) if until else rows
    root = "/en" if language == "en" else ""
    for line in offers_of(rows[:MOST], language=language):
        yield NewsLine(
            sign=f"urn:uuid:{line.id}",
            kind="offer",
            title=line.title,
            path=f"{root}/negocios/{line.slug}/",
            summary=_short(line.description),
            published_at=line.published_at,
            changed_at=line.changed_at,
        )


def _open_calls(since: dt.datetime | None, until: dt.datetime | None, language: str) -> Iterator[NewsLine]:
    rows = published_calls().filter(first_published_at__isnull=False).order_by("-first_published_at", "pk")
    rows = rows.filter(first_published_at__gt=since) if since else rows
    rows = rows.filter(first_published_at__lte=until) if until else rows
    root = "/en" if language == "en" else ""
    for call in rows[:MOST]:
        line = line_of(call, language=language, today=public_day())
        yield NewsLine(
            sign=f"urn:uuid:{call.pk}",
            kind="open_call",
            title=line.title,
            path=f"{root}/convocatorias/obra/{line.slug}/",
            summary=_short(line.rules),
            published_at=call.first_published_at or call.changed_at,
            changed_at=call.changed_at,
        )


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


TELLERS: tuple[Teller, ...] = (_events, _offers, _open_calls)
