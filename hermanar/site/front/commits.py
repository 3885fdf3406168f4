"""Connections that tell the server in front of each commit before anyone can know of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from hermanar.site.front.place import move

# Statements that leave the rows as they are. `WITH` may write.
_READS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "DECLARE", "FETCH")


class TellsCommits(BaseDatabaseWrapper):
    """What a database's wrapper inherits first; it does nothing where no folder is named (`HERMANAR_FRONT`)."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._has_written = False
        self._front: Path | None = settings.FRONT
        if self._front:
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
        if not (isinstance(sql, str) and sql.lstrip(" (\n").upper().startswith(_READS)):
            if self.in_atomic_block or not self.get_autocommit():
                self._has_written = True
            elif self._front:
                move(self._front)
        return result

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # Django's own, which its stubs leave out
        if self._front and self._has_written:
            self._has_written = False
            move(self._front)
