"""The pages that editors keep of rooms: which are open, and the one to show."""

from __future__ import annotations

from dataclasses import dataclass

from hermanar.museum.models import RoomPage
from hermanar.museum.queries.pages import LANGUAGES


@dataclass(frozen=True, slots=True)
class FoundRoom:
    """The published page of a room, and the language it speaks."""

    page: RoomPage
    language: str


def room_page_at(slug: str, *, language: str) -> FoundRoom | None:
    """Return the published page of a room in a language or else in the other."""
    pages = RoomPage.objects.filter(slug=slug, live=True).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    return next((FoundRoom(found[code], code) for code in (language, *LANGUAGES) if code in found), None)


def open_rooms() -> dict[tuple[str, str], str]:
    """Return the address of each published room by its host and the city it tells of."""
    rows = RoomPage.objects.filter(live=True).order_by("-path").values_list("host", "place", "slug")
    return {(host, place): slug for host, place, slug in rows}
