"""What every command of ours does before and after its own work: asks for a database, tells refusals in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.console.refusals import told
from hermanar.console.usage import HelpFormatter, own_options
from hermanar.foundation.search import IndexUnavailableError


class Verb(BaseCommand):
    """A command of ours."""

    requires_system_checks = []
    help: Any = ""  # translated when it is shown

    def needs_database(self, **options: Any) -> bool:  # noqa: ARG002  others look at them
        """Tell whether this can only be done with a database that is ready."""
        return True

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser, with its help in the reader's language."""
        del prog_name  # a path or `__main__.py`; the command is called so however it was started
        parser = super().create_parser("hermanar", subcommand, formatter_class=HelpFormatter, **kwargs)
        parser.prog, parser.description = f"hermanar {subcommand}", str(self.help)
        own_options(parser)
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Run what the command line says; the exit status is 0 only when all went well."""
        self._called_from_command_line = True
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        try:
            with told(wants_traceback=options["traceback"]):
                self.execute(*options.pop("args", ()), **options)
                self.stdout.flush()
        finally:
            connections.close_all()

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run, unless there is no database to run on."""
        if self.needs_database(**options):
            refuse_without_database()
        try:
            return super().execute(*args, **options)
        except IndexUnavailableError as error:
            told = _("Otro proceso está rehaciendo el índice: vuelva a intentarlo en un momento.")
            raise CommandError(told) from error


def refuse_without_database() -> None:
    """Say what is missing and what to do, before anything is made. Raises CommandError."""
    # Only SQLite's connection has this question, and only SQLite makes a file by being asked.
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        path = Path(str(connection.settings_dict["NAME"]))
        if not path.is_file():
            raise CommandError(
                _(
                    "No hay base de datos en %(path)s: vaya a la carpeta de la instalación o nómbrela con HERMANAR_VAR;"
                    " «hermanar run --prepare-only» hace una nueva."
                )
                % {"path": path}
            )
    if missing := missing_migrations():
        text = ngettext(
            "A la base de datos le falta %(count)d cambio: hágalo con «hermanar run --prepare-only».",
            "A la base de datos le faltan %(count)d cambios: hágalos con «hermanar run --prepare-only».",
            missing,
        )
        raise CommandError(text % {"count": missing})


def missing_migrations() -> int:
    """Count the changes of the database that this version brings and that were not made yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
