"""Text as the search sees it."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ə": "e"}
)


def fold(text: str) -> str:
    """Fold a text for comparing: no marks, no case, letters and digits with single spaces between words."""
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
        plain = plain.translate(_LETTERS)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
