"""The map: every tie known, or those of one city; the same as a table."""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.museum.views.addresses import Doors
from hermanar.museum.views.choosing import chosen_city, offer
from hermanar.museum.views.cities import city_context
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.drawings import city_ties, map_data
from hermanar.ui.worldmap import HEIGHT, WIDTH, land

_CHOICES = 24


@public("ciudad")
def page(request: HttpRequest) -> HttpResponse:
    """Show the world with the arcs of a city, and its ties as a table below."""
    chosen = chosen_city(request)
    if chosen.sheet is None:
        return offer(request, chosen)
    sheet, totals = chosen.sheet, read.totals()
    context = {
        **city_context(sheet),
        "chosen": chosen,
        "ties_url": f"{reverse('museum:map_data')}?ciudad={sheet.line.slug}",
        "world_url": reverse("museum:map_data"),
        "totals": totals,
        "drawn": read.MOST_DRAWN if totals["agreements"] > read.MOST_DRAWN else None,
        "has_rooms": any(map(Doors().slug, sheet.agreements)),
        "choices": read.cities_with_agreements(language=language(), limit=_CHOICES // 2),
        "reported": read.cities_most_reported(language=language(), limit=_CHOICES),
    }
    return render(request, "museum/map.html", context)


@public("ciudad")
def data(request: HttpRequest) -> HttpResponse:
    """Give the browser the ties of one city, or every tie, packed once for each state of what they are made from."""
    if "ciudad" in request.GET:
        chosen = chosen_city(request)
        if chosen.sheet is None:
            return offer(request, chosen)
        return _kept(JsonResponse(map_data(city_ties(chosen.sheet))))
    packed, tag = _packed(read.revisions("agreements", "places", "ties"), today(), language())
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes else gzip.decompress(packed), content_type="application/json")
    if takes:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["ETag"] = f'"{tag}{"-gzip" if takes else ""}"'
    return _kept(response)


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-cache"
    return response


@functools.lru_cache(maxsize=4)
def _packed(_revisions: str, day: dt.date, words: str) -> tuple[bytes, str]:
    text = json.dumps(map_data(read.world_ties(today=day, language=words)), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0), hashlib.sha256(text.encode()).hexdigest()[:20]


@require_safe
def land_picture(request: HttpRequest) -> HttpResponse:
    """Give the outline of the countries, which every drawn map uses and the browser keeps."""
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><path id="tierra" d="{land()}"/></svg>'
    )
    response = HttpResponse(picture, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response
