"""What has to be ready before the server starts, each step done only when what it depends on has changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

import hermanar
from hermanar.catalogue import read
from hermanar.console import walls
from hermanar.console.messages import compile_messages
from hermanar.foundation.calendar import public_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DATA = Path(hermanar.__file__).resolve().parent / "data"


def prepare(say: Callable[[str], None]) -> None:
    """Bring database, messages, static files and documented facts up to date."""
    keep_secret()
    if compiled := compile_messages(*settings.LOCALE_PATHS):
        say(_("Mensajes compilados: %s") % ", ".join(compiled))
    plan = MigrationExecutor(connection)
    leaves = plan.loader.graph.leaf_nodes()
    tables = digest_of([("tables", repr(sorted(leaves)).encode())])
    when_changed("tables", tables, is_there=not plan.migration_plan(leaves), action=make_tables)
    call_command("createcachetable", verbosity=0)
    walls.build(connection)  # as `migrate` does
    when_changed("static", static_digest(), is_there=settings.STATIC_ROOT.is_dir(), action=lambda: collect_static(say))
    when_changed("facts", f"{facts_digest()} {database_birth()}", is_there=True, action=lambda: load_facts(say))
    read.state(today=public_day())  # the index follows now, not at a visitor's expense


def refuse_unwritable() -> None:
    """Say plainly that the folder of the data cannot be written to, before anything is begun. Raises CommandError."""
    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        (settings.VAR / "mail").mkdir(mode=0o700, exist_ok=True)  # letters that no server takes bear links that open
        with tempfile.TemporaryFile(dir=settings.VAR) as file:
            file.write(b"\0" * 4096)
    except OSError as problem:
        told = {"path": settings.VAR, "why": problem.strerror}
        raise CommandError(
            _("No se puede escribir en %(path)s (%(why)s): revise permisos y espacio, o elija otra con HERMANAR_VAR.")
            % told
        ) from problem


def make_tables() -> None:
    """Make what tables are missing, and what Django and Wagtail keep of a version: kinds of content, permissions."""
    call_command("migrate", interactive=False, verbosity=0)


def collect_static(say: Callable[[str], None]) -> None:
    """Gather the static files, with digests in their names, into one folder."""
    say(_("Reuniendo los archivos estáticos"))
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    for packed in settings.STATIC_ROOT.rglob("*.gz"):  # written by another hand than the files, under our mask
        packed.chmod(settings.FILE_UPLOAD_PERMISSIONS)


def load_facts(say: Callable[[str], None]) -> None:
    """Load the documented facts that come with this version."""
    say(_("Cargando los hechos documentados"))
    call_command("load")


def when_changed(name: str, digest: str, *, is_there: bool, action: Callable[[], None]) -> None:
    """Do the action unless its product is there from the same digest; remember it only once it went well."""
    stamp = settings.VAR / "stamps" / name
    if is_there and stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="utf-8")


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Return one digest over names and contents."""
    total = hashlib.sha256(hermanar.__version__.encode())
    for name, content in files:
        total.update(f"\0{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def static_digest() -> str:
    """Return the digest of every static file that would be gathered."""

    def found() -> Iterable[tuple[str, bytes]]:
        for finder in get_finders():
            for path, storage in finder.list(["CVS", ".*", "*~"]):
                with storage.open(path) as file:
                    yield path, file.read()

    return digest_of(sorted(found()))


def facts_digest() -> str:
    """Return the digest of the facts that come with this version."""
    return digest_of(
        (str(path.relative_to(DATA)), path.read_bytes()) for path in sorted(DATA.rglob("*")) if path.is_file()
    )


def database_birth() -> str:
    """Return the moment of the first migration: a database made anew is empty whatever the stamp says."""
    first = MigrationRecorder(connection).migration_qs.order_by("id").values_list("applied", flat=True).first()
    return first.isoformat() if first else ""


def keep_secret() -> None:
    """Make the key this process signs with the installation's own, where a bare folder had none when it began.

    What is derived from it (the demonstration's passwords) is then the same at the next start.
    """
    path = settings.VAR / "secret.key"
    if "HERMANAR_SECRET_KEY" in os.environ or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(settings.SECRET_KEY, encoding="utf-8")
