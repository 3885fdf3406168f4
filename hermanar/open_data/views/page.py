"""The page for people: what there is to take away, under which licence, how many rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.open_data.datasets import DATASETS, FORMATS

_LANGUAGES = (("es", "Español", ""), ("en", "English", "/en"))


@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    """List every data set with its files."""
    language = "en" if (get_language() or "es").startswith("en") else "es"
    tail = "?lang=en" if language == "en" else ""
    prefix = "/en" if language == "en" else ""
    cards = [
        {
            "name": one.name,
            "title": one.title,
            "description": one.description,
            "licence": one.licence[0],
            "licence_url": one.licence[1],
            "attribution": one.attribution,
            "count": one.count(),
            "files": [
                {"format": FORMATS[format_][0], "url": f"/datos/{one.name}.{format_}{tail}"} for format_ in one.formats
            ],
        }
        for one in DATASETS
    ]
    context: dict[str, Any] = {
        "home_url": f"{prefix}/",
        "canonical_url": request.build_absolute_uri(f"{prefix}/datos/"),
        "alternates": [
            {
                "code": code,
                "name": name,
                "url": request.build_absolute_uri(f"{start}/datos/"),
                "current": code == language,
            }
            for code, name, start in _LANGUAGES
        ],
        "rooms": [(label, f"{prefix}{path}", path == "/datos/") for label, path in _rooms()],
        "datasets": cards,
        "templates": [
            {"format": "XLSX", "url": "/datos/plantilla.xlsx"},
            {"format": "CSV", "url": "/datos/plantilla.csv"},
        ],
    }
    return render(request, "open_data/datasets.html", context)


def _rooms() -> list[tuple[str, str]]:
    return [
        (_("Mapa"), "/mapa/"),
        (_("Acuerdos"), "/acuerdos/"),
        (_("Ciudades"), "/ciudades/"),
        (_("Observatorio"), "/observatorio/"),
        (_("Datos"), "/datos/"),
    ]
