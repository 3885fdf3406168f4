"""The pages that editors keep of rooms: which are open."""

from __future__ import annotations

from hermanar.museum.models import RoomPage


def open_rooms() -> dict[tuple[str, str], str]:
    """Return the address of each published room by its host and the city it tells of."""
    rows = RoomPage.objects.filter(live=True).order_by("-path").values_list("host", "place", "slug")
    return {(host, place): slug for host, place, slug in rows}
