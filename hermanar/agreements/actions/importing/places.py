"""Find the places a file names, all at once: what is not there, or may be several, is told with what to write."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from uuid import UUID

from rapidfuzz import process

from hermanar.agreements.models import Party
from hermanar.agreements.queries import public_identifiers
from hermanar.directory.actions.adding import identified
from hermanar.directory.models import Country, Place, PlaceName
from hermanar.directory.rules import best_reading
from hermanar.directory.vocabulary import NameKind, PlaceKind, Scheme
from hermanar.foundation.words import fold

_BATCH = 500
_MOST_GUESSES = 60  # beyond it a file is of another kind, and likeness costs a pass over a country's names
_MOST_OPTIONS = 8
_LIKENESS = 75
_HOME = "MX"  # the country of a city that names none
_IDENTIFIER = re.compile(rf"({'|'.join(Scheme.values)})\s*:\s*(\S+)", re.IGNORECASE)
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
    """A place as a row writes it: a name, «name, region» or an identifier; what its other columns say."""

    city: str
    region: str
    country: str  # empty where the row names none


class Miss(Enum):
    """Why no place is meant."""

    UNKNOWN = auto()
    AMBIGUOUS = auto()
    UNKNOWN_IDENTIFIER = auto()
    ELSEWHERE = auto()  # the identifier is of a place in another country than the row says


@dataclass(frozen=True, slots=True)
class Found:
    """The place meant, or why there is none and what could be written."""

    place: UUID | None
    label: str = ""
    written: str = ""  # the name the row gives it; an identifier gives none
    miss: Miss = Miss.UNKNOWN
    options: tuple[str, ...] = ()
    more: int = 0  # options that are not listed
    key: str = ""  # the place's, as text: comparing texts is quicker


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: UUID
    label: str
    country: str
    around: frozenset[str]  # its state or region and its country, by every name
    rank: int
    kind: str
    population: int


def is_identifier(text: str) -> bool:
    """Say whether a cell names its place by an identifier such as `inegi:11015`."""
    return _IDENTIFIER.fullmatch(text.strip()) is not None


def find_all(wanted: Iterable[Wanted]) -> dict[Wanted, Found]:
    """Find every place of a file in a fixed number of queries per thousand names."""
    every = set(wanted)
    coded = {one for one in every if is_identifier(one.city)}
    answers = _by_identifier(coded)
    named = every - coded
    candidates = _candidates({fold(name) for one in named for name in (one.city, _head(one.city)) if name})
    busy = _with_agreements({c.place for found in candidates.values() for c in found})
    answers |= {one: _read(one, candidates, busy) for one in named}
    missing = [one for one in named if answers[one].place is None and not answers[one].options]
    guesses = _Guesses()
    for one in sorted(missing, key=lambda one: (one.country, one.city))[:_MOST_GUESSES]:
        answers[one] = Found(None, options=guesses.like(one))
    return answers


def _by_identifier(wanted: Iterable[Wanted]) -> dict[Wanted, Found]:
    keys = {one: _key(one.city) for one in wanted}
    known = identified(keys.values())
    answers = {}
    for one, key in keys.items():
        place = known.get(key)
        if place is None:
            answers[one] = Found(None, miss=Miss.UNKNOWN_IDENTIFIER)
        elif one.country and one.country != place.country_id:
            answers[one] = Found(None, miss=Miss.ELSEWHERE, options=(label(place, with_country=True),))
        else:
            answers[one] = Found(place.pk, label(place), key=place.pk.hex)
    return answers


def _key(text: str) -> str:
    shape = _IDENTIFIER.fullmatch(text.strip())
    if shape is None:
        raise ValueError(text)
    scheme, value = shape[1].lower(), shape[2]
    return f"{scheme}:{value.upper() if scheme == Scheme.WIKIDATA else value}"


def _head(text: str) -> str:
    """Return what stands before the first comma: «León» of «León, Guanajuato»."""
    return text.partition(",")[0] if "," in text else ""


def _read(wanted: Wanted, candidates: Mapping[str, Sequence[_Candidate]], busy: set[UUID]) -> Found:
    """Read a name whole, as some hold a comma; where nobody bears it, as a name with what lies around it."""
    whole = candidates.get(fold(wanted.city), ())
    head, *around = wanted.city.split(",")
    if whole or not around:
        return _choose(wanted, whole, [wanted.region], busy)
    found = _choose(wanted, candidates.get(fold(head), ()), [wanted.region, *around], busy)
    return replace(found, written=" ".join(head.split())) if found.place else found


def _candidates(names: Iterable[str]) -> Mapping[str, list[_Candidate]]:
    states: dict[UUID, set[str]] = defaultdict(set)
    for state, name in PlaceName.objects.filter(place__kind=PlaceKind.STATE).values_list("place", "folded"):
        states[state].add(name)
    countries = {
        code: {fold(code), fold(es), fold(en)}
        for code, es, en in Country.objects.values_list("code", "name_es", "name_en")
    }
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
                around = frozenset({fold(region), *own, *countries[country]} - {""})
                shown = _label(name, state_name or region, country)
                found[folded][place] = _Candidate(place, shown, country, around, rank, kind, population or 0)
    return {name: list(places.values()) for name, places in found.items()}


def label(place: Place, *, with_country: bool = False) -> str:
    """Name a place so that it differs from others of its name."""
    shown = _label(place.name, place.state.name if place.state else place.region, place.country_id)
    return f"{shown}, {place.country_id}" if with_country and place.country_id == _HOME else shown


def _label(name: str, around: str, country: str) -> str:
    parts = [name, around] if around else [name]
    return ", ".join(parts if country == _HOME else [*parts, country])


def _with_agreements(places: Iterable[UUID]) -> set[UUID]:
    listed = list(places)
    busy: set[UUID] = set()
    for start in range(0, len(listed), _BATCH):
        busy.update(
            Party.objects.filter(place__in=listed[start : start + _BATCH]).values_list("place", flat=True).distinct()
        )
    return busy


def _choose(wanted: Wanted, candidates: Sequence[_Candidate], around: Sequence[str], busy: set[UUID]) -> Found:
    country = wanted.country or _HOME
    here = [one for one in candidates if one.country == country]
    regions = {fold(word) for word in around} - {""}
    fitting = [one for one in here if regions <= one.around]
    if not fitting and len(here) == 1 and here[0].country != _HOME:
        fitting = here  # regions abroad have many spellings; nothing else bears the name in that country
    if not fitting:
        return Found(None, options=tuple(one.label for one in (here or candidates)[:3]))
    best = min(one.rank for one in fitting)
    finalists = [one for one in fitting if one.rank == best]
    if len(finalists) > 1:
        finalists = [one for one in finalists if one.place in busy] or finalists
    chosen = best_reading([(one.kind, one.population) for one in finalists])
    if chosen is not None:
        place = finalists[chosen]
        return Found(place.place, place.label, wanted.city, key=place.place.hex)
    largest = sorted(finalists, key=lambda one: (-one.population, one.label))
    listed = sorted(largest[:_MOST_OPTIONS], key=lambda one: one.label)
    codes = public_identifiers(one.place for one in listed)
    shown = tuple(f"«{codes[one.place]}» ({one.label})" for one in listed if one.place in codes)
    return Found(None, miss=Miss.AMBIGUOUS, options=shown, more=len(finalists) - len(listed))


class _Guesses:
    """Names of one country at a time, to find the ones most like a misspelt one."""

    def __init__(self) -> None:
        self._country = ""
        self._names: list[str] = []

    def like(self, wanted: Wanted) -> tuple[str, ...]:
        if self._country != (wanted.country or _HOME):
            self._country = wanted.country or _HOME
            self._names = list(
                PlaceName.objects.filter(place__country=self._country).values_list("folded", flat=True).distinct()
            )
        near = process.extract(fold(_head(wanted.city) or wanted.city), self._names, limit=6, score_cutoff=_LIKENESS)
        names = [name for name, _score, _index in near]
        rows = (
            Place.objects.filter(names__folded__in=names[:3], country=self._country).select_related("state").distinct()
        )
        best = sorted(rows, key=lambda place: (_RANK[PlaceKind(place.kind)], -(place.population or 0)))
        return tuple(dict.fromkeys(label(place) for place in best[:3]))
