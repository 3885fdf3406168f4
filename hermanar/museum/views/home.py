"""The first screen: one city at a glance, and the way to choose another."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.sheets import PartyLine, PlaceSheet
from hermanar.museum.queries.pages import opened
from hermanar.museum.views import pages
from hermanar.museum.views.addresses import Doors
from hermanar.museum.views.choosing import chosen_city, offer
from hermanar.museum.views.cities import city_context
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.drawings import counterparts, hue
from hermanar.museum.views.facade import facade
from hermanar.museum.views.sharing import about, shared


@public("ciudad")
def home(request: HttpRequest) -> HttpResponse:
    """Tell the story of one city: Guanajuato's, or the one asked for."""
    chosen = chosen_city(request)
    if chosen.sheet is None:
        return offer(request, chosen)
    sheet, doors = chosen.sheet, Doors()
    room_count = sum(host == sheet.line.slug for host, _place in doors.rooms)
    context = {
        **city_context(sheet),
        "chosen": chosen,
        "statistics": read.statistics(Filters(place=(sheet.line.id,)), today=today()),
        "names": _names(sheet, doors),
        "room_count": room_count,
        "facade": facade(language=language(), rooms=room_count),
        "sister_count": len({party.id for party in _others(sheet)}),
        "are_all_twinnings": all(line.kind == "twinning" for line in sheet.agreements),
        "said_active": [figure for figure in sheet.figures if "active" in figure.key],
        "said_registered": [figure for figure in sheet.figures if "registered" in figure.key],
        "choices": read.cities_with_agreements(language=language(), limit=8),
        "world": read.totals(),
    }
    if "ciudad" not in request.GET:  # another city's page is about that city alone
        context |= pages.told(opened("", language=language()), leave_out="hallpage")
    return render(request, "museum/home.html", {**context, **_shared(request, sheet)})


def _shared(request: HttpRequest, sheet: PlaceSheet) -> dict[str, Any]:
    title = _("%(city)s y sus ciudades hermanas") % {"city": sheet.line.name}
    said = _("El museo de las ciudades hermanas: qué ciudades se hermanaron, qué queda vivo y quién lo dice.")
    nodes = about(title, said)
    return shared(request, title, description=said, card=("ciudad", sheet.line.slug), steps=(), nodes=nodes)


def _others(sheet: PlaceSheet) -> list[PartyLine]:
    return [party for line in sheet.agreements for party in counterparts(line, sheet.line.slug)]


def _names(sheet: PlaceSheet, doors: Doors) -> list[dict[str, str]]:
    """Return the sister cities of the documented agreements as names that lead to their rooms, or to the record."""
    return [
        {"text": party.name, "hue": hue(party.country), "url": doors.address(line)}
        for line in sheet.agreements
        for party in counterparts(line, sheet.line.slug)
    ]
