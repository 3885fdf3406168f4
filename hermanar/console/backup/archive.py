"""The archive: a ZIP of tables, files and keys, with a manifest that tells each part's size, rows and SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import IO, Any

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

import hermanar
from hermanar.console.backup.refusals import BackupError
from hermanar.console.backup.tables import kept_models, rows_of
from hermanar.foundation.documents import path_of
from hermanar.foundation.models import Document
from hermanar.foundation.trail import keyring

FORM, FORM_VERSION = "hermanar-backup", 1
MANIFEST, CHECKPOINTS = "manifest.json", "checkpoints.jsonl"
MEDIA = "media/"  # before the name of each of the museum's pictures and recordings
_PIECE = 1_048_576
_MOST_MANIFEST = 200_000_000
Tell = Callable[[int], object]  # how many bytes went by


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive; `rows` of a table only."""

    name: str
    size: int
    sha256: str
    rows: int | None = None


def schema_of(using: str) -> dict[str, list[str]]:
    """Return the migrations a database has been through, by room; none before the first."""
    found: dict[str, list[str]] = {}
    for room, name in sorted(MigrationRecorder(connections[using]).applied_migrations()):
        found.setdefault(room, []).append(name)
    return found


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_archive(target: Any, *, using: str, tell: Tell, with_files: bool = True) -> dict[str, Any]:
    """Write everything that a restored house needs, the manifest last; return the manifest.

    Without files it is what another database needs beside the same files: tables and keys.
    """
    parts: list[Part] = []
    damaged: list[str] = []  # documents by their digests, pictures and recordings by their names in the archive
    seals = keyring.words()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in kept_models():
            name = f"tables/{model._meta.label}.jsonl"
            parts.append(_write_part(archive, name, rows_of(model, using=using), tell=tell, is_table=True))
        if with_files:
            parts += _write_files(archive, using=using, tell=tell, damaged=damaged)
        for name, content in _keys(seals):
            parts.append(_write_part(archive, name, [content], tell=tell))
        told = {
            "format": FORM,
            "format_version": FORM_VERSION,
            "product_version": hermanar.__version__,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "schema": schema_of(using),
            "parts": [{name: value for name, value in asdict(part).items() if value is not None} for part in parts],
            "damaged_files": damaged,
        }
        archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
    return told


def _write_files(archive: zipfile.ZipFile, *, using: str, tell: Tell, damaged: list[str]) -> Iterator[Part]:
    """Write documents, pictures and recordings; yield a part for each that is there, tell in `damaged` what is not."""
    for digest in _digests(using):
        part = _write_file(archive, f"files/{digest}", path_of(digest), tell=tell, unread=[])
        if part is None or part.sha256 != digest:
            damaged.append(digest)
        if part:
            yield part
    for path in _media(unread=damaged):
        if part := _write_file(archive, _media_name(path), path, tell=tell, unread=damaged):
            yield part


def _digests(using: str) -> Iterator[str]:
    return Document.objects.using(using).order_by("digest").values_list("digest", flat=True).distinct().iterator()


def _keys(before: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what lies beside the database; a secret that comes from the environment stays there."""
    yield "keys/trail.key", settings.TRAIL_KEY.encode()
    secret = Path(settings.VAR) / "secret.key"
    if secret.is_file():
        yield "keys/secret.key", _content(secret)
    # A change of keys that ended while the tables were read: what they hold may be under either.
    words = list(dict.fromkeys([*keyring.words(), *before]))
    if words != [keyring.TRAIL] and not settings.SEAL_KEYS:
        yield "keys/seal.keys", "".join(f"{word}\n" for word in words).encode()
    if settings.CHECKPOINTS.is_file():
        yield CHECKPOINTS, _content(settings.CHECKPOINTS)


def _content(path: Path) -> bytes:
    """Return what a copy is worth nothing without. Raises BackupError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BackupError(_("No se puede leer %(path)s: %(why)s") % {"path": path, "why": error.strerror}) from error


def _write_part(
    archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], *, tell: Tell, is_table: bool = False
) -> Part:
    total, size, count = hashlib.sha256(), 0, 0
    about = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))  # the same content gives the same bytes
    # Papers and pictures are compressed already.
    about.compress_type = zipfile.ZIP_STORED if name.startswith(("files/", MEDIA)) else zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    with archive.open(about, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece)
            total.update(piece)
            size += len(piece)
            count += 1
            tell(len(piece))
    return Part(name, size, total.hexdigest(), count if is_table else None)


