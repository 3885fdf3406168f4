"""Cities: find one by any of its names, and see all that is known of its ties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.search import BadFilterError, Filters
from hermanar.catalogue.sheets import AgreementLine, NameLine, PlaceLine, PlaceSheet, Statistics
from hermanar.museum import linked
from hermanar.museum.forms.cities import HAVING_IN_ADDRESS, AskedCities, asked
from hermanar.museum.views import unknowns
from hermanar.museum.views.comparison import matrix
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public, refuse_filter
from hermanar.museum.views.drawings import agreement_rays, counterparts, legend, reported_rays, spot
from hermanar.museum.views.sayings import by_source, disputed, foreign
from hermanar.museum.views.sharing import shared
from hermanar.museum.views.tables import agreement_table, files, place_table
from hermanar.ui.rosette import Ray, emblem, plate, social_card
from hermanar.ui.worldmap import Spot

_SHOWN = 50  # agreements on the page of a city; the list has them all
_LONG = 12
_PLATES = 12
_PAGE = 60


@public(reads_all=True)
def city_list(request: HttpRequest) -> HttpResponse:
    """Show the cities whose names are alike, those that have agreements or ties, or first of all some rosettes."""
    try:
        wanted = asked(request.GET)
    except BadFilterError as bad:
        return refuse_filter(request, bad)
    if wanted.text:
        context = _found(wanted.text)
    elif wanted.having:
        context = _page(wanted)
    else:
        context = _front()
    return render(request, "museum/city/list.html", {"text": wanted.text, **context})


def _found(text: str) -> dict[str, Any]:
    found = read.places(text, language=language(), limit=read.MOST_FOUND)
    taken = files("lugares", urlencode({"q": text}))
    return {"table": place_table(found), "count": len(found), "files": taken if found else []}


def _page(wanted: AskedCities) -> dict[str, Any]:
    having, number = wanted.having, wanted.page
    count, first = read.place_count(having), (number - 1) * _PAGE
    if first >= count and number > 1:
        raise Http404
    lines = read.place_page(having, language=language(), first=first, most=_PAGE)
    return {
        "having": having,
        "count": count,
        "table": place_table(lines),
        "previous_url": f"?con={HAVING_IN_ADDRESS[having]}&pagina={number - 1}" if number > 1 else "",
        "next_url": f"?con={HAVING_IN_ADDRESS[having]}&pagina={number + 1}" if first + _PAGE < count else "",
        "files": files("lugares", f"having={having}"),
    }


def _front() -> dict[str, Any]:
    return {
        "shelves": [
            {
                "having": having,
                "url": f"?con={HAVING_IN_ADDRESS[having]}",
                "count": read.place_count(having),
                "plates": read.place_page(having, language=language(), first=0, most=_PLATES),
            }
            for having in ("agreements", "ties")
        ],
        "files": files("lugares"),
        "legend": legend(),
    }


@public()
def city_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a city: its ties as rosette, map, list and timeline; what each source says, and where they differ."""
    sheet = _sheet(slug)
    return render(request, "museum/city/page.html", {**city_context(sheet), **_shared(request, sheet.line)})


def _shared(request: HttpRequest, line: PlaceLine) -> dict[str, Any]:
    def nodes(url: str, site: str) -> list[linked.Node]:
        place = linked.city(line.name, url=url, country=line.country, latitude=line.latitude, longitude=line.longitude)
        page = linked.page(f"{url}#pagina", site=site, title=title, description=said, language=language())
        return [place, {**page, "about": {"@id": url}}]

    title = f"{line.name}, {line.distinction}" if line.distinction else line.name
    said = _("Sus lazos con otras ciudades: quién lo dice, desde cuándo y qué no se sabe.")
    steps = [(_("Ciudades"), reverse("museum:cities"))]
    return shared(request, title, description=said, card=("ciudad", line.slug), steps=steps, nodes=nodes)


@public()
def city_emblem(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the rosette of a city as small as an icon."""
    return _picture(emblem(city_rays(_sheet(slug))))


@public()
def city_rosette(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the rosette of a city as a plate on a shelf."""
    return _picture(plate(city_rays(_sheet(slug))))


@public()
def city_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the rosette of a city as a card to be sent to a friend."""
    sheet = _sheet(slug)
    return _picture(social_card(city_rays(sheet), title=sheet.line.name, subtitle=sheet.line.distinction))


def _sheet(slug: str) -> PlaceSheet:
    sheet = read.place(slug, today=today(), language=language())
    if sheet is None:
        raise Http404
    return sheet


def city_rays(sheet: PlaceSheet) -> list[Ray]:
    """Return the rays of a city: its agreements', or what only others report of it."""
    home = sheet.line
    return agreement_rays(home, home.slug, sheet.agreements) or reported_rays(home, sheet.comparison)


def _picture(drawing: str) -> HttpResponse:
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = "no-cache"  # what is withdrawn from the public must not stay drawn
    return response


def _unknowns(sheet: PlaceSheet, counted: Statistics) -> list[dict[str, object]]:
    of_law = Filters(place=(sheet.line.id,), regime=("treaties_law",))
    under_law = read.statistics(of_law, today=sheet.as_of, language=language())
    return unknowns.of_city(counted, under_law=under_law)


def city_context(sheet: PlaceSheet) -> dict[str, Any]:
    """Return what a city's page and the home draw from its sheet."""
    home, slug = sheet.line, sheet.line.slug
    shown = sheet.agreements[:_SHOWN]
    compared = files("comparacion", f"place={home.id}", formats=("csv", "xlsx", "json", "jsonld"))
    counted = read.statistics(Filters(place=(home.id,)), today=sheet.as_of, language=language())
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
        **_tables(shown, home),
        "unknowns": _unknowns(sheet, counted) if shown else [],
        "agreements_url": f"{reverse('museum:agreements')}?{urlencode({'lugar': home.id}, safe=':')}",
        "agreements_left": home.agreement_count - len(shown),
        "agreement_files": files("acuerdos", f"place={home.id}", formats=("csv", "xlsx")),
        "tie_files": files("lazos-reportados", f"place={home.id}", formats=("csv", "xlsx")),
        "matrix": matrix(
            sheet,
            captures=read.captures(language=language()),
            file_url=files("comparacion", f"place={home.id}")[0]["url"],
        ),
        "by_finding": sheet.finding_counts,
        "timeline": _timeline(sheet),
        "undated": counted.by_decade.get("unknown", 0),
        "files": [
            *compared,
            {"format": _("Roseta (SVG)"), "url": reverse("museum:city_card", args=[slug])},
        ],
        "names": _names(sheet.names),
        "said": by_source(told),
        "disputed": disputed(told),
    }


def _tables(lines: Sequence[AgreementLine], home: PlaceLine) -> dict[str, Any]:
    """Return the agreements of a city as a table; many between Mexican cities stand apart, behind their number."""
    near = [line for line in lines if line.regime == "between_mexican"]
    is_apart = len(lines) > _LONG and 0 < len(near) < len(lines)
    first = [line for line in lines if line not in near] if is_apart else lines
    return {
        "table": agreement_table(first, seen_from=home.slug),
        "table_apart": agreement_table(near, seen_from=home.slug) if is_apart else None,
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
            "lang": foreign(said.value_language),
            "source": said.source.title,
            "url": said.source.address,
            "is_quiet": True,
        }
        for said in told
    ]
    return sorted(events, key=lambda event: str(event["when"]))
