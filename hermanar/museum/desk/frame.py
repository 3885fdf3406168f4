"""The desk's frame: only what an editor needs, and what a page's form needs beside Wagtail's own."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

# Papers of the office are no documents of the museum; reports and settings are for whoever looks after a large site.
_HIDDEN = frozenset({"documents", "help", "reports", "settings", "snippets"})


@hooks.register("construct_main_menu")
def keep_what_is_needed(request: Any, items: list[Any]) -> None:
    """Leave out what editors of a room never need."""
    items[:] = [item for item in items if item.name not in _HIDDEN]


@hooks.register("insert_global_admin_js")
def scripts() -> SafeString:
    """Suggest records while a name is typed."""
    return format_html('<script src="{}" defer></script>', static("museum/desk.js"))
