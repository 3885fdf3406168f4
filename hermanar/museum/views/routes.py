"""A way through several rooms: its stops on the map and, side by side, since when each tie is and how it lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hermanar.catalogue.named import NamedRecord
from hermanar.museum.models import RoomPage, RoutePage
from hermanar.museum.queries.pieces import Found
from hermanar.museum.queries.rooms import room_at
from hermanar.museum.rules.pieces import Needed, items, record_of
from hermanar.museum.views.pieces import address_of, spot


@dataclass(frozen=True, slots=True)
class Stop:
    """A room on the way and the records it is about."""

    title: str
    url: str
    place: str
    host: str
    agreement: str  # address of the tie; empty when the room names none


def stops_of(route: RoutePage, pages: Iterable[int]) -> tuple[Stop, ...]:
    """Return the open rooms of a route in their order."""
    rooms = {room.pk: room for room in RoomPage.objects.filter(pk__in=list(pages), live=True)}
    order = [value.get("room") for value in items(list(route.stops.raw_data)) if isinstance(value, dict)]
    return tuple(_stop(rooms[key]) for key in order if key in rooms)


def _stop(room: RoomPage) -> Stop:
    shipped = room_at(room.slug)
    return Stop(
        title=room.title,
        url=address_of(room.url_path),
        place=room.place,
        host=room.host,
        agreement=shipped.agreement if shipped and shipped.host == room.host else _named_in(room),
    )


def _named_in(room: RoomPage) -> str:
    """Return the first agreement that a room names: it was opened with it."""
    for piece in room.body.raw_data:
        if piece.get("type") == "record":
            kind, identifier = record_of((piece.get("value") or {}).get("record"))
            if kind == "agreement":
                return identifier
    return ""


def take_stops(needed: Needed, stops: Iterable[Stop]) -> None:
    """Add the records of the stops to what a page needs."""
    for stop in stops:
        needed.records["city"].update((stop.place, stop.host))
        if stop.agreement:
            needed.records["agreement"].add(stop.agreement)


def way_through(stops: Sequence[Stop], found: Found) -> dict[str, Any]:
    """Return the stops as dots of a map and as moments of one ribbon of years; empty without stops."""
    if not stops:
        return {}
    met = [(stop, found.records.get(("city", stop.place))) for stop in stops]
    dots = [dot for stop, city in met if city and (dot := spot(city, url=stop.url))]
    origin = found.records.get(("city", stops[0].host))
    return {"origin": spot(origin) if origin else None, "spots": dots, "events": _events(stops, found)}


def _events(stops: Iterable[Stop], found: Found) -> list[dict[str, Any]]:
    """Return when each tie was signed, oldest first; one whose day nobody knows stands at the end."""
    ties = [(stop, found.records.get(("agreement", stop.agreement))) for stop in stops if stop.agreement]
    events = [_event(stop, tie) for stop, tie in ties if tie is not None]
    return sorted(events, key=lambda event: (event["when"] is None, str(event["when"])))


def _event(stop: Stop, tie: NamedRecord) -> dict[str, Any]:
    line = tie.agreement
    return {
        "when": line.signed_on if line else None,
        "lead": stop.title,
        "text": _("se firma el acuerdo") if line and line.signed_on else _("nadie ha dicho aquí desde cuándo"),
        "is_quiet": not (line and line.vitality in {"active", "dormant"}),
    }
