"""The first screen: one city at a glance, and the way to choose another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.sheets import PartyLine, PlaceSheet
from hermanar.museum.views.cities import city_context
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public, unknown_place
from hermanar.museum.views.drawings import counterparts, hue

GUANAJUATO = "inegi:11015"
_LONGEST = 200


@public("ciudad")
def home(request: HttpRequest) -> HttpResponse:
    """Tell the story of one city: Guanajuato's, or the one asked for."""
    asked, sheet = chosen_city(request)
    if sheet is None:
        return unknown_place(request, asked)
    context = {
        **city_context(sheet),
        "statistics": read.statistics(Filters(place=(sheet.line.id,)), today=today()),
        "names": _names(sheet),
        "sister_count": len({party.id for party in _others(sheet)}),
        "are_all_twinnings": all(line.kind == "twinning" for line in sheet.agreements),
        "said_active": [figure for figure in sheet.figures if "active" in figure.key],
        "said_registered": [figure for figure in sheet.figures if "registered" in figure.key],
        "choices": read.cities_with_agreements(language=language(), limit=12),
        "world": read.totals(),
    }
    return render(request, "museum/home.html", context)


def chosen_city(request: HttpRequest) -> tuple[str, PlaceSheet | None]:
    """Return what was asked for as city and all that is known of it: by identifier, by address, by a name like it."""
    asked = (request.GET.get("ciudad") or "").strip() or GUANAJUATO
    if len(asked) > _LONGEST or not asked.isprintable():
        return asked, None
    sheet = read.place(asked, today=today(), language=language())
    if sheet is None and ":" not in asked:
        found = read.places(asked, language=language(), limit=1)
        sheet = read.place(found[0].id, today=today(), language=language()) if found else None
    return asked, sheet


def _others(sheet: PlaceSheet) -> list[PartyLine]:
    return [party for line in sheet.agreements for party in counterparts(line, sheet.line.slug)]


def _names(sheet: PlaceSheet) -> list[dict[str, str]]:
    """Return the sister cities of the documented agreements as names that lead to the record."""
    return [
        {"text": party.name, "hue": hue(party.country), "url": reverse("museum:agreement", args=[line.slug])}
        for line in sheet.agreements
        for party in counterparts(line, sheet.line.slug)
    ]
