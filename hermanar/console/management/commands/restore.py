"""`hermanar restore FILE`: put a copy back into an empty house, or in place of what is there."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.console import verb
from hermanar.console.backup import BackupError, check_parts, restore
from hermanar.console.management.commands.backup import opened, progress, read_passphrase


class Command(verb.Verb):
    help = gettext_lazy(
        "Restaura un respaldo, todo o nada, en una base vacía. Antes comprueba cada parte. Todas las sesiones se"
        " cierran: cada persona vuelve a entrar."
    )

    def needs_database(self, **options: Any) -> bool:  # noqa: ARG002  asked alike of every command
        """Tell that it begins with nothing: the tables are made before they are filled."""
        return False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="ARCHIVO", help=_("el respaldo"))
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="ARCHIVO",
            help=_("la contraseña, en su primera línea; si no, se pregunta"),
        )
        parser.add_argument(
            "--replace", action="store_true", help=_("borra lo que hay y pone el respaldo; pide escribir REEMPLAZAR")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check everything, then put it back."""
        path: Path = options["file"]
        given = options["passphrase_file"]

        def passphrase() -> str:
            return read_passphrase(given) if given else getpass.getpass(_("Contraseña del respaldo: "))

        try:
            with opened(path, passphrase) as archive:
                with progress(_("Comprobando")) as tell:
                    check_parts(archive, tell=tell)
                if options["replace"]:
                    self._confirm(archive.manifest["made_at"])
                with progress(_("Restaurando")) as tell:
                    restore(archive, replace=options["replace"], tell=tell)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_("No se puede leer %(path)s: %(why)s") % {
                "path": path, "why": error.strerror,
            }) from error  # fmt: skip
        said = _("Restaurado el respaldo del %(made_at)s. Ejecute ahora: hermanar verify")
        self.stdout.write(self.style.SUCCESS(said % {"made_at": archive.manifest["made_at"]}))

    def _confirm(self, made_at: str) -> None:
        word = _("REEMPLAZAR")
        self.stderr.write(
            _("Se borrará todo lo que hay y quedará lo del %(made_at)s. Para seguir escriba %(word)s:")
            % {"made_at": made_at, "word": word}
        )
        try:
            answer = input().strip()
        except EOFError:
            answer = ""
        if answer != word:
            raise CommandError(_("No se reemplazó nada."))
