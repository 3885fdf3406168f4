"""The hall of the sister cities, and the room of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from hermanar.catalogue import read
from hermanar.catalogue.rooms import HostSheet, RoomSheet
from hermanar.catalogue.sheets import AgreementLine, AgreementSheet, PartyLine
from hermanar.museum.queries.rooms import Room, Sentence, room_at, rooms, story_of
from hermanar.museum.views import unknowns
from hermanar.museum.views.addresses import tie_address
from hermanar.museum.views.agreements import event_of, ledger_context, project_context
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.drawings import STROKES, distance_km, hue, legend, ray_to
from hermanar.museum.views.room_drawings import drawings, short_name
from hermanar.museum.views.sayings import by_origin, by_source
from hermanar.museum.views.tables import location
from hermanar.ui.needles import needle

_LIVES = ("active", "dormant")
_WALLS = {
    "na": "cochineal",
    "sa": "cantera",
    "eu": "cobalt",
    "as": "rose",
    "home": "ochre",
    "af": "ochre",
    "oc": "cantera",
}
_FAR_KM = 30_000  # whose place nobody knows stands last
_HOME_SAYS = ("listed", "signed_on", "registered", "active")
_OFFERS = (
    "cooperation_office",
    "cooperation_bodies",
    "cooperation_documents",
    "cooperation_instruments",
    "cooperation_themes",
)


@public()
def hall(request: HttpRequest) -> HttpResponse:
    """Show every sister city of the hosts that have rooms: which live and which are silent, each leading on."""
    found = read.hosts([room.agreement for room in rooms()], today=today(), language=language())
    context = {"hosts": [_host(one) for one in found], "legend": legend()}
    return render(request, "museum/room/hall.html", context)


def _host(sheet: HostSheet) -> dict[str, Any]:
    doors = sorted((_door(sheet.party, line) for line in sheet.lines), key=lambda door: (door["km"], door["name"]))
    counts = [{"life": life, "wall": "", "count": sheet.by_vitality.get(life, 0)} for life in STROKES]
    liveliest = min(doors, key=lambda door: (list(STROKES).index(door["life"]), door["km"]), default=None)
    return {
        "name": sheet.party.name,
        "slug": sheet.party.slug,
        "doors": doors,
        "total": sheet.total,
        "left": sheet.total - len(doors),
        "counts": counts,
        "are_all_twinnings": all(line.kind == "twinning" for line in sheet.lines),
        "first": liveliest,
    }


def _door(home: PartyLine, line: AgreementLine) -> dict[str, Any]:
    """Return the door of a tie: its needle, its name, whether it lives, where it leads."""
    there = next((party for party in line.parties if party.slug != home.slug), line.parties[-1])
    ray = ray_to(home, there, stroke=STROKES[line.vitality], key=line.slug)
    km = distance_km(home, there)
    return {
        "name": short_name(there),
        "where": location(there),
        "url": tie_address(line.slug),
        "life": line.vitality,
        "lives": line.vitality in _LIVES,
        "wall": _WALLS.get(hue(there.country), "plaster"),
        "hue": hue(there.country),
        "km": _FAR_KM if km is None else km,
        "needle": mark_safe(needle(ray)) if ray else "",  # noqa: S308 - ui escapes every text it writes
    }


@public()
def room_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the room of a sister city: what is known, what each side says, what nobody knows."""
    room = room_at(slug)
    sheet = read.room(room.agreement, today=today(), language=language()) if room else None
    if room is None or sheet is None:
        raise Http404
    return render(request, "museum/room/page.html", room_context(room, sheet))


def room_context(room: Room, sheet: RoomSheet) -> dict[str, Any]:
    """Return what a room shows, the record part read live."""
    record, there = sheet.agreement, sheet.there.party
    line = record.line
    return {
        "room": room,
        "sheet": sheet,
        "line": line,
        "home": sheet.home.party,
        "there": there,
        "name": short_name(there),
        "where": location(there),
        "wall_name": _WALLS.get(hue(there.country), "plaster") if line.vitality in _LIVES else "plaster",
        "hue": hue(there.country),
        "drawn": drawings(sheet),
        "story": _story(story_of(room.slug)),
        "newest": _newest(record),
        "events": _events(record),
        "sides": _sides(sheet),
        "reports": by_origin(record.reports),
        "ledger": ledger_context(record),
        "projects": [project_context(one) for one in record.projects],
        "unknowns": unknowns.of_agreement(record),
        "offices": sheet.offices,
        "next": _next(room, sheet.home.ties),
    }


def _story(sentences: Iterable[Sentence]) -> dict[str, Any] | None:
    """Return the sentences of a story and, numbered, who says them; nothing where there is no story."""
    told = list(sentences)
    if not told:
        return None
    known = read.sources([one.source for one in told], language=language())
    numbers = {
        key: number for number, key in enumerate(dict.fromkeys(one.source for one in told if one.source in known), 1)
    }
    return {
        "sentences": [
            {
                "text": one.text_en if language() == "en" else one.text_es,
                "on": one.on,
                "number": numbers.get(one.source),
                "passage": one.passage,
            }
            for one in told
            if one.source in known
        ],
        "sources": [{"number": number, "source": known[key]} for key, number in numbers.items()],
    }


def _newest(record: AgreementSheet) -> str | None:
    return max((one.ended_on or one.started_on or "" for one in record.activities), default="") or None


def _events(record: AgreementSheet) -> list[dict[str, Any]]:
    """Return what was signed and what was done, oldest first, what has no date at the end."""
    found = [event_of(one, on=one.on, field="act") | {"is_quiet": True} for one in record.acts]
    found += [event_of(one, on=one.started_on, field="activity") for one in record.activities]
    return sorted(found, key=lambda event: (event["when"] is None, str(event["when"])))


def _sides(sheet: RoomSheet) -> dict[str, list[dict[str, Any]]]:
    """Return what is said of the tie on the host's side and what its counterpart is said to answer, by source."""
    said = sheet.agreement.statements
    return {
        "home": by_source(one for one in said if one.field in _HOME_SAYS),
        "there": by_source(one for one in said if one.field == "counterpart_recognition"),
        "offers": by_source(one for one in sheet.there.statements if one.field in _OFFERS and one.value != "no"),
    }


def _next(room: Room, ties: Iterable[AgreementLine]) -> dict[str, str] | None:
    """Return the next room of the same host, round and round; those of records withdrawn are passed over."""
    seen = {line.slug: line for line in ties}
    open_rooms = [one for one in rooms() if one.agreement in seen]
    if len(open_rooms) < 2 or room not in open_rooms:  # noqa: PLR2004 (there is no other)
        return None
    following = open_rooms[(open_rooms.index(room) + 1) % len(open_rooms)]
    ends = read.ends_of(seen[following.agreement])
    return {"name": short_name(ends[1]), "url": reverse("museum:room", args=[following.slug])} if ends else None
