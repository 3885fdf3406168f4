"""Hidden files and folders that last as long as a command works; what a killed one left goes with the next.

Who works holds a lock, which the system lets go of when the process is killed: what nobody holds, nobody uses.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

_FILE = ".hermanar-"
_KINDS = ("snapshot", "probe", "move")  # of folders: each may hold a whole house with its keys


@contextmanager
def held_file(folder: Path) -> Iterator[Path]:
    """Yield a new file in a folder, readable by its owner only; at the end it is gone unless it got another name."""
    _sweep([*folder.glob(f"{_FILE}*.part"), *_folders()])
    path, descriptor = _held_from_birth(folder)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _held_from_birth(folder: Path) -> tuple[Path, int]:
    while True:
        descriptor, name = tempfile.mkstemp(prefix=_FILE, suffix=".part", dir=folder)
        with suppress(OSError):  # a share of another machine may know no locks: then nothing there is swept either
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return Path(name), descriptor
        os.close(descriptor)  # another command swept it before it was held


@contextmanager
def held_folder(kind: str) -> Iterator[Path]:
    """Yield a new folder in that of the data, where whoever may read one may read the other; at the end it is gone."""
    assert kind in _KINDS
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    _sweep(_folders())
    with tempfile.TemporaryDirectory(prefix=f".{kind}-", dir=settings.VAR) as name:
        descriptor = os.open(name, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(descriptor)


def _folders() -> list[Path]:
    return [path for kind in _KINDS for path in Path(settings.VAR).glob(f".{kind}-*")]


def _sweep(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            # A lock on a file of a network's share wants it open for writing.
            descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        except OSError:  # it has gone meanwhile, or is another user's
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path)
        except OSError:
            continue  # somebody works with it, or nobody could tell
        finally:
            os.close(descriptor)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
