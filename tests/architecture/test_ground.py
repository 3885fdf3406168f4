"""The ground floor stays small: ten modules (docs/decisions/0027), an eleventh for long work (0043)."""

from __future__ import annotations

from tests.architecture.house import PACKAGE

MODULES = {
    "access", "calendar", "documents", "editing", "intake", "jobs", "papers", "search", "statements", "tables", "trail",
}  # fmt: skip
# What search, loading, offices' doors, reading elsewhere and public pages stand on.
SMALL = {"words", "planner", "rows", "walls", "standby", "prepared"}
BESIDES = {"__init__", "apps", "models", "migrations"}


def test_the_ground_has_eleven_modules():
    there = {path.stem for path in (PACKAGE / "foundation").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert there - BESIDES - SMALL - {"__pycache__"} == MODULES
    assert len(MODULES) == 11
