"""What every public page carries around its content: rooms, languages, its own address."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import quote

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_LANGUAGES = (("es", "Español"), ("en", "English"))
_LONGEST_KEPT = 1_000  # a longer query is a refused one: nobody needs it in another language


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base page; refusals too are drawn with it, so nothing a stranger sends may stop it."""
    path = request.path_info or "/"
    plain = path.removeprefix("/en") or "/" if _is_english(path) else path
    paths = {"es": plain, "en": f"/en{plain}"}
    language = "en" if (get_language() or "es").startswith("en") else "es"
    site, tail = _site(request), _query(request)
    home, seek, rooms = _nav(language)
    return {
        "home_url": home,
        "office_url": reverse("workspace:home"),
        "search_url": "" if path == seek else seek,
        "canonical_url": site + _written(paths[language]),
        "here_url": site + _written(paths[language]) + tail,
        "alternates": [
            {"code": code, "name": name, "url": site + _written(paths[code]) + tail, "current": code == language}
            for code, name in _LANGUAGES
        ],
        "rooms": tuple((label, address, path.startswith(address)) for label, address in rooms),
    }


def _site(request: HttpRequest) -> str:
    """Return scheme and host, or nothing when the host is refused: links then stay on this site."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except SuspiciousOperation:
        return ""


def _written(path: str) -> str:
    """Return a path as an address writes it; two slashes at the start would name another site."""
    return quote("/" + path.lstrip("/"), safe="/~:@!$&'()*+,;=")


def _query(request: HttpRequest) -> str:
    if len(request.META.get("QUERY_STRING", "")) > _LONGEST_KEPT:
        return ""
    try:
        return f"?{request.GET.urlencode()}" if request.GET else ""
    except SuspiciousOperation:
        return ""


def _is_english(path: str) -> bool:
    return path == "/en" or path.startswith("/en/")


@functools.cache
def _nav(language: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return where home and search are, and the rooms of a language, which never change while a process lives."""
    with translation.override(language):
        rooms = (
            (_("Salas"), reverse("museum:hall")),
            (_("Mapa"), reverse("museum:map")),
            (_("Ciudades"), reverse("museum:cities")),
            (_("Acuerdos"), reverse("museum:agreements")),
            (_("Observatorio"), reverse("museum:observatory")),
            (_("Datos"), reverse("open_data:datasets")),
        )
        return reverse("museum:home"), reverse("museum:search"), rooms
