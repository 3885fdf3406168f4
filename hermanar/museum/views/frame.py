"""What every public page carries around its content: rooms, languages, its own address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_LANGUAGES = (("es", "Español"), ("en", "English"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base page."""
    plain = request.path_info.removeprefix("/en") if _is_english(request.path_info) else request.path_info
    paths = {"es": plain or "/", "en": f"/en{plain or '/'}"}
    query = request.GET.copy()
    query.pop("pagina", None)
    tail = f"?{query.urlencode()}" if query else ""
    language = get_language() or "es"
    return {
        "home_url": reverse("museum:home"),
        "canonical_url": request.build_absolute_uri(paths.get(language, request.path_info)),
        "alternates": [
            {
                "code": code,
                "name": name,
                "url": request.build_absolute_uri(paths[code] + tail),
                "current": code == language,
            }
            for code, name in _LANGUAGES
        ],
        "rooms": [(label, address, request.path_info.startswith(address)) for label, address in _nav()],
    }


def _is_english(path: str) -> bool:
    return path == "/en" or path.startswith("/en/")


def _nav() -> list[tuple[str, str]]:
    return [
        (_("Mapa"), reverse("museum:map")),
        (_("Ciudades"), reverse("museum:cities")),
        (_("Acuerdos"), reverse("museum:agreements")),
        (_("Observatorio"), reverse("museum:observatory")),
        (_("Datos"), reverse("open_data:datasets")),
    ]
