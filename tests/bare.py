"""A database with its tables and nothing in them, made once in a run: real processes begin with a copy of it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent


class Bare:
    """The empty tables of this run, as a file and, once asked for, as a database of a PostgreSQL."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.name = f"bare_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"

    def file_at(self, path):
        """Put a file of SQLite with empty tables at a path."""
        made = self.folder / "sqlite" / "hermanar.sqlite3"
        self._once("sqlite", self._migrate)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, path)

    @contextmanager
    def database_at(self, server):
        """Yield the address of a new database of a server, with empty tables; drop it after."""
        here, name = server.rpartition("/")[0], f"new_{uuid.uuid4().hex[:12]}"
        # Without a server of the run each process has its own, and each its own tables.
        self._once(f"at_{hashlib.sha256(here.encode()).hexdigest()[:12]}", lambda: self._migrate_at(server))
        # Who copies a database must be alone in it: one at a time.
        with self._locked("copying"), psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self.name}")
        try:
            yield f"{here}/{name}"
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def drop_at(self, server):
        """Forget the tables at a server; a file goes with the run's folder."""
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _migrate_at(self, server):
        self.drop_at(server)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.name}")
        self._migrate(DATABASE_URL=f"{server.rpartition('/')[0]}/{self.name}")

    def _migrate(self, **more):
        for command in ("migrate", "createcachetable"):
            done = subprocess.run(
                [sys.executable, "-m", "hermanar.site", command], cwd=ROOT, capture_output=True, text=True, check=False,
                env=self.environment(self.folder / "sqlite", **more), timeout=600,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr[-3000:]

    def _once(self, what, make):
        with self._locked(what):
            done = self.folder / f"{what}.done"
            if not done.exists():
                make()
                done.touch()

    @contextmanager
    def _locked(self, what):
        with (self.folder / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def of_this_run(tmp_path_factory, environment):
    """Return the empty tables that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "bare"
    folder.mkdir(exist_ok=True)
    return Bare(folder, environment)
