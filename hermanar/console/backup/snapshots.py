"""Databases beside the default one: what it held at one moment, and an empty one to try a copy in."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
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
    # In the folder of the data: whoever may read one may read the other.
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    _sweep(alias)
    with tempfile.TemporaryDirectory(prefix=f".{alias}-", dir=settings.VAR) as folder, _held(Path(folder)):
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


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Show other processes that a folder is in use; the system lets go of it when this one is killed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep(alias: str) -> None:
    """Remove what killed processes left: each is as large as the database."""
    for folder in Path(settings.VAR).glob(f".{alias}-*"):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue  # another copy is being made
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(descriptor)
