"""The one search of places: for the home, the map, the list of cities, the interface and the filters."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from hermanar.catalogue.read import tallies
from hermanar.catalogue.read.places import find_place, place_lines
from hermanar.catalogue.sheets import PlaceLine
from hermanar.directory.models import Place
from hermanar.directory.queries import LEADING, REORDERED, FoundPlace, find_places
from hermanar.directory.rules import FAR_LARGER
from hermanar.directory.vocabulary import PlaceKind, Scheme
from hermanar.foundation.words import fold

_TIED, _MORE_TIES, _MOST_FOR_TIES = 4.0, 1.0, 6.0  # points: for any tie, for twice as many, at most
_WEIGHED = 60  # places whose ties are counted, however few are asked for
_ALIKE = 3.0  # points of likeness between two ways to bear the same name
_WELL_TIED = 5  # times the ties of the next
_CHOICES = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Meant:
    """What a person means by the name of a place: the one, or the several it may be; and who else is called so."""

    place: PlaceLine | None
    others: tuple[PlaceLine, ...]
    is_guess: bool = False  # no place is called as it was typed


@dataclasses.dataclass(frozen=True, slots=True)
class _Weighed:
    found: FoundPlace
    ties: int

    @property
    def score(self) -> float:
        """Return likeness and prominence with what the place has of ties."""
        if not self.ties:
            return self.found.score
        return self.found.score + min(_TIED + _MORE_TIES * math.log2(self.ties), _MOST_FOR_TIES)

    @property
    def place(self) -> Place:
        """Return the place."""
        return self.found.place


def places(text: str, *, language: str, limit: int = 20) -> tuple[PlaceLine, ...]:
    """Search places by name, in any order of words, with state or country; a typing error is forgiven.

    Ranked by likeness, then by ties and size; each says what tells it from its homonyms and by which name it was found.
    """
    return _lines(_weighed(text, least=limit)[:limit], language)


def places_called(text: str, *, language: str, limit: int = 20) -> tuple[PlaceLine, ...]:
    """Search places as `places` does, leaving out what is only like the name that was typed."""
    weighed = _weighed(text, least=limit)
    return _lines([one for one in weighed if one.found.likeness >= LEADING][:limit], language)


def meant(text: str, *, language: str) -> Meant:
    """Return the place meant by an identifier, an address or a name; where several are equally meant, all of them."""
    known = find_place(text)
    if text.partition(":")[0] in Scheme.values or (known and "-" in text):
        return Meant(place_lines([known], language=language)[0] if known else None, ())
    weighed = _weighed(text, least=_WEIGHED)
    if known:  # an address is one place's alone; the others of that name are still told
        others = [one for one in weighed if one.found.likeness >= REORDERED and not _is_near(one.place, known)]
        return Meant(place_lines([known], language=language)[0], _lines(others[:_CHOICES], language))
    if not weighed:
        return Meant(None, ())
    best = max(one.found.likeness for one in weighed)
    alike = [one for one in weighed if best - one.found.likeness <= _ALIKE]
    is_guess = best < REORDERED
    first = weighed[0]
    rivals = [one for one in alike if not _is_near(one.place, first.place)]
    if first in alike and all(_is_far_before(first, one) for one in rivals):
        return Meant(_lines([first], language)[0], _lines(rivals[:_CHOICES], language), is_guess)
    chosen = [*alike, *(one for one in weighed if one not in alike and one.score > first.score - _NEAR)]
    chosen.sort(key=lambda one: -one.score)
    return Meant(None, _lines(chosen[:_CHOICES], language), is_guess)


_NEAR = 12.0  # points below the first at which a longer name is still offered


def _weighed(text: str, *, least: int) -> list[_Weighed]:
    found = find_places(text, limit=max(least, _WEIGHED))
    agreements, ties = tallies.agreements_by_place(), tallies.ties_by_place()
    weighed = [_Weighed(one, agreements.get(one.place.pk, 0) + ties.get(one.place.pk, 0)) for one in found]
    return sorted(weighed, key=lambda one: (-one.score, one.place.slug))


def _is_near(one: Place, other: Place) -> bool:
    """Say whether a homonym is no rival: the place itself, the state around a municipality, a locality inside it."""
    if one.pk == other.pk:
        return True
    return other.kind == PlaceKind.MUNICIPALITY and (one.pk == other.state_id or one.part_of_id == other.pk)


def _is_far_before(one: _Weighed, other: _Weighed) -> bool:
    """Say whether one of two homonyms is plainly meant: far larger and no less tied, or larger and far more tied."""
    size, its_size = one.place.population or 0, other.place.population or 0
    if size >= FAR_LARGER * max(1, its_size) and one.ties >= other.ties:
        return True
    return size >= its_size and one.ties >= _WELL_TIED * (other.ties + 1)


def _lines(weighed: Sequence[_Weighed], language: str) -> tuple[PlaceLine, ...]:
    lines = place_lines([one.place for one in weighed], language=language)
    return tuple(
        dataclasses.replace(line, found_as=one.found.name) if fold(one.found.name) != fold(line.name) else line
        for line, one in zip(lines, weighed, strict=True)
    )
