"""Django's PostgreSQL, telling the database with every statement of an office's page whose page it is.

The statement itself says it, as a part of the same implicit transaction: nothing stays with the connection, so nothing
can leak into the next request, and a pooler that gives every transaction another server is no danger.
"""

from __future__ import annotations

import logging
import select
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base

from hermanar.foundation.walls import offices_seen
from hermanar.site.front.commits import TellsCommits

ROLE = "hermanar_offices"  # may read and write, and passes no policy
SETTING = "hermanar.offices"
_RAISE = f"SELECT set_config('role', '{ROLE}', true), set_config('{SETTING}', '%s', true)"  # keys are UUIDs
_LOWER = "SELECT set_config('role', 'none', true)"
_STANDS = f"""
SELECT EXISTS (
    SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'
       AND pg_has_role(oid, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
)  AND to_regprocedure('hermanar_offices_seen()') IS NOT NULL
"""  # noqa: S608 (our own name; before PostgreSQL 16 whoever belonged to a role could become it)
# What leads out of a statement that failed must stand alone: nothing else is taken until it was said.
_OF_TRANSACTIONS = ("SAVEPOINT ", "RELEASE SAVEPOINT ", "ROLLBACK TO SAVEPOINT ")
BELIEVED_SECONDS = 5
MOST_VALUES = 65_535  # that the protocol carries beside a statement; in its text there may be any number
_log = logging.getLogger(__name__)


class DatabaseWrapper(TellsCommits, base.DatabaseWrapper):
    """A connection on which an office's page has no rights but its office's; its commits are told (decision 40)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._behind_the_wall)
        self._stands: bool | None = None  # asked once of each connection
        self._was_raised = False  # in the transaction of now
        self._answered = float("-inf")  # by the clock that only runs forward

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; another server may have other walls."""
        self._stands, self._was_raised, self._answered = None, False, float("-inf")
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Tell whether the server still answers, without a question where it answered a moment ago and is silent since.

        A server that ends, or ends one connection, leaves a word of it there to be read; one that vanished without a
        word is found out by asking, every few seconds. After an error of the server's no connection is kept: a plan of
        a table that another process changed would be refused again and again.
        """
        if self.errors_occurred and self.connection is not None:
            self.connection.close()  # truly: a pool takes back what is open
            return False
        now = time.monotonic()
        if now - self._answered < BELIEVED_SECONDS and self._is_silent():
            return True
        usable = super().is_usable()
        if usable:
            self._answered = now
        return usable

    def _is_silent(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return not heard.poll(0)

    def chunked_cursor(self) -> Any:
        """Return a cursor that reads in steps, where no wall is asked for: its statement must stand alone."""
        if offices_seen() is not None or self._was_raised:
            return self.cursor()
        return super().chunked_cursor()

    def walls_stand(self) -> bool:
        """Tell whether this database has walls, and this connection may go behind them."""
        if self._stands is None:
            with self.wrap_database_errors:
                asked = self.connection.execute(_STANDS).fetchone()
            self._stands = bool(asked and asked[0])
            if not self._stands:
                _log.warning("no walls between offices in this database: see `hermanar check`")
        return self._stands

    def _bind_here(self, context: dict[str, Any]) -> None:
        """Let the values stand in the text of a statement: two statements at once can carry none beside them."""
        if not isinstance(context["cursor"].cursor, base.ServerBindingCursor):
            return
        usual, self.connection.cursor_factory = self.connection.cursor_factory, base.Cursor
        try:
            context["cursor"].cursor = self.create_cursor()
        finally:
            self.connection.cursor_factory = usual

    def _behind_the_wall(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,  # noqa: FBT001 (Django's)
        context: dict[str, Any],
    ) -> Any:
        """Run a statement, with what says whose page asks before it."""
        if not self.in_atomic_block:
            self._was_raised = False
        if not many and params is not None and len(params) > MOST_VALUES:
            self._bind_here(context)
        seen = offices_seen()
        if (seen is None and not self._was_raised) or str(sql).startswith(_OF_TRANSACTIONS):
            return execute(sql, params, many, context)
        if seen is not None and not self.walls_stand():
            return execute(sql, params, many, context)
        told = _LOWER if seen is None else _RAISE % ",".join(sorted(map(str, seen)))
        self._was_raised = self.in_atomic_block
        if many:  # a list of values is sent as a list of statements
            with transaction.atomic(using=self.alias, savepoint=False):
                self.connection.execute(told)
                return execute(sql, params, many, context)
        self._bind_here(context)
        found = execute(
            f"{told}; {sql}" if params is None else f"{told.replace('%', '%%')}; {sql}", params, many, context
        )
        context["cursor"].nextset()  # the answer to the first of both is for nobody
        return found
