"""Keep files by the digest of their content, each told by a row that belongs to an office; find them again."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor
from hermanar.foundation.documents import images
from hermanar.foundation.documents.kinds import kind_of, no_picture
from hermanar.foundation.documents.names import extension_of, kept_name
from hermanar.foundation.documents.places import path_of, root
from hermanar.foundation.documents.receiving import Readable, copy_bounded
from hermanar.foundation.documents.refusals import RefusedDocumentError
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


@transaction.atomic
def store_upload(
    stream: Readable,
    *,
    name: str,
    by: Actor,
    office: UUID | None,
    about: About | None = None,
    is_picture: bool = False,
) -> Document:
    """Look into what is sent, keep it and return its row; part of a verb, which has asked whether the actor may.

    Where a picture is asked for, nothing else is taken.

    Raises RefusedDocumentError; then nothing of it stays.
    """
    about = about or About()
    try:
        digest, size, media_type, extension = _take_in(stream, name, is_picture=is_picture)
    except RefusedDocumentError as error:
        error.name = name
        raise
    row = Document.objects.create(
        office=office,
        digest=digest,
        size=size,
        media_type=media_type,
        name=kept_name(name, extension),
        language=about.language,
        dated_on=about.dated_on,
        source=about.source,
        uploaded_at=timezone.now(),
        uploaded_by=by.user,
    )
    content = {"digest": digest, "size": size, "media_type": media_type}
    chain = str(office) if office else trail.REGISTRY
    trail.record("document.stored", by=by, subject=str(row.pk), content=content, chain=chain)
    return row


@transaction.atomic
def store_made(stream: IO[bytes], *, name: str, media_type: str, by: Actor, office: UUID) -> Document:
    """Keep a file that the house itself has made, which is not looked into; part of a verb. Returns its row."""
    with _incoming() as file:
        shutil.copyfileobj(stream, file)
        digest, size = _settle(file)
    row = Document.objects.create(
        office=office,
        digest=digest,
        size=size,
        media_type=media_type,
        name=name,
        uploaded_at=timezone.now(),
        uploaded_by=by.user,
    )
    content = {"digest": digest, "size": size, "media_type": media_type}
    trail.record("document.made", by=by, subject=str(row.pk), content=content, chain=str(office))
    return row


def _take_in(stream: Readable, name: str, *, is_picture: bool) -> tuple[str, int, str, str]:
    with _incoming() as sent, _incoming() as rewritten:
        copy_bounded(stream, sent)
        kind = kind_of(sent, extension_of(name))
        if is_picture and kind.check is not None:
            raise no_picture()
        final = sent
        if kind.check is None:
            images.write_anew(sent, rewritten)
            final = rewritten
        else:
            kind.check(sent)
        digest, size = _settle(final)
    return digest, size, kind.media_type, kind.extensions[0]


@contextmanager
def _incoming() -> Iterator[BufferedRandom]:
    """Open a file nobody else can see, which is gone at the end unless it was given its name."""
    folder = root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{uuid7()}.part"
    path.touch(mode=0o600, exist_ok=False)
    try:
        with path.open("r+b") as file:
            yield file
    finally:
        path.unlink(missing_ok=True)


def _settle(file: BufferedRandom) -> tuple[str, int]:
    """Bring a file to the disk and give it the name of its content, whole or not at all."""
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = file.seek(0, os.SEEK_END)
    final = path_of(digest)
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    Path(file.name).rename(final)
    for folder in (final.parent, final.parent.parent, root()):
        _sync(folder)
    return digest, size


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
    chain = str(office) if office else trail.REGISTRY
    trail.record("document.discarded", by=by, subject=key, content={"digest": digest}, chain=chain)
    transaction.on_commit(lambda: _let_go(digest))


def _let_go(digest: str) -> None:
    with seeing_all():  # the same file may be another office's
        if not Document.objects.filter(digest=digest).exists():
            path_of(digest).unlink(missing_ok=True)


def orphans(*, now: float | None = None) -> list[Path]:
    """List the files that no row tells of: what is left of verbs that did not end, older than an hour."""
    limit = (time.time() if now is None else now) - _SETTLED_SECONDS
    known = set(Document.objects.values_list("digest", flat=True).distinct().iterator())
    files = (path for path in root().rglob("*") if path.is_file())
    return sorted(path for path in files if path.name not in known and path.stat().st_mtime < limit)


def damaged() -> list[Document]:
    """List the documents whose file is missing or is no longer what its digest says."""
    found = []
    sound: dict[str, bool] = {}
    for row in Document.objects.order_by("digest", "pk").iterator():
        if row.digest not in sound:
            sound.clear()  # rows come by digest, so one is enough to remember
            sound[row.digest] = _is_sound(row.digest)
        if not sound[row.digest]:
            found.append(row)
    return found


def _is_sound(digest: str) -> bool:
    path = path_of(digest)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == digest
