"""What each release wrote is opened by this version, on both databases, with nothing lost; and put back, timed."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import time
import tomllib
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

import hermanar
from tests.console.test_backup import House, later
from tools import keep

HERE = Path(__file__).parent
RELEASES = sorted(path.parent.name for path in HERE.glob(f"*/{keep.TOLD}"))
# Written anew by every upgrade: what is derived, and the list of what was done.
DERIVED = {"django_migrations", "django_content_type", "auth_permission", "auth_group_permissions"}

pytestmark = [pytest.mark.row(21), pytest.mark.release]


def gone_of(release):
    told = tomllib.loads((HERE / "gone.toml").read_text(encoding="utf-8"))["gone"]
    return {one["what"] for one in told if one["release"] == release and one["reason"]}


def lost(before, after, *, gone=()):
    """Return what of one database another no longer says: tables, columns, rows; columns may have been added."""
    now, found = keep.tables_of(after), []
    for table, columns in keep.tables_of(before).items():
        if table in DERIVED or table in gone:
            continue
        if table not in now:
            found.append(table)
            continue
        missing = [name for name in columns if name not in now[table] and f"{table}.{name}" not in gone]
        found += [f"{table}.{name}" for name in missing]
        shared = [name for name in columns if name in now[table]]
        rows = [keep.rows_of(path, table=table, columns=shared) for path in (before, after)]
        if set(rows[0]) - set(rows[1]):
            found.append(f"rows of {table}: {len(set(rows[0]) - set(rows[1]))}")
    return found


def test_a_release_is_kept():
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_what_was_kept_is_what_was_written(release, tmp_path):
    told = json.loads((HERE / release / keep.TOLD).read_text(encoding="utf-8"))
    assert keep.told_of(keep.opened(HERE / release, at=tmp_path / "var"), version=release) == told
    assert told["rows"]["foundation_trailentry"] > 0
    assert told["rows"]["agreements_agreement"] > 0


@pytest.fixture
def upgraded(request, tmp_path, figure):
    """Return a house of a release, as it was and brought up to date by this version."""
    before = keep.opened(HERE / request.param, at=tmp_path / "before")
    house = House(tmp_path / "var", is_measured=False)
    shutil.copytree(before.parent, house.folder)
    began = time.monotonic()
    house.do("migrate", "--no-input", "--verbosity", "0")
    figure(f"{request.param} to {hermanar.__version__}: upgraded in {time.monotonic() - began:.1f} s")
    return request.param, before, house


@pytest.mark.parametrize("upgraded", RELEASES, indirect=True)
def test_nothing_is_lost(upgraded, tmp_path, postgres_url, figure):
    release, before, house = upgraded
    assert lost(before, house.database(), gone=gone_of(release)) == []
    assert "Bitácora íntegra" in house.do("verify")
    archive = tmp_path / "copy.zip"
    house.do("backup", archive, "--test")
    name = "hermanar_upgrade_" + hashlib.sha256(release.encode()).hexdigest()[:8]
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    other = House(tmp_path / "pg", url=postgres_url.rpartition("/")[0] + f"/{name}", is_measured=False)
    began = time.monotonic()
    other.do("restore", archive)
    figure(f"put into PostgreSQL in {time.monotonic() - began:.1f} s, {len(keep.tables_of(before))} tables equal")
    assert "Bitácora íntegra" in other.do("verify")


@pytest.mark.parametrize("upgraded", RELEASES, indirect=True)
def test_rollback_by_restore(upgraded, tmp_path, figure):
    """An upgrade that is regretted: what was written after is gone, what the copy holds is back, on the clock.

    The database stays as a later version left it, with a step that this one does not know; it is put aside.
    """
    _release, _before, house = upgraded
    archive = tmp_path / "copy.zip"
    house.do("backup", archive)
    kept = keep.told_of(house.database(), version="")
    house.do("file", "guanajuato", module="tests.console.house")
    assert keep.told_of(house.database(), version="")["rows"] != kept["rows"]
    later(house.database())
    assert "base vacía" in house.refused("restore", archive, "--replace", input="REEMPLAZAR\n")
    for path in house.folder.glob(f"{house.database().name}*"):
        path.rename(tmp_path / path.name)
    began = time.monotonic()
    house.do("restore", archive)
    figure(f"rolled back by restore in {time.monotonic() - began:.1f} s")
    again = keep.told_of(house.database(), version="")["rows"]
    ours = {table for table in kept["rows"] if table.startswith(("agreements_", "foundation_trail", "offices_"))}
    assert {table: again[table] for table in ours} == {table: kept["rows"][table] for table in ours}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE directory_place SET name = 'otra' WHERE id = (SELECT max(id) FROM directory_place)", "rows of"),
        ("ALTER TABLE agreements_agreement RENAME COLUMN reference TO other", "agreements_agreement.reference"),
        ("ALTER TABLE offices_office RENAME TO other", "offices_office"),
    ],
)
def test_a_loss_is_found(change, told, tmp_path):
    before = keep.opened(HERE / RELEASES[-1], at=tmp_path / "before")
    after = Path(shutil.copy(before, tmp_path / "after.sqlite3"))
    assert lost(before, after) == []
    with closing(sqlite3.connect(after)) as database, database:
        for trigger in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger[0]}")
        database.execute(change)
    assert lost(before, after)[0].startswith(told)
