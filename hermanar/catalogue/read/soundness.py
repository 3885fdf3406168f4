"""What an installation stands on: its database, its disk. Facts for the operator's check and for whoever watches."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

SAFE_WAL = (3, 51, 3)  # before it, SQLite could damage a database when a write-ahead log was reset
# What PostgreSQL must have on, or a confirmed write is lost when the power fails, or the whole database is.
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
LEAST_FREE = 500_000_000  # bytes; less is not enough for a copy of the index beside the one in use


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """The database in use; journal and file are those of SQLite, `loose` names settings that may lose writes."""

    name: str
    version: str
    journal: str
    file: str
    size: int
    is_journal_safe: bool
    loose: tuple[str, ...] = ()


def database() -> DatabaseFacts:
    """Ask the database who it is. Raises DatabaseError."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            version, size = cursor.fetchone()
            cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'", [list(DURABLE)])
            loose = tuple(sorted(name for (name,) in cursor.fetchall()))
        return DatabaseFacts("PostgreSQL", str(version), "", "", int(size), is_journal_safe=True, loose=loose)
    with connection.cursor() as cursor:
        version, journal, pages, page = (
            cursor.execute(question).fetchone()[0]
            for question in (
                "SELECT sqlite_version()", "PRAGMA journal_mode", "PRAGMA page_count", "PRAGMA page_size"
            )
        )  # fmt: skip
    is_safe = is_journal_safe(str(journal), version=str(version))
    file = str(connection.settings_dict["NAME"])
    return DatabaseFacts("SQLite", str(version), str(journal), file, pages * page, is_safe)


def is_journal_safe(journal: str, *, version: str) -> bool:
    """Tell whether this version of SQLite may keep such a journal."""
    return journal.lower() != "wal" or tuple(int(part) for part in version.split(".")) >= SAFE_WAL


def damage() -> str:
    """Return the first thing SQLite finds wrong with its file, or nothing; PostgreSQL keeps watch itself."""
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        found = str(cursor.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else found


def free_bytes() -> int:
    """Return the room left where this installation writes."""
    folder = Path(settings.VAR)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def problems() -> list[str]:
    """Name what is not as it should be; nothing in it tells a stranger more than that."""
    found = [] if database().is_journal_safe else ["journal"]
    return found if free_bytes() >= LEAST_FREE else [*found, "disk"]
