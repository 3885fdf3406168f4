"""The observatory: what it all adds up to, and the figures that disagree."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.catalogue import read
from hermanar.catalogue.search import AmbiguousPlaceError, BadFilterError, UnknownPlaceError
from hermanar.museum.forms.agreements import address, asked, with_value
from hermanar.museum.views.day import language, today
from hermanar.museum.views.refusals import refuse

_CHARTS = ("country", "state", "decade", "kind", "regime", "scope", "vitality", "force", "registered", "area")


@require_safe
def observatory(request: HttpRequest) -> HttpResponse:
    """Show counts of the agreements that match, each leading to its list, and the reference figures side by side."""
    try:
        filters, _cursor = asked(request.GET)
        statistics = read.statistics(filters, today=today(), language=language())
    except (BadFilterError, UnknownPlaceError, AmbiguousPlaceError) as bad:
        return refuse(request, status=422, title=_("La búsqueda pide algo que no existe"), detail=str(bad))
    context = {
        "statistics": statistics,
        "filters": filters,
        "asked_place": filters.host[0] if filters.host else "",
        "charts": [_chart(name, statistics, filters) for name in _CHARTS],
        "topics": read.figures_by_topic(language=language()),
        "captures": read.captures(language=language()),
        "totals": read.totals(),
    }
    return render(request, "museum/observatory.html", context)


def _chart(name: str, statistics: Any, filters: Any) -> dict[str, Any]:
    counts: dict[str, int] = statistics.registered if name == "registered" else getattr(statistics, f"by_{name}")
    labels = read.labels_of(name, counts, language=language())
    rows = [
        {"label": labels.get(key, key), "value": count, "url": f"../acuerdos/{address(with_value(filters, name, key))}"}
        for key, count in counts.items()
    ]
    if name != "decade":
        rows.sort(key=lambda row: -int(str(row["value"])))
    return {"name": name, "title": read.FACET_LABELS[name], "rows": rows}
