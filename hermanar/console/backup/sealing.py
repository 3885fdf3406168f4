"""A sealed copy: AES-256-GCM over chunks, under a key that scrypt makes from the passphrase.

Layout: a line that names the form; a line of JSON with how the key is made; 32 bytes by which a wrong passphrase is
told from damage; then chunks of 64 KiB, each with its tag. The nonce of a chunk is a random prefix, its number and
whether it is the last, so that chunks can be neither moved nor left out, nor the end cut off, without it showing
(STREAM, by Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from hermanar.console.backup.refusals import BackupError

MAGIC = b"hermanar-sealed-1\n"
CHUNK = 65_536
_TAG = 16
_CHECK = 32
_SCRYPT = {"n": 2**17, "r": 8, "p": 1}  # 128 MB and about half a second for each guess
_MOST = {"n": 2**20, "r": 16, "p": 4}  # what a header may ask of the machine that reads it
_MOST_HEADER = 1_000


def is_sealed(stream: IO[bytes]) -> bool:
    """Say whether a file begins as a sealed copy."""
    stream.seek(0)
    found = stream.read(len(MAGIC)) == MAGIC
    stream.seek(0)
    return found


def _keys(passphrase: str, asked: dict[str, Any]) -> tuple[AESGCM, bytes]:
    """Return what opens the chunks, and the key of the check."""
    n, r, p = (int(asked[name]) for name in ("n", "r", "p"))
    memory = 128 * n * r * p + 1_048_576
    made = hashlib.scrypt(
        passphrase.encode(), salt=bytes.fromhex(asked["salt"]), n=n, r=r, p=p, maxmem=memory, dklen=64
    )
    return AESGCM(made[:32]), made[32:]


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


class SealedWriter(io.RawIOBase):
    """Seals whatever is written; closing it writes the last chunk, without which nobody takes the file for whole."""

    def __init__(self, target: IO[bytes], passphrase: str) -> None:
        super().__init__()
        self._target = target
        self._prefix = os.urandom(7)
        told = {"kdf": "scrypt", **_SCRYPT, "salt": os.urandom(16).hex(), "prefix": self._prefix.hex(), "chunk": CHUNK}
        self._header = MAGIC + json.dumps(told).encode() + b"\n"
        self._cipher, check = _keys(passphrase, told)
        self._waiting = bytearray()
        self._number = 0
        target.write(self._header + hmac.digest(check, self._header, "sha256"))

    def writable(self) -> bool:
        """Take bytes."""
        return True

    def write(self, data: Any) -> int:
        """Seal the chunks that are full; one is kept back, for it may be the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def _seal(self, data: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, data, self._header))
        self._number += 1

    def finish(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()


class SealedReader(io.RawIOBase):
    """Opens a sealed copy anywhere in it, holding one chunk in memory. Raises BackupError."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        super().__init__()
        self._source = source
        self._header, told = _read_header(source)
        self._cipher, check = _keys(passphrase, told)
        if not hmac.compare_digest(hmac.digest(check, self._header, "sha256"), source.read(_CHECK)):
            raise BackupError(_("La contraseña no es la de este respaldo, o su encabezado está dañado."))
        self._prefix = bytes.fromhex(told["prefix"])
        self._start = len(self._header) + _CHECK
        sealed = source.seek(0, os.SEEK_END) - self._start
        self._count = max(-(-sealed // (CHUNK + _TAG)), 1)
        self._size = sealed - self._count * _TAG
        self._open: tuple[int, bytes] | None = None
        self._at = 0
        self._check_end()

    def _check_end(self) -> None:
        try:
            self._chunk(self._count - 1)
        except (InvalidTag, ValueError) as error:
            raise BackupError(_("El respaldo está cortado o dañado en su final: cópielo de nuevo entero.")) from error

    def readable(self) -> bool:
        """Give bytes."""
        return True

    def seekable(self) -> bool:
        """Go anywhere."""
        return True

    def tell(self) -> int:
        """Return the place in what was sealed."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in what was sealed."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read what is left of the chunk of this place."""
        if self._at >= self._size:
            return 0
        number, offset = divmod(self._at, CHUNK)
        try:
            data = self._chunk(number)[offset : offset + len(buffer)]
        except InvalidTag as error:
            raise BackupError(
                _("El respaldo está dañado en el bloque %(number)d de %(count)d.")
                % {"number": number + 1, "count": self._count}
            ) from error
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _chunk(self, number: int) -> bytes:
        if self._open is None or self._open[0] != number:
            self._source.seek(self._start + number * (CHUNK + _TAG))
            nonce = _nonce(self._prefix, number, is_last=number == self._count - 1)
            self._open = (number, self._cipher.decrypt(nonce, self._source.read(CHUNK + _TAG), self._header))
        return self._open[1]


def _read_header(source: IO[bytes]) -> tuple[bytes, dict[str, Any]]:
    source.seek(len(MAGIC))
    line = source.readline(_MOST_HEADER)
    try:
        told = json.loads(line)
        is_known = told["kdf"] == "scrypt" and told["chunk"] == CHUNK and len(bytes.fromhex(told["prefix"])) == 7  # noqa: PLR2004
        is_bearable = all(0 < int(told[name]) <= most for name, most in _MOST.items())
        bytes.fromhex(told["salt"])
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(_("El encabezado del respaldo cifrado está dañado.")) from error
    if not (is_known and is_bearable):
        raise BackupError(_("El encabezado del respaldo cifrado está dañado o es de otra versión."))
    return MAGIC + line, told
