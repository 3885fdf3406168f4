"""Find the places a file names, all at once: what is not there, or may be several, is told with the nearest ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import process

from hermanar.agreements.models import Party
from hermanar.directory.models import Place, PlaceName
from hermanar.directory.rules import best_reading
from hermanar.directory.vocabulary import NameKind, PlaceKind
from hermanar.foundation.words import fold

_BATCH = 500
_MOST_GUESSES = 60  # beyond it a file is of another kind, and likeness costs a pass over a country's names
_LIKENESS = 75
# A city's own file means the city; a state or a region only when no city bears the name there.
_RANK = {
    PlaceKind.MUNICIPALITY: 0,
    PlaceKind.CITY: 0,
    PlaceKind.LOCALITY: 1,
    PlaceKind.REGION: 2,
    PlaceKind.STATE: 2,
    PlaceKind.ORGANISATION: 2,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place as a row writes it."""

    city: str
    region: str
    country: str


@dataclass(frozen=True, slots=True)
class Found:
    """The place meant, or the ones that may be."""

    place: UUID | None
    options: tuple[str, ...] = ()
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: UUID
    label: str
    country: str
    regions: frozenset[str]
    rank: int
    kind: str
    population: int


def find_all(wanted: Iterable[Wanted]) -> dict[Wanted, Found]:
    """Find every place of a file in a fixed number of queries per thousand names."""
    every = set(wanted)
    candidates = _candidates({fold(one.city) for one in every})
    busy = _with_agreements({c.place for found in candidates.values() for c in found})
    answers = {one: _choose(one, candidates.get(fold(one.city), []), busy) for one in every}
    missing = [one for one, found in answers.items() if found.place is None and not found.options]
    guesses = _Guesses()
    for one in sorted(missing, key=lambda one: (one.country, one.city))[:_MOST_GUESSES]:
        answers[one] = Found(None, guesses.like(one))
    return answers


def _candidates(names: Iterable[str]) -> Mapping[str, list[_Candidate]]:
    states: dict[UUID, set[str]] = defaultdict(set)
    for state, name in PlaceName.objects.filter(place__kind=PlaceKind.STATE).values_list("place", "folded"):
        states[state].add(name)
    found: dict[str, dict[UUID, _Candidate]] = defaultdict(dict)
    listed = sorted(names)
    columns = (
        "folded", "kind", "place", "place__name", "place__country", "place__kind", "place__state", "place__state__name",
        "place__region", "place__population",
    )  # fmt: skip
    for start in range(0, len(listed), _BATCH):
        rows = PlaceName.objects.filter(folded__in=listed[start : start + _BATCH]).values_list(*columns)
        for folded, name_kind, place, name, country, kind, state, state_name, region, population in rows:
            own = states.get(state or place, set())
            # A former or another name counts only where no place bears it as its own.
            rank = _RANK[PlaceKind(kind)] * 2 + (name_kind in {NameKind.ALTERNATIVE, NameKind.FORMER})
            known = found[folded].get(place)
            if known is None or rank < known.rank:
                around = frozenset({fold(region), *own} - {""}) if region or own else frozenset[str]()
                shown = _label(name, state_name or region, country)
                found[folded][place] = _Candidate(place, shown, country, around, rank, kind, population or 0)
    return {name: list(places.values()) for name, places in found.items()}


def label(place: Place) -> str:
    """Name a place so that it differs from others of its name."""
    return _label(place.name, place.state.name if place.state else place.region, place.country_id)


def _label(name: str, around: str, country: str) -> str:
    parts = [name, around] if around else [name]
    return ", ".join(parts if country == "MX" else [*parts, country])


def _with_agreements(places: Iterable[UUID]) -> set[UUID]:
    listed = list(places)
    busy: set[UUID] = set()
    for start in range(0, len(listed), _BATCH):
        busy.update(
            Party.objects.filter(place__in=listed[start : start + _BATCH]).values_list("place", flat=True).distinct()
        )
    return busy


def _choose(wanted: Wanted, candidates: Sequence[_Candidate], busy: set[UUID]) -> Found:
    here = [one for one in candidates if one.country == wanted.country]
    region = fold(wanted.region)
    fitting = [one for one in here if region in one.regions] if region else here
    if not fitting and len(here) == 1 and here[0].country != "MX":
        fitting = here  # regions abroad have many spellings; nothing else bears the name in that country
    if not fitting:
        return Found(None, tuple(one.label for one in (here or candidates)[:3]))
    best = min(one.rank for one in fitting)
    finalists = [one for one in fitting if one.rank == best]
    if len(finalists) > 1:
        finalists = [one for one in finalists if one.place in busy] or finalists
    chosen = best_reading([(one.kind, one.population) for one in finalists])
    if chosen is not None:
        return Found(finalists[chosen].place)
    return Found(None, tuple(sorted(one.label for one in finalists)[:5]), is_ambiguous=True)


class _Guesses:
    """Names of one country at a time, to find the ones most like a misspelt one."""

    def __init__(self) -> None:
        self._country = ""
        self._names: list[str] = []

    def like(self, wanted: Wanted) -> tuple[str, ...]:
        if self._country != wanted.country:
            self._country = wanted.country
            self._names = list(
                PlaceName.objects.filter(place__country=wanted.country).values_list("folded", flat=True).distinct()
            )
        near = process.extract(fold(wanted.city), self._names, limit=6, score_cutoff=_LIKENESS)
        names = [name for name, _score, _index in near]
        rows = (
            Place.objects.filter(names__folded__in=names[:3], country=wanted.country).select_related("state").distinct()
        )
        best = sorted(rows, key=lambda place: (_RANK[PlaceKind(place.kind)], -(place.population or 0)))
        return tuple(dict.fromkeys(label(place) for place in best[:3]))
