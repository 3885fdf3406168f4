"""The first screen: one city at a glance, and the way to choose another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.sheets import PlaceSheet
from hermanar.museum.views.cities import city_context
from hermanar.museum.views.day import language, today
from hermanar.museum.views.drawings import counterparts, hue
from hermanar.museum.views.refusals import refuse

GUANAJUATO = "inegi:11015"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tell the story of one city: Guanajuato's, or the one asked for."""
    unknown = [name for name in request.GET if name != "ciudad" and not name.startswith("utm_")]
    if unknown:
        detail = _("El parámetro «%s» no existe en esta página.") % unknown[0][:80]
        return refuse(request, status=422, title=_("La búsqueda pide algo que no existe"), detail=detail)
    asked = request.GET.get("ciudad") or GUANAJUATO
    sheet = read.place(asked, today=today(), language=language())
    if sheet is None:
        found = read.places(asked, language=language(), limit=1) if asked.isprintable() else ()
        sheet = read.place(found[0].id, today=today(), language=language()) if found else None
    if sheet is None:
        detail = _("Ningún lugar del directorio se llama así.")
        return refuse(request, status=404, title=_("No conocemos ese lugar"), detail=detail)
    statistics = read.statistics(Filters(host=(sheet.line.id,)), today=today())
    context = {
        **city_context(sheet),
        "statistics": statistics,
        "names": _names(sheet),
        "said_active": [figure for figure in sheet.figures if "active" in figure.key],
        "said_registered": [figure for figure in sheet.figures if "registered" in figure.key],
        "choices": read.cities_with_agreements(language=language(), limit=12),
        "whole": read.statistics(Filters(), today=today()),
        "world": read.totals(),
    }
    return render(request, "museum/home.html", context)


def _names(sheet: PlaceSheet) -> list[dict[str, str]]:
    """Return the sister cities of the documented agreements as names that lead to the record."""
    return [
        {"text": party.name, "hue": hue(party.country), "url": reverse("museum:agreement", args=[line.slug])}
        for line in sheet.agreements
        for party in counterparts(line, sheet.line.slug)
    ]
