"""Databases beside the default one: what it held at one moment, and an empty one to try a copy in."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils.translation import gettext as _

from hermanar.console.backup.held import held_folder
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
    """Name an SQLite database without tables, which is gone at the end."""
    with _beside("probe") as (alias, _path):
        yield alias


def environment_of(address: str) -> dict[str, str]:
    """Return the environment of a process that works on the database of an address, and on no other.

    What stands beside the database of now is not the other's: a standby follows this one alone, and a web server in
    front tells of this one's commits.
    """
    own = {name: value for name, value in os.environ.items() if name not in {"HERMANAR_STANDBY_URL", "HERMANAR_FRONT"}}
    return {**own, "DATABASE_URL": address}


@contextmanager
def _beside(alias: str) -> Iterator[tuple[str, Path]]:
    with held_folder(alias) as folder:
        path = folder / "copy.sqlite3"
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
