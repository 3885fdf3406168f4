"""The search of places by what a person typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from uuid import UUID

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from hermanar.directory.models import Place, PlaceName
from hermanar.directory.queries.names import Names, names
from hermanar.directory.queries.places import distinction, places
from hermanar.directory.rules import ERRORS_FROM, Reading, readings, search_words, typing_errors_allowed
from hermanar.directory.vocabulary import KIND_WORDS
from hermanar.foundation.words import fold

LONGEST_QUERY = 100
WRITTEN_SO, WHOLE, REORDERED, LEADING, INSIDE = 100.0, 98.0, 97.0, 90.0, 76.0
BEGUN, BEGUN_INSIDE = 82.0, 68.0
ERROR_COST = 20.0
DOUBT = 12.0  # further points a mistyped name costs where some place bears it as typed
SHORTEST_BEGUN = 2  # letters that are taken as the beginning of a word
_MOST_WORDS = 12
_MOST_READINGS = 40
_MOST_ROWS = 300  # of one reading: rows are in the order of prominence, those cut are villages
_SURE = 6  # letters of a name that is looked for with typing errors although it exists as written
_FEW = 5  # as many places that bear it as written are enough


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place a search found: the name that matched and what tells it from its homonyms, in both languages.

    `likeness` says how well the name fits, whatever place bears it; `score` adds how prominent the place is.
    """

    place: Place
    name: str
    likeness: float
    score: float
    where_es: str
    where_en: str


@dataclass(frozen=True, slots=True)
class _Hit:
    likeness: float
    row: int


def find_places(text: str, *, limit: int = 10, country: str = "") -> list[FoundPlace]:
    """Search places by name, in any order of words, with the state, region or country as further words.

    Accents, case and words such as «de» do not matter; one typing error is forgiven, two in a long name, none in a
    name of less than four letters. Ranked by likeness and prominence.
    """
    words = search_words(fold(text[:LONGEST_QUERY]))[:_MOST_WORDS]
    if not words or limit < 1:
        return []
    held = names()
    must = (held.regions.phrases.get(country.lower(), frozenset()),) if country else ()
    best = _Search(held, fold(text[:LONGEST_QUERY]), must).run(words)
    ranked = sorted(best, key=lambda owner: (-best[owner].likeness - held.base[owner], owner))
    return _found(held, [(owner, best[owner]) for owner in ranked[:limit]])


