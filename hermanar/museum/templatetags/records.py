"""How records are written for a reader: words for codes, dates with their precision."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string

from hermanar.catalogue import read
from hermanar.catalogue.sheets import StatementLine
from hermanar.museum.views.sayings import foreign
from hermanar.museum.views.tables import badge

register = template.Library()


@register.filter
def word(code: object, field: str) -> str:
    """Write the word for a code of a field: `{{ line.kind|word:"kind" }}`."""
    return read.word(field, str(code))


@register.filter
def when(date: str | None) -> str:
    """Write a partial ISO date as people do: 1969, septiembre de 1969, 5 de abril de 2019."""
    return read.written_date(date)


@register.filter
def said_value(said: StatementLine) -> str:
    """Write what a source says, codes as words and dates as dates; a text in another language is marked."""
    text = read.said_in_words(said.field, said.value)
    lang = foreign(said.value_language)
    return render_to_string("ui/components/foreign.html", {"text": text, "lang": lang}) if lang else text


@register.inclusion_tag("ui/components/badge.html")
def state(field: str, value: str) -> dict[str, Any]:
    """Show a state of a record: a shape and its words."""
    return badge(field, value)
