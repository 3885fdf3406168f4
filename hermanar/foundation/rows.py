"""Write many rows of a table at once: values as the database takes them, without an object per row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import uuid_utils
from django.db import connection, models

from hermanar.foundation.walls import offices_seen

Row = tuple[Any, ...]
_MOST_VALUES = 900


def new_key() -> str:
    """Return a new identifier that sorts by the moment it was made, as both databases take it."""
    return uuid_utils.uuid7().hex


def columns_of(model: type[models.Model], *, without: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the columns of a table in the order of its fields."""
    left_out = set(without)
    return tuple(str(field.column) for field in model._meta.concrete_fields if field.column not in left_out)


def moment(at: dt.datetime | None) -> Any:
    """Return a moment as the database in use takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def insert_rows(model: type[models.Model], columns: Sequence[str], *, rows: Sequence[Row]) -> None:
    """Insert rows whose values are text, numbers, truth values or None; dates in ISO, identifiers in hexadecimal."""
    if not rows:
        return
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        # Behind the walls between offices (decision 37) PostgreSQL takes no copy: each row has to be looked at.
        if connection.vendor == "postgresql" and offices_seen() is None:
            copying = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(copying) as sink:
                for row in rows:
                    sink.write_row(row)
            return
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608  names from the models
        cursor.executemany(statement, rows)


def update_rows(model: type[models.Model], columns: Sequence[str], *, rows: Sequence[Row]) -> None:
    """Write rows again by their key, which stands last in each row."""
    if not rows:
        return
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE id = %s", rows)  # noqa: S608  names from the models


def rows_where(
    model: type[models.Model],
    columns: Sequence[str],
    *,
    column: str,
    among: Iterable[str],
) -> list[Row]:
    """Return these columns of the rows whose text in one column is among many values."""
    quote = connection.ops.quote_name
    listed = list(among)
    found: list[Row] = []
    names, table = ", ".join(map(quote, columns)), quote(model._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(listed), _MOST_VALUES):
            some = listed[start : start + _MOST_VALUES]
            places = ", ".join(["%s"] * len(some))
            cursor.execute(f"SELECT {names} FROM {table} WHERE {quote(column)} IN ({places})", some)  # noqa: S608  names from the models
            found += cursor.fetchall()
    return found
