"""Pages that say no: what is wrong, where, and what to do instead. None of them asks the database for anything."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.catalogue.search import AmbiguousPlaceError

_BARE = (
    '<!doctype html><html lang="es"><meta charset="utf-8"><title>Hermanar</title>'
    "<h1>Falló de nuestro lado</h1><p>Nada se perdió; puede intentarlo de nuevo en un momento.</p>"
    '<p lang="en">It failed on our side. Nothing was lost; please try again in a moment.</p><p>%s</p></html>'
)
_OURS = 500
_log = logging.getLogger(__name__)


def refuse(request: HttpRequest, *, status: int, title: str, detail: str, candidates: object = ()) -> HttpResponse:
    """Show a refusal in the reader's language; candidates are {name, distinction, url}."""
    # What failed on our side bears the name by which it stands in the log (decision 39).
    told = request.META.get("hermanar.request", "") if status >= _OURS else ""
    context = {"status": status, "title": title, "detail": detail, "candidates": candidates, "identity": told}
    return render(request, "museum/refusal.html", context, status=status)


def ambiguous_place(request: HttpRequest, ambiguous: AmbiguousPlaceError, *, leading_to: str) -> HttpResponse:
    """Show the places that bear the name, each leading on with the rest of the question as it was."""
    candidates = []
    for place in ambiguous.candidates:
        query = request.GET.copy()
        for name in ("ciudad", "host", "lugar", "place"):
            if ambiguous.text in (value.strip()[:80] for value in query.getlist(name)):
                query[name] = place.id
        query.pop("pagina", None)
        url = f"{leading_to}?{query.urlencode(safe=':')}"
        candidates.append({"name": place.name, "distinction": place.distinction, "url": url})
    title = _("Varios lugares con acuerdos se llaman «%s»") % ambiguous.text
    return refuse(request, status=409, title=title, detail=_("Elija cuál:"), candidates=candidates)


def bad_cursor(request: HttpRequest, *, first: str) -> HttpResponse:
    """Show that a page belongs to another list, with the way to the first of this one."""
    detail = _("El enlace a esa página ya no vale para esta búsqueda. Vuelva a la primera página.")
    way = [{"name": _("Primera página"), "distinction": "", "url": first}]
    return refuse(request, status=422, title=_("Esa página no es de esta lista"), detail=detail, candidates=way)


def language_of(request: HttpRequest) -> str:
    """Return the language of an address: the fault may have come before anyone asked."""
    return "en" if f"{request.path_info}/".startswith("/en/") else "es"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the address or the form cannot be understood."""
    with translation.override(language_of(request)):
        detail = _("La dirección contiene algo que esta página no entiende.")
        return refuse(request, status=400, title=_("No se entiende la petición"), detail=detail)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that this is not for the one who asks."""
    with translation.override(language_of(request)):
        detail = _("Esta dirección no es pública.")
        return refuse(request, status=403, title=_("Aquí no se puede entrar"), detail=detail)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that a form does not belong to this browser's session, or that the session ended meanwhile."""
    with translation.override(language_of(request)):
        detail = _(
            "La sesión cambió desde que se abrió el formulario. Vuelva atrás, recargue la página y envíelo otra vez."
        )
        return refuse(request, status=403, title=_("Este formulario ya no vale"), detail=detail)


def too_many(request: HttpRequest) -> HttpResponse:
    """Show that too much was asked in a short time."""
    with translation.override(language_of(request)):
        detail = _("Fueron demasiados intentos seguidos. Espere cinco minutos y vuelva a intentarlo.")
        return refuse(request, status=429, title=_("Demasiados intentos"), detail=detail)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that nothing stands at this address."""
    with translation.override(language_of(request)):
        detail = _("En esta dirección no hay nada. Puede buscar la ciudad o el acuerdo por su nombre.")
        return refuse(request, status=404, title=_("Aquí no hay nada"), detail=detail)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Show that this address is only read."""
    detail = _("Esta dirección solo se lee; nada de lo enviado se guardó.")
    response = refuse(request, status=405, title=_("Aquí no se puede enviar nada"), detail=detail)
    response["Allow"] = "GET, HEAD"
    return response


def failure(request: HttpRequest) -> HttpResponse:
    """Show that the fault is ours, with the bare page when even the designed one cannot be made."""
    try:
        with translation.override(language_of(request)):
            detail = _("Algo falló de nuestro lado. Nada se perdió; puede intentarlo de nuevo en un momento.")
            return refuse(request, status=500, title=_("Falló de nuestro lado"), detail=detail)
    except Exception:  # noqa: BLE001 - the page of last resort must not fail; what failed is logged
        _log.exception("the page of failures failed")
        return HttpResponseServerError(_BARE % request.META.get("hermanar.request", ""))
