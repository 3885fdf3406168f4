"""What every public page does before its own work: method, length, text, parameters that exist."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hermanar.catalogue.search import BadFilterError
from hermanar.museum.views.refusals import not_allowed, refuse

LONGEST_QUERY = 8_000
View = Callable[..., HttpResponse]


def public(*known: str, reads_all: bool = False) -> Callable[[View], View]:
    """Wrap a page that takes these parameters, or that reads all of them itself; utm_… of campaigns are passed over."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in {"GET", "HEAD"}:
                return not_allowed(request)
            if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
                detail = _("La dirección pasa de %(limit)d signos.") % {"limit": LONGEST_QUERY}
                return refuse(request, status=414, title=_("La dirección es demasiado larga"), detail=detail)
            try:
                _check(request, None if reads_all else known)
            except (UnicodeDecodeError, TooManyFieldsSent):
                detail = _("La dirección contiene algo que esta página no entiende.")
                return refuse(request, status=400, title=_("No se entiende la petición"), detail=detail)
            except BadFilterError as bad:
                return refuse_filter(request, bad)
            response = view(request, *args, **kwargs)
            response.is_for_everyone = True  # type: ignore[attr-defined]  # the server may remember it (decision 33)
            return response

        return enter

    return wrap


def _check(request: HttpRequest, known: tuple[str, ...] | None) -> None:
    """Raise what is wrong with the parameters of an address."""
    unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")).decode()
    for name, values in request.GET.lists():
        for text in (name, *map(str, values)):
            if "\x00" in text:
                raise BadFilterError(repr(name), repr(text), "not_text")
        if known is not None and name not in known and not name.startswith("utm_"):
            raise BadFilterError(name, str(values[0]), "unknown_parameter")


def refuse_filter(request: HttpRequest, bad: BadFilterError) -> HttpResponse:
    """Show which parameter cannot be understood, and why."""
    return refuse(request, status=422, title=_("La búsqueda pide algo que no existe"), detail=str(bad))


def unknown_place(request: HttpRequest, name: str) -> HttpResponse:
    """Show that no place bears this name."""
    detail = _("Ningún lugar del directorio se llama «%s».") % name[:80]
    return refuse(request, status=404, title=_("No conocemos ese lugar"), detail=detail)
