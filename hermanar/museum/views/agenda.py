"""The public calendar: what comes, by month and by city; one page and one file for each event; a subscription."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue.read.calls import calls
from hermanar.catalogue.read.names import PlaceName, place_names
from hermanar.catalogue.search import BadFilterError
from hermanar.museum import linked
from hermanar.museum.calendars import calendar_file
from hermanar.museum.queries import agenda as calendar
from hermanar.museum.queries.agenda import EventLine
from hermanar.museum.queries.events import concerned_cities
from hermanar.museum.rules.events import Span
from hermanar.museum.spans import month_name, said_days, said_hours, said_span, short_weekday
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public, refuse_filter, unknown_place
from hermanar.museum.views.month_dots import dotted_year
from hermanar.museum.views.sayings import foreign
from hermanar.museum.views.sharing import shared

_MONTH = re.compile(r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])")
_CALENDAR = "text/calendar; charset=utf-8"
_MOST_CALLS = 6


@public("mes", "ciudad")
def agenda(request: HttpRequest) -> HttpResponse:
    """Show what comes, month after month; or one month, or what concerns one city."""
    slug = request.GET.get("ciudad", "")
    city = _city(slug)
    if slug and city is None:
        return unknown_place(request, slug)
    try:
        month = _month(request.GET.get("mes", ""))
    except BadFilterError as bad:
        return refuse_filter(request, bad)
    day = today()
    asked: dict[str, Any] = {"today": day, "language": language(), "city": slug}
    lines = calendar.in_month(month, **asked) if month else calendar.upcoming(**asked)
    inside = {} if slug else _inside(lines)
    undated = () if month else calendar.undated(**asked)
    context = {
        "city": city,
        "month": month_name(month) if month else "",
        "before": _around(month, slug, by=-1) if month else None,
        "after": _around(month, slug, by=1) if month else None,
        "months": _by_month(lines, inside, since=month or day),
        "next": None if month else next((_told(line) for line in lines if line.state != "cancelled"), None),
        "count": len(lines),
        "undated": [_told(line) for line in undated],
        "sources": calendar.sources_of(undated, language=language()),
        "dots": dotted_year(day, city=slug, chosen=month),
        "cities": place_names(concerned_cities(), language=language()).values(),
        "calls": _open_calls() if not slug else [],
        **_ways_to_subscribe(request, slug),
    }
    return render(request, "museum/agenda/list.html", context)


def _city(slug: str) -> PlaceName | None:
    return place_names([slug[:200]], language=language()).get(slug) if slug else None


def _month(text: str) -> dt.date | None:
    if not text:
        return None
    if not _MONTH.fullmatch(text):
        raise BadFilterError("mes", text, "bad_date")
    return dt.date.fromisoformat(f"{text}-01")


def _around(month: dt.date, city: str, *, by: int) -> dict[str, str]:
    other = calendar.month_after(month) if by > 0 else (month - dt.timedelta(days=1)).replace(day=1)
    tail = f"&ciudad={city}" if city else ""
    return {"name": month_name(other), "url": f"?mes={other:%Y-%m}{tail}"}


def _inside(lines: tuple[EventLine, ...]) -> dict[str, list[EventLine]]:
    """Return the parts that stand under a whole that has a row of its own, by the address of the whole.

    What is part of a part has its own row, else it would be nowhere.
    """
    listed = {line.slug for line in lines}
    whole = {line.slug for line in lines if line.part_of not in listed}
    found: dict[str, list[EventLine]] = {}
    for line in lines:
        if line.part_of in whole:
            found.setdefault(line.part_of, []).append(line)
    return found


def _by_month(
    lines: tuple[EventLine, ...], inside: dict[str, list[EventLine]], *, since: dt.date
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return events under the months they begin in; what began before stands in the first month that is shown."""
    parts = {line.slug for some in inside.values() for line in some}

    def first_of(line: EventLine) -> dt.date:
        return max(line.span.starts_on or since, since).replace(day=1)

    shown = [line for line in lines if line.slug not in parts]
    return [
        (month_name(first), [{**_told(one), "parts": inside.get(one.slug, ())} for one in some])
        for first, some in itertools.groupby(shown, key=first_of)
    ]


