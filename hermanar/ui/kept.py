"""Parts of a template that need not be rendered for every page."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Kept(template.Node):
    """A part that depends on the language and a few values alone: rendered once for each, kept with its template."""

    def __init__(self, node: Any, *values: Any, asvar: str | None = None) -> None:
        self.node, self.values, self.asvar = node, values, asvar
        self.kept: dict[Hashable, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """Return what was rendered the first time for this language and these values, or name it."""
        key = (get_language(), *(value.resolve(context, ignore_failures=True) for value in self.values))
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = self.node.render(context)
        if self.asvar is None:
            return found
        context[self.asvar] = found
        return SafeString()
