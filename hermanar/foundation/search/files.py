"""The files of an index: whether they still are what was written, and what happens when they are not.

The library maps them into memory and trusts them. A file that was harmed in place makes it panic, or answer wrongly,
or brings the process down; so every file is checked against its own checksum before it is used, and watched after.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tantivy

PATIENCE = 10  # seconds a request waits for another to bring the index up to date
_POLL = 0.02
_MAGIC = 1337  # ends every file of a segment, after a description of itself and its length
_TAIL = struct.Struct("<II")
_CHUNK = 1 << 20
_BESIDE = {"meta.json", ".managed.json"}  # rewritten with every commit; the library refuses what it cannot read
Signature = tuple[int, int, int]


class IndexUnavailableError(Exception):
    """The index cannot answer at this moment; asked again shortly, it will."""

    retry_after = 2  # seconds


class BrokenIndexError(IndexUnavailableError):
    """The index does not hold what was written to it; the next request derives it again."""


@contextlib.contextmanager
def panics_told() -> Iterator[None]:
    """Turn a panic of the library, which is no `Exception`, into an error that can be met."""
    try:
        yield
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise BrokenIndexError(str(error)) from error


class Reader:
    """What is asked of a searcher; whatever the library cannot read is told to the index and to the one who asks."""

    def __init__(self, searcher: tantivy.Searcher, *, on_harm: Callable[[], None]) -> None:
        self._searcher, self._on_harm = searcher, on_harm

    @property
    def num_docs(self) -> int:
        """How many documents there are."""
        return self._searcher.num_docs

    @contextlib.contextmanager
    def _met(self) -> Iterator[None]:
        try:
            with panics_told():
                yield
        except (ValueError, OSError, BrokenIndexError) as error:
            self._on_harm()
            raise BrokenIndexError(str(error)) from error

    def search(self, query: tantivy.Query, **options: Any) -> Any:
        """Find what matches."""
        with self._met():
            return self._searcher.search(query, **options)

    def aggregate(self, query: tantivy.Query, asked: dict[str, Any]) -> Any:
        """Count what matches by the values of fields."""
        with self._met():
            return self._searcher.aggregate(query, asked)

    def doc_freq(self, field: str, value: Any) -> int:
        """Return in how many documents a term stands."""
        with self._met():
            return self._searcher.doc_freq(field, value)

    def fast_field_values(self, field: str, addresses: Sequence[tantivy.DocAddress]) -> list[Any]:
        """Return what a field holds in these documents."""
        with self._met():
            return self._searcher.fast_field_values(field, list(addresses))


class Watch:
    """The files of one folder, each as it was when its checksum was found right."""

    def __init__(self) -> None:
        self._sound: dict[Path, Signature] = {}

    def check(self, folder: Path) -> None:
        """Read every file not read yet. Raises BrokenIndexError, FileNotFoundError."""
        found = {path: _signature(path) for path in _segment_files(folder)}
        for path, signature in found.items():
            if self._sound.get(path) != signature and not is_sound(path):
                raise BrokenIndexError(f"{path}: not what was written")
        self._sound = found

    def is_untouched(self) -> bool:
        """Tell whether no file was changed or taken away since it was found sound; they are never written twice."""
        try:
            return all(_signature(path) == signature for path, signature in self._sound.items())
        except OSError:
            return False

    def forget(self) -> None:
        """Read everything again at the next check."""
        self._sound = {}


def _segment_files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name not in _BESIDE and path.suffix != ".lock"]


def _signature(path: Path) -> Signature:
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns


def is_sound(path: Path) -> bool:
    """Tell whether a file of a segment holds what its own last lines say was written."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if size < _TAIL.size:
            return False
        file.seek(size - _TAIL.size)
        length, magic = _TAIL.unpack(file.read(_TAIL.size))
        body = size - _TAIL.size - length
        if magic != _MAGIC or body < 0:
            return False
        file.seek(body)
        try:
            written = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        seen = 0
        while body:
            chunk = file.read(min(_CHUNK, body))
            if not chunk:
                return False
            seen, body = zlib.crc32(chunk, seen), body - len(chunk)
    return bool(seen == written)


@contextlib.contextmanager
def held(root: Path) -> Iterator[None]:
    """Hold a folder against the other processes; the system lets go of it when its holder dies.

    Raises IndexUnavailableError when another one holds it for too long, OSError when the folder cannot be used.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("a") as handle:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as taken:
                if time.monotonic() > deadline:
                    raise IndexUnavailableError(f"{root}: being derived again") from taken
                time.sleep(_POLL)
        yield
