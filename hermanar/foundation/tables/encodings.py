"""Tell what a text file is written in: UTF-8, the Windows code page of Western Europe, or neither whole."""

from __future__ import annotations

import re
from enum import StrEnum

_FITTING_PER_STRANGE = 4
_HIGH = re.compile("[^\x00-\x7f]")
_STRAY = re.compile("[\udc80-\udcff]")  # a byte that is not UTF-8, as `surrogateescape` keeps it
_WITHIN_WORDS = frozenset("’·–—")  # d'Aosta, Sant Cugat: they say nothing either way
_AFTER_WORDS = frozenset("“”‘…ªº°¡¿«»§€™®©\u00a0")


class Encoding(StrEnum):
    """What the bytes of a text are."""

    UTF8 = "utf-8"
    WINDOWS = "cp1252"
    BROKEN = "broken"  # UTF-8 but for some bytes
    FOREIGN = "foreign"  # neither


def decode(data: bytes) -> tuple[str, Encoding]:
    """Return the text and what it was written in; where it is not whole, the bytes in doubt are lone surrogates."""
    try:
        return data.decode("utf-8-sig"), Encoding.UTF8
    except UnicodeDecodeError:
        pass
    kept = data.decode("utf-8-sig", "surrogateescape")
    wrong = len(_STRAY.findall(kept))
    right = len(_HIGH.findall(kept)) - wrong
    if right > wrong:
        return kept, Encoding.BROKEN
    try:
        text = data.decode(Encoding.WINDOWS)
    except UnicodeDecodeError:
        text = ""
    fitting, strange = _weighed(text)
    # Two bytes of Windows may happen to be UTF-8 (É before a closing quote); then nothing else may look odd.
    if text and (not strange if right else strange * _FITTING_PER_STRANGE <= fitting):
        return text, Encoding.WINDOWS
    if right:
        return kept, Encoding.BROKEN
    return data.decode("ascii", "surrogateescape"), Encoding.FOREIGN


def stray_bytes(text: str) -> str:
    """Return the bytes in doubt of a cell, written out; empty when it has none."""
    return "".join(dict.fromkeys(_shown(found) for found in _STRAY.findall(text)))


def with_bytes_shown(text: str) -> str:
    """Return a cell with its bytes in doubt written out."""
    return _STRAY.sub(lambda found: _shown(found[0]), text)


def as_windows(text: str) -> str:
    """Return what a cell says if its bytes in doubt come from Windows; empty when that cannot be."""
    try:
        meant = _STRAY.sub(lambda found: found[0].encode(errors="surrogateescape").decode(Encoding.WINDOWS), text)
    except UnicodeDecodeError:
        return ""
    return meant if not _weighed(meant)[1] else ""


def _shown(stray: str) -> str:
    return f"\\x{ord(stray) - 0xDC00:02x}"


def _weighed(text: str) -> tuple[int, int]:
    """Count what fits and what is odd in a text read as Windows': accents of DOS or a Mac put signs in words."""
    fitting = strange = 0
    for found in _HIGH.finditer(text):
        sign, before = found[0], text[found.start() - 1 : found.start()]
        after = text[found.end() : found.end() + 1]
        if sign.isalpha() and sign not in "ªºƒµ":
            is_odd = sign.isupper() and before.islower()
            fitting, strange = fitting + (not is_odd), strange + is_odd
        elif sign in _WITHIN_WORDS:
            continue
        elif before.isalpha() and (after.isalpha() or sign not in _AFTER_WORDS):
            strange += 1
    return fitting, strange
