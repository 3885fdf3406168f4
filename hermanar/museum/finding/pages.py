"""Rooms and the other pages of editors, as a search finds them: one for both languages, as they have one address."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any

from django.utils.html import strip_tags
from wagtail.models import Page

from hermanar.catalogue import read
from hermanar.catalogue.read.names import place_names
from hermanar.museum.finding.index import Noun, Told
from hermanar.museum.models import RoomPage
from hermanar.museum.queries.pages import LANGUAGES, language_of
from hermanar.museum.queries.room_pages import closed_rooms

_SILENT = frozenset(
    ["id", "type", "url", "record", "recording", "picture", "origin", "places", "room", "pair", "drawing"]
)
_OWN = 3  # the depth at which a museum's own pages begin
_LONGEST = 40_000  # signs of a page that are looked into, in each language


def _stands() -> dict[str, Hashable]:
    places, closed = read.revisions("places"), closed_rooms()
    found: dict[str, list[Hashable]] = {}
    rows = Page.objects.filter(live=True, depth__gte=_OWN).order_by("pk")
    for key, path, *state in rows.values_list("pk", "url_path", "title", "last_published_at", "latest_revision_id"):
        address = path[len(language_of(path)) + 1 :]
        if address not in closed:
            found.setdefault(f"page:{address}", []).append((key, *state))
    return {key: (places, *states) for key, states in found.items()}


def _told(keys: Collection[str]) -> Iterator[Told]:
    addresses = [key.removeprefix("page:") for key in keys]
    ways = [f"/{language}{address}" for address in addresses for language in LANGUAGES]
    met: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ways), 400):
        for page in Page.objects.filter(url_path__in=ways[start : start + 400], live=True).specific():
            met.setdefault(page.url_path[3:], {})[page.url_path[1:3]] = page
    slugs = {page.place for pages in met.values() for page in pages.values() if isinstance(page, RoomPage)}
    names = [place_names(slugs, language=language) for language in LANGUAGES]
    for address, pages in met.items():
        yield _page(address, pages, names)


def _page(address: str, pages: Mapping[str, Any], names: list[dict[str, Any]]) -> Told:
    first = next(iter(pages.values()))
    is_room, slug = isinstance(first, RoomPage), getattr(first, "place", "")
    cities = [one[slug] for one in names if slug in one]
    said = " ".join(f"{one.name} {one.country_name}" for one in cities)
    titles, notes = (
        tuple(str(getattr(pages[one], name, "")) if one in pages else "" for one in LANGUAGES)
        for name in ("title", "lede")
    )
    return Told(
        key=f"page:{address}",
        kind="rooms" if is_room else "pages",
        path=address,
        titles=(titles[0], titles[1]),
        notes=(notes[0], notes[1]),
        words=" ".join([said, *(_words(page) for page in pages.values())]),
        drawing=f"/ciudades/{slug}/roseta.svg" if cities else "",
    )


def _words(page: Any) -> str:
    stored = [piece for name in ("stops", "body") if (stream := getattr(page, name, None)) for piece in stream.raw_data]
    return strip_tags(" ".join(_said(stored)))[:_LONGEST]


def _said(value: Any) -> Iterator[str]:
    """Yield what a stored piece says, not what it refers to: a record is found by itself, as long as it is public."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in _SILENT:
                yield from _said(each)
    elif isinstance(value, Collection):
        for each in value:
            yield from _said(each)


PAGES = Noun(_stands, _told)
