"""Bringing the tables up to date is killed in the middle, on both databases: repeated, it ends where it would have."""

from __future__ import annotations

import shutil
import time
import uuid

import psycopg
import pytest

from tests.conftest import hermanar_env
from tests.faults.mother import kills, moments, mother_of

pytestmark = [pytest.mark.release, pytest.mark.row(21)]
STEPS = 24  # of the plan are still to be made: the house's own, its newest tables among them
KILLS = 10
COMMAND = ("call", "migrate", "--no-input", "--verbosity", "0")


class OnSqlite:
    """A file that can be made again as it was."""

    brand = "SQLite"

    def __init__(self, folder):
        self.folder, self.kept = folder / "var", folder / "kept"
        self.env = hermanar_env(self.folder)

    def keep(self):
        shutil.copytree(self.folder, self.kept)

    def put_back(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)

    def drop(self):
        """Leave it to the folder's end."""


class OnPostgres:
    """A database that can be made again as it was, by the server's own copy."""

    brand = "PostgreSQL"

    def __init__(self, folder, server):
        self.server, self.name = server, f"old_{uuid.uuid4().hex[:12]}"
        self.env = hermanar_env(folder / "var", DATABASE_URL=f"{server.rpartition('/')[0]}/{self.name}")
        self._do(f"CREATE DATABASE {self.name}")

    def keep(self):
        self._do(f"DROP DATABASE IF EXISTS {self.name}_kept", f"CREATE DATABASE {self.name}_kept TEMPLATE {self.name}")

    def put_back(self):
        self._do(f"DROP DATABASE {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name} TEMPLATE {self.name}_kept")

    def drop(self):
        self._do(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in (self.name, f"{self.name}_kept")))

    def _do(self, *statements):
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture(scope="module", params=[OnSqlite, OnPostgres])
def old(request, tmp_path_factory):
    """Return a database some steps behind, a process that begets others over it, and what it becomes unharmed."""
    folder = tmp_path_factory.mktemp("old")
    more = [request.getfixturevalue("postgres_url")] if request.param is OnPostgres else []
    base = request.param(folder, *more)
    with mother_of("tests.faults.house", env=base.env, folder=folder / "children") as mother:
        mother.do("older", STEPS)
        base.keep()
        began = time.monotonic()
        mother.do(*COMMAND)
        yield base, mother, time.monotonic() - began, mother.do("schema")
    base.drop()


def test_a_killed_migration_recovers_by_being_repeated(old, figure):
    base, mother, seconds, wanted = old
    cut, left, count = 0, set(), kills(KILLS)
    for after in moments(count, within=seconds, seed=21):
        base.put_back()
        cut += mother.cut(*COMMAND, after=after)
        left.add(mother.do("unmade"))
        mother.do(*COMMAND)
        assert mother.do("unmade") == 0
        assert mother.do("schema") == wanted
    assert cut
    assert left <= set(range(STEPS + 1))
    figure(f"{count} kills of a migration on {base.brand}, {cut} at work, with {min(left)}–{max(left)} steps left")


def test_a_step_is_never_done_and_not_written_down(old):
    """Django writes some steps down after they are committed: killed between the two, it would do them again."""
    base, mother, _seconds, wanted = old
    base.put_back()
    pid, _answer = mother.begin("migrate_until_told")
    mother.end(pid)
    mother.do(*COMMAND)
    assert mother.do("unmade") == 0
    assert mother.do("schema") == wanted
