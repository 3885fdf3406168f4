"""The reader's day and language."""

from __future__ import annotations

from django.utils.translation import get_language

from hermanar.foundation.calendar import public_day as today


def language() -> str:
    """Return the language of the page: `es` or `en`."""
    return "en" if get_language() == "en" else "es"


__all__ = ["language", "today"]
