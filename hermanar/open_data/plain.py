"""Sheets as plain JSON values, field by field, in the order of their definition."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any, cast


@functools.cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cast("type[Any]", kind)))


def plain(value: Any) -> Any:
    """Return a sheet, or anything that sheets hold, as JSON holds it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return {name: plain(getattr(value, name)) for name in _names(cast("Hashable", type(value)))}
