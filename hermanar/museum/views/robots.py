"""What robots and browsers ask for: who may read, under which sign."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

# Every choice of filters is an address; the records themselves are in the sitemap.
_ROBOTS = """User-agent: *
Disallow: /acuerdos/?
Disallow: /en/acuerdos/?
Disallow: /coleccion/?
Disallow: /en/coleccion/?
Disallow: /coleccion/seleccion/
Disallow: /en/coleccion/seleccion/
Disallow: /observatorio/?
Disallow: /en/observatorio/?
Disallow: /comparar/*?
Disallow: /en/comparar/*?
Disallow: /kiosco/
Disallow: /q/
Disallow: /api/
Sitemap: {sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everyone read every page, but not every combination of filters."""
    text = _ROBOTS.format(sitemap=request.build_absolute_uri(reverse("museum_root:sitemap")))
    return _kept(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the sign of the house."""
    return _kept(HttpResponseRedirect(static("ui/mark.svg")))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a telephone how to keep the museum on its first screen."""
    about = {
        "name": "Hermanar",
        "short_name": "Hermanar",
        "description": _("El museo de las ciudades hermanas"),
        "lang": "es",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#f6f1e7",
        "theme_color": "#e6aa35",
        "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return _kept(JsonResponse(about, content_type="application/manifest+json"))


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=86400"
    return response
