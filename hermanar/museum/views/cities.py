"""Cities: find one by any of its names, and see all that is known of its ties."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.catalogue.sheets import PlaceSheet
from hermanar.museum.forms.cities import asked
from hermanar.museum.views.day import language, today
from hermanar.museum.views.drawings import agreement_rays, counterparts, legend, reported_rays, spot
from hermanar.museum.views.refusals import refuse
from hermanar.museum.views.tables import agreement_table, comparison_table, files, place_table

_MOST_FOUND = 50


@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    """Show the cities whose names are alike, or those with most documented agreements and reported ties."""
    try:
        text = asked(request.GET)
    except ValueError as bad:
        return refuse(request, status=422, title=_("La búsqueda pide algo que no existe"), detail=str(bad))
    if text:
        found = read.places(text, language=language(), limit=_MOST_FOUND)
        context: dict[str, Any] = {"text": text, "table": place_table(found), "count": len(found)}
    else:
        context = {
            "text": "",
            "table": place_table(read.cities_with_agreements(language=language(), limit=_MOST_FOUND)),
            "reported": place_table(read.cities_most_reported(language=language(), limit=_MOST_FOUND)),
        }
    return render(request, "museum/city/list.html", context)


@require_safe
def city_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a city: its ties as rosette, map, list and timeline; what each source says, and where they differ."""
    sheet = read.place(slug, today=today(), language=language())
    if sheet is None:
        raise Http404
    return render(request, "museum/city/page.html", city_context(sheet))


def city_context(sheet: PlaceSheet) -> dict[str, Any]:
    """Return what a city's page and the home draw from its sheet."""
    home, slug = sheet.line, sheet.line.slug
    by_finding: dict[str, int] = {}
    for line in sheet.comparison:
        by_finding[line.finding] = by_finding.get(line.finding, 0) + 1
    rays = agreement_rays(home, slug, sheet.agreements)
    reported = reported_rays(home, sheet.comparison)
    return {
        "sheet": sheet,
        "city": home,
        "rays": rays or reported,
        "rays_are_reported": not rays,
        "legend": legend(),
        "origin": spot(home),
        "targets": [place for line in sheet.agreements for party in counterparts(line, slug) if (place := spot(party))]
        or [place for line in sheet.comparison if (place := spot(line))],
        "table": agreement_table(sheet.agreements, seen_from=slug),
        "comparison": comparison_table(sheet.comparison),
        "by_finding": by_finding,
        "timeline": _timeline(sheet),
        "undated": sum(not line.signed_on for line in sheet.agreements),
        "files": files("comparacion", f"lugar={home.id}"),
        "events": [said for said in sheet.statements if said.field == "event"],
        "said": [said for said in sheet.statements if said.field != "event"],
    }


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
