"""Put a copy back: everything or nothing, into an empty house unless told to replace what is there."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from hermanar.console.backup.archive import CHECKPOINTS, MEDIA, Archive, Part, Tell, is_plain, schema_of
from hermanar.console.backup.refusals import BackupError
from hermanar.console.backup.snapshots import environment_of, probe
from hermanar.console.backup.tables import RowError, all_models, kept_models, load_rows, rows_of
from hermanar.foundation.documents import path_of
from hermanar.foundation.trail import keyring
from hermanar.foundation.trail.wall import build, take_down


def restore(archive: Archive, *, replace: bool, tell: Tell) -> None:
    """Put back database, files and keys of an archive whose parts have been checked. Raises BackupError."""
    _prepare()
    _check_schema(archive, using=DEFAULT_DB_ALIAS)
    if not replace and (there := occupied()):
        raise BackupError(
            _("La base de datos no está vacía (%(tables)s). Para reemplazar lo que hay: --replace.")
            % {"tables": ", ".join(there[:3])}
        )
    _check_room(archive)
    _check_keys(archive)
    is_loaded = False
    try:
        with ExitStack() as beside:
            beside.enter_context(_files_of(archive, tell=tell))
            beside.enter_context(_media_of(archive, tell=tell))
            with transaction.atomic():
                _load(archive, using=DEFAULT_DB_ALIAS, tell=tell)
                beside.enter_context(_keys_of(archive))  # which hears of the commit too: it may fail as anything may
                is_loaded = True
    except OSError as error:
        raise BackupError(_("No se pudo escribir: %s. Nada cambió.") % error.strerror) from error
    except DatabaseError as error:
        if is_loaded and connection.vendor == "postgresql" and isinstance(error, OperationalError | InterfaceError):
            told = _("La base de datos se perdió al confirmar y no se sabe si cambió: repita la restauración (%s).")
            raise BackupError(told % error) from error
        raise BackupError(_("La base de datos no lo aceptó: %s. Nada cambió.") % error) from error
    ContentType.objects.clear_cache()
    call_command("update_index", verbosity=0, stdout=io.StringIO())  # of the desk's search, which stays behind


def try_out(archive: Archive, *, tell: Tell) -> None:
    """Restore the tables into a database of its own and compare what it gives with the archive. Raises BackupError."""
    with probe() as alias:
        _migrate_apart(alias)
        _check_schema(archive, using=alias)
        with transaction.atomic(using=alias):
            _load(archive, using=alias, tell=tell)


def _migrate_apart(alias: str) -> None:
    """Make the tables of a database beside the house, by a process that knows no other one.

    Migrations of libraries write their first rows into the default database, whichever is migrated.
    """
    done = subprocess.run(
        [sys.executable, "-m", "hermanar.site", "migrate", "--no-input", "--verbosity", "0"],
        env=environment_of(f"sqlite:///{connections.databases[alias]['NAME']}"),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BackupError(_("No se pudo preparar la base de datos de la prueba: %s") % done.stderr.strip()[-500:])


def occupied() -> list[str]:
    """Return the house's own tables that hold rows; those of libraries are begun by their migrations."""
    made = set(connection.introspection.table_names())
    found = [model for model in kept_models() if model.__module__.startswith("hermanar.")]
    found = [model for model in found if model._meta.db_table in made]
    return [model._meta.label for model in found if model._default_manager.exists()]  # noqa: SLF001  every model has it


