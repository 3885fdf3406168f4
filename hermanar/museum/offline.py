"""The copy of a kiosk that its screen keeps: every page and file it is made of, each with the digest of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import Count, Max, Sum
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import Resolver404, resolve
from wagtail.models import Page

from hermanar import __version__
from hermanar.catalogue import read
from hermanar.museum.kiosk_pages import KioskPages, Made
from hermanar.museum.models import AudioStop
from hermanar.museum.rules.kiosks import fitting
from hermanar.museum.views.day import today

_KEPT_SECONDS = 600
_FONTS = ("serif-latin", "serif-latin-ext", "serif-italic-latin", "sans-latin", "sans-latin-ext")
_SOUNDS = (".mp3", ".ogg", ".m4a", ".wav")
_OURS = ("/static/", "/medios/", "/mapa/tierra.svg", "/iiif/")  # all that a copy may hold beside the kiosk's own pages


@dataclass(frozen=True, slots=True)
class Copy:
    """What a screen keeps: addresses with digests, their size, and what was too heavy."""

    entries: tuple[tuple[str, str], ...]
    size: int
    left_out: tuple[str, ...]

    @property
    def version(self) -> str:
        """Return the digest of the whole."""
        return _digest("\n".join(f"{url} {digest}" for url, digest in self.entries).encode())


def copy_of(pages: KioskPages, request: HttpRequest) -> Copy:
    """Return the copy of a kiosk as its content is now; made once for each content, by whichever process."""
    key = f"kiosk:{_fingerprint(pages)}"
    if known := cache.get(key):
        return Copy(tuple(map(tuple, known["entries"])), known["size"], tuple(known["left_out"]))
    made = _made(pages, request)
    cache.set(key, asdict(made), timeout=_KEPT_SECONDS)
    return made


def _fingerprint(pages: KioskPages) -> str:
    """Return what changes with whatever the pages show; what it should miss comes with the next making."""
    told = (
        __version__,
        pages.site,
        repr(pages.hall),
        today().isoformat(),
        read.revisions("agreements", "places", "ties"),
        Page.objects.filter(live=True).aggregate(Count("pk"), Max("last_published_at")),
        AudioStop.objects.aggregate(Count("pk"), Sum("version")),
        static("ui/build/kiosk.css"),
        static("ui/build/kiosk-worker.js"),
    )
    return _digest(repr(told).encode())


def _made(pages: KioskPages, request: HttpRequest) -> Copy:
    written = {path: _page(pages, path) for path in pages.paths()}
    bodies = {path: made.html.encode() for path, made in written.items() if made}
    needed = {path: (_digest(body), len(body)) for path, body in bodies.items()}
    wanted: dict[str, tuple[str, int]] = {}
    named = dict.fromkeys([*(asset for made in written.values() if made for asset in made.assets), *_fonts()])
    for asset in named:
        found = _asset(asset, pages.base, request)
        if found is not None:
            (needed if asset.startswith(("/static/", pages.base)) else wanted)[asset] = found
    kept, left = fitting(sum(size for _tag, size in needed.values()), _by_weight(wanted))
    entries = {**needed, **{asset: wanted[asset] for asset in wanted if asset in kept}}
    size = sum(weight for _tag, weight in entries.values())
    return Copy(tuple((path, tag) for path, (tag, _weight) in entries.items()), size, tuple(left))


def _by_weight(wanted: dict[str, tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """Yield what there should be room for: pictures in the order of the rooms, then sounds: their words stand."""
    return sorted(((asset, size) for asset, (_tag, size) in wanted.items()), key=lambda one: one[0].endswith(_SOUNDS))


def _fonts() -> list[str]:
    return [static(f"ui/build/fonts/{name}.woff2") for name in _FONTS]


def page_at(pages: KioskPages, path: str) -> Made | None:
    """Return the page of a kiosk at an address."""
    return _page(pages, path) if path in pages.paths() else None


def _page(pages: KioskPages, path: str) -> Made | None:
    steps = [step for step in path.removeprefix(pages.base).split("/") if step]
    match steps:
        case []:
            return pages.start()
        case [code]:
            return pages.hall_page(code)
        case [code, "salas", slug]:
            return pages.room_page(code, slug)
        case [code, "audio"]:
            return pages.audio_page(code)
        case [code, "audio", number]:
            return pages.stop_page(code, int(number))
    return None


def _asset(address: str, base: str, request: HttpRequest) -> tuple[str, int] | None:
    """Return digest and size of what a page needs; nothing for what is not there or not a copy's to hold."""
    if not address.startswith((*_OURS, base)):
        return None
    if address.startswith("/static/"):
        return _file(_static_path(address.removeprefix("/static/")))
    if address.startswith("/medios/"):
        return _medium(address.removeprefix("/medios/"))
    return _answered(address, request)


def _static_path(name: str) -> Path | None:
    """Return where a file of ours is: gathered with its digest in its name, or as it stands in the source."""
    if staticfiles_storage.exists(name):
        return Path(staticfiles_storage.path(name))
    found = finders.find(name)
    return Path(found) if isinstance(found, str) else None


def _file(path: Path | None) -> tuple[str, int] | None:
    if path is None or not path.is_file():
        return None
    body = path.read_bytes()
    return _digest(body), len(body)


def _medium(name: str) -> tuple[str, int] | None:
    """Return a picture or sound by its name, which is never given to another content."""
    try:
        return _digest(name.encode()), default_storage.size(name)
    except OSError:
        return None


def _answered(address: str, request: HttpRequest) -> tuple[str, int] | None:
    """Return what the view of an address answers to anybody."""
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", address, address
    names = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "REMOTE_ADDR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR")
    asked.META = {name: request.META[name] for name in names if name in request.META}
    try:
        found = resolve(address)
        answer: Any = found.func(asked, *found.args, **found.kwargs)
    except (Http404, Resolver404):
        return None
    if answer.status_code != 200:  # noqa: PLR2004
        return None
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return _digest(body), len(body)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]
