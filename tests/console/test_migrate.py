"""A bare database is given its tables in the order that takes least; what is done stays the same."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hermanar.console.management.commands.migrate import LibrariesFirst


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
