"""What a button with a word beside it sends: the version it was written over, and the word."""

from __future__ import annotations

from django.http import HttpRequest

from hermanar.foundation.words import whole_number

_LONGEST = 8


def version_of(request: HttpRequest) -> int:
    """Return the version that a form was shown at; 0, which no record has, for what is none."""
    text = request.POST.get("version", "")
    return whole_number(text, digits=_LONGEST) or 0


def text_of(request: HttpRequest, name: str, *, longest: int) -> str:
    """Return a text as it was typed, without the sign that PostgreSQL cannot keep."""
    return request.POST.get(name, "").replace("\x00", "")[:longest]
