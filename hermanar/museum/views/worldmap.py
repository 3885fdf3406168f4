"""The map: every tie known, or those of one city; the same as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.museum.views.cities import city_context
from hermanar.museum.views.day import language, today
from hermanar.museum.views.drawings import map_data
from hermanar.museum.views.home import GUANAJUATO
from hermanar.museum.views.refusals import refuse
from hermanar.museum.views.tables import place_table

_KNOWN = {"ciudad"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the world with the arcs of a city, and its ties as a table below."""
    unknown = [name for name in request.GET if name not in _KNOWN and not name.startswith("utm_")]
    if unknown:
        detail = _("El parámetro «%s» no existe en esta página.") % unknown[0][:80]
        return refuse(request, status=422, title=_("La búsqueda pide algo que no existe"), detail=detail)
    sheet = read.place(request.GET.get("ciudad") or GUANAJUATO, today=today(), language=language())
    if sheet is None:
        detail = _("Ningún lugar del directorio se llama así.")
        return refuse(request, status=404, title=_("No conocemos ese lugar"), detail=detail)
    context = {
        **city_context(sheet),
        "ties_url": f"{reverse('museum:map_data')}?ciudad={sheet.line.slug}",
        "totals": read.totals(),
        "cities": place_table(read.cities_most_reported(language=language(), limit=60)),
    }
    return render(request, "museum/map.html", context)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Give the browser every tie that can be drawn, compact."""
    world = read.world_ties(today=today(), language=language())
    answer = JsonResponse(map_data(world, origin=request.GET.get("ciudad", "")))
    answer["Cache-Control"] = "public, max-age=300"
    return answer
