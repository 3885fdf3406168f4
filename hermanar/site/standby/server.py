"""The standby: how far it has come, and questions that are asked there."""

from __future__ import annotations

import copy
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InternalError, connections

from hermanar.foundation.standby import reading_standby
from hermanar.site.front.commits import may_write
from hermanar.site.postgresql.base import DatabaseWrapper

EVERY_SECONDS = 0.05
FRESH_SECONDS = 1.0  # what was heard longer ago says nothing of now
REST_SECONDS = 5.0  # after a server did not answer
# One that has not followed for a day is not read: the mark of who wrote is kept for two (`reading.KEPT_SECONDS`).
_POSITION = """
SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint
 WHERE pg_is_in_recovery() AND pg_last_xact_replay_timestamp() > now() - interval '1 day'
"""
# A machine that vanishes without a word is noticed; a server that closes is told at once.
_PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 5_000, "keepalives_idle": 5}
_PLACE = ("HOST", "PORT", "NAME", "USER", "PASSWORD")
_log = logging.getLogger(__name__)


class WritesError(BaseException):
    """A page that was to be read from the standby would write: only whoever chose the server may catch this."""


class _ReadOnly(DatabaseWrapper):
    """A connection to the standby, which takes the place of the primary's for one page."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.execute_wrappers.insert(0, _refused)


def _refused(
    execute: Callable[..., Any],
    sql: Any,
    params: Any,
    many: bool,  # noqa: FBT001 (as Django calls it)
    context: dict[str, Any],
) -> Any:
    if may_write(sql):
        raise WritesError
    try:
        return execute(sql, params, many, context)
    except InternalError as problem:
        if isinstance(problem.__cause__, psycopg.errors.ReadOnlySqlTransaction):
            raise WritesError from problem
        raise


class Standby:
    """A server that follows the primary's. Who asks is not kept waiting for it: its position is followed apart."""

    def __init__(self, place: Mapping[str, Any]) -> None:
        """Take where it is, as in Django's `DATABASES`; what is not said there is as for the primary."""
        self._place, self._here = place, threading.local()
        self._heard: tuple[float, int | None] = (0.0, None)

    def follow(self) -> None:
        """Ask for its position in the background from now on."""
        threading.Thread(target=self._follow, daemon=True, name="standby").start()

    def now(self) -> int | None:
        """Return the position up to which it surely shows what was written, in octets of the log; None when unknown."""
        heard_at, position = self._heard
        return position if time.monotonic() - heard_at < FRESH_SECONDS else None

    @contextmanager
    def read(self) -> Iterator[None]:
        """Let what this thread asks of the database be answered there."""
        primary = connections[DEFAULT_DB_ALIAS]
        if not hasattr(self._here, "connection"):
            self._here.connection = self._wrapper()
        connections[DEFAULT_DB_ALIAS] = self._here.connection
        try:
            with reading_standby():
                yield
        finally:
            connections[DEFAULT_DB_ALIAS] = primary

    def hear(self, wrapper: DatabaseWrapper) -> int | None:
        """Ask once; None, and what was heard before counts no more, when it cannot be read."""
        position = None
        began = time.monotonic()
        try:
            wrapper.ensure_connection()
            found = wrapper.connection.execute(_POSITION).fetchone()
            position = found[0] if found else None
        except (psycopg.Error, DatabaseError, OSError) as problem:  # Django has its own names for what it asks
            if self._heard[1] is not None:
                _log.warning("the standby does not answer, the primary is read: %s", type(problem).__name__)
            with suppress(psycopg.Error, DatabaseError):
                wrapper.close()
        self._heard = began, position
        return position

    def _follow(self) -> None:
        wrapper = self._wrapper()
        while True:
            time.sleep(REST_SECONDS if self.hear(wrapper) is None else EVERY_SECONDS)

    def _wrapper(self) -> _ReadOnly:
        """Return a connection of this thread's own; no pool: the primary's bears the same name."""
        given = copy.deepcopy(connections.settings[DEFAULT_DB_ALIAS])
        said = {name: self._place[name] for name in _PLACE if self._place.get(name)}
        options = {**_PATIENCE, **given.get("OPTIONS", {}), **self._place.get("OPTIONS", {})}
        options.pop("pool", None)
        return _ReadOnly({**given, **said, "OPTIONS": options, "CONN_MAX_AGE": None}, DEFAULT_DB_ALIAS)
