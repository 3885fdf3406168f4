"""Pages that say no: what is wrong, where, and what to do instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def refuse(request: HttpRequest, *, status: int, title: str, detail: str, candidates: object = ()) -> HttpResponse:
    """Show a refusal in the reader's language."""
    context = {"status": status, "title": title, "detail": detail, "candidates": candidates}
    return render(request, "museum/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the address or the form cannot be understood."""
    detail = _("La dirección contiene algo que esta página no entiende.")
    return refuse(request, status=400, title=_("No se entiende la petición"), detail=detail)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that nothing stands at this address."""
    detail = _("En esta dirección no hay nada. Puede buscar la ciudad o el acuerdo por su nombre.")
    return refuse(request, status=404, title=_("Aquí no hay nada"), detail=detail)


def failure(request: HttpRequest) -> HttpResponse:
    """Show that the fault is ours."""
    detail = _("Algo falló de nuestro lado. Nada se perdió; puede intentarlo de nuevo en un momento.")
    return refuse(request, status=500, title=_("Falló de nuestro lado"), detail=detail)
