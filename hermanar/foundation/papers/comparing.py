"""Compare two texts as a person reads them: paragraph beside paragraph, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.distance import Indel

MOST_LETTERS = 2_000_000
MOST_PARAGRAPHS = 20_000
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Below this share of common words two paragraphs are two texts, not two versions of one.
_ALIKE = 0.4
_BAND = 40  # how far a changed paragraph may have moved
_MOST_WORDS = 3_000  # in one paragraph; beyond it the paragraph is shown as replaced


class Change(StrEnum):
    """What became of a paragraph or of some words."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    REPLACE = "replace"  # of a paragraph only: words in it changed


@dataclass(frozen=True, slots=True)
class Span:
    """Some words and what became of them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph of one version or of both; the numbers count from 1."""

    change: Change
    spans: tuple[Span, ...]
    old_number: int | None
    new_number: int | None


class TooLongError(ValueError):
    """A text is longer than two texts of an agreement ever are."""


def compare_texts(old: Sequence[str], new: Sequence[str]) -> list[ComparedParagraph]:
    """Return the paragraphs of both versions in reading order, with what changed. Raises TooLongError."""
    for version in (old, new):
        if len(version) > MOST_PARAGRAPHS or sum(map(len, version)) > MOST_LETTERS:
            raise TooLongError(len(version))
    compared: list[ComparedParagraph] = []
    matcher = SequenceMatcher(None, [_key(text) for text in old], [_key(text) for text in new], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            compared += [_both(old, new, i1 + step, j1 + step) for step in range(i2 - i1)]
        else:
            compared += _changed(old, new, range(i1, i2), range(j1, j2))
    return compared


def _key(text: str) -> str:
    return " ".join(text.split())


def _changed(old: Sequence[str], new: Sequence[str], gone: range, came: range) -> Iterator[ComparedParagraph]:
    """Pair the changed paragraphs that are versions of each other, in order; the rest went or came."""
    i, j = gone.start, came.start
    for left, right in _pairs([old[at] for at in gone], [new[at] for at in came]):
        for at in range(i, gone.start + left):
            yield _one(old[at], Change.DELETE, old_number=at + 1)
        for at in range(j, came.start + right):
            yield _one(new[at], Change.INSERT, new_number=at + 1)
        i, j = gone.start + left + 1, came.start + right + 1
        yield _both(old, new, i - 1, j - 1)
    for at in range(i, gone.stop):
        yield _one(old[at], Change.DELETE, old_number=at + 1)
    for at in range(j, came.stop):
        yield _one(new[at], Change.INSERT, new_number=at + 1)


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of like paragraphs, none crossing another, of the greatest likeness in all."""
    if not old or not new:
        return []
    words = [_words(text) for text in old], [_words(text) for text in new]
    slope = len(new) / len(old)
    scores: list[dict[int, float]] = []
    best: list[dict[int, float]] = [{}]
    for i, left in enumerate(words[0]):
        centre = int(i * slope)
        band = range(max(0, centre - _BAND), min(len(new), centre + _BAND + 1))
        row = {j: likeness for j in band if (likeness := _likeness(left, words[1][j])) >= _ALIKE}
        scores.append(row)
        best.append(_best_row(best[-1], row))
    pairs = []
    j = len(new)
    for i in range(len(old) - 1, -1, -1):
        here, above = _upto(best[i + 1], j), _upto(best[i], j)
        if here > above:
            j = next(at for at, total in sorted(best[i + 1].items()) if total == here and at < j)
            pairs.append((i, j))
    return pairs[::-1]


def _best_row(previous: dict[int, float], row: dict[int, float]) -> dict[int, float]:
    """Return, per last paragraph used, the greatest likeness so far; only steps up are kept."""
    merged = dict(previous)
    for j, likeness in row.items():
        total = _upto(previous, j) + likeness
        if total > merged.get(j, 0.0):
            merged[j] = total
    kept: dict[int, float] = {}
    top = 0.0
    for j in sorted(merged):
        if merged[j] > top:
            kept[j] = top = merged[j]
    return kept


def _upto(best: dict[int, float], end: int) -> float:
    return max((total for j, total in best.items() if j < end), default=0.0)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text)]


def _likeness(left: Sequence[str], right: Sequence[str]) -> float:
    if not left or not right:
        return 0.0
    return Indel.normalized_similarity(left, right, score_cutoff=_ALIKE)


def _one(
    text: str, change: Change, *, old_number: int | None = None, new_number: int | None = None
) -> ComparedParagraph:
    return ComparedParagraph(change, (Span(change, text),), old_number, new_number)


def _both(old: Sequence[str], new: Sequence[str], i: int, j: int) -> ComparedParagraph:
    if old[i] == new[j]:
        return _one(new[j], Change.EQUAL, old_number=i + 1, new_number=j + 1)
    return ComparedParagraph(Change.REPLACE, tuple(_spans(old[i], new[j])), i + 1, j + 1)


def _spans(old: str, new: str) -> Iterator[Span]:
    """Yield what went and what came between two versions of a paragraph, whole words at a time."""
    left, right = _WORD.findall(old), _WORD.findall(new)
    if max(len(left), len(right)) > _MOST_WORDS:
        yield Span(Change.DELETE, old)
        yield Span(Change.INSERT, new)
        return
    gone = came = ""
    matcher = SequenceMatcher(lambda word: word.isspace(), left, right, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        same = "".join(left[i1:i2])
        if kind != "equal":
            gone, came = gone + same, came + "".join(right[j1:j2])
        elif not same.strip() and (gone or came) and i2 < len(left) and j2 < len(right):
            gone, came = gone + same, came + same  # a blank alone between two changes reads worse than one change
        else:
            yield from _settled(gone, came)
            gone = came = ""
            yield Span(Change.EQUAL, same)
    yield from _settled(gone, came)


def _settled(gone: str, came: str) -> Iterator[Span]:
    if gone:
        yield Span(Change.DELETE, gone)
    if came:
        yield Span(Change.INSERT, came)
