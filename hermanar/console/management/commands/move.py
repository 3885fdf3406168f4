"""`hermanar move --to ADDRESS`: carry the whole house from one database to another, of either brand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.console import verb
from hermanar.console.backup import BackupError, environment_of, held_folder
from hermanar.console.management.commands.backup import check, write
from hermanar.foundation.models import Revision, TrailEntry

_BRANDS = {"sqlite": "sqlite3", "postgres": "postgresql", "postgresql": "postgresql"}


class Command(verb.Verb):
    help = gettext_lazy(
        "Lleva toda la casa a otra base de datos, de SQLite a PostgreSQL o al revés, todo o nada: la copia, la pone en"
        " la otra, que debe estar vacía, y compara todo. La de ahora queda como estaba. Detenga antes el servidor."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            metavar="DIRECCIÓN",
            help=_("la otra base: postgres://usuario@servidor:puerto/nombre o la ruta de un archivo de SQLite"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Copy, put the copy in its new place, and see that nothing was written meanwhile."""
        address = address_of(options["to"])
        refuse_this_one(address, here=settings.DATABASES["default"])
        file = _file_of(address)
        was_there = file is not None and file.exists()
        before = _written()
        with held_folder("move") as folder:
            copy = folder / "house.zip"
            _copy(copy)
            done = subprocess.run(
                [sys.executable, "-m", "hermanar.site", "restore", str(copy)],
                env=environment_of(address),
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            )  # fmt: skip
        if done.returncode:
            if file is not None and not was_there:
                _remove(file)
            raise CommandError(_("No se llevó nada. La otra base dijo: %s") % done.stderr.strip()[-1500:])
        if _written() != before:
            raise CommandError(
                _("Mientras se copiaba, alguien escribió: detenga el servidor, vacíe la otra base y repita.")
            )
        told = {"where": without_password(address)}
        self.stdout.write(self.style.SUCCESS(_("Todo está en %(where)s, comparado tabla por tabla.") % told))
        self.stdout.write(
            _("Ponga ahora DATABASE_URL=%(where)s (con su contraseña) y ejecute: hermanar verify, hermanar run") % told
        )


def _copy(path: Path) -> None:
    """Write what another database needs: files and pictures stay where they are. Raises CommandError."""
    try:
        write(path, with_files=False)
        check(path)
    except BackupError as error:
        raise CommandError(_("No se llevó nada: %s") % error) from error
    except OSError as error:
        raise CommandError(_("No se puede escribir en %(path)s: %(why)s") % {
            "path": path.parent, "why": error.strerror,
        }) from error  # fmt: skip


def address_of(text: str) -> str:
    """Return the address of a database as `DATABASE_URL` takes it; a path is a file of SQLite. Raises CommandError."""
    scheme = urlsplit(text).scheme
    if not scheme:
        return f"sqlite:///{Path(text).resolve()}"
    if scheme not in _BRANDS:
        raise CommandError(_("%s no es una dirección de PostgreSQL ni un archivo de SQLite.") % without_password(text))
    return text


def refuse_this_one(address: str, *, here: Mapping[str, Any]) -> None:
    """Refuse the database the house is in now. Raises CommandError."""
    there = dj_database_url.parse(address)
    own = _BRANDS["sqlite"] if "sqlite" in here["ENGINE"] else _BRANDS["postgres"]
    is_same_brand = there["ENGINE"].endswith(own)
    parts = ("NAME",) if own == _BRANDS["sqlite"] else ("NAME", "HOST", "PORT")
    if is_same_brand and all(str(here.get(part) or "") == str(there.get(part) or "") for part in parts):
        raise CommandError(_("Esa es la base de ahora: diga otra."))


def without_password(address: str) -> str:
    """Return an address that may be shown."""
    parts = urlsplit(address)
    if parts.password is None:
        return address
    user = parts.netloc.rpartition("@")[0].partition(":")[0]
    return parts._replace(netloc=f"{user}@{parts.netloc.rpartition('@')[2]}").geturl()


def _file_of(address: str) -> Path | None:
    return Path(dj_database_url.parse(address)["NAME"]) if urlsplit(address).scheme == "sqlite" else None


def _remove(file: Path) -> None:
    for name in ("", "-journal", "-wal", "-shm"):
        file.with_name(f"{file.name}{name}").unlink(missing_ok=True)


def _written() -> tuple[int, list[tuple[Any, ...]]]:
    """Return what changes with every verb of anyone."""
    return TrailEntry.objects.count(), list(Revision.objects.order_by("name").values_list("name", "number", "mark"))
