"""Django's SQLite, noticing at the next request that the file was replaced, as when a copy is put back.

A connection holds the file it opened, also after another one has taken its name: without this, a server would go on
answering from, and writing to, a file that nobody can see any more.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from hermanar.site.front.commits import TellsCommits


class DatabaseWrapper(TellsCommits, base.DatabaseWrapper):
    """A connection that knows which file it has open, and tells of its commits."""

    _opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open the file; one that was there before is never made anew and empty."""
        found = self._there()
        if found is None and self._opened is not None:
            raise sqlite3.OperationalError("unable to open database file: it was taken away")
        if found is None:
            self._make_private()
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        self._opened = found or self._there()
        return connection

    def is_usable(self) -> bool:
        """Tell whether the open file is still the one of that name."""
        return self._opened == self._there() and super().is_usable()

    def _make_private(self) -> None:
        """Make the file that is not there yet, for its owner alone: SQLite would let everybody of the machine read it.

        What SQLite lays beside it, a journal, has the same rights.
        """
        file = Path(self.settings_dict["NAME"])
        if not self.is_in_memory_db() and file.parent.is_dir():
            file.touch(mode=0o600)

    def _there(self) -> tuple[int, int] | None:
        if self.is_in_memory_db():
            return None
        try:
            state = Path(self.settings_dict["NAME"]).stat()
        except FileNotFoundError:
            return None
        return state.st_dev, state.st_ino
