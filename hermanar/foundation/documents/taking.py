"""Files on their way in: looked into before any transaction, named within the one that tells of them (decision 46).

To copy a file, to read it and to write a picture anew takes seconds, and whoever writes would wait for a verb that did
so under a lock.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from io import BufferedRandom
from pathlib import Path
from typing import IO, ParamSpec, TypeVar

from django.db import connection, transaction

from hermanar.foundation.documents import images
from hermanar.foundation.documents.kinds import kind_of, no_picture
from hermanar.foundation.documents.names import extension_of
from hermanar.foundation.documents.places import path_of, root
from hermanar.foundation.documents.receiving import Readable, copy_bounded
from hermanar.foundation.documents.refusals import RefusedDocumentError
from hermanar.foundation.models import uuid7

P = ParamSpec("P")
R = TypeVar("R")
_MOST_FILES = 100  # more than any form has


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was looked into and is on the disk, under no name yet."""

    path: Path
    digest: str
    size: int
    media_type: str
    extension: str


Look = Callable[[], AbstractContextManager[Taken]]


class _NotTakenError(Exception):
    """A verb has met a file that nobody looked into yet."""

    def __init__(self, stream: object, look: Look) -> None:
        self.stream = stream
        self.look = look
        super().__init__()


@dataclass(slots=True)
class _Tray:
    """The files of one verb while it is under way: what each turned out to be, and which of them it keeps."""

    stack: ExitStack
    found: dict[int, Taken | RefusedDocumentError] = field(default_factory=dict)
    streams: list[object] = field(default_factory=list)  # held, so that no other stream gets the identity of one
    kept: dict[str, Taken] = field(default_factory=dict)

    def look(self, missing: _NotTakenError) -> None:
        self.streams.append(missing.stream)
        try:
            self.found[id(missing.stream)] = self.stack.enter_context(missing.look())
        except RefusedDocumentError as refused:  # told where the verb would keep the file, after all it checks before
            self.found[id(missing.stream)] = refused


_tray: ContextVar[_Tray | None] = ContextVar("files_of_the_verb", default=None)


def files_first(verb: Callable[P, R]) -> Callable[P, R]:
    """Run a verb in one transaction, whose files are looked into while nothing is held.

    A verb that meets a file goes no further: what it did is undone, the file is looked into, and the verb begins again
    from its first line. So whoever may not send makes nobody decode, and what is decided is decided on what stands once
    the file is there. A verb called by such a verb is part of it; with a file and within another transaction it raises
    RuntimeError.
    """

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _tray.get() is not None:
            with transaction.atomic():
                return verb(*args, **kwargs)
        with ExitStack() as stack:
            tray = _Tray(stack)
            for _time in range(_MOST_FILES):
                try:
                    return _once(tray, functools.partial(verb, *args, **kwargs))
                except _NotTakenError as missing:
                    tray.look(missing)
            raise RuntimeError(f"{verb.__qualname__} brings another file each time")

    return run


def _once(tray: _Tray, verb: Callable[[], R]) -> R:
    tray.kept.clear()
    under_way = _tray.set(tray)
    try:
        with transaction.atomic(durable=bool(tray.found)):  # a transaction around it would have waited for its files
            done = verb()
            if not transaction.get_rollback():
                _settle(tray.kept.values())
            return done
    finally:
        _tray.reset(under_way)


def take(stream: object, look: Look) -> Taken:
    """Return what a file turned out to be, for the verb under way to keep. Raises RefusedDocumentError."""
    tray = _tray.get()
    if tray is None:
        raise RuntimeError("a file is kept by a verb")
    found = tray.found.get(id(stream))
    if found is None:
        raise _NotTakenError(stream, look)
    if isinstance(found, RefusedDocumentError):
        raise found
    tray.kept[found.digest] = found
    return found


@contextmanager
def looked_into(stream: Readable, *, name: str, is_picture: bool) -> Iterator[Taken]:
    """Take in what somebody sends. Raises RefusedDocumentError."""
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
        yield _finished(final, kind.media_type, kind.extensions[0])


@contextmanager
def copied(stream: IO[bytes], *, media_type: str) -> Iterator[Taken]:
    """Take in what the house itself has made, which is not looked into."""
    with _incoming() as file:
        shutil.copyfileobj(stream, file)
        yield _finished(file, media_type, "")


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


def _finished(file: BufferedRandom, media_type: str, extension: str) -> Taken:
    """Bring a file to the disk and prepare its place: what is left is to give it its name."""
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = file.seek(0, os.SEEK_END)
    folder = path_of(digest).parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for above in (folder.parent, root()):
        _sync(above)
    return Taken(Path(file.name), digest, size, media_type, extension)


def _settle(kept: Iterable[Taken]) -> None:
    """Give files the names of their contents, whole or not at all: the last thing before their rows are committed."""
    for one in kept:
        hold_file(one.digest)
        final = path_of(one.digest)
        one.path.rename(final)
        _sync(final.parent)


def hold_file(digest: str, *, to_let_go: bool = False) -> None:
    """Keep a file to the end of the transaction from being let go; or, to let it go, from being kept.

    On SQLite the transaction itself does: there is one writer.
    """
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(bytes.fromhex(digest[:16]), signed=True)
    # Shared among those who keep: two who keep the same files in another order never wait for each other.
    lock = "pg_advisory_xact_lock" if to_let_go else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s::bigint)", [number])


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
