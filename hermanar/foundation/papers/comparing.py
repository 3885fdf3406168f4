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
    # Paragraphs and words that repeat all over the text are left out of the search for anchors: that bounds it.
    matcher = SequenceMatcher(None, [_key(text) for text in old], [_key(text) for text in new])
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
    left, right = [_words(text) for text in old], [_words(text) for text in new]
    chains = _Chains(len(new))
    for i, words in enumerate(left):
        centre = i * len(new) // len(old)
        band = range(max(0, centre - _BAND), min(len(new), centre + _BAND + 1))
        likenesses = ((j, _likeness(words, right[j])) for j in band)
        chains.add(i, [(j, likeness) for j, likeness in likenesses if likeness >= _ALIKE])
    return chains.best()


@dataclass(frozen=True, slots=True)
class _Chain:
    """Pairs that do not cross, from the last one back."""

    total: float
    pair: tuple[int, int]
    before: _Chain | None


class _Chains:
    """The best chain that ends before each paragraph of the new version, in a binary indexed tree."""

    def __init__(self, size: int) -> None:
        self._tree: list[_Chain | None] = [None] * (size + 1)

    def add(self, i: int, likenesses: Sequence[tuple[int, float]]) -> None:
        """Let one paragraph of the old version go on from the chains that end before each of its likes."""
        found = []
        for j, likeness in likenesses:
            before = self._before(j)
            found.append(_Chain(likeness + (before.total if before else 0.0), (i, j), before))
        for chain in found:  # only now: a paragraph is paired once
            at = chain.pair[1] + 1
            while at < len(self._tree):
                kept = self._tree[at]
                if kept is None or kept.total < chain.total:
                    self._tree[at] = chain
                at += at & -at

    def _before(self, end: int) -> _Chain | None:
        best = None
        while end:
            chain = self._tree[end]
            if chain is not None and (best is None or chain.total > best.total):
                best = chain
            end -= end & -end
        return best

    def best(self) -> list[tuple[int, int]]:
        """Return the pairs of the best chain of all, in order."""
        pairs = []
        chain = self._before(len(self._tree) - 1)
        while chain is not None:
            pairs.append(chain.pair)
            chain = chain.before
        return pairs[::-1]


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
    if _key(old[i]) == _key(new[j]):
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
    matcher = SequenceMatcher(str.isspace, left, right)
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
