"""Cities: find one by any of its names, and see all that is known of its ties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.search import BadFilterError
from hermanar.catalogue.sheets import NameLine, PlaceSheet
from hermanar.museum.forms.cities import asked
from hermanar.museum.views.comparison import matrix
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public, refuse_filter
from hermanar.museum.views.drawings import agreement_rays, counterparts, legend, reported_rays, spot
from hermanar.museum.views.sayings import by_source, disputed
from hermanar.museum.views.tables import agreement_table, files, place_table
from hermanar.ui.rosette import Ray, emblem, social_card
from hermanar.ui.worldmap import Spot

_MOST_FOUND = 50
_LISTED = 20


@public(reads_all=True)
def city_list(request: HttpRequest) -> HttpResponse:
    """Show the cities whose names are alike, or those with most documented agreements and reported ties."""
    try:
        text = asked(request.GET)
    except BadFilterError as bad:
        return refuse_filter(request, bad)
    if text:
        found = read.places(text, language=language(), limit=_MOST_FOUND)
        context: dict[str, Any] = {"text": text, "table": place_table(found), "count": len(found)}
    else:
        context = {
            "text": "",
            "table": place_table(read.cities_with_agreements(language=language(), limit=_LISTED)),
            "reported": place_table(read.cities_most_reported(language=language(), limit=_LISTED)),
        }
    return render(request, "museum/city/list.html", context)


@public()
def city_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a city: its ties as rosette, map, list and timeline; what each source says, and where they differ."""
    return render(request, "museum/city/page.html", city_context(_sheet(slug)))


@public()
def city_emblem(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the rosette of a city as small as an icon."""
    return _picture(emblem(_rays(_sheet(slug))))


@public()
def city_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the rosette of a city as a card to be sent to a friend."""
    sheet = _sheet(slug)
    return _picture(social_card(_rays(sheet), title=sheet.line.name, subtitle=sheet.line.distinction))


def _sheet(slug: str) -> PlaceSheet:
    sheet = read.place(slug, today=today(), language=language())
    if sheet is None:
        raise Http404
    return sheet


def _rays(sheet: PlaceSheet) -> list[Ray]:
    home = sheet.line
    return agreement_rays(home, home.slug, sheet.agreements) or reported_rays(home, sheet.comparison)


def _picture(drawing: str) -> HttpResponse:
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = "no-cache"  # what is withdrawn from the public must not stay drawn
    return response


def city_context(sheet: PlaceSheet) -> dict[str, Any]:
    """Return what a city's page and the home draw from its sheet."""
    home, slug = sheet.line, sheet.line.slug
    rays = agreement_rays(home, slug, sheet.agreements)
    told = [said for said in sheet.statements if said.field != "event"]
    return {
        "sheet": sheet,
        "city": home,
        "rays": rays or reported_rays(home, sheet.comparison),
        "rays_are_reported": not rays,
        "legend": legend(),
        "origin": spot(home),
        "targets": _targets(sheet),
        "table": agreement_table(sheet.agreements, seen_from=slug),
        "matrix": matrix(sheet.comparison, captures=read.captures(language=language()), country=home.country),
        "by_finding": sheet.finding_counts,
        "timeline": _timeline(sheet),
        "undated": sum(not line.signed_on for line in sheet.agreements),
        "files": [
            *files("comparacion", f"place={home.id}", formats=("csv", "xlsx", "json", "jsonld")),
            {"format": _("Roseta (SVG)"), "url": reverse("museum:city_card", args=[slug])},
        ],
        "names": _names(sheet.names),
        "said": by_source(told),
        "disputed": disputed(told),
    }


def _targets(sheet: PlaceSheet) -> list[Spot]:
    """Return where the arcs of a city end: at its documented counterparts, or where the lists say."""
    named = [party for line in sheet.agreements for party in counterparts(line, sheet.line.slug)]
    return [place for one in named or sheet.comparison if (place := spot(one))]


def _names(names: Iterable[NameLine]) -> list[dict[str, Any]]:
    """Return each name once, with the languages it is said in."""
    found: dict[str, list[str]] = {}
    for name in names:
        languages = found.setdefault(name.name, [])
        if name.language and name.language not in languages:
            languages.append(name.language)
    return [{"name": name, "languages": languages, "lang": (languages or [""])[0]} for name, languages in found.items()]


def _timeline(sheet: PlaceSheet) -> list[dict[str, Any]]:
    """Return signatures with a known date, oldest first; the undated are only counted."""
    dated = sorted((line for line in sheet.agreements if line.signed_on), key=lambda line: line.signed_on or "")
    events: list[dict[str, Any]] = [{"when": line.signed_on, "text": line.title} for line in dated]
    told = [said for said in sheet.statements if said.field == "event" and said.as_of]
    events += [
        {
            "when": said.as_of,
            "text": said.value,
            "source": said.source.title,
            "url": said.source.address,
            "is_quiet": True,
        }
        for said in told
    ]
    return sorted(events, key=lambda event: str(event["when"]))
