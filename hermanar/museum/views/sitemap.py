"""Where everything is, for search engines: every public page once, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.catalogue.read.bulk import agreement_slugs, linked_place_count, linked_slugs
from hermanar.catalogue.read.gifts import work_slugs
from hermanar.museum.audio_guide import stops
from hermanar.museum.queries import courses
from hermanar.museum.queries.events import published_slugs
from hermanar.museum.queries.exhibits import shown_slugs
from hermanar.museum.queries.offers import published_offers
from hermanar.museum.queries.open_calls import published_calls
from hermanar.museum.queries.pages import published_addresses
from hermanar.museum.queries.pairs import pair_slugs
from hermanar.museum.queries.room_pages import closed_rooms

PART = 25_000  # records in one part; each has two addresses, and 50,000 is what a sitemap may hold
_PAGES = (
    "home",
    "hall",
    "map",
    "cities",
    "agreements",
    "collection",
    "observatory",
    "calls",
    "pairs",
    "courses",
    "school_guide",
    "audio_guide",
    "agenda",
    "search",
    "letters",
    "offers",
    "support",
    "visit",
)
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def _pages_of_editors() -> Iterator[str]:
    """Yield what editors published, rooms among it; of those that ship, the ones whose record the public may see."""
    closed = closed_rooms()
    return (path for path in published_addresses(PART) if path not in closed)


def _works() -> Iterator[str]:
    """Yield the works of the collection, each at the address the museum gave it where it gave one."""
    own = shown_slugs()
    return (f"/coleccion/{own.get(key, slug)}/" for key, slug in work_slugs())


def _lessons() -> Iterator[str]:
    for course in courses.courses(language="es"):
        yield f"/cursos/{course.slug}/"
        yield from (f"/cursos/{course.slug}/{lesson.slug}/" for lesson in course.lessons)


# What the museum keeps by hand, a part for each noun.
NOUNS: dict[str, Callable[[], Iterable[str]]] = {
    "salas": _pages_of_editors,
    "comparar": lambda: (f"/comparar/{slug}/" for slug in pair_slugs(most=PART)),
    "coleccion": _works,
    "cursos": _lessons,
    "convocatorias": lambda: (
        f"/convocatorias/obra/{slug}/" for slug in published_calls().values_list("slug", flat=True)
    ),
    "audioguia": lambda: (f"/audioguia/{stop.number}/" for stop in stops()),
    "agenda": lambda: (f"/agenda/{slug}/" for slug in published_slugs()),
    "negocios": lambda: (f"/negocios/{slug}/" for slug in published_offers().values_list("slug", flat=True)),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the parts: the pages, what the museum keeps, the agreements, the places with an agreement or a tie."""
    parts = [reverse("museum_root:sitemap_pages")]
    parts += [reverse("museum_root:sitemap_noun", args=[noun]) for noun in NOUNS]
    for name, count in (("agreements", read.totals()["agreements"]), ("places", linked_place_count())):
        parts += [reverse(f"museum_root:sitemap_{name}", args=[part]) for part in range(1, _parts(count) + 1)]
    listed = "".join(f"<sitemap><loc>{request.build_absolute_uri(part)}</loc></sitemap>" for part in parts)
    text = f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {_SPACE}>{listed}</sitemapindex>'
    return HttpResponse(text, content_type="application/xml")


@require_safe
def pages(request: HttpRequest) -> HttpResponseBase:
    """List the pages that are always there."""
    with translation.override("es"):
        paths = [reverse(f"museum:{name}") for name in _PAGES] + [reverse("open_data:datasets")]
    return _streamed(request, paths)


@require_safe
def noun(request: HttpRequest, noun: str) -> HttpResponseBase:
    """Stream what the museum keeps of one noun."""
    if noun not in NOUNS:
        raise Http404
    return _streamed(request, islice(NOUNS[noun](), PART))


@require_safe
def agreements(request: HttpRequest, part: int) -> HttpResponseBase:
    """Stream one part of the agreements, in the order of their keys."""
    _require_part(part, read.totals()["agreements"])
    return _streamed(request, (f"/acuerdos/{slug}/" for slug in agreement_slugs(part=part, size=PART)))


@require_safe
def places(request: HttpRequest, part: int) -> HttpResponseBase:
    """Stream one part of the places that have an agreement or a tie, in the order of their keys."""
    _require_part(part, linked_place_count())
    slugs = linked_slugs(first=(part - 1) * PART, most=PART)
    return _streamed(request, (f"/ciudades/{slug}/" for slug in slugs))


def _parts(count: int) -> int:
    return -(-count // PART)


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