def _prepare() -> None:
    """Make the folder, and what tables are missing where nobody has entered anything.

    A restore that was killed while it made them left some: repeated, it makes the rest.
    """
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    made = _steps(schema_of(DEFAULT_DB_ALIAS))
    if made <= _own_steps() and not occupied():
        if made != _own_steps():
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def _steps(schema: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {(room, name) for room, names in schema.items() for name in names}


def _own_steps() -> set[tuple[str, str]]:
    """Return the migrations that this version brings."""
    return set(MigrationLoader(None).disk_migrations)


def _check_schema(archive: Archive, *, using: str) -> None:
    here, there = _steps(schema_of(using)), _steps(archive.schema)
    if here == there:
        return
    only_here, only_there = sorted(here - there), sorted(there - here)
    told = _("El respaldo es de otro esquema (versión %(version)s).") % {
        "version": archive.manifest["product_version"],
    }
    if only_there:
        told += " " + _("Solo en el respaldo: %s.") % ", ".join(".".join(one) for one in only_there[:5])
    if only_here:
        told += " " + _("Solo aquí: %s.") % ", ".join(".".join(one) for one in only_here[:5])
    raise BackupError(f"{told} {_way_out(there)}")


def _way_out(schema: set[tuple[str, str]]) -> str:
    """Say what to do: rows can be replaced, tables that another version made cannot be made as they were."""
    if schema != _own_steps():
        return _("Restáurelo con la versión que lo hizo y después actualice.")
    return _(
        "Esta versión es la que lo hizo, pero las tablas que hay aquí son de otra: restáurelo en una base vacía. Aparte"
        " hermanar.sqlite3 con lo que empiece por su nombre, o ponga otra base en DATABASE_URL."
    )


def _check_room(archive: Archive) -> None:
    """Refuse before anything is touched where the disk cannot hold the copy."""
    # A picture is written anew beside the one of its name; a document is its digest, and one that is there stays.
    files = sum(part.size for part in archive.parts if part.name.startswith(MEDIA) or _is_missing(part))
    tables = sum(part.size for part in archive.parts if part.rows is not None)
    is_here = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    needed = files + (tables * 2 if is_here else 0)
    free = shutil.disk_usage(settings.VAR).free
    if free < needed:
        raise BackupError(
            _("No cabe: hacen falta unos %(needed)d MB en %(path)s y quedan %(free)d MB.")
            % {"needed": needed // 1_000_000 + 1, "path": settings.VAR, "free": free // 1_000_000}
        )


def _is_missing(part: Part) -> bool:
    return part.name.startswith("files/") and not path_of(part.name.removeprefix("files/")).exists()


def _load(archive: Archive, *, using: str, tell: Tell) -> None:
    """Empty every table and fill it from the archive, then ask the database for the same lines again."""
    connection = connections[using]
    take_down(connection)
    with connection.cursor() as cursor:
        _empty(cursor, connection)
    for model in kept_models():
        name = f"tables/{model._meta.label}.jsonl"
        if archive.part(name) is None:
            raise BackupError(_("Al respaldo le falta la parte %s.") % name)
        try:
            load_rows(model, _counted(archive.lines(name), tell), using=using)
        except (RowError, ValueError) as error:
            raise BackupError(_("La parte %(part)s no se entiende: %(why)s") % {"part": name, "why": error}) from error
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), all_models()):
            cursor.execute(statement)
    build(connection)
    _compare(archive, using=using, tell=tell)


def _empty(cursor: Any, connection: Any) -> None:
    tables = [connection.ops.quote_name(model._meta.db_table) for model in all_models()]
    if connection.vendor == "postgresql":
        cursor.execute(f"TRUNCATE {', '.join(tables)}")  # which also makes everybody else wait
        return
    for table in tables:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own


def _counted(lines: Iterator[bytes], tell: Tell) -> Iterator[bytes]:
    for line in lines:
        tell(len(line))
        yield line


def _compare(archive: Archive, *, using: str, tell: Tell) -> None:
    for model in kept_models():
        total = hashlib.sha256()
        for line in rows_of(model, using=using):
            total.update(line)
            tell(len(line))
        name = f"tables/{model._meta.label}.jsonl"
        part = archive.part(name)
        if part is None or part.sha256 != total.hexdigest():
            raise BackupError(_("La base de datos no devuelve lo que el respaldo dice en %s. Nada cambió.") % name)


# ── beside the database ────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _files_of(archive: Archive, *, tell: Tell) -> Iterator[None]:
    """Put the files in their places; those that were not there go away again when the rest fails."""
    made: list[Path] = []
    try:
        for part in archive.parts:
            if part.name.startswith("files/") and part.name[6:] not in archive.manifest["damaged_files"]:
                path = path_of(part.name[6:])
                if not path.exists():
                    _write(path, _counted(archive.pieces(part.name), tell))
                    made.append(path)
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


