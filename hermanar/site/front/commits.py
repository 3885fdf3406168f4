"""Connections that count their commits, and tell the server in front of each before anyone can know of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from hermanar.site.front.place import move

# Statements that leave the rows as they are. `WITH` may write.
_READS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "DECLARE", "FETCH")


def may_write(sql: Any) -> bool:
    """Tell whether a statement may change rows."""
    return not (isinstance(sql, str) and sql.lstrip(" (\n").upper().startswith(_READS))


class TellsCommits(BaseDatabaseWrapper):
    """What a database's wrapper inherits first; it does nothing where nobody asks: no server in front, no standby."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.commits = 0  # that may have changed rows
        self._has_written = False
        self._front: Path | None = settings.FRONT
        self._is_asked = bool(self._front or settings.STANDBY)
        if self._is_asked:
            self.execute_wrappers.append(self._executed)

    def _executed(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,  # noqa: FBT001 (as Django calls it)
        context: dict[str, Any],
    ) -> Any:
        """Run a statement; outside a transaction it is a commit of its own."""
        result = execute(sql, params, many, context)
        if may_write(sql):
            if self.in_atomic_block or not self.get_autocommit():
                self._has_written = True
            else:
                self._told()
        return result

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # Django's own, which its stubs leave out
        if self._is_asked and self._has_written:
            self._has_written = False
            self._told()

    def _told(self) -> None:
        self.commits += 1
        if self._front:
            move(self._front)
