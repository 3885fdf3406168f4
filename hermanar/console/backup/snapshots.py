"""Databases beside the default one: what it held at one moment, and an empty one to try a copy in."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, router, transaction
from django.utils.translation import gettext as _

from hermanar.console.backup.refusals import BackupError


@contextmanager
def snapshot() -> Iterator[str]:
    """Name a database that holds what the default one held at one moment, while others go on writing."""
    if connection.vendor == "sqlite":
        # A reader of SQLite would keep writers waiting as long as it reads; copying the pages takes a second.
        with _beside("snapshot") as (alias, path):
            connection.ensure_connection()
            try:
                with closing(sqlite3.connect(path)) as copy:
                    connection.connection.backup(copy)
            except sqlite3.Error as error:
                raise BackupError(_("No se pudo copiar la base de datos: %s.") % error) from error
            yield alias
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield DEFAULT_DB_ALIAS


@contextmanager
def probe() -> Iterator[str]:
    """Name an SQLite database without tables, which is gone at the end; all that names no database goes to it."""
    with _beside("probe") as (alias, _path):
        only = _Only(alias)
        router.routers.insert(0, only)
        try:
            yield alias
        finally:
            router.routers.remove(only)


class _Only:
    """Sends to one database what names none: migrations of libraries would write into the house, not into a probe."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def db_for_read(self, model: object, **_hints: object) -> str:
        """Return the database, whatever is read."""
        return self._alias

    db_for_write = db_for_read


@contextmanager
def _beside(alias: str) -> Iterator[tuple[str, Path]]:
    # In the folder of the data: whoever may read one may read the other.
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{alias}-", dir=settings.VAR) as folder:
        path = Path(folder) / "copy.sqlite3"
        connections.databases[alias] = {
            **connections.databases[DEFAULT_DB_ALIAS],
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON"},
        }
        try:
            yield alias, path
        finally:
            connections[alias].close()
            del connections[alias]
            del connections.databases[alias]
