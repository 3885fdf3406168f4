"""The version of a record that a form was written over."""

from __future__ import annotations

from django.http import HttpRequest

_LONGEST = 8


def version_of(request: HttpRequest) -> int:
    """Return the version that a form was shown at; 0, which no record has, for what is none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else 0
