"""Questions whose SQL Django writes once: writing it again took two thirds of an agreement's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """A queryset of plain columns with places for keys; its rows are what the database gives, days as it gives them."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], *examples: UUID | str) -> None:
        self._ask, self._examples = ask, examples
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, *values: UUID | str) -> list[tuple[Any, ...]]:
        """Ask with these keys in the places of the examples."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._ask(*self._examples).query.sql_with_params()
        sql, parameters = self._written[connection.vendor]
        given = {_adapted(example): _adapted(value) for example, value in zip(self._examples, values, strict=True)}
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(parameter, parameter) for parameter in parameters])
            return list(cursor.fetchall())


def _adapted(value: UUID | str) -> UUID | str:
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value


def day(value: dt.date | str | None) -> dt.date | None:
    """Return a day that a prepared question gave: SQLite keeps it as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
