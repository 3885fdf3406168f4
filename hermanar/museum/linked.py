"""What the museum's pages are, in the words of schema.org, for programs that read pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from hermanar.catalogue.gifts import EndLine, WorkLine
from hermanar.museum.queries.agenda import EventLine
from hermanar.museum.queries.courses import CourseSheet, LessonLine, LessonSheet
from hermanar.museum.queries.pairs import PairSheet
from hermanar.museum.rules.events import moments
from hermanar.museum.vocabulary.events import EventState

Node = dict[str, Any]
_STATES = {  # what is only proposed has none of schema.org's
    EventState.PLANNED: "https://schema.org/EventScheduled",
    EventState.MOVED: "https://schema.org/EventRescheduled",
    EventState.CANCELLED: "https://schema.org/EventCancelled",
}
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def written(nodes: Iterable[Node]) -> SafeString:
    """Write nodes as JSON-LD inside a page: no sign that could end the block that holds it."""
    graph = {"@context": "https://schema.org", "@graph": [_whole(node) for node in nodes]}
    return mark_safe(json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_SAFE))  # noqa: S308


def _whole(value: Any) -> Any:
    """Leave out what nobody knows."""
    if isinstance(value, Mapping):
        return {name: _whole(each) for name, each in value.items() if each not in (None, "", [], ())}
    return [_whole(each) for each in value] if isinstance(value, (list, tuple)) else value


def museum(site: str, *, language: str, search: str = "") -> list[Node]:
    """Return the museum and its site, which every page is part of."""
    found = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{site}{search}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return [
        {"@type": "Museum", "@id": f"{site}/#museo", "name": "Hermanar", "url": f"{site}/"},
        {
            "@type": "WebSite", "@id": f"{site}/#sitio", "name": "Hermanar", "url": f"{site}/", "inLanguage": language,
            "publisher": {"@id": f"{site}/#museo"}, "potentialAction": found if search else None,
        },
    ]  # fmt: skip


def page(url: str, *, site: str, title: str, description: str, language: str, about: Sequence[Node] = ()) -> Node:
    """Return a page of the museum and what it is about."""
    return {
        "@type": "WebPage", "@id": url, "url": url, "name": title, "description": description, "inLanguage": language,
        "isPartOf": {"@id": f"{site}/#sitio"}, "about": list(about),
    }  # fmt: skip


def crumbs(steps: Iterable[tuple[str, str]]) -> Node:
    """Return where a page stands: names and absolute addresses from the museum's door down to it."""
    listed = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": listed}


def city(name: str, *, url: str, country: str, latitude: float | None = None, longitude: float | None = None) -> Node:
    """Return a city, by the address of its page."""
    known = latitude is not None and longitude is not None
    where = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude} if known else None
    inside = {"@type": "Country", "identifier": country} if country else None
    return {"@type": "City", "@id": url, "name": name, "url": url, "geo": where, "containedInPlace": inside}


def work(line: WorkLine, *, url: str, site: str, description: str, picture: str, rights: str) -> list[Node]:
    """Return a work of the collection, and the giving that brought it; the way it went is told only where known."""
    ends = {end.name: _end(end, site) for end in line.ends}
    made = {
        "@type": "VisualArtwork" if line.kind == "artwork" else "Book" if line.kind == "book" else "CreativeWork",
        "@id": f"{url}#obra", "url": url, "name": line.title, "inLanguage": line.title_language or None,
        "description": description, "license": rights, "image": picture,
        "isPartOf": {"@type": "Collection", "@id": f"{site}/coleccion/", "url": f"{site}/coleccion/"},
    }  # fmt: skip
    given = {
        "@type": "DonateAction" if line.is_donation else "GiveAction",
        "object": {"@id": f"{url}#obra"},
        "agent": ends.get(line.giver),
        "recipient": ends.get(line.receiver),
        "startTime": line.on,
        "endTime": line.until,
    }
    return [made, given]