@contextmanager
def _media_of(archive: Archive, *, tell: Tell) -> Iterator[None]:
    """Put the museum's pictures and recordings in their places; another file of the name comes back on failure."""
    made: list[Path] = []
    former: dict[Path, Path] = {}
    try:
        for part in archive.parts:
            if part.name.startswith(MEDIA) and part.name not in archive.manifest["damaged_files"]:
                path = _media_path(part.name)
                if path.exists():
                    former[path] = path.with_name(f".{path.name}.former")
                    path.replace(former[path])
                made.append(path)
                _write(path, _counted(archive.pieces(part.name), tell))
                _let_the_web_server_read(path)
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        for path, kept in former.items():
            kept.replace(path)
        raise
    for kept in former.values():
        _forget(kept)


def _let_the_web_server_read(path: Path) -> None:
    """Give a picture the rights of one that was sent in: a server in front is of another user."""
    path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    root = Path(settings.MEDIA_ROOT)
    for folder in path.relative_to(root).parents:
        (root / folder).chmod(settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)


def _media_path(name: str) -> Path:
    """Return where a picture or a recording is kept. Raises BackupError for what would leave the folder."""
    inside = PurePosixPath(name.removeprefix(MEDIA))
    if not is_plain(inside):
        raise BackupError(_("El respaldo está dañado en %(part)s.") % {"part": name})
    return Path(settings.MEDIA_ROOT) / inside


@contextmanager
def _keys_of(archive: Archive) -> Iterator[None]:
    """Put the keys and the checkpoints in their places; what stood there comes back when the rest fails.

    Until then it lies beside them (`.NAME.….former`): without the keys of before, a house whose restore was killed
    would have rows that nothing opens.
    """
    var = Path(settings.VAR)
    wanted = {"keys/trail.key": var / "trail.key", "keys/secret.key": var / "secret.key"}
    former: dict[Path, Path | None] = {}
    try:
        for name, path in wanted.items():
            if archive.part(name) is not None:
                former[path] = _kept_beside(path)
                _write(path, archive.pieces(name))
        seal = keyring.path()
        former[seal] = _kept_beside(seal)
        if archive.part("keys/seal.keys") is not None:
            _write(seal, archive.pieces("keys/seal.keys"))
        else:  # what the copy holds was sealed before the keys were ever changed: those of now do not open it
            seal.unlink(missing_ok=True)
        if archive.part(CHECKPOINTS) is not None:
            path = settings.CHECKPOINTS
            former[path] = _kept_beside(path)
            # Newer checkpoints that are here stay: they tell what the copy does not hold.
            known = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
            missing = [line for line in archive.lines(CHECKPOINTS) if line not in known]
            _write(path, [*missing, *known])
        yield
    except BaseException:
        for path, kept in former.items():
            if kept is None:
                path.unlink(missing_ok=True)
            else:
                kept.replace(path)
        raise
    for path in former:
        for kept in path.parent.glob(f".{path.name}.*.former"):  # those of restores that were killed before, too
            _forget(kept)


def _kept_beside(path: Path) -> Path | None:
    """Copy a file to a name of its own beside it and return that; None where there is none."""
    if not path.is_file():
        return None
    kept = path.with_name(f".{path.name}.{uuid4().hex[:12]}.former")
    _write(kept, [path.read_bytes()])
    return kept


def _forget(kept: Path) -> None:
    # The database has committed: a file too many must not take back the rest.
    with suppress(OSError):
        kept.unlink()


def _check_keys(archive: Archive) -> None:
    """Refuse where the environment sets another key than the one the trail was kept under."""
    own = os.environ.get("HERMANAR_TRAIL_KEY")
    if own and b"".join(archive.pieces("keys/trail.key")) != own.encode():
        raise BackupError(
            _("HERMANAR_TRAIL_KEY no es la llave con que se llevó esta bitácora: quítela o ponga la que era.")
        )


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all, readable by nobody else."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.touch(mode=0o600)
        with partial.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