class _Search:
    """One search: the best row of each place so far."""

    def __init__(self, held: Names, folded: str, must: tuple[frozenset[int], ...]) -> None:
        self.held, self.folded, self.must = held, folded, must
        self.best: dict[int, _Hit] = {}
        self.whole = 0  # places that bear all the words as written

    def run(self, words: tuple[str, ...]) -> dict[int, _Hit]:
        """Read the words as written first; then forgive, the more the less was found."""
        held = self.held
        found = list(islice(readings(words, held.regions.phrases.get), _MOST_READINGS))
        for reading in found:
            self._strict(reading)
        for reading in found:
            letters = sum(map(len, reading.name))
            if self.whole == 0 or (self.whole < _FEW and letters >= _SURE):
                self._forgiving(reading)
        if self.best:
            return self.best
        for reading in self._guessed_regions(words):
            self._strict(reading)
            self._forgiving(reading)
        fewer = tuple(word for word in words if word not in KIND_WORDS)
        if not self.best and fewer and len(fewer) < len(words):
            self.run(fewer)
        if not self.best and len(words) > 1:
            joined = Reading(("".join(words),))
            self._strict(joined)
            self._forgiving(joined)
        return self.best

    def _guessed_regions(self, words: tuple[str, ...]) -> Iterator[Reading]:
        """Read the end or the beginning of a search as a mistyped region: «León Guanajato»."""
        for cut in range(1, len(words)):
            for name, where in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
                phrase = " ".join(where)
                errors = typing_errors_allowed(len(phrase))
                near = extractOne(
                    phrase, self.held.regions.phrases.keys(), scorer=OSA.distance, processor=None, score_cutoff=errors
                )
                if errors and near:
                    yield Reading(name, (self.held.regions.phrases[near[0]],))

    def _keep(self, row: int, likeness: float) -> None:
        owner = self.held.owner[row]
        known = self.best.get(owner)
        if known is None or known.likeness < likeness:
            self.best[owner] = _Hit(likeness, row)

    def _allowed(self, rows: Sequence[int] | set[int], reading: Reading) -> list[int]:
        """Return the most prominent of the rows whose places lie where the reading says."""
        within = (*reading.within, *self.must)
        held = self.held
        if within:
            rows = [row for row in rows if held.is_within(held.owner[row], within)]
        return nsmallest(_MOST_ROWS, rows)

    def _strict(self, reading: Reading) -> None:
        """Find the names that are, hold or begin with the words."""
        held, words, text = self.held, reading.name, " ".join(reading.name)
        borne = self._allowed(list(held.named(text)), reading)
        for row in borne:
            is_written_so = bool(reading.within) or held.folded[row] == self.folded
            self._keep(row, WRITTEN_SO if is_written_so else WHOLE)
        holding = _meet([held.rows_with(word) for word in words])
        whole = self._allowed(holding, reading)
        for row in whole:
            self._keep(row, _likeness(words, held.text[row]))
        # Who also says where, and is understood, has made no mistake.
        self.whole += len({held.owner[row] for row in (*borne, *whole)}) * (_FEW if reading.within else 1)
        last = words[-1]
        if len(last) < SHORTEST_BEGUN or (borne and len(text) < ERRORS_FROM[0]):
            return
        begun = _meet([*(held.rows_with(word) for word in words[:-1]), held.rows_beginning(last)])
        for row in self._allowed(begun, reading):
            self._keep(row, BEGUN if held.text[row].startswith(text) else BEGUN_INSIDE)

    def _forgiving(self, reading: Reading) -> None:
        """Find the names whose words are nearly these; the errors of all the words count together."""
        held, words = self.held, reading.name
        allowed = typing_errors_allowed(sum(map(len, words)))
        if not allowed:
            return
        sums: dict[int, int] | None = None
        for word in words:
            costs = dict.fromkeys(held.rows_with(word), 0)
            errors = min(allowed, typing_errors_allowed(len(word)))
            for other, cost in held.alike(word, errors) if errors else ():
                for row in held.rows_with(other):
                    if costs.get(row, allowed + 1) > cost:
                        costs[row] = cost
            sums = costs if sums is None else {row: sums[row] + cost for row, cost in costs.items() if row in sums}
        sums = sums or {}
        kept = {row for row, cost in sums.items() if 0 < cost <= allowed}
        for row in self._allowed(kept, reading):
            likeness = WHOLE if _is_as_long(words, held.text[row]) else LEADING
            self._keep(row, likeness - ERROR_COST * sums[row] - (DOUBT if self.whole else 0.0))


def _is_as_long(words: tuple[str, ...], text: str) -> bool:
    """Say whether a name has no word more than these, or is one word that should have been several."""
    if text.count(" ") + 1 == len(words):
        return True
    return len(words) == 1 and abs(len(text.replace(" ", "")) - len(words[0])) <= typing_errors_allowed(len(words[0]))


def _meet(lists: list[Sequence[int]]) -> set[int]:
    """Return the rows that are in every list."""
    lists = sorted(lists, key=len)
    met = set(lists[0])
    for rows in lists[1:]:
        if not met:
            break
        met.intersection_update(rows)
    return met


def _likeness(words: tuple[str, ...], text: str) -> float:
    """Say how well a name that holds all the words fits: no word more, begun by them, or somewhere inside."""
    if text.replace(" ", "") == "".join(words):
        return WHOLE
    if text.count(" ") + 1 == len(words):
        return REORDERED
    return LEADING if f"{text} ".startswith(" ".join(words) + " ") else INSIDE


def _found(held: Names, ranked: Sequence[tuple[int, _Hit]]) -> list[FoundPlace]:
    keys = [held.key(owner) for owner, _hit in ranked]
    rows = {place.pk: place for place in places().filter(pk__in=keys)}
    matched = {held.folded[hit.row] for _owner, hit in ranked}
    borne = PlaceName.objects.filter(place__in=keys, folded__in=matched).order_by("pk")
    written: dict[tuple[UUID, str], str] = {}
    for key, folded, name in borne.values_list("place", "folded", "name"):
        written.setdefault((key, folded), name)
    return [
        FoundPlace(
            place,
            written.get((key, held.folded[hit.row]), place.name),
            hit.likeness,
            hit.likeness + held.base[owner],
            distinction(place, language="es"),
            distinction(place, language="en"),
        )
        for key, (owner, hit) in zip(keys, ranked, strict=True)
        if (place := rows.get(key))
    ]