def _end(end: EndLine, site: str) -> Node:
    url = f"{site}/ciudades/{end.slug}/"
    return city(end.name, url=url, country=end.country, latitude=end.latitude, longitude=end.longitude)


def course(sheet: CourseSheet, *, url: str, site: str, language: str) -> Node:
    """Return a course with its lessons."""
    return {
        "@type": "Course", "@id": url, "url": url, "name": sheet.title.text, "description": sheet.summary.text,
        "inLanguage": sheet.title.lang or language, "isAccessibleForFree": True, "provider": {"@id": f"{site}/#museo"},
        "timeRequired": f"PT{sheet.minutes}M",
        "hasPart": [_lesson(one, f"{url}{one.slug}/", language) for one in sheet.lessons],
    }  # fmt: skip


def _lesson(line: LessonLine, url: str, language: str) -> Node:
    return {
        "@type": "LearningResource", "@id": url, "url": url, "name": line.title.text, "position": line.number,
        "inLanguage": line.title.lang or language, "timeRequired": f"PT{line.minutes}M",
    }  # fmt: skip


def lesson(sheet: LessonSheet, *, url: str, course_url: str, language: str) -> Node:
    """Return a lesson of a course."""
    sources = [one.title.text for one in sheet.sources]
    return {**_lesson(sheet.line, url, language), "isPartOf": {"@id": course_url}, "citation": sources}


def pair(sheet: PairSheet, *, url: str, site: str, language: str) -> Node:
    """Return a question asked of two cities; its answer is for whoever has guessed."""
    cities = [
        city(place.title, url=f"{site}/ciudades/{place.identifier}/", country=place.country)
        for side in sheet.sides
        if (place := side.place)
    ]
    return {
        "@type": "Quiz", "@id": url, "url": url, "name": sheet.question.text, "about": cities,
        "inLanguage": sheet.question.language or language, "isPartOf": {"@id": f"{site}/#sitio"},
    }  # fmt: skip


def event(line: EventLine, *, url: str, site: str) -> Node:
    """Return an event; without days it is a feast that comes again, of which nobody has told when."""
    span, times = line.span, moments(line.span)
    begins = times[0].isoformat() if times else span.starts_on.isoformat() if span.starts_on else None
    last = span.last_on.isoformat() if span.last_on else None
    ends = times[1].isoformat() if times and times[1] else last
    inside = (
        city(line.city.name, url=f"{site}/ciudades/{line.city.slug}/", country=line.city.country) if line.city else None
    )
    where = {"@type": "Place", "name": line.place or (line.city.name if line.city else ""), "containedInPlace": inside}
    return {
        "@type": "Event" if begins else "EventSeries", "@id": url, "url": url, "name": line.title,
        "description": line.description, "inLanguage": line.title_language, "startDate": begins, "endDate": ends,
        "eventStatus": _STATES.get(EventState(line.state)) if begins else None,
        "previousStartDate": line.former_on.isoformat() if line.former_on else None,
        "location": where if line.place or inside else None,
        "organizer": {"@type": "Organization", "name": line.organiser} if line.organiser else None,
    }  # fmt: skip


def exhibition(shown: Any, *, url: str, site: str, language: str) -> Node:
    """Return an exhibition that editors opened."""
    days = (shown.opens_on, shown.closes_on)
    first, last = (day.isoformat() if day else None for day in days)
    return {
        "@type": "ExhibitionEvent", "@id": f"{url}#exposicion", "url": url, "name": shown.title, "inLanguage": language,
        "description": shown.lede, "startDate": first, "endDate": last, "location": {"@id": f"{site}/#museo"},
    }  # fmt: skip


def problem(title: str, *, url: str, text: str, count: int, language: str) -> Node:
    """Return a question of the board."""
    asked = {"@type": "Question", "name": title, "text": text, "answerCount": count, "inLanguage": language}
    return {"@type": "QAPage", "@id": url, "url": url, "name": title, "mainEntity": asked}
