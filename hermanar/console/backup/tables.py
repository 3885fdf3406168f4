"""Tables as lines of JSON, the same from every database: by column, in the order of the key, moments in UTC."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections, models
from django.db.models.functions import Collate

from hermanar.foundation.models import uuid7

# Sessions end with the installation they began in; changes are notes to an index that is built anew, and the index of
# the desk's own search has other columns in each kind of database.
LEFT_OUT = frozenset(
    {
        "sessions.Session", "usersessions.UserSession", "foundation.Change",
        "wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry",
    }
)  # fmt: skip
# Another epoch tells every derived index that its numbers are of another history.
_MADE_ANEW: dict[str, dict[str, Callable[[], Any]]] = {"foundation.Revision": {"epoch": uuid7}}
_BATCH = 500


class RowError(ValueError):
    """A line that is no row of its table."""


def all_models() -> list[type[models.Model]]:
    """Return the model of every table, in the order of their names."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return sorted((model for model in found if not model._meta.proxy), key=lambda model: model._meta.label)


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows go into a copy."""
    return [model for model in all_models() if model._meta.label not in LEFT_OUT]


def _columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    anew = _anew(model)
    return [field for field in model._meta.local_concrete_fields if field not in anew]


def _anew(model: type[models.Model]) -> dict[models.Field[Any, Any], Callable[[], Any]]:
    named = _MADE_ANEW.get(model._meta.label, {})
    return {field: named[field.attname] for field in model._meta.local_concrete_fields if field.attname in named}


def rows_of(model: type[models.Model], *, using: str) -> Iterator[bytes]:
    """Yield one line for each row; needs no more memory for more of them."""
    names = [field.attname for field in _columns(model)]
    every = model._default_manager.using(using)  # noqa: SLF001  no model hides rows
    rows = every.order_by(_order(model, using)).values_list(*names)
    for row in rows.iterator(chunk_size=_BATCH):
        yield line_of(dict(zip(names, row, strict=True)))


def _order(model: type[models.Model], using: str) -> Any:
    key = model._meta.pk
    is_text = isinstance(key, models.CharField)
    # PostgreSQL sorts words by language; bytes sort alike everywhere.
    return Collate("pk", "C") if is_text and connections[using].vendor == "postgresql" else "pk"


def line_of(row: dict[str, Any]) -> bytes:
    """Return a row in its one canonical form."""
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain)
    return text.encode() + b"\n"


def _plain(value: Any) -> Any:
    match value:
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case dt.date() | dt.time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    if hasattr(value, "raw_data"):  # the pieces of a page, as they are stored
        return list(value.raw_data)
    raise TypeError(type(value).__name__)


def load_rows(model: type[models.Model], lines: Iterable[bytes], *, using: str) -> int:
    """Write rows as they stand, without anything a save would add; return how many. Raises RowError."""
    connection = connections[using]
    fields = _columns(model)
    anew = _anew(model)
    written = [*fields, *anew]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in written)
    places = ", ".join(["%s"] * len(written))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  names of our own
    names = {field.attname for field in fields}
    converters = [(field.attname, _converter(field, connection)) for field in fields]

    def prepared(line: bytes) -> list[Any]:
        row = _read(line, names)
        values = [convert(row[name]) for name, convert in converters]
        return values + [field.get_db_prep_save(make(), connection) for field, make in anew.items()]

    count = 0
    waiting = iter(lines)
    with connection.cursor() as cursor:
        while batch := [prepared(line) for line in islice(waiting, _BATCH)]:
            cursor.executemany(sql, batch)
            count += len(batch)
    return count


def _read(line: bytes, names: set[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise RowError(line[:80].decode(errors="replace")) from error
    if not isinstance(row, dict) or row.keys() != names:
        raise RowError(line[:80].decode(errors="replace"))
    return row


def _converter(field: models.Field[Any, Any], connection: Any) -> Callable[[Any], Any]:
    """Return how a value of JSON becomes what the column takes; made once for a table, for a copy has many cells."""
    to_python, to_column, may_be_null = field.to_python, field.get_db_prep_save, field.null
    if isinstance(field, models.JSONField):  # its own null is a value, and a save would make it none
        of_json = field.get_db_prep_value
        return lambda value: None if value is None and may_be_null else of_json(value, connection)
    if field.get_internal_type() == "JSONField":  # the pieces of a page: kept as JSON by a field of its own
        return lambda value: None if value is None else connection.ops.adapt_json_value(value, None)
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None and may_be_null else to_column(base64.b64decode(value), connection)
    if isinstance(field, models.CharField | models.TextField):  # a text is a text already
        return lambda value: value if isinstance(value, str) else to_column(to_python(value), connection)
    return lambda value: None if value is None and may_be_null else to_column(to_python(value), connection)
