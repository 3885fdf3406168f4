"""How far the standby is behind, for whoever checks the installation (decision 42)."""

from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

_REPLAYED = "SELECT pg_last_wal_replay_lsn()::text WHERE pg_is_in_recovery()"
_BEHIND = "SELECT greatest(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), %s), 0)::bigint"
_PATIENCE = 3  # seconds


def octets_behind() -> int | None:
    """Return how much of the primary's log the standby has not shown yet; None when it does not answer or follow."""
    try:
        with psycopg.connect(**_place(), connect_timeout=_PATIENCE, autocommit=True) as standby:
            found = standby.execute(_REPLAYED).fetchone()
    except psycopg.Error:
        return None
    if found is None or found[0] is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, [found[0]])
        return int(cursor.fetchone()[0])


def _place() -> dict[str, Any]:
    """Return where it is; what is not said of user and password is the primary's."""
    said, primary = settings.STANDBY or {}, connection.settings_dict
    names = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    found = {to: said.get(name) or primary.get(name) for name, to in names.items()}
    return {**{name: value for name, value in found.items() if value}, **said.get("OPTIONS", {})}
