"""Django's `migrate`, in an order that leaves the house's own tables for last, and safe to be killed.

A change of a library's tables makes Django work out anew every table that refers to them: done before ours are there,
they take two thirds of the time. What is done, and what must come before what, stays as the migrations say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate as djangos
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from hermanar.console import walls


class AddingState(ProjectState):
    """What the tables are at a step, where adding one is no reason to work out anew all that refer to one another.

    Django does that for a new table and a new column as for one that changes: two thirds of making an empty house. A
    step that runs code of its own asks for everything anew in any case (`clear_delayed_apps_cache`).
    """

    _adds = False

    def clone(self) -> AddingState:
        """Return an independent copy of the same kind."""
        return _adding(super().clone())

    def add_model(self, *given: Any) -> None:
        """Add a table."""
        with self._adding():
            super().add_model(*given)

    def add_field(self, *given: Any) -> None:
        """Add a column."""
        with self._adding():
            super().add_field(*given)

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002 (Django's)
        """Work out a table and what refers to it directly; as Django does where something changed."""
        super().reload_model(app_label, model_name, delay or self._adds)

    @contextmanager
    def _adding(self) -> Iterator[None]:
        self._adds = True
        try:
            yield
        finally:
            self._adds = False


def _adding(state: ProjectState) -> AddingState:
    state.__class__ = AddingState  # Django names its own kind wherever it makes one
    assert isinstance(state, AddingState)
    return state


class LibrariesFirst(MigrationExecutor):
    """Plans the libraries' migrations before the house's."""

    def _create_project_state(self, *args: Any, **options: Any) -> ProjectState:
        return _adding(super()._create_project_state(*args, **options))  # type: ignore[misc]  # missing in the stubs

    def migration_plan(self, targets: Any, *args: Any, **options: Any) -> list[Any]:
        """Return the steps to the targets, those of libraries first as far as nothing of ours must precede them."""
        ours = {each.label for each in apps.get_app_configs() if each.name.startswith("hermanar.")}
        return super().migration_plan(sorted(targets, key=lambda target: target[0] in ours), *args, **options)

    def apply_migration(self, state: Any, migration: Any, *args: Any, **options: Any) -> Any:
        """Do a step and write it down in one transaction.

        Django leaves indexes and references for the end of a step, and then writes it down in a transaction of its own:
        killed between the two, it would do the step again, and fail at every try.
        """
        apply = migration.apply

        def whole(state: Any, editor: Any, *more: Any, **others: Any) -> Any:
            state = apply(state, editor, *more, **others)
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql.clear()
            return state

        if migration.atomic:
            migration.apply = whole
        return super().apply_migration(state, migration, *args, **options)


vars(djangos)["MigrationExecutor"] = LibrariesFirst  # the command looks for it there, and offers no other way


class Command(djangos.Command):
    """Django's own, and the walls between offices after it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the tables up to date; a part of them, or what would be done, leaves the walls as they are."""
        super().handle(*args, **options)
        if not (options["app_label"] or options["plan"] or options["check_unapplied"]):
            walls.build(connections[options["database"]])
