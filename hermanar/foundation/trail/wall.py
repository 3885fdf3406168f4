"""A second wall: the database itself refuses to change or remove an entry of the trail.

Whoever owns the database can take it down; the chain and its checkpoints then still tell what was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = (
    "CREATE TRIGGER trail_no_{verb} BEFORE {verb} ON foundation_trailentry BEGIN SELECT RAISE(ABORT, '{why}'); END"
)
_FUNCTION = """
CREATE FUNCTION trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail only grows' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_TRIGGER = """
CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON foundation_trailentry
FOR EACH ROW EXECUTE FUNCTION trail_only_grows()
"""
_EMPTYING = """
CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON foundation_trailentry
FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()
"""
# What 0008 adds to what 0005 built, where the database can empty a table without touching its rows.
BUILD_HIGHER = {"sqlite": [], "postgresql": [_EMPTYING]}
BUILD = {
    "sqlite": [_SQLITE.format(verb=verb, why="the trail only grows") for verb in ("UPDATE", "DELETE")],
    "postgresql": [_FUNCTION, _TRIGGER],
}
TAKE_DOWN = {
    "sqlite": [f"DROP TRIGGER IF EXISTS trail_no_{verb}" for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        "DROP TRIGGER IF EXISTS trail_no_change ON foundation_trailentry",
        "DROP TRIGGER IF EXISTS trail_no_truncate ON foundation_trailentry",
        "DROP FUNCTION IF EXISTS trail_only_grows()",
    ],
}


def build(connection: BaseDatabaseWrapper) -> None:
    """Build the whole wall again, after `take_down`."""
    _do(connection, [*BUILD[connection.vendor], *BUILD_HIGHER[connection.vendor]])


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take the wall down, as only the owner of the database can."""
    _do(connection, TAKE_DOWN[connection.vendor])


def _do(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
