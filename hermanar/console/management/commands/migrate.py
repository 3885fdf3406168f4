"""Django's `migrate`, in an order that leaves the house's own tables for last.

A change of a library's tables makes Django work out anew every table that refers to them: done before ours are there,
they take two thirds of the time. What is done, and what must come before what, stays as the migrations say.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate as djangos
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from hermanar.console import walls


class LibrariesFirst(MigrationExecutor):
    """Plans the libraries' migrations before the house's."""

    def migration_plan(self, targets: Any, *args: Any, **options: Any) -> list[Any]:
        """Return the steps to the targets, those of libraries first as far as nothing of ours must precede them."""
        ours = {each.label for each in apps.get_app_configs() if each.name.startswith("hermanar.")}
        return super().migration_plan(sorted(targets, key=lambda target: target[0] in ours), *args, **options)


vars(djangos)["MigrationExecutor"] = LibrariesFirst  # the command looks for it there, and offers no other way


class Command(djangos.Command):
    """Django's own, and the walls between offices after it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the tables up to date; a part of them, or what would be done, leaves the walls as they are."""
        super().handle(*args, **options)
        if not (options["app_label"] or options["plan"] or options["check_unapplied"]):
            walls.build(connections[options["database"]])
