"""Pages that editors made, found by their address in the language asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hermanar.museum import linked
from hermanar.museum.models import ExhibitionPage, RoutePage
from hermanar.museum.queries.pages import Below, Opened, around, language_of, opened
from hermanar.museum.queries.pieces import found_for
from hermanar.museum.rules.pieces import needed_by
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.pieces import address_of, pieces, raw_pieces, record_url
from hermanar.museum.views.routes import stops_of, take_stops, way_through
from hermanar.museum.views.sayings import foreign
from hermanar.museum.views.sharing import shared

_ROOT = 2  # slashes in the path of a language's home page, which is the museum's own door


@public()
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show what is published at an address."""
    found = opened(path, language=language())
    if found is None or not hasattr(found.page, "body"):
        raise Http404
    if found.page.depth == 2:  # noqa: PLR2004 (the museum's own page is the home page, at the root)
        return redirect("museum:home")
    return show(request, found)


def show(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a page of editors as its kind is shown."""
    return render(request, found.page.template, {**page_context(found), **share_context(request, found)})


def share_context(request: HttpRequest, found: Opened) -> dict[str, Any]:
    """Return how a page of editors is told elsewhere; one below a room goes with the card of the room."""
    shown = found.page
    steps = [(one.title, address_of(one.url_path)) for one in found.above if one.url_path.count("/") > _ROOT]
    said = shown.lede or shown.title

    def nodes(url: str, site: str) -> Iterator[linked.Node]:
        yield linked.page(url, site=site, title=shown.title, description=said, language=found.language)
        if isinstance(shown, ExhibitionPage):
            yield linked.exhibition(shown, url=url, site=site, language=found.language)

    way = shown.url_path.strip("/").split("/")
    card = ("sala", way[2]) if len(way) > 2 and way[1] == "salas" else None  # noqa: PLR2004 (language, hall, room)
    return shared(request, shown.title, description=said, card=card, steps=steps, nodes=nodes)


def page_context(found: Opened) -> dict[str, Any]:
    """Return what the template of a page shows."""
    shown = found.page
    stored = list(raw_pieces(shown))
    needed = needed_by(stored)
    stops = stops_of(shown, needed.pages) if isinstance(shown, RoutePage) else ()
    take_stops(needed, stops)
    if place := getattr(shown, "place", ""):
        needed.records["city"].add(place)
    met = found_for(needed, today=today(), language=language())
    city = met.records.get(("city", place)) if place else None
    return {
        "page": shown,
        "pieces": pieces(stored, met),
        "way": way_through(stops, met),
        "city": city,
        "city_url": record_url(city) if city else "",
        "above": [{"label": one.title, "url": address_of(one.url_path)} for one in found.above],
        "below": below(found.below),
        "lang": foreign(found.language),
        "original_changed_at": found.original_changed_at,
        "next_url": address_of(found.above[-1].url_path) if found.above else "",
        "next_label": found.above[-1].title if found.above else "",
    }


def told(found: Opened | None, *, leave_out: str = "") -> dict[str, Any]:
    """Return what editors tell in a page that the house shows with its own, and the pages that stand below it."""
    if found is None:
        return {}
    stored = list(raw_pieces(found.page))
    met = found_for(needed_by(stored), today=today(), language=language())
    return {
        "told": found.page,
        "lede": found.page.lede,
        "pieces": pieces(stored, met),
        "lang": foreign(found.language),
        "below": below(one for one in found.below if one.kind != leave_out),
    }


def below(pages: Iterable[Below]) -> list[dict[str, Any]]:
    """Return the lines that lead to the pages below another."""
    return [
        {
            "title": one.title,
            "url": address_of(one.url_path),
            "kind": one.kind,
            "lede": one.lede,
            "first_on": one.first_on and one.first_on.isoformat(),
            "last_on": one.last_on and one.last_on.isoformat(),
        }
        for one in pages
    ]


def preview_context(shown: Any) -> dict[str, Any]:
    """Return what a page shows that may not be published nor even kept yet."""
    return page_context(around(shown, language=language_of(shown.url_path or "")))
