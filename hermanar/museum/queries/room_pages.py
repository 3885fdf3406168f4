"""The pages that editors keep of rooms: which are open."""

from __future__ import annotations

from collections.abc import Collection

from hermanar.catalogue import read
from hermanar.foundation.prepared import Prepared
from hermanar.museum.models import RoomPage
from hermanar.museum.queries import rooms as shipped


def open_rooms() -> dict[tuple[str, str], str]:
    """Return the address of each published room by its host and the city it tells of."""
    return {(host, place): slug for host, place, slug in _OPEN.rows()}


_OPEN = Prepared(lambda: RoomPage.objects.filter(live=True).order_by("-path").values_list("host", "place", "slug"))


def closed_rooms() -> set[str]:
    """Return the addresses of the rooms that ship whose record the public may not see."""
    agreements = {room.slug: room.agreement for room in shipped.rooms()}
    seen = read.seen(agreements.values())
    return {f"/salas/{slug}/" for slug, agreement in agreements.items() if agreement not in seen}


def is_in_a_room(address: str, rooms: Collection[str]) -> bool:
    """Say whether an address is one of these rooms', or of a page below one."""
    return address.lstrip("/").startswith(tuple(room.lstrip("/") for room in rooms))