def _told(line: EventLine) -> dict[str, Any]:
    """Return an event as rows and pages write it."""
    span = line.span
    return {
        "line": line,
        "title_lang": foreign(line.title_language),
        "days": said_days(span),
        "hours": said_hours(span),
        "number": _number(span),
        "spans_months": _number(span).endswith("…"),
        "weekday": short_weekday(span.starts_on) if span.starts_on and span.starts_on == span.last_on else "",
        "former": said_span(Span(line.former_on, None, line.former_at, None, span.zone)) if line.former_on else "",
        "former_day": said_days(Span(line.former_on)),
        "where": ", ".join(part for part in (line.place, line.city.name if line.city else "") if part),
        "others": [city for city in line.cities if line.city is None or city.slug != line.city.slug],
    }


def _number(span: Span) -> str:
    """Return the days of the month as a large number: 21, 9–25."""
    first, last = span.starts_on, span.last_on
    if first is None or last is None:
        return ""
    is_short = first != last and (first.year, first.month) == (last.year, last.month)
    return f"{first.day}–{last.day}" if is_short else f"{first.day}…" if first != last else str(first.day)


def _open_calls() -> list[dict[str, Any]]:
    found = [one for one in calls(language=language(), page="1").lines if one.state == "open"]
    return [{"call": one, "title_lang": foreign(one.title_language)} for one in found[:_MOST_CALLS]]


def _ways_to_subscribe(request: HttpRequest, city: str) -> dict[str, str]:
    path = reverse("museum:agenda_file") + (f"?ciudad={city}" if city else "")
    address = request.build_absolute_uri(path)
    return {"file_url": address, "subscribe_url": "webcal:" + address.partition(":")[2]}


@public()
def event_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event: what, when, where, who, what it is part of, what is part of it, and who says so."""
    sheet = calendar.event_sheet(slug, today=today(), language=language())
    if sheet is None:
        raise Http404
    dated = [line for line in sheet.parts if line.span.starts_on]
    told = _told(sheet.line)
    context = {
        "sheet": sheet,
        "told": told,
        "pictured": next(iter(told["others"]), sheet.line.city),  # the sister first: the reader knows the own city
        "description_lang": foreign(sheet.line.description_language),
        "spanish": foreign("es"),
        "programme": [
            (said_days(Span(day)) if day else "", [_told(line) for line in lines])
            for day, lines in itertools.groupby(dated, key=lambda line: line.span.starts_on)
        ],
        "undated": [_told(line) for line in sheet.parts if not line.span.starts_on],
        "has_file": sheet.line.span.starts_on is not None or bool(dated),
        "file_url": reverse("museum:event_file", args=[slug]),
    }
    return render(request, "museum/agenda/page.html", {**context, **_shared(request, sheet.line)})


def _shared(request: HttpRequest, line: EventLine) -> dict[str, Any]:
    said = ". ".join(part for part in (said_span(line.span), line.description) if part) or line.title
    steps = [(_("Agenda"), reverse("museum:agenda"))]

    def nodes(url: str, site: str) -> list[linked.Node]:
        return [linked.event(line, url=url, site=site)]

    return shared(request, line.title, description=said, card=("evento", line.slug), steps=steps, nodes=nodes)


@public()
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one event, with its programme, as a calendar file."""
    sheet = calendar.event_sheet(slug, today=today(), language=language())
    if sheet is None:
        raise Http404
    return _calendar(request, (sheet.line, *sheet.parts), name=sheet.line.title, file=f"{slug}.ics")


@public("ciudad")
def agenda_file(request: HttpRequest) -> HttpResponse:
    """Give the whole calendar, or what concerns one city, to whoever subscribed to it."""
    slug = request.GET.get("ciudad", "")
    city = _city(slug)
    if slug and city is None:
        raise Http404
    lines = calendar.subscribed(today=today(), language=language(), city=slug)
    name = _("Agenda de las ciudades hermanas")
    return _calendar(request, lines, name=f"{name}: {city.name}" if city else name, file="agenda.ics")


def _calendar(request: HttpRequest, lines: tuple[EventLine, ...], *, name: str, file: str) -> HttpResponse:
    content = calendar_file(lines, name=name, site=f"{request.scheme}://{request.get_host()}")
    response = HttpResponse(content, content_type=_CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "no-cache"  # asked again each time, answered 304 when unchanged
    return response
