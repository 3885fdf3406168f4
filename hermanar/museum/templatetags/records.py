"""How records are written for a reader: words for codes, dates with their precision, lengths, places."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django import template
from django.utils.translation import get_language, gettext

from hermanar.catalogue import read

register = template.Library()
_YEAR, _MONTH = 4, 7


@register.filter
def word(code: object, field: str) -> str:
    """Write the word for a code of a field: `{{ line.kind|word:"kind" }}`."""
    return read.word(field, str(code))


@register.filter
def when(date: str | None) -> str:
    """Write a partial ISO date as people do: 1969, septiembre de 1969, 5 de abril de 2019."""
    if not date:
        return gettext("fecha desconocida")
    language = get_language() or "es"
    if len(date) == _YEAR:
        return date
    if len(date) == _MONTH:
        return str(format_skeleton("yMMMM", dt.date.fromisoformat(f"{date}-01"), locale=language))
    return str(format_date(dt.date.fromisoformat(date), "long", locale=language))


@register.filter
def figure(value: Any) -> str:
    """Write a number with the reader's separators."""
    return str(format_decimal(value, locale="es_MX" if get_language() == "es" else "en"))


@register.filter
def counterparts(line: Any, slug: str) -> list[Any]:
    """Give the parties of an agreement other than the place whose page this is."""
    return [party for party in line.parties if party.slug != slug]


@register.filter
def location(party: Any) -> str:
    """Write where a party is: state or region, then country."""
    parts = [party.state or party.region, party.country_name]
    return ", ".join(part for part in parts if part and part != party.name)


@register.simple_tag(takes_context=True)
def with_parameters(context: Any, **changes: Any) -> str:
    """Write this page's query with some parameters changed; an empty value takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def other_language_path(context: Any) -> str:
    """Give the address of this same page in the other language."""
    path = context["request"].get_full_path()
    if path == "/en" or path.startswith("/en/"):
        return path[3:] or "/"
    return f"/en{path}"
