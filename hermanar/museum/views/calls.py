"""Calls for exchanges, internships and stays: those open, those to come and those past, and one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hermanar.catalogue.calls import CallLine, CallSheet
from hermanar.catalogue.read.calls import call_sheet, calls
from hermanar.museum.queries.sisters import circles
from hermanar.museum.views.cards import unwritten
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.open_calls import rows_for_list
from hermanar.museum.views.sayings import foreign

_TONES = {
    "open": ("good", "full"),
    "upcoming": ("info", "open"),
    "closed": ("quiet", "half"),
    "resolved": ("quiet", "ring"),
}


@public("pagina")
def call_list(request: HttpRequest) -> HttpResponse:
    """List the calls: whoever may still take part reads first."""
    page = calls(language=language(), page=request.GET.get("pagina", ""))
    groups = (
        (_("Abiertas y por abrir"), [_told(one) for one in page.lines if not one.is_past]),
        (_("Ya cerradas"), [_told(one) for one in page.lines if one.is_past]),
    )
    sun = next(iter(unwritten(circles(language()), (("sun", "cobalt"),), stamps=())), None)
    context = {
        "page": page,
        "art": rows_for_list() if page.number == 1 else [],
        "example": sun and {**sun, "url": ""},
        "groups": [(title, rows) for title, rows in groups if rows],
    }
    return render(request, "museum/calls/list.html", context)


@public()
def call_page(request: HttpRequest, call: UUID) -> HttpResponse:
    """Show a call: for whom, what it covers, until when, how to take part; and what came of it."""
    sheet = call_sheet(call, language=language())
    if sheet is None:
        raise Http404
    return render(request, "museum/calls/page.html", _page(sheet))


def _page(sheet: CallSheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "told": _told(sheet.line),
        "description_lang": foreign(sheet.description_language),
        "agreement_lang": foreign(sheet.agreement_title_language),
        "spanish": foreign("es"),
    }


def _told(line: CallLine) -> dict[str, Any]:
    tone, shape = _TONES.get(line.state, ("quiet", "dotted"))
    return {"line": line, "title_lang": foreign(line.title_language), "tone": tone, "shape": shape}
