"""The keys under which values are sealed: the newest seals, the others still open until `hermanar reseal` is done.

An installation begins with one key, which follows from the trail's. The first change of keys makes a file of its own,
the newest key first, one a line; `trail` stands there for the key of the beginning while it still opens.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

TRAIL = "trail"
_ID_BYTES = 4


class Key(NamedTuple):
    """A key and by what a sealed value names it."""

    identity: bytes
    secret: bytes


def path() -> Path:
    """Return where the keys lie once they were changed, beside the trail's."""
    return Path(settings.VAR) / "seal.keys"


def ring() -> tuple[Key, ...]:
    """Return the keys that open, the one that seals first; read anew each time, for every process at once."""
    return tuple(key_of(word) for word in words())


def words() -> tuple[str, ...]:
    """Return what the ring is written as. Raises ImproperlyConfigured for a file without any key."""
    if settings.SEAL_KEYS:
        return tuple(settings.SEAL_KEYS)
    try:
        found = tuple(path().read_text(encoding="utf-8").split())
    except FileNotFoundError:
        return (TRAIL,)
    if not found:
        raise ImproperlyConfigured(_("%(path)s está vacío: ponga el de un respaldo.") % {"path": path()})
    return found


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the ring against other changes of it. Raises BlockingIOError while one is under way elsewhere."""
    descriptor = os.open(path().parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def begin_change() -> bool:
    """Put a new key before those there are, unless a change is under way already; say whether one began now."""
    before = words()
    if len(before) > 1:
        return False
    write((secrets.token_urlsafe(64), *before))
    return True


def changed_at() -> float:
    """Return when the ring was last written, by the clock of the system."""
    return path().stat().st_mtime


def end_change() -> None:
    """Keep the newest key alone: what another sealed does not open any more."""
    write(words()[:1])


def write(ring_: Sequence[str]) -> None:
    """Write the ring whole or not at all, readable by its owner alone."""
    target = path()
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        fresh.touch(mode=0o600)
        with fresh.open("w", encoding="utf-8") as file:
            file.write("\n".join(ring_) + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()


def key_of(word: str) -> Key:
    """Return the key that a word of the ring stands for."""
    root = settings.TRAIL_KEY if word == TRAIL else word
    secret = hmac.new(root.encode(), b"hermanar.address.seal", hashlib.sha256).digest()
    return Key(hashlib.sha256(b"hermanar.seal.identity" + secret).digest()[:_ID_BYTES], secret)
