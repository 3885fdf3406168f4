"""Agreements: search with facets, and one record."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.catalogue.search import AmbiguousPlaceError, BadCursorError, BadFilterError, UnknownPlaceError
from hermanar.museum.forms.agreements import FACETS, asked
from hermanar.museum.views.day import language, today
from hermanar.museum.views.drawings import distance_km, facing
from hermanar.museum.views.refusals import refuse

PAGE = 20


@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Show the agreements that match, with the counts of every facet."""
    try:
        filters, cursor = asked(request.GET)
        page = read.agreements(filters, today=today(), language=language(), limit=PAGE, cursor=cursor)
    except AmbiguousPlaceError as ambiguous:
        title = _("Ese nombre lo llevan varios lugares con acuerdos")
        detail = _("Elija cuál:")
        return refuse(request, status=409, title=title, detail=detail, candidates=ambiguous.candidates)
    except UnknownPlaceError as unknown:
        detail = _("Ningún lugar del directorio se llama «%s».") % unknown
        return refuse(request, status=404, title=_("No conocemos ese lugar"), detail=detail)
    except BadCursorError:
        detail = _("El enlace a esa página ya no vale para esta búsqueda. Vuelva a la primera página.")
        return refuse(request, status=422, title=_("Esa página no es de esta lista"), detail=detail)
    except BadFilterError as bad:
        return refuse(request, status=422, title=_("La búsqueda pide algo que no existe"), detail=str(bad))
    context = {
        "page": page,
        "filters": filters,
        "facets": [(FACETS[facet.name], facet) for facet in page.facets if facet.name in FACETS],
        "query": request.GET.urlencode(),
        "has_filters": any(value for name, value in request.GET.items() if name != "pagina"),
    }
    return render(request, "museum/agreement/list.html", context)


@require_safe
def agreement_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one record: what each source says, whether it binds, whether it lives and on what that rests."""
    sheet = read.agreement(slug, today=today(), language=language())
    if sheet is None:
        raise Http404
    parties = sheet.line.parties
    context = {
        "sheet": sheet,
        "line": sheet.line,
        "drawing": facing(parties, sheet.line),
        "distance": distance_km(parties[0], parties[1]) if len(parties) > 1 else None,
        "newest": next((activity for activity in sheet.activities if activity.is_newest_evidence), None),
        "said_active": [said for said in sheet.statements if said.field == "active"],
    }
    return render(request, "museum/agreement/page.html", context)
