"""A migration after the last release that lets others wait on a large table says so: `locks = "what, how long"`."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.releases.test_upgrade import HERE, RELEASES
from tools import keep

# Tables that grow with use and with the country; the others are short lists.
LARGE = {
    "agreements.agreement", "agreements.party", "agreements.legalact", "foundation.statement", "directory.place",
    "directory.placename", "foundation.trailentry", "foundation.document", "observatory.reportedtie",
    "cooperation.activity",
}  # fmt: skip
# These write a table anew, read all of it, or hold writers until they end; what Python or SQL does nobody can tell.
WAITED_FOR = (migrations.AlterField, migrations.AddIndex, migrations.AddConstraint, migrations.AlterUniqueTogether)
UNKNOWN = (migrations.RunPython, migrations.RunSQL)


def waits(migration):
    """Return the operations of a migration that let others wait on a large table."""
    found = []
    for operation in migration.operations:
        table = f"{migration.app_label}.{getattr(operation, 'model_name', '')}".lower()
        is_large = table in LARGE and isinstance(operation, WAITED_FOR)
        if isinstance(operation, migrations.AddField) and table in LARGE:
            is_large = operation.field.has_default() or not operation.field.null
        if is_large or isinstance(operation, UNKNOWN):
            found.append(type(operation).__name__)
    return found


def silent(found):
    """Return the migrations that let others wait and do not say so."""
    return [f"{one.app_label}.{one.name}: {', '.join(waits(one))}" for one in found if waits(one) and not said(one)]


def said(migration):
    return bool(str(getattr(migration, "locks", "")).strip())


def since_the_last_release():
    told = json.loads((HERE / RELEASES[-1] / keep.TOLD).read_text(encoding="utf-8"))["migrations"]
    every = MigrationLoader(None).disk_migrations.values()
    ours = (one for one in every if type(one).__module__.startswith("hermanar."))
    return [one for one in ours if one.name not in told.get(one.app_label, [])]


def test_large_tables_are_there():
    assert sorted(LARGE - {model._meta.label_lower for model in apps.get_models()}) == []


@pytest.mark.django_db  # one of a library's asks the database as it is read
def test_migrations_say_whom_they_let_wait():
    assert silent(since_the_last_release()) == []


def migration(*operations, **more):
    kind = type("Migration", (migrations.Migration,), {"operations": list(operations), **more})
    return kind("0099_planted", "agreements")


def test_a_silent_migration_is_found():
    text = models.TextField(default="")
    added = migrations.AddField("agreement", "planted", text)
    assert silent([migration(added)]) == ["agreements.0099_planted: AddField"]
    assert silent([migration(added, locks="agreements: short, the default is kept in the catalogue")]) == []
    assert silent([migration(added, locks=" ")]) != []
    assert silent([migration(migrations.AddField("agreement", "planted", models.TextField(null=True)))]) == []
    assert silent([migration(migrations.AlterField("agreement", "slug", text))]) != []
    assert silent([migration(migrations.AlterField("areaofcooperation", "slug", text))]) == []
    assert silent([migration(migrations.RunSQL("SELECT 1"))]) != []
