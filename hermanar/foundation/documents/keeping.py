"""Keep files by the digest of their content, each told by a row that belongs to an office; find them again."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor
from hermanar.foundation.documents.names import kept_name
from hermanar.foundation.documents.places import Made, made, path_of, root
from hermanar.foundation.documents.receiving import Readable
from hermanar.foundation.documents.refusals import RefusedDocumentError
from hermanar.foundation.documents.taking import copied, files_first, hold_file, looked_into, take
from hermanar.foundation.models import Document, uuid7
from hermanar.foundation.walls import seeing_all

# A file whose row is not there yet may belong to a verb that is still under way.
_SETTLED_SECONDS = 3_600


class NoDocumentError(LookupError):
    """The office has no such document; whether another has, is not told."""


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of a document when it is sent."""

    language: str = ""
    dated_on: dt.date | None = None
    source: str = ""


@files_first
def store_upload(
    stream: Readable,
    *,
    name: str,
    by: Actor,
    office: UUID | None,
    about: About | None = None,
    is_picture: bool = False,
) -> Document:
    """Look into what is sent, keep it and return its row; for who has asked whether the actor may, or part of a verb.

    Where a picture is asked for, nothing else is taken.

    Raises RefusedDocumentError; then nothing of it stays.
    """
    about = about or About()
    try:
        taken = take(stream, lambda: looked_into(stream, name=name, is_picture=is_picture))
    except RefusedDocumentError as error:
        error.name = name
        raise
    row = Document.objects.create(
        office=office,
        digest=taken.digest,
        size=taken.size,
        media_type=taken.media_type,
        name=kept_name(name, taken.extension),
        language=about.language,
        dated_on=about.dated_on,
        source=about.source,
        uploaded_at=timezone.now(),
        uploaded_by=by.user,
    )
    _tell("document.stored", row, by=by)
    return row


@files_first
def store_made(stream: IO[bytes], *, name: str, media_type: str, by: Actor, office: UUID) -> Document:
    """Keep a file that the house itself has made, which is not looked into; part of a verb. Returns its row."""
    taken = take(stream, lambda: copied(stream, media_type=media_type))
    row = Document.objects.create(
        office=office,
        digest=taken.digest,
        size=taken.size,
        media_type=taken.media_type,
        name=name,
        uploaded_at=timezone.now(),
        uploaded_by=by.user,
    )
    _tell("document.made", row, by=by)
    return row


def _tell(code: str, row: Document, *, by: Actor) -> None:
    content = {"digest": row.digest, "size": row.size, "media_type": row.media_type}
    trail.record(code, by=by, subject=str(row.pk), content=content, chain=_chain_of(row.office))


def _chain_of(office: UUID | None) -> str:
    return str(office) if office else trail.REGISTRY


def open_document(identifier: UUID | str, *, office: UUID | None) -> Document:
    """Return a document of an office. Raises NoDocumentError when the office has none such."""
    try:
        key = identifier if isinstance(identifier, UUID) else UUID(identifier)
    except ValueError as error:
        raise NoDocumentError(str(identifier)) from error
    found = Document.objects.filter(pk=key, office=office).first()
    if found is None:
        raise NoDocumentError(str(identifier))
    return found


@transaction.atomic
def discard(identifier: UUID | str, *, office: UUID | None, by: Actor) -> None:
    """Let go of a document for good, and of its file unless another row tells of the same; part of a verb.

    Raises NoDocumentError.
    """
    row = open_document(identifier, office=office)
    digest, key = row.digest, str(row.pk)
    row.delete()
    trail.record("document.discarded", by=by, subject=key, content={"digest": digest}, chain=_chain_of(office))
    transaction.on_commit(lambda: _let_go(digest))


def _let_go(digest: str) -> None:
    with seeing_all(), transaction.atomic():  # the same file may be another office's
        hold_file(digest, to_let_go=True)  # who keeps the same file has committed its row, or gives it its name later
        if Document.objects.filter(digest=digest).exists():
            return
        path_of(digest).unlink(missing_ok=True)
        for what in Made:
            _remove(made(what) / digest)


def _remove(folder: Path) -> None:
    """Remove what was made of a file that is gone: moved first, so that nobody who still makes some puts it there."""
    gone = folder.with_name(str(uuid7()))
    with suppress(FileNotFoundError):  # there was nothing, or who sweeps was faster
        folder.rename(gone)
        shutil.rmtree(gone)


def orphans(*, now: float | None = None) -> list[Path]:
    """List the files that no row tells of: what is left of verbs that did not end, older than an hour."""
    limit = (time.time() if now is None else now) - _SETTLED_SECONDS
    known = set(Document.objects.values_list("digest", flat=True).distinct().iterator())
    files = (path for path in root().rglob("*") if path.is_file())
    return sorted(path for path in files if path.name not in known and path.stat().st_mtime < limit)


def damaged(*, is_read: bool = True) -> list[Document]:
    """List the documents whose file is missing or has another length; where files are read, also what was altered.

    A file that the disk does not give counts as missing. The rows are read first: to read files lasts, and on SQLite
    whoever writes waits for a question that is still being answered.
    """
    sound: dict[str, bool] = {}
    found = []
    for row in list(Document.objects.order_by("digest", "pk")):
        if row.digest not in sound:
            sound.clear()  # rows come by digest, so one is enough to remember
            sound[row.digest] = _is_sound(row, is_read=is_read)
        if not sound[row.digest]:
            found.append(row)
    return found


def _is_sound(row: Document, *, is_read: bool) -> bool:
    try:
        path = path_of(row.digest)
        if not path.is_file() or path.stat().st_size != row.size:
            return False
        if not is_read:
            return True
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == row.digest
    except OSError:  # no right to it, or a bad place on the disk
        return False
