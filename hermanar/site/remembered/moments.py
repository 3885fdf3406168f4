"""What tells that nothing was written since: a value of the database that differs after every commit of anyone."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3 import base as sqlite


class Moments(Protocol):
    """Tells the state of a database by a value."""

    def now(self) -> Hashable | None:
        """Return the same value as long as nobody committed anything, and never again after; None when unknown."""


class NoMoments:
    """Of a database of which nothing can be told."""

    def now(self) -> None:
        """Return that nothing is known."""


class SqliteMoments:
    """The counter that SQLite keeps of a file's changes, asked through a connection that writes nothing.

    What https://www.sqlite.org/pragma.html#pragma_data_version says: values of one connection differ when another
    committed in between, from this process or any other.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._lock, self._opened = path, threading.Lock(), 0
        self._file: tuple[int, int] | None = None
        self._connection: sqlite3.Connection | None = None

    def now(self) -> Hashable | None:
        """Return the counter with the file it is of; None while somebody writes or the file is gone."""
        with self._lock:
            try:
                version = self._open().execute("PRAGMA data_version").fetchone()[0]
            except (sqlite3.Error, OSError) as error:
                if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                    self._file = None
                return None
            return self._opened, version

    def _open(self) -> sqlite3.Connection:
        """Return the connection to the file that bears the name now: another one may have been put in its place."""
        state = self._path.stat()
        if self._connection is None or self._file != (state.st_dev, state.st_ino):
            if self._connection is not None:
                self._connection.close()
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, timeout=0, check_same_thread=False)
            self._file = state.st_dev, state.st_ino
            self._opened += 1
        return self._connection


class PostgresMoments:
    """Which transactions are visible: after every commit others than before."""

    def __init__(self, wrapper: BaseDatabaseWrapper) -> None:
        wrapper.inc_thread_sharing()
        self._wrapper, self._lock, self._opened = wrapper, threading.Lock(), 0

    def now(self) -> Hashable | None:
        """Return the snapshot that a question would see; None when the server does not answer."""
        with self._lock:
            try:
                asked = self._open().execute("SELECT pg_current_snapshot()::text").fetchone()
            except (psycopg.Error, DatabaseError, OSError):  # Django has its own names for what it asks
                with suppress(psycopg.Error, DatabaseError):
                    self._wrapper.close()
                return None
            return (self._opened, asked[0]) if asked else None

    def _open(self) -> Any:
        if self._wrapper.connection is None:
            self._wrapper.ensure_connection()
            self._opened += 1  # another server may answer now, whose counting is its own
        return self._wrapper.connection


def moments_of(alias: str) -> Moments:
    """Return what tells the state of a configured database."""
    wrapper = connections[alias]
    if wrapper.vendor == "postgresql":
        own = wrapper.copy()
        own.settings_dict.get("OPTIONS", {}).pop("pool", None)  # it is never given back: it would be missing there
        return PostgresMoments(own)
    if isinstance(wrapper, sqlite.DatabaseWrapper) and not wrapper.is_in_memory_db():
        return SqliteMoments(Path(wrapper.settings_dict["NAME"]))
    return NoMoments()
