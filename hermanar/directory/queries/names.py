"""Every name of every place, kept by each process as sorted words, and read again when the directory changes.

Places are numbered from the most to the least prominent, so that the first rows of any list are those a person most
likely means, and a long list can be cut.
"""

from __future__ import annotations

import math
import threading
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from hermanar.directory.models import Country, Place, PlaceName
from hermanar.directory.queries.places import KIND_POINTS, in_steps
from hermanar.directory.rules import search_words
from hermanar.directory.vocabulary import COUNTRY_WORDS, REGION_WORDS, PlaceKind
from hermanar.foundation.models import Revision
from hermanar.foundation.words import fold

SIZE_WEIGHT = 5.0  # points for ten times the inhabitants
_LAST = "\U0010ffff"
_MOST_ALIKE = 60  # words that one mistyped word may stand for


def prominence(kind: str, population: int | None) -> float:
    """Return the points of a place before anyone asks: governments first, then by size."""
    return KIND_POINTS.get(PlaceKind(kind), 0.0) + SIZE_WEIGHT * math.log10((population or 0) + 100)


class Regions:
    """Countries, states, regions and municipalities by number, and the phrases that mean them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self.phrases: dict[str, frozenset[int]] = {}
        for code, code3, *names in Country.objects.values_list("code", "code3", "name_es", "name_en"):
            number = self.number("country", code)
            self.mean([code, code3, *names, *COUNTRY_WORDS.get(code, ())], number)

    def number(self, *key: str) -> int:
        """Return the number of a region; 0 is none."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def mean(self, names: Iterable[str], number: int) -> None:
        """Let names mean a region, beside what they mean already."""
        for name in names:
            phrase = " ".join(search_words(fold(name)))
            if phrase:
                self.phrases[phrase] = self.phrases.get(phrase, frozenset()) | {number}

    def abroad(self, country: str, region: str, *, code: str) -> int:
        """Return the number of a region of a country; its letters mean it too, as OR means Oregon."""
        if not region:
            return 0
        key = ("region", country, region)
        if key not in self._numbers:
            letters = [code] if code.isalpha() else []
            self.mean([region, *letters, *REGION_WORDS.get((country, fold(region)), ())], self.number(*key))
        return self._numbers[key]


class Names:
    """All names as rows in the order of their places' prominence, by word and by whole name."""

    def __init__(self) -> None:
        self.regions = Regions()
        numbers = self._read_places()
        rows = sorted({(numbers[place], folded) for place, folded in _named(numbers)})
        self.owner = array("i", (owner for owner, _folded in rows))
        self.folded = [folded for _owner, folded in rows]
        self.text = [_same(" ".join(search_words(folded)), folded) for folded in self.folded]
        self._mean_places(numbers)
        self._by_text = array("i", sorted(range(len(self.text)), key=self.text.__getitem__))
        self._by_words()

    def _read_places(self) -> dict[UUID, int]:
        columns = ("kind", "population", "country_id", "region", "region_code", "state_id", "part_of_id")
        found = [(-prominence(row[1], row[2]), *row) for row in in_steps(Place.objects.all(), *columns)]
        found.sort(key=lambda row: (row[0], row[1]))
        self.base = array("f", (-row[0] for row in found))
        self.keys = b"".join(row[1].bytes for row in found)
        self._homes = {row[7] for row in found if row[7]} | {row[8] for row in found if row[8]}
        number, places = self.regions.number, {}
        self._within = (array("i"), array("i"), array("i"))  # the country, the state or region, the municipality
        for order, (_points, key, kind, _size, country, region, code, state, home) in enumerate(found):
            places[key] = order
            own = key if kind == PlaceKind.STATE else state
            inner = number("place", own.hex) if own else self.regions.abroad(country, region, code=code)
            municipality = number("place", home.hex) if home else 0
            for column, value in zip(self._within, (number("country", country), inner, municipality), strict=True):
                column.append(value)
        return places

    def _mean_places(self, numbers: dict[UUID, int]) -> None:
        """Let the names of states, and of municipalities with localities of their own, say where a place is."""
        homes = {numbers[key]: self.regions.number("place", key.hex) for key in self._homes if key in numbers}
        for row, owner in enumerate(self.owner):
            if owner in homes:
                self.regions.mean([self.folded[row]], homes[owner])

    def _by_words(self) -> None:
        held: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for row, text in enumerate(self.text):
            words = set(text.split())
            if len(words) > 1:
                words.add(text.replace(" ", ""))  # «santafe» is «santa fe»
            for word in words:
                held[word].append(row)
        self.words = sorted(held)
        self._starts, self._rows = array("i", [0]), array("i")
        lengths: dict[int, list[str]] = defaultdict(list)
        for word in self.words:
            self._rows.extend(held[word])
            self._starts.append(len(self._rows))
            lengths[len(word)].append(word)
        self._of_length = dict(lengths)

    def key(self, owner: int) -> UUID:
        """Return the identifier of the place with this number."""
        return UUID(bytes=self.keys[owner * 16 : owner * 16 + 16])

    def is_within(self, owner: int, regions: Iterable[frozenset[int]]) -> bool:
        """Say whether a place lies in one region of each set."""
        its = [column[owner] for column in self._within]
        return all(any(number in meant for number in its) for meant in regions)

    def named(self, text: str) -> Iterator[int]:
        """Yield the rows whose words are exactly these, in this order."""
        at = bisect_left(self._by_text, text, key=self.text.__getitem__)
        while at < len(self._by_text) and self.text[self._by_text[at]] == text:
            yield self._by_text[at]
            at += 1

    def rows_with(self, word: str) -> array[int]:
        """Return the rows that hold a word, the most prominent first."""
        at = bisect_left(self.words, word)
        if at == len(self.words) or self.words[at] != word:
            return array("i")
        return self._rows[self._starts[at] : self._starts[at + 1]]

    def rows_beginning(self, start: str) -> array[int]:
        """Return the rows that hold a word that begins so, in no order, some repeatedly."""
        first, end = bisect_left(self.words, start), bisect_left(self.words, start + _LAST)
        return self._rows[self._starts[first] : self._starts[end]]

    def alike(self, word: str, errors: int) -> list[tuple[str, int]]:
        """Return the words that this one may be, mistyped, with the number of errors."""
        found: list[tuple[str, int]] = []
        for length in range(len(word) - errors, len(word) + errors + 1):
            known = self._of_length.get(length, ())
            near = extract(word, known, scorer=OSA.distance, processor=None, score_cutoff=errors, limit=_MOST_ALIKE)
            found += [(other, int(distance)) for other, distance, _at in near if distance]
        return sorted(found, key=lambda one: (one[1], one[0]))[:_MOST_ALIKE]


def _named(numbers: dict[UUID, int]) -> Iterator[tuple[UUID, str]]:
    for _key, folded, place in in_steps(PlaceName.objects.all(), "folded", "place_id"):
        if folded and place in numbers:
            yield place, folded


def _same(one: str, other: str) -> str:
    """Return the second of two equal texts, so that only one is kept."""
    return other if one == other else one


_lock = threading.Lock()
_held: dict[tuple[str, int], Names] = {}


def names() -> Names:
    """Return the names as the last commit left them; inside an open transaction as it has them, and keep nothing."""
    if connection.in_atomic_block:
        return Names()
    row = Revision.objects.filter(name="places").values_list("epoch", "number").first() or ("", 0)
    wanted = (str(row[0]), row[1])
    held = _held.get(wanted)
    if held is None:
        with _lock:
            held = _held.get(wanted)
            if held is None:
                held = Names()
                _held.clear()
                _held[wanted] = held
    return held
