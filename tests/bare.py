"""A database with its tables and nothing in them, made once in a run: suite and real processes begin with a copy."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import transaction

from tests.once import folder_of_the_run, once, turn

MIGRATIONS = "django_migrations"
SHARED = "HERMANAR_TEST_TABLES"  # the folder of the tables that several passes share
ROOT = Path(__file__).resolve().parent.parent


class Bare:
    """The empty tables of this run, as a file and, once asked for, as a database of a PostgreSQL."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.name = f"bare_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"

    def file_at(self, path):
        """Put a file of SQLite with empty tables at a path."""
        made = self.file()
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, path)

    @contextmanager
    def given_to(self, suite, server):
        """Let the suite's own database begin with these tables, so that no process of the run migrates for itself."""
        if server:
            self._at(server)
            suite.settings_dict["TEST"]["TEMPLATE"] = self.name
            yield
            return
        name = suite.creation._get_test_db_name()
        # A database in memory is there for as long as somebody holds it.
        with closing(sqlite3.connect(self.file())) as made, closing(sqlite3.connect(name, uri=True)) as held:
            made.backup(held)
            yield

    @contextmanager
    def database_at(self, server):
        """Yield the address of a new database of a server, with empty tables; drop it after."""
        here, name = server.rpartition("/")[0], f"new_{uuid.uuid4().hex[:12]}"
        self._at(server)
        # Who copies a database must be alone in it: one at a time.
        with turn(self.folder, "copying"), psycopg.connect(server, autocommit=True) as connection:
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

    def file(self):
        """Return the file with empty tables, made by whoever asks first."""
        once(self.folder, "sqlite", self._migrate)
        return self.folder / "sqlite" / "hermanar.sqlite3"

    def _at(self, server):
        # Without a server of the run each process has its own, and each its own tables.
        here = server.rpartition("/")[0]
        name = f"at_{hashlib.sha256(here.encode()).hexdigest()[:12]}"
        once(self.folder, name, lambda: self._migrate_at(server))

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


class FirstRows:
    """What the migrations wrote into a database: kept at first, put back whenever its tables were emptied."""

    def __init__(self, suite):
        tables = [one for one in suite.introspection.django_table_names(only_existing=True) if one != MIGRATIONS]
        with suite.cursor() as cursor:
            self.rows = {table: found for table in tables if (found := self._rows(cursor, table))}

    def put_back(self, suite):
        """Write the rows as they were, numbers included, whatever order their references ask for."""
        with suite.constraint_checks_disabled(), transaction.atomic(using=suite.alias), suite.cursor() as cursor:
            if suite.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            for table, (columns, rows) in self.rows.items():
                names = ", ".join(f'"{column}"' for column in columns)
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)  # noqa: S608 (our own)

    @staticmethod
    def _rows(cursor, table):
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own)
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
        return (columns, rows) if rows else None


def of_this_run(tmp_path_factory, environment):
    """Return the empty tables that all processes of this run share, and all passes of `make test`."""
    folder = Path(os.environ.get(SHARED) or folder_of_the_run(tmp_path_factory) / "bare")
    folder.mkdir(exist_ok=True)
    return Bare(folder, environment)
