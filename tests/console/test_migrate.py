"""A bare database is given its tables in the order that takes least; what is done stays the same."""

import json
import subprocess
import sys
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hermanar.console.management.commands.migrate import LibrariesFirst
from tests.conftest import ROOT, hermanar_env

# Makes all tables and tells them; told so, it works out at each step what Django would.
MAKES = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.state import ProjectState
from hermanar.console.management.commands.migrate import AddingState
if sys.argv[1] == "djangos":
    for name in ("clone", "add_model", "add_field", "reload_model"):
        delattr(AddingState, name)
    AddingState.clone = lambda self: ProjectState.clone(self)
call_command("migrate", interactive=False, verbosity=0)
told = {
    "sqlite": ["SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master"],
    "postgresql": [
        "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, is_identity)"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ],
}[connection.vendor]
with connection.cursor() as cursor:
    rows = [row[0] for question in told for row in (cursor.execute(question), cursor.fetchall())[1]]
print(json.dumps(sorted(rows)))
"""


def planned(executor):
    """Return what would be done on a bare database, in its order."""
    planner = executor(connection)
    return [(step.app_label, step.name) for step, _back in planner.migration_plan(
        planner.loader.graph.leaf_nodes(), clean_start=True
    )]  # fmt: skip


@pytest.mark.django_db
def test_libraries_come_before_what_refers_to_them():
    ours, djangos = planned(LibrariesFirst), planned(MigrationExecutor)
    assert sorted(ours) == sorted(djangos)
    last_of_wagtail = max(place for place, (label, _name) in enumerate(ours) if label == "wagtailcore")
    assert last_of_wagtail < ours.index(("agreements", "0001_initial"))
    assert djangos.index(("agreements", "0001_initial")) < max(
        place for place, (label, _name) in enumerate(djangos) if label == "wagtailcore"
    )


@contextmanager
def empty_database(vendor, request, folder):
    """Yield the address of a database without tables."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder / uuid4().hex}.sqlite3"
        return
    server, name = request.getfixturevalue("postgres_url"), f"empty_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            there.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.nightly  # by day every test stands on the tables that are made so
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_the_tables_are_those_that_django_would_make(vendor, request, tmp_path):
    def made(whose):
        with empty_database(vendor, request, tmp_path) as url:
            env = hermanar_env(tmp_path, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="hermanar.site.settings")
            command = [sys.executable, "-c", MAKES, whose]
            return json.loads(subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True).stdout)

    ours = made("ours")
    assert len(ours) > 500
    assert ours == made("djangos")
