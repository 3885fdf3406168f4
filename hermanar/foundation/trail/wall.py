"""A second wall: the database itself refuses to change or remove an entry of the trail.

Whoever owns the database can take it down; the chain and its checkpoints then still tell what was done.
"""

from __future__ import annotations

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
BUILD = {
    "sqlite": [_SQLITE.format(verb=verb, why="the trail only grows") for verb in ("UPDATE", "DELETE")],
    "postgresql": [_FUNCTION, _TRIGGER],
}
TAKE_DOWN = {
    "sqlite": [f"DROP TRIGGER IF EXISTS trail_no_{verb}" for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        "DROP TRIGGER IF EXISTS trail_no_change ON foundation_trailentry",
        "DROP FUNCTION IF EXISTS trail_only_grows()",
    ],
}
