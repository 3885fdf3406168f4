"""Addresses at rest: sealed with AES-256-GCM, found again by a keyed digest.

Their keys come from the trail's, which lies beside the database and goes with every copy: whoever has the tables alone
learns how many subscribed, and no address.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class SealError(ValueError):
    """The key does not open what was sealed: it is another installation's, or the row was altered."""


def sealed(address: str, *, about: bytes) -> bytes:
    """Seal an address, bound to its row: copied to another row it does not open."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key("seal")).encrypt(nonce, address.encode(), about)


def opened(content: bytes | memoryview, *, about: bytes) -> str:
    """Return a sealed address. Raises SealError."""
    content = bytes(content)
    try:
        return AESGCM(_key("seal")).decrypt(content[:_NONCE], content[_NONCE:], about).decode()
    except (InvalidTag, ValueError) as error:
        raise SealError from error


def digest_of(address: str) -> str:
    """Return by what an address is found again."""
    return hmac.new(_key("find"), address.encode(), hashlib.sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return hmac.new(settings.TRAIL_KEY.encode(), f"hermanar.address.{purpose}".encode(), hashlib.sha256).digest()
