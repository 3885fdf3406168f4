"""The folder that a web server looks into: `now` leads to another name after every commit.

The server makes what it leads to a part of the key of its cache (nginx: `$realpath_root`), so a page kept before a
commit is never found after it. A name never returns.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hermanar.site.remembered.moments import Moments

NOW = "now"
KEPT = ("X-Accel-Expires", "60")  # what the server in front may keep, and it takes this line away; the key has a minute
KEPT_FILES = ("X-Accel-Expires", "600")  # a file of everything tells no minutes; its key has ten of them, for the day
OLD_SECONDS = 60  # a name that somebody has just read must still be there
EVERY_SECONDS = 0.2
_SWEPT_EACH = 64
_log = logging.getLogger(__name__)
_moves = 0


def move(folder: Path) -> None:
    """Lead `now` to a new name. What cannot be written is told; a page of before then lives for a minute at most."""
    global _moves  # noqa: PLW0603 (a race only sweeps twice)
    name = secrets.token_hex(8)
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711)  # another user's server follows `now`, whatever the mask of ours
        (folder / name).mkdir()
        link = folder / f"{name}.link"
        link.symlink_to(name)
        link.replace(folder / NOW)
    except OSError:
        _log.exception("the server in front could not be told of a commit")
        return
    _moves += 1
    if _moves % _SWEPT_EACH == 1:
        sweep(folder)


def sweep(folder: Path) -> None:
    """Remove the names that nobody is led to any more."""
    with suppress(OSError):
        now, oldest = (folder / NOW).readlink().name, time.time() - OLD_SECONDS
        for entry in os.scandir(folder):
            if entry.name not in {NOW, now} and entry.stat(follow_symlinks=False).st_mtime < oldest:
                remove = os.rmdir if entry.is_dir(follow_symlinks=False) else os.unlink
                with suppress(OSError):  # another process was quicker
                    remove(entry.path)


def watch(folder: Path, moments: Moments) -> None:
    """Follow in the background what other programs than ours commit, and what was committed while nothing ran."""
    threading.Thread(target=_follow, args=(folder, moments), daemon=True, name="front").start()


def _follow(folder: Path, moments: Moments) -> None:
    known: Hashable | None = None
    while True:
        known = followed(folder, moments.now(), known=known)
        time.sleep(EVERY_SECONDS)


def followed(folder: Path, moment: Hashable | None, *, known: Hashable | None) -> Hashable | None:
    """Move if the database stands at another moment than the one known, or at one that cannot be told."""
    if moment is None or moment != known:
        move(folder)
    return moment
