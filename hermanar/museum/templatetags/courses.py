"""Tags of the pages of courses."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from hermanar.museum.rules.lesson_text import Item
from hermanar.ui.tally import tally as drawing

register = template.Library()


@register.simple_tag
def tally(item: Item) -> SafeString:
    """Draw how many of how many, with the words beside it as its name."""
    return SafeString(drawing(item.lit, item.total, label=f"{item.value}: {item.text}"))  # escaped where it is drawn


@register.filter
def bars_of(items: tuple[Item, ...]) -> list[dict[str, object]]:
    """Return hundredths as the bars of the house take them."""
    return [{"label": item.text, "value": int(item.value)} for item in items]
