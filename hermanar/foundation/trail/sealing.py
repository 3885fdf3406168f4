"""What is kept of people at rest: sealed with AES-256-GCM, found again by a keyed digest.

A sealed value names the key it was sealed under, so that keys can be changed (`keyring`). Their keys lie beside the
database and go with every copy: whoever has the tables alone learns how many there are, and reads none.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from hermanar.foundation.trail.keyring import TRAIL, Key, key_of, ring

_NONCE, _IDENTITY = 12, 4
_MARK = b"hs1\0"  # before the key's name; what was sealed by earlier versions, under the trail's key alone, has none


class Resealed(NamedTuple):
    """How many rows were sealed anew, and how many stayed as they were because no key opens them."""

    done: int = 0
    unopened: int = 0

    @classmethod
    def of(cls, each: Iterable[bool]) -> Resealed:
        """Count what came of each row."""
        told = list(each)
        return cls(sum(told), len(told) - sum(told))


class SealError(ValueError):
    """No key of the ring opens it: it is another installation's, its key was retired, or the row was altered."""


def sealed(text: str, *, about: bytes) -> bytes:
    """Seal a text, bound to its row: copied to another row it does not open."""
    key, nonce = ring()[0], os.urandom(_NONCE)
    return _MARK + key.identity + nonce + AESGCM(key.secret).encrypt(nonce, text.encode(), about)


def opened(content: bytes | memoryview, *, about: bytes, keys: Sequence[Key] | None = None) -> str:
    """Return what was sealed; `keys` in place of those of the ring, while they are changed. Raises SealError."""
    content = bytes(content)
    secret, rest = _secret_of(content, ring() if keys is None else keys)
    try:
        return AESGCM(secret).decrypt(rest[:_NONCE], rest[_NONCE:], about).decode()
    except (InvalidTag, ValueError) as error:
        raise SealError from error


def is_current(content: bytes | memoryview) -> bool:
    """Say whether a value is sealed under the newest key."""
    return bytes(content[: len(_MARK) + _IDENTITY]) == _MARK + ring()[0].identity


def digest_of(address: str) -> str:
    """Return by what an address is found again; under the trail's key, which never changes."""
    key = hmac.new(settings.TRAIL_KEY.encode(), b"hermanar.address.find", hashlib.sha256).digest()
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()


def _secret_of(content: bytes, keys: Sequence[Key]) -> tuple[bytes, bytes]:
    if not content.startswith(_MARK):
        return _of_the_beginning(keys), content
    start = len(_MARK) + _IDENTITY
    identity = content[len(_MARK) : start]
    found = next((key.secret for key in keys if key.identity == identity), None)
    if found is None:
        raise SealError
    return found, content[start:]


def _of_the_beginning(keys: Sequence[Key]) -> bytes:
    first = key_of(TRAIL)
    if first not in keys:
        raise SealError
    return first.secret
