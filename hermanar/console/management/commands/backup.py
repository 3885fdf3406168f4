"""`hermanar backup FILE`: everything of this house in one archive, checked after it is written."""

from __future__ import annotations

import getpass
import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from hermanar.console import verb
from hermanar.console.backup import (
    Archive,
    BackupError,
    SealedReader,
    SealedWriter,
    check_parts,
    held_file,
    is_sealed,
    snapshot,
    try_out,
    write_archive,
)

SHORTEST = 12


class Command(verb.Verb):
    help = gettext_lazy(
        "Respalda en un solo archivo la base de datos, los documentos, las llaves y los puntos de control, y lo"
        " comprueba después de escribirlo. El archivo es el mismo con SQLite y con PostgreSQL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="ARCHIVO", help=_("el respaldo que se escribe; no debe existir"))
        parser.add_argument("--encrypt", action="store_true", help=_("cifra el respaldo; pregunta la contraseña"))
        parser.add_argument(
            "--passphrase-file", type=Path, metavar="ARCHIVO", help=_("cifra con la contraseña de la primera línea")
        )
        parser.add_argument(
            "--test", action="store_true", help=_("además lo restaura en una base temporal y compara todas las tablas")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write beside the place, check, and only then give the archive its name."""
        path: Path = options["file"]
        if path.exists():
            raise CommandError(_("%s ya existe; elija otro nombre.") % path)
        passphrase = self._passphrase(options)
        try:
            with held_file(path.parent) as partial:
                told = write(partial, passphrase)
                check(partial, passphrase, is_tried=options["test"])
                partial.replace(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_("No se puede escribir en %(path)s: %(why)s") % {
                "path": path, "why": error.strerror,
            }) from error  # fmt: skip
        self._tell(path, told)

    def _passphrase(self, options: dict[str, Any]) -> str:
        if options["passphrase_file"]:
            found = read_passphrase(options["passphrase_file"])
        elif options["encrypt"]:
            found = getpass.getpass(_("Contraseña del respaldo: "))
            if found != getpass.getpass(_("Otra vez: ")):
                raise CommandError(_("Las dos contraseñas no son iguales."))
        else:
            return ""
        if len(found) < SHORTEST:
            raise CommandError(_("La contraseña debe tener al menos %d caracteres.") % SHORTEST)
        return found

    def _tell(self, path: Path, told: dict[str, Any]) -> None:
        rows = sum(part.get("rows", 0) for part in told["parts"])
        files = sum(part["name"].startswith("files/") for part in told["parts"])
        said = _("Respaldo comprobado en %(path)s: %(rows)d filas, %(files)d documentos, %(size).1f MB.")
        size = path.stat().st_size / 1_000_000
        self.stdout.write(self.style.SUCCESS(said % {"path": path, "rows": rows, "files": files, "size": size}))
        if told["damaged_files"]:
            raise CommandError(
                _(
                    "El respaldo se hizo, pero de %(count)d documentos o imágenes el archivo falta, está dañado o no se"
                    " puede leer aquí: %(names)s"
                )
                % {"count": len(told["damaged_files"]), "names": ", ".join(told["damaged_files"][:5])}
            )


def write(path: Path, passphrase: str = "", *, with_files: bool = True) -> dict[str, Any]:
    """Write a copy of what the house holds now, readable by its owner only; return its manifest. Raises BackupError."""
    path.touch(mode=0o600)  # it holds what the database holds
    with path.open("wb") as file, progress(_("Escribiendo")) as tell, snapshot() as alias:
        sealed = SealedWriter(file, passphrase) if passphrase else None
        told = write_archive(sealed or file, using=alias, tell=tell, with_files=with_files)
        if sealed:
            sealed.finish()
        file.flush()
        os.fsync(file.fileno())
    return told


def check(path: Path, passphrase: str = "", *, is_tried: bool = False) -> None:
    """Read a copy again and compare every part; try its tables out too where that is asked. Raises BackupError."""
    with opened(path, lambda: passphrase) as archive:
        with progress(_("Comprobando")) as tell:
            check_parts(archive, tell=tell)
        if is_tried:
            with progress(_("Probando")) as tell:
                try_out(archive, tell=tell)


@contextmanager
def progress(title: str) -> Iterator[Any]:
    """Show how many bytes went by, where somebody looks."""
    shown = sys.stderr.isatty()
    with tqdm(desc=title, unit="B", unit_scale=True, delay=1, leave=False, disable=not shown) as bar:
        yield bar.update


@contextmanager
def opened(path: Path, passphrase: Any) -> Iterator[Archive]:
    """Open a copy, sealed or not; `passphrase` is asked only where it is needed."""
    with ExitStack() as stack:
        stream: Any = stack.enter_context(path.open("rb"))
        if is_sealed(stream):
            # A chunk ends anywhere in the archive: without a buffer its reader would be given less than it asked for.
            stream = io.BufferedReader(SealedReader(stream, passphrase()))
        yield Archive(stream)


def read_passphrase(path: Path) -> str:
    """Return the first line of a file."""
    try:
        return path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("No se puede leer %(path)s: %(why)s") % {"path": path, "why": error}) from error
