"""The screen of a hall: what calls, the doors, the rooms, the audio guide; and what lets it work without the internet.

All of a kiosk stands below one address, both languages of it, so that its worker and its window reach no further.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _

from hermanar.foundation.papers.typesetting import as_png
from hermanar.museum.kiosk_pages import LANGUAGES, KioskPages, Made
from hermanar.museum.limits import admits
from hermanar.museum.offline import copy_of
from hermanar.museum.queries.kiosks import hall_at, halls
from hermanar.museum.rules.turns import KIOSK_COPY
from hermanar.museum.views.day import language
from hermanar.museum.views.door import View, public
from hermanar.museum.views.drawings import agreement_rays
from hermanar.museum.views.refusals import too_many
from hermanar.ui.rosette import emblem

_SIZES = frozenset({180, 192, 512})
# For a kiosk that is closed: a screen that kept it forgets it, or what was withdrawn would be shown there for ever.
_FAREWELL = """self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.endsWith(self.registration.scope)) await caches.delete(name);
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: "window" })) page.navigate(page.url);
})()));
"""
_GROUND = "#f6f1e7"


@public()
def kiosk_list(request: HttpRequest) -> HttpResponse:
    """Show which kiosks there are, and how a screen becomes one."""
    shown = []
    for hall in halls():
        pages = _pages(request, hall.slug)
        if pages.room_slugs:
            title = (hall.title_en if language() == "en" else "") or hall.title
            city = pages.sheet.party.name if pages.sheet else hall.host
            shown.append({"title": title or city, "url": pages.base, "rooms": pages.doors(language())})
    return render(request, "museum/kiosk/list.html", {"kiosks": shown})


def _pages(request: HttpRequest, kiosk: str) -> KioskPages:
    hall = hall_at(kiosk)
    if hall is None:
        raise Http404
    return KioskPages(hall, site=f"{request.scheme}://{request.get_host()}")


def _shown(made: Made | None, *, code: str = "es") -> HttpResponse:
    if made is None:
        raise Http404
    response = HttpResponse(made.html)
    response["Content-Language"] = code
    response["X-Robots-Tag"] = "noindex"
    return response


# A page of a kiosk sends nothing anywhere. (Its types name no view that takes keywords.)
_enclosing: Callable[[View], View] = csp_replace({"form-action": [NONE], "worker-src": [SELF]})  # type: ignore[assignment]


@public()
@_enclosing
def start(request: HttpRequest, kiosk: str) -> HttpResponse:
    """Show what calls from across the hall."""
    pages = _pages(request, kiosk)
    if not pages.room_slugs:
        raise Http404
    return _shown(pages.start())


@public()
@_enclosing
def hall(request: HttpRequest, kiosk: str, code: str) -> HttpResponse:
    """Show the doors."""
    return _shown(_in(request, kiosk, code=code).hall_page(code), code=code)


@public()
@_enclosing
def room(request: HttpRequest, kiosk: str, *, code: str, slug: str) -> HttpResponse:
    """Show a room."""
    return _shown(_in(request, kiosk, code=code).room_page(code, slug), code=code)


@public()
@_enclosing
def audio(request: HttpRequest, kiosk: str, *, code: str) -> HttpResponse:
    """Show the tiles of the audio guide."""
    pages = _in(request, kiosk, code=code)
    return _shown(pages.audio_page(code) if pages.stops(code) else None, code=code)


@public()
@_enclosing
def stop(request: HttpRequest, kiosk: str, *, code: str, number: int) -> HttpResponse:
    """Show a stop of the audio guide."""
    return _shown(_in(request, kiosk, code=code).stop_page(code, number), code=code)


def _in(request: HttpRequest, kiosk: str, *, code: str) -> KioskPages:
    pages = _pages(request, kiosk)
    if code not in LANGUAGES or not pages.room_slugs:
        raise Http404
    return pages


# ── what a screen keeps ──────────────────────────────────────────────────────────────────────────────────────────────


@public()
def worker(request: HttpRequest, kiosk: str) -> HttpResponse:
    """Give the worker that keeps the copy: its text changes whenever a page or file of the kiosk does."""
    if not admits(request, KIOSK_COPY):
        return too_many(request)
    found = hall_at(kiosk)
    pages = _pages(request, kiosk) if found else None
    text = _keeping(pages, request) if pages and pages.room_slugs else _FAREWELL
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _keeping(pages: KioskPages, request: HttpRequest) -> str:
    kept = copy_of(pages, request)
    told = {
        "version": kept.version,
        "base": pages.base,
        "entries": [{"url": url, "revision": digest} for url, digest in kept.entries],
    }
    written = json.dumps(told, ensure_ascii=True).replace("</", "<\\/")
    return f'self.KIOSK_COPY = {written};\nimportScripts("{static("ui/build/kiosk-worker.js")}");\n'


@public()
def manifest(request: HttpRequest, kiosk: str) -> HttpResponse:
    """Tell a browser how to keep the kiosk as a program of its own, without a bar to type addresses into."""
    pages = _pages(request, kiosk)
    city = pages.sheet.party.name if pages.sheet else "Hermanar"
    title = pages.hall.title or _("Ciudades hermanas de %(city)s") % {"city": city}
    icons = [{"src": f"{pages.base}icono-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
             for size in (192, 512)]  # fmt: skip
    about = {
        "id": pages.base, "name": title, "short_name": city, "lang": "es", "dir": "ltr",
        "start_url": pages.base, "scope": pages.base, "display": "fullscreen",
        "display_override": ["fullscreen", "standalone"], "orientation": "any",
        "background_color": _GROUND, "theme_color": "#e6aa35",
        "icons": [*icons, {**icons[1], "purpose": "maskable", "src": f"{pages.base}icono-512.png?m=1"}],
    }  # fmt: skip
    response = JsonResponse(about, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


@public("m")
def icon(request: HttpRequest, kiosk: str, size: int) -> HttpResponse:
    """Draw the rosette of the kiosk's city as an icon."""
    if size not in _SIZES:
        raise Http404
    sheet = _pages(request, kiosk).sheet
    rays = agreement_rays(sheet.party, sheet.party.slug, sheet.lines) if sheet else []
    drawn = _icon(emblem(rays, size=512), size, is_masked="m" in request.GET)
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "no-cache"
    return response


@functools.lru_cache(maxsize=16)
def _icon(drawing: str, size: int, *, is_masked: bool) -> bytes:
    """Return the icon as points; what a telephone cuts round stands free of the edge."""
    return as_png(drawing, size, margin=size // 8 if is_masked else 0, ground=_GROUND if is_masked else "")
