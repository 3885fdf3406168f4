"""Words folded and stemmed alike everywhere: pure functions on text."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata

import snowballstemmer

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
    }
)
_SHORTEST_STEMMED = 4
_TOKEN = re.compile(r"[a-z0-9]+")
_BETWEEN = re.compile(r"[\W_]+")  # whatever is neither letter nor digit, in any script
_SNOWBALL = snowballstemmer.stemmer("spanish")
_SNOWBALL_LOCK = threading.Lock()  # its stemmer keeps the word it works on


def whole_number(text: str, *, digits: int) -> int | None:
    """Return the number that a text of so many digits at most says; None for any other text.

    `int` would take the digits of every script, and fail for what has thousands of them.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def fold(text: str) -> str:
    """Fold a text for comparing: no marks, no case, letters and digits with single spaces between words."""
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
        plain = plain.translate(_LETTERS)
    return _BETWEEN.sub(" ", plain).strip()


def words(text: str) -> list[str]:
    """Return the words that can be searched for, letters a to z and digits only."""
    return _TOKEN.findall(fold(text))


def _light_stem(word: str) -> str:
    """Take away number and gender as Savoy's light stemmer does; Snowball does not join *luz* and *luces*."""
    if len(word) < _SHORTEST_STEMMED:
        return word
    for ending, stem in (("eses", "es"), ("ces", "z"), ("os", ""), ("as", ""), ("es", "")):
        if word.endswith(ending):
            return word[: -len(ending)] + stem
    return word[:-1] if word[-1] in "oaes" else word


@functools.lru_cache(maxsize=200_000)
def forms(word: str) -> tuple[str, ...]:
    """Return what a word is indexed and looked for as: itself, its light stem, its Snowball stem."""
    with _SNOWBALL_LOCK:
        stem = _SNOWBALL.stemWord(word)
    return tuple(dict.fromkeys((word, _light_stem(word), stem)))


def analyse(text: str) -> str:
    """Return every form of every word of a text, as a text field of an index takes it."""
    return " ".join(filter(None, map(_analysed, text.split())))


@functools.lru_cache(maxsize=100_000)
def _analysed(chunk: str) -> str:
    """Return the forms of what stands between two spaces; a million titles are made of few of them."""
    return " ".join(form for word in words(chunk) for form in forms(word))
