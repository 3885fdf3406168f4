"""Events for other programs: iCalendar, with the time zones it names, a lasting sign of each event, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from hermanar.museum.queries.agenda import EventLine
from hermanar.museum.rules.events import Span, moments
from hermanar.museum.spans import said_span

_PRODUCT = "-//Hermanar//Agenda//ES"
_STATUS = {"cancelled": "CANCELLED", "proposed": "TENTATIVE"}
_ASK_AGAIN = dt.timedelta(hours=12)


def calendar_file(lines: Iterable[EventLine], *, name: str, site: str) -> bytes:
    """Return events as one calendar; the same events give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for heading in ("name", "x-wr-calname"):
        calendar.add(heading, name)
    calendar.add("refresh-interval", vDuration(_ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_ASK_AGAIN))
    told = [line for line in lines if line.span.starts_on]
    for line in told:
        calendar.add_component(event_of(line, site=site))
    years = [day.year for line in told for day in (line.span.starts_on, line.span.last_on) if day]
    if years:  # the changes of clocks around them, and no others
        calendar.add_missing_timezones(dt.date(min(years) - 1, 1, 1), dt.date(max(years) + 1, 12, 31))
    return calendar.to_ical()


def event_of(line: EventLine, *, site: str) -> Event:
    """Return an event whose day is known as iCalendar tells it; its sign never changes, its number grows."""
    event = Event()
    event.add("uid", f"{line.id}@hermanar")
    event.add("sequence", line.version - 1)
    event.add("dtstamp", line.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("last-modified", line.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("created", line.published_at.astimezone(dt.UTC).replace(microsecond=0))
    for name, value in _when(line.span).items():
        event.add(name, value)
    event.add("status", _STATUS.get(line.state, "CONFIRMED"))
    event.add("transp", "TRANSPARENT" if line.state == "cancelled" or line.span.starts_at is None else "OPAQUE")
    event.add("summary", _title(line))
    where = ", ".join(part for part in (line.place, line.city.name if line.city else "") if part)
    if where:
        event.add("location", where)
    address = f"{site}{'/en' if get_language() == 'en' else ''}/agenda/{line.slug}/"
    event.add("url", address)
    event.add("description", _description(line, address))
    return event


def _when(span: Span) -> dict[str, Any]:
    known = moments(span)
    if known is None:
        first, last = span.starts_on, span.last_on
        assert first is not None
        assert last is not None
        return {"dtstart": first, "dtend": last + dt.timedelta(days=1)}  # the first day after
    begin, end = known
    return {"dtstart": begin, **({"dtend": end} if end else {})}


def _title(line: EventLine) -> str:
    """Return the title; programs that show no status show at least this."""
    return _("CANCELADA: %(title)s") % {"title": line.title} if line.state == "cancelled" else line.title


def _description(line: EventLine, address: str) -> str:
    told = [line.state_note]
    if line.state == "moved" and line.former_on:
        former = Span(line.former_on, None, line.former_at, None, line.span.zone)
        told.append(_("Antes: %(when)s.") % {"when": said_span(former)})
    if line.state == "proposed":
        told.append(_("Es una propuesta: nadie la ha convocado todavía."))
    if line.organiser:
        told.append(_("Organiza: %(who)s.") % {"who": line.organiser})
    return "\n\n".join(part for part in (*told, line.description, address) if part)
