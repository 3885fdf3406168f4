"""The suite's own database, kept as it is and put back: what takes long to load is loaded once in a run.

A copy is of this run only: it lies in the run's own folder, or bears its name, and the next run loads anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import uuid
from contextlib import closing, contextmanager

import psycopg
from django.conf import settings
from django.db import connection

from hermanar.foundation.models import Revision
from tests.once import folder_of_the_run, turn


class Snapshots:
    """Copies of the suite's database: files beside each other, or databases of the same PostgreSQL."""

    def __init__(self, folder):
        self.folder = folder
        self.prefix = f"kept_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"

    def take(self, name):
        """Keep the database as it is now."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self._file(name))) as copy:
                connection.connection.backup(copy)
        else:
            self._copy(connection.settings_dict["NAME"], f"{self.prefix}_{name}")
        self._mark(name).touch()

    def put_back(self, name):
        """Make the database what it was, and tell every index and every kept answer that it is of another history."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self._file(name))) as copy:
                copy.backup(connection.connection)
        else:
            self._copy(f"{self.prefix}_{name}", connection.settings_dict["NAME"])
        for revision in Revision.objects.all():
            Revision.objects.filter(pk=revision.pk).update(epoch=uuid.uuid4())

    def holds(self, name):
        return self._mark(name).exists()

    def drop(self, name):
        """Forget a copy."""
        self._mark(name).unlink(missing_ok=True)
        if connection.vendor == "sqlite":
            self._file(name).unlink(missing_ok=True)
        else:
            self._ask(f'DROP DATABASE IF EXISTS "{self.prefix}_{name}" WITH (FORCE)')

    @contextmanager
    def loaded(self, name, load):
        """Fill the database by `load`, or from the copy of who did it first; yield what `load` returned, empty it."""
        empty = f"empty_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        self.take(empty)
        try:
            yield self.fill(name, load)
        finally:
            self.put_back(empty)
            self.drop(empty)

    def fill(self, name, load):
        """Fill the empty database and return what `load` returned, whoever called it."""
        # The trail is sealed with the key of the process that wrote it: one with another key loads for itself.
        name = f"{name}_{hashlib.sha256(settings.TRAIL_KEY.encode()).hexdigest()[:12]}"
        told = self.folder / f"{name}.told"
        with turn(self.folder, name):
            if self.holds(name):
                self.put_back(name)
            else:
                told.write_bytes(pickle.dumps(load()))
                self.take(name)
        return pickle.loads(told.read_bytes())  # noqa: S301 (written just above)

    def drop_all(self, url):
        """Forget every copy at the address of a PostgreSQL; files go with the run's folder."""
        with psycopg.connect(url, autocommit=True) as server:
            found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix])
            for (name,) in found.fetchall():
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _file(self, name):
        return self.folder / f"{name}.sqlite3"

    def _mark(self, name):
        return self.folder / f"{name}.kept"

    def _copy(self, source, target):
        """Copy a whole database; nobody may be in either."""
        self._ask(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'",  # noqa: S608 (our own)
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}"',
        )

    def _ask(self, *statements):
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def of_this_run(tmp_path_factory):
    """Return the copies that all processes of this run share; never of a database that is not the suite's own."""
    name = str(connection.settings_dict["NAME"])
    if not (name.startswith("test_") or "mode=memory" in name):
        raise RuntimeError(f"{name} is not a database of tests: nothing that was collected is marked `django_db`")
    folder = folder_of_the_run(tmp_path_factory) / "kept"
    folder.mkdir(exist_ok=True)
    return Snapshots(folder)
