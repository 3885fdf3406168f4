"""The observatory: what it all adds up to, and the figures that disagree."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hermanar.catalogue import read
from hermanar.catalogue.search import AmbiguousPlaceError, BadFilterError, Filters, UnknownPlaceError
from hermanar.catalogue.sheets import Statistics
from hermanar.museum.forms.agreements import address, asked, chosen, english_query, with_value
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public, refuse_filter, unknown_place
from hermanar.museum.views.refusals import ambiguous_place
from hermanar.museum.views.tables import files

_TABLES = ("csv", "xlsx", "json")
_TOPICS = 8  # questions that stand open
_CHARTS = ("country", "state", "decade", "kind", "regime", "scope", "vitality", "force", "registered", "area")


@public(reads_all=True)
def observatory(request: HttpRequest) -> HttpResponse:
    """Show counts of the agreements that match, each leading to its list, and the reference figures side by side."""
    try:
        filters, _cursor = asked(request.GET)
        statistics = read.statistics(filters, today=today(), language=language())
    except AmbiguousPlaceError as ambiguous:
        return ambiguous_place(request, ambiguous, leading_to=reverse("museum:observatory"))
    except UnknownPlaceError as unknown:
        return unknown_place(request, unknown.text)
    except BadFilterError as bad:
        return refuse_filter(request, bad)
    hosts = read.labels_of("host", filters.host, language=language())
    topics = read.figures_by_topic(language=language())
    context = {
        "statistics": statistics,
        "filters": filters,
        "asked_place": ", ".join(hosts.get(one, one) for one in filters.host),
        "choices": chosen(filters, {("host", one): name for one, name in hosts.items()}),
        "charts": [_chart(name, statistics, filters) for name in _CHARTS],
        "topics": topics[:_TOPICS],
        "topics_apart": topics[_TOPICS:],
        "captures": read.captures(language=language()),
        "changes": read.capture_changes(language=language()),
        "totals": read.totals(),
        "files": files("estadisticas", english_query(filters), formats=_TABLES),
        "figure_files": files("cifras", formats=_TABLES),
        "capture_files": files("capturas", formats=_TABLES),
        "change_files": files("cambios", formats=_TABLES),
    }
    return render(request, "museum/observatory.html", context)


def _chart(name: str, statistics: Statistics, filters: Filters) -> dict[str, Any]:
    counts: dict[str, int] = statistics.registered if name == "registered" else getattr(statistics, f"by_{name}")
    labels = read.labels_of(name, counts, language=language())
    # What no agreement has is not a bar, nor a list to lead to.
    rows = [
        {
            "label": labels.get(key, key),
            "value": count,
            "url": f"{reverse('museum:agreements')}{address(with_value(filters, name, key))}",
        }
        for key, count in counts.items()
        if count
    ]
    if name != "decade":
        rows.sort(key=lambda row: -int(str(row["value"])))
    return {"name": name, "title": read.FACET_LABELS[name], "rows": rows}
