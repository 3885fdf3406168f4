"""Texts that a person wrote, made fit to be kept: one line where one is meant, and never longer than its column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model


def tidy(value: Any, *, lines: bool = False) -> Any:
    """Return a text without what nobody meant: breaks in a single line, other systems' breaks in several."""
    if not isinstance(value, str):
        return value
    if not lines:
        return " ".join(value.split())
    return "\n".join(line.rstrip() for line in value.splitlines()).strip()


def is_too_long(model: type[Model], told: Mapping[str, Any]) -> bool:
    """Say whether a text does not fit its column: SQLite would keep it, PostgreSQL would fail."""
    limits = {one.name: one.max_length for one in model._meta.concrete_fields if one.max_length}
    return any(isinstance(text, str) and len(text) > limits.get(name, len(text)) for name, text in told.items())
