"""The page for people: what there is to take away, under which licence, how many rows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hermanar.open_data.datasets import DATASETS, FORMATS


@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    """List every data set with its files."""
    language = "en" if (get_language() or "es").startswith("en") else "es"
    tail = "?lang=en" if language == "en" else ""
    cards = [
        {
            "name": one.name,
            "title": one.title,
            "description": one.description,
            "licence": one.licence[0],
            "licence_url": one.licence[1],
            "attribution": one.attribution,
            "count": one.count() if one.count else None,
            "files": [
                {"format": FORMATS[format_][0], "url": f"/datos/{one.name}.{format_}{tail}"} for format_ in one.formats
            ],
        }
        for one in DATASETS
    ]
    templates = [{"format": format_.upper(), "url": f"/datos/plantilla.{format_}"} for format_ in ("xlsx", "csv")]
    return render(request, "open_data/datasets.html", {"datasets": cards, "templates": templates})
