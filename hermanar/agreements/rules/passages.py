"""Where a passage of one version of a text stands in the next: found by likeness, or told to have vanished."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, ScoreAlignment

from hermanar.agreements.vocabulary.procedure import PassageState

# Below this likeness two paragraphs are two, not two versions of one; the same measure as of compared texts.
_ALIKE = 0.55
# A passage that moved into another paragraph must be recognised nearly whole, and be long enough to be recognised.
_ALIKE_ELSEWHERE = 80.0
_LONG_ENOUGH = 25
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a version; the number of their paragraph counts from 1, None where they stand nowhere."""

    state: PassageState
    number: int | None
    text: str


def follow(quote: str, *, number: int | None, versions: Sequence[Sequence[str]]) -> Passage:
    """Follow a passage of the first of these versions through the others to the last.

    `number` is the paragraph it was taken from; None looks for it in the whole version. Once vanished it stays so.
    """
    wanted = _joined(quote)
    here = Passage(PassageState.SAME, _place_of(wanted, number, versions[0]) if versions else None, wanted)
    if here.number is None:
        return Passage(PassageState.VANISHED, None, wanted)
    was_changed = False
    for old, new in itertools.pairwise(versions):
        assert here.number is not None
        here = _next(here.text, old[here.number - 1], here.number, new)
        if here.number is None:
            return Passage(PassageState.VANISHED, None, wanted)
        was_changed = was_changed or here.state is PassageState.CHANGED
    return Passage(PassageState.CHANGED if was_changed else PassageState.SAME, here.number, here.text)


def _place_of(quote: str, number: int | None, paragraphs: Sequence[str]) -> int | None:
    """Return the paragraph a passage was taken from: the one that is named if it says so, else the first that does."""
    if number and 1 <= number <= len(paragraphs) and (not quote or quote in _joined(paragraphs[number - 1])):
        return number
    return next((place for place, text in enumerate(paragraphs, 1) if quote and quote in _joined(text)), None)


def _next(quote: str, old: str, number: int, new: Sequence[str]) -> Passage:
    kept = [place for place, text in enumerate(new, 1) if quote in _joined(text)]
    if kept:  # the words stand as they were; where several paragraphs say them, the one most like the old
        return Passage(PassageState.SAME, max(kept, key=lambda place: (*_likeness(old, new, place, number),)), quote)
    if not new:
        return Passage(PassageState.VANISHED, None, quote)
    best = max(range(1, len(new) + 1), key=lambda place: (*_likeness(old, new, place, number),))
    if _likeness(old, new, best, number)[0] >= _ALIKE:
        became = _became(quote, old, new[best - 1])
        if became:
            return Passage(PassageState.CHANGED, best, became)
    return _elsewhere(quote, new)


def _likeness(old: str, new: Sequence[str], place: int, number: int) -> tuple[float, int]:
    """Return how like a paragraph is to the old one; of equals, the nearest wins."""
    return Indel.normalized_similarity(_words(old), _words(new[place - 1])), -abs(place - number)


def _became(quote: str, old: str, new: str) -> str:
    """Return what the words of a passage became in the paragraph that follows theirs; nothing if they were struck."""
    before, after, wanted = _words(old), _words(new), _words(quote)
    start = next((at for at in range(len(before)) if before[at : at + len(wanted)] == wanted), None)
    if start is None:
        return ""
    end = start + len(wanted)
    places: list[int] = []
    survived = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        low, high = max(i1, start), min(i2, end)
        if low >= high and not (tag == "insert" and start < i1 < end):
            continue
        if tag == "equal":
            survived += high - low
            places += range(j1 + low - i1, j1 + high - i1)
        else:
            places += range(j1, j2)
    if not places or (survived == 0 and len(wanted) > 1 and len(wanted) < len(before)):
        return ""
    return _written(new, min(places), max(places))


def _elsewhere(quote: str, new: Sequence[str]) -> Passage:
    """Look for a passage in paragraphs that are not like its own: it was moved, split off or joined to another."""
    if len(quote) >= _LONG_ENOUGH:
        found = [
            (fuzz.partial_ratio(quote, text), -place) for place, text in enumerate(new, 1) if _can_hold(text, quote)
        ]
        if found and max(found)[0] >= _ALIKE_ELSEWHERE:
            place = -max(found)[1]
            where = fuzz.partial_ratio_alignment(quote, new[place - 1])
            return Passage(PassageState.CHANGED, place, _cut(new[place - 1], where))
    return Passage(PassageState.VANISHED, None, quote)


def _cut(text: str, where: ScoreAlignment | None) -> str:
    """Return the whole words of a text between two letters."""
    if where is None:
        return _joined(text)
    spans = [found.span() for found in _WORD.finditer(text)]
    inside = [span for span in spans if span[1] > where.dest_start and span[0] < where.dest_end]
    return _joined(text[inside[0][0] : inside[-1][1]]) if inside else _joined(text)


def _can_hold(text: str, quote: str) -> bool:
    # A short paragraph is always somewhere in a long passage; that says nothing.
    return 2 * len(text) >= len(quote)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _written(text: str, first: int, last: int) -> str:
    """Return the words of a text from one to another, as they are written."""
    spans = [found.span() for found in _WORD.finditer(text)]
    return _joined(text[spans[first][0] : spans[last][1]])


def _joined(text: str) -> str:
    return " ".join(text.split())