def _write_file(archive: zipfile.ZipFile, name: str, path: Path, *, tell: Tell, unread: list[str]) -> Part | None:
    """Write a file as far as the disk gives it; what cannot be opened or read to its end is told in `unread`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        file = path.open("rb")
    except FileNotFoundError:  # an editor deleted a picture since the folder was read
        return None
    except OSError:
        unread.append(name)
        return None
    with file:
        return _write_part(archive, name, _read(file, name, unread=unread), tell=tell)


def _read(file: IO[bytes], name: str, *, unread: list[str]) -> Iterator[bytes]:
    # Only what is read is caught here: a target without room is another's fault and ends the copy.
    try:
        while piece := file.read(_PIECE):
            yield piece
    except OSError:
        unread.append(name)


def _media(*, unread: list[str]) -> list[Path]:
    """Return the museum's pictures and recordings; what is half written is not there yet."""

    def missed(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            unread.append(_media_name(Path(error.filename)))

    root = Path(settings.MEDIA_ROOT)
    found = [Path(folder, name) for folder, _folders, names in os.walk(root, onerror=missed) for name in names]
    return sorted(path for path in found if is_plain(path.relative_to(root)))


def _media_name(path: Path) -> str:
    return f"{MEDIA}{path.relative_to(settings.MEDIA_ROOT).as_posix()}"


def is_plain(path: PurePath) -> bool:
    """Say whether a name leads to a file below the museum's folder and nowhere else."""
    parts = path.parts
    return bool(parts) and not path.is_absolute() and not any(part.startswith(".") or "\\" in part for part in parts)


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _told(part: str) -> Iterator[None]:
    """Tell damage by the part it is in."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError) as error:
        raise BackupError(_("El respaldo está dañado en %(part)s.") % {"part": part}) from error
    except BackupError as error:
        raise BackupError(_("%(why)s Parte: %(part)s.") % {"why": error, "part": part}) from error


class Archive:
    """An archive open for reading; what its manifest says has been looked at, its parts have not."""

    def __init__(self, source: Any) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
        except zipfile.BadZipFile as error:
            raise BackupError(_("No es un respaldo de Hermanar, o está cortado: le falta el final.")) from error
        with _told(MANIFEST):
            if self._zip.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
                raise BackupError(_("El manifiesto es demasiado grande."))
            content = self._zip.read(MANIFEST)
        try:
            self.manifest: dict[str, Any] = json.loads(content)
            self.parts = [Part(**part) for part in self.manifest["parts"]]
            self.schema: dict[str, list[str]] = self.manifest["schema"]
            version = (self.manifest["format"], self.manifest["format_version"])
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(_("El manifiesto del respaldo está dañado.")) from error
        if version != (FORM, FORM_VERSION):
            raise BackupError(
                _("El respaldo es de otro formato (%(found)s); esta versión lee el %(known)s.")
                % {"found": " ".join(map(str, version)), "known": f"{FORM} {FORM_VERSION}"}
            )

    def part(self, name: str) -> Part | None:
        """Return a part by its name."""
        return next((part for part in self.parts if part.name == name), None)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a part; damage met while reading it is told by its name."""
        with _told(name), self._zip.open(name) as stream:
            yield stream

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part in pieces that fit in memory."""
        with self.open(name) as stream:
            while piece := stream.read(_PIECE):
                yield piece

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the rows of a table."""
        with self.open(name) as stream:
            yield from stream

    def strangers(self) -> list[str]:
        """Return what is in the ZIP and not in its manifest, or is in it twice."""
        told = [*(part.name for part in self.parts), MANIFEST]
        found = self._zip.namelist()
        return sorted({name for name in found if name not in set(told) or found.count(name) > 1})


def check_parts(archive: Archive, *, tell: Tell) -> None:
    """Read every part and compare size, rows and SHA-256 with the manifest. Raises BackupError that names the part."""
    if strangers := archive.strangers():
        raise BackupError(_("El respaldo trae algo que su manifiesto no nombra: %s.") % strangers[0])
    for part in archive.parts:
        total, size, rows = hashlib.sha256(), 0, 0
        for piece in archive.pieces(part.name):
            total.update(piece)
            size += len(piece)
            rows += piece.count(b"\n")
            tell(len(piece))
        same = (size, total.hexdigest()) == (part.size, part.sha256) and part.rows in {None, rows}
        is_own = not part.name.startswith("files/") or part.name == f"files/{part.sha256}"
        if not same or not (is_own or part.name[6:] in archive.manifest["damaged_files"]):
            raise BackupError(_("El respaldo está dañado en %(part)s.") % {"part": part.name})
