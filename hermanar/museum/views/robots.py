"""What robots and browsers ask for: who may read, where everything is, under which sign."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.catalogue.read.bulk import agreement_slugs, linked_place_count, linked_slugs
from hermanar.museum.queries.events import published_slugs
from hermanar.museum.queries.offers import published_offers
from hermanar.museum.queries.pages import published_addresses

PART = 25_000  # records in one part; each has two addresses, and 50,000 is what a sitemap may hold
_PAGES = (
    "home",
    "map",
    "cities",
    "agreements",
    "observatory",
    "calls",
    "agenda",
    "letters",
    "offers",
    "support",
    "visit",
)
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# Every choice of filters is an address; the records themselves are in the sitemap.
_ROBOTS = """User-agent: *
Disallow: /acuerdos/?
Disallow: /en/acuerdos/?
Disallow: /observatorio/?
Disallow: /en/observatorio/?
Disallow: /agenda/?
Disallow: /en/agenda/?
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


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts: the pages, the agreements, the places that have an agreement or a tie."""
    parts = [reverse("museum_root:sitemap_pages")]
    for name, count in (("agreements", read.totals()["agreements"]), ("places", linked_place_count())):
        parts += [reverse(f"museum_root:sitemap_{name}", args=[part]) for part in range(1, _parts(count) + 1)]
    listed = "".join(f"<sitemap><loc>{request.build_absolute_uri(part)}</loc></sitemap>" for part in parts)
    text = f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {_SPACE}>{listed}</sitemapindex>'
    return HttpResponse(text, content_type="application/xml")


def _parts(count: int) -> int:
    return -(-count // PART)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponseBase:
    """List the pages that are not records, the events of the calendar and the offers."""
    with translation.override("es"):
        paths = [reverse(f"museum:{name}") for name in _PAGES] + [reverse("open_data:datasets")]
    paths += published_addresses(max(0, PART - len(paths)))  # each answers in both languages
    events = (f"/agenda/{slug}/" for slug in published_slugs())
    offers = (f"/negocios/{slug}/" for slug in published_offers().values_list("slug", flat=True))
    told = itertools.islice(itertools.chain(events, offers), max(0, PART - len(paths)))
    return _streamed(request, itertools.chain(paths, told))


@require_safe
def sitemap_agreements(request: HttpRequest, part: int) -> HttpResponseBase:
    """Stream one part of the agreements, in the order of their keys."""
    _require_part(part, read.totals()["agreements"])
    return _streamed(request, (f"/acuerdos/{slug}/" for slug in agreement_slugs(part=part, size=PART)))


@require_safe
def sitemap_places(request: HttpRequest, part: int) -> HttpResponseBase:
    """Stream one part of the places that have an agreement or a tie, in the order of their keys."""
    _require_part(part, linked_place_count())
    slugs = linked_slugs(first=(part - 1) * PART, most=PART)
    return _streamed(request, (f"/ciudades/{slug}/" for slug in slugs))


def _require_part(part: int, count: int) -> None:
    if not 1 <= part <= _parts(count):
        raise Http404


def _streamed(request: HttpRequest, paths: Iterable[str]) -> HttpResponseBase:
    """Write each address in both languages, each naming the other; memory does not grow with their number."""
    site = f"{request.scheme}://{request.get_host()}"
    return StreamingHttpResponse(_urls(paths, lambda path: f"{site}{path}"), content_type="application/xml")


def _urls(paths: Iterable[str], absolute: Callable[[str], str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><urlset {_SPACE} {_LINKS}>'
    for path in paths:
        ways = {"es": absolute(path), "en": absolute(f"/en{path}")}
        links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{to}"/>' for code, to in ways.items())
        yield "".join(f"<url><loc>{to}</loc>{links}</url>" for to in ways.values())
    yield "</urlset>"
