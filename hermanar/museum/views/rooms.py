"""The hall of the sister cities, and the room of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.rooms import HostSheet, RoomSheet
from hermanar.catalogue.sheets import AgreementLine, AgreementSheet, PartyLine
from hermanar.museum import linked
from hermanar.museum.models import RoomPage
from hermanar.museum.queries.pages import opened, routes
from hermanar.museum.queries.rooms import Room, room_at, rooms
from hermanar.museum.views import pages, unknowns
from hermanar.museum.views.addresses import Doors
from hermanar.museum.views.agreements import event_of, ledger_context, project_context
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.drawings import STROKES, distance_km, hue, legend, ray_to
from hermanar.museum.views.onward import onward
from hermanar.museum.views.room_drawings import drawings, name_of
from hermanar.museum.views.sayings import by_origin, by_source
from hermanar.museum.views.sharing import about, shared
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
    doors = Doors()
    slugs = [room.agreement for room in rooms() if room.slug in doors.rooms.values()]
    cities = {host for host, _place in doors.rooms}
    found = read.hosts(slugs, cities=cities, today=today(), language=language())
    own = pages.told(opened("salas/", language=language()), leave_out="roompage")
    context = {
        "hosts": [_host(one, doors) for one in found],
        "legend": legend(),
        **own,
        "routes": pages.below(routes(language())),
    }
    return render(request, "museum/room/hall.html", context)


def _host(sheet: HostSheet, doors: Doors) -> dict[str, Any]:
    shown = sorted(
        (door_of(sheet.party, line, doors) for line in sheet.lines), key=lambda door: (door["km"], door["name"])
    )
    lives = list(STROKES)
    return {
        "name": sheet.party.name,
        "slug": sheet.party.slug,
        "doors": shown,
        "total": sheet.total,
        "left": sheet.total - len(shown),
        "counts": [{"life": life, "count": sheet.by_vitality.get(life, 0)} for life in lives],
        "are_all_twinnings": all(line.kind == "twinning" for line in sheet.lines),
        "first": min(shown, key=lambda door: (lives.index(door["life"]), door["km"]), default=None),
    }


def door_of(home: PartyLine, line: AgreementLine, doors: Doors) -> dict[str, Any]:
    """Return the door of a tie: its needle, its name, whether it lives, where it leads."""
    there = next((party for party in line.parties if party.slug != home.slug), line.parties[-1])
    ray = ray_to(home, there, stroke=STROKES[line.vitality], key=line.slug)
    km = distance_km(home, there)
    return {
        "name": name_of(there),
        "where": location(there),
        "url": doors.address(line),
        "life": line.vitality,
        "lives": line.vitality in _LIVES,
        "wall": _WALLS.get(hue(there.country), "plaster"),
        "km": _FAR_KM if km is None else km,
        "needle": mark_safe(needle(ray)) if ray else "",  # noqa: S308 - ui escapes every text it writes
    }


@public()
def room_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the room of a sister city: what is known, what each side says, what nobody knows.

    A room that editors opened themselves is shown as any page of theirs; one that ships, with its record, which is read
    live: without a record that the public may see it is closed.
    """
    room = room_at(slug)
    if room is None:
        return pages.page(request, f"salas/{slug}/")
    found = opened(f"salas/{slug}/", language=language())
    if found is None or not isinstance(found.page, RoomPage):
        raise Http404
    if (found.page.host, found.page.place) != (room.host, room.place):
        return pages.show(request, found)
    sheet = read.room(room.agreement, today=today(), language=language())
    if sheet is None:
        raise Http404
    context = {**room_context(room, sheet), **pages.told(found)}
    return render(request, "museum/room/page.html", {**context, **_shared(request, slug, sheet, found.page.lede)})


def _shared(request: HttpRequest, slug: str, sheet: RoomSheet, lede: str) -> dict[str, Any]:
    there, home = sheet.there.party, sheet.home.party
    title = _("%(city)s, ciudad hermana de %(home)s") % {"city": name_of(there), "home": home.name}
    places = [
        linked.city(
            one.name, url=request.build_absolute_uri(reverse("museum:city", args=[one.slug])), country=one.country,
            latitude=one.latitude, longitude=one.longitude,
        )
        for one in (there, home)
    ]  # fmt: skip
    steps = [(_("Salas"), reverse("museum:hall"))]
    said = lede or title
    nodes = about(title, said, *places)
    return shared(request, title, description=said, card=("sala", slug), steps=steps, nodes=nodes)


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
        "name": name_of(there),
        "onward": onward(sheet.home.party, there, name=name_of(there)),
        "where": location(there),
        "wall_name": wall_of(line, there),
        "hue": hue(there.country),
        "drawn": drawings(sheet),
        "newest": _newest(record),
        "events": _events(record),
        "sides": _sides(sheet),
        "reports": by_origin(record.reports),
        "ledger": ledger_context(record),
        "projects": [project_context(one) for one in record.projects],
        "unknowns": unknowns.of_agreement(record),
        "offices": sheet.offices,
        "next": _next(record.line, sheet.home.ties),
    }


def wall_of(line: AgreementLine, there: PartyLine) -> str:
    """Return the wall of a room: of the continent it tells of while the tie lives, bare plaster when it is silent."""
    return _WALLS.get(hue(there.country), "plaster") if line.vitality in _LIVES else "plaster"


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


def _next(line: AgreementLine, ties: Iterable[AgreementLine]) -> dict[str, str] | None:
    """Return the next open room of the same host, round and round, in the order of the files."""
    doors = Doors()
    order = {room.slug: number for number, room in enumerate(rooms())}
    open_ones = sorted((one for one in ties if doors.slug(one)), key=lambda one: order.get(doors.slug(one), len(order)))
    place = next((number for number, one in enumerate(open_ones) if one.slug == line.slug), None)
    if place is None or len(open_ones) == 1:
        return None
    following = open_ones[(place + 1) % len(open_ones)]
    ends = read.ends_of(following)
    return {"name": name_of(ends[1]), "url": doors.room(following)} if ends else None
