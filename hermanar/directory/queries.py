"""Reads of the directory: a place by identifier, by exact name, by what a person typed."""

from __future__ import annotations

import math
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from hermanar.directory.models import Identifier, Place, PlaceName
from hermanar.directory.rules import best_reading, typing_errors_allowed
from hermanar.directory.vocabulary import NameKind, PlaceKind
from hermanar.foundation.models import Revision
from hermanar.foundation.words import fold

LONGEST_QUERY = 100
SIZE_WEIGHT = 5.0  # points for ten times the inhabitants
KIND_POINTS = {PlaceKind.MUNICIPALITY: 12.0, PlaceKind.STATE: 0.0, PlaceKind.CITY: 6.0, PlaceKind.LOCALITY: 0.0}
EXACT, WHOLE_WORDS, PREFIX, INSIDE, TYPED = 100.0, 92.0, 84.0, 74.0, 86.0
ERROR_COST = 10.0
_STEP = 5_000


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place a search found: the name that matched and what tells it from its homonyms, in both languages."""

    place: Place
    name: str
    score: float
    where_es: str
    where_en: str


def in_steps(rows: QuerySet[Any, Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield (primary key, *columns) of every row, in the order of the keys, without a cursor left open between steps.

    On SQLite an open reader keeps others from writing; each step is a short read of its own.
    """
    ordered = rows.order_by("pk").values_list("pk", *columns)
    batch = list(ordered[:_STEP])
    while batch:
        yield from batch
        batch = list(ordered.filter(pk__gt=batch[-1][0])[:_STEP])


def places() -> QuerySet[Place]:
    """Every place, with what its lines need."""
    return Place.objects.select_related("country", "state", "part_of")


def place_by_identifier(identifier: str) -> Place | None:
    """Return the place of an identifier such as `inegi:11015`, `geonames:3996322` or `wikidata:Q46475`."""
    scheme, _, value = identifier.partition(":")
    # Two plain look-ups: joined and ordered, PostgreSQL walks all places while it has no statistics yet.
    owners = list(Identifier.objects.filter(scheme=scheme, value=value).values_list("place", flat=True))
    return places().filter(pk=owners[0]).first() if owners else None


def distinction(place: Place, *, language: str) -> str:
    """Return what tells a place from its homonyms: locality's municipality, state or region, country."""
    country = place.country.name_en if language == "en" else place.country.name_es
    home = place.part_of.name if place.part_of else ""
    within = place.state.name if place.state else place.region
    if within == country:
        within = f"State of {within}" if language == "en" else f"Estado de {within}"
    if place.kind == PlaceKind.STATE:
        within = "state" if language == "en" else "entidad federativa"
    return ", ".join(part for part in dict.fromkeys((home, within, country)) if part)


def exact_places(name: str, *, country: str = "", state: str = "") -> list[Place]:
    """Return all places that bear the name, accents and case apart: governments first, then by size.

    `country` is an ISO code; `state` any name of a Mexican state or the name of a region abroad.
    """
    found = places().filter(pk__in=PlaceName.objects.filter(folded=fold(name)).values("place"))
    if country:
        found = found.filter(country=country)
    rows = list(found.order_by(F("population").desc(nulls_last=True), "slug"))
    if state:
        rows = [place for place in rows if is_in_region(place, state)]
    return sorted(rows, key=lambda place: -KIND_POINTS.get(PlaceKind(place.kind), 0.0))


def is_in_region(place: Place, region: str) -> bool:
    """Say whether a place lies in the state or region of this name (or is the state itself)."""
    wanted = fold(region)
    state = place if place.kind == PlaceKind.STATE else place.state
    if state is None:
        return fold(place.region) == wanted
    return fold(state.name) == wanted or state.names.filter(folded=wanted).exists()


@dataclass(frozen=True, slots=True)
class PartyPlace:
    """The place a party's name means, or the several it could mean."""

    place: Place | None
    candidates: tuple[Place, ...]


def resolve_party(city: str, *, region: str = "", country: str) -> PartyPlace:
    """Find the place meant by a city, a region as the source writes it (or nothing) and a country code.

    A region narrows the choice where the directory knows it; where it does not (provinces of Spain) it is ignored. Of
    several, a municipality or city far larger than the others is meant; otherwise none is chosen and all are told.
    """
    named = exact_places(city, country=country)
    within = [place for place in named if region and is_in_region(place, region)] or named
    chosen = best_reading([(place.kind, place.population or 0) for place in within])
    return PartyPlace(None if chosen is None else within[chosen], tuple(within))


def gazetteer() -> Iterator[tuple[UUID, str, str, int, float | None, float | None, str]]:
    """Yield (key, kind, country, inhabitants or 0, latitude, longitude, region) of every place, to compare in bulk."""
    columns = ("kind", "country_id", "population", "latitude", "longitude", "region")
    for key, kind, country, population, latitude, longitude, region in in_steps(Place.objects.all(), *columns):
        yield key, kind, country, population or 0, latitude, longitude, region


def gazetteer_names() -> Iterator[tuple[UUID, str]]:
    """Yield (place, folded name) of every name an English source may use: translations to other languages left out."""
    foreign = Q(kind=NameKind.TRANSLATION) & ~Q(language="en")
    for _key, place, folded in in_steps(PlaceName.objects.exclude(foreign), "place_id", "folded"):
        yield place, folded


def gazetteer_identifiers() -> dict[str, UUID]:
    """Return every identifier with its place."""
    rows = in_steps(Identifier.objects.all(), "scheme", "value", "place_id")
    return {f"{scheme}:{value}": place for _key, scheme, value, place in rows}


# ── Search by name ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Names:
    """Every folded name with its place, kept by each process and read again when the directory's revision moves."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        keys: list[UUID] = []
        position: dict[UUID, int] = {}
        self.base = array("f")
        for number, (key, kind, population) in enumerate(in_steps(Place.objects.all(), "kind", "population")):
            position[key] = number
            keys.append(key)
            self.base.append(KIND_POINTS.get(PlaceKind(kind), 0.0) + SIZE_WEIGHT * math.log10((population or 0) + 100))
        names = in_steps(PlaceName.objects.all(), "folded", "place_id")
        pairs = {(folded, position[place]) for _key, folded, place in names if place in position}
        ordered = sorted(pairs)  # as Python compares texts: a database may collate otherwise
        self.folded = [folded for folded, _owner in ordered]
        self.owner = array("i", (owner for _folded, owner in ordered))
        self.keys = b"".join(key.bytes for key in keys)
        self.text = "\n" + "\n".join(self.folded) + "\n"
        self.starts = array("i")
        start = 1
        for name in self.folded:
            self.starts.append(start)
            start += len(name) + 1

    def key(self, number: int) -> UUID:
        """Return the identifier of the place with this number."""
        return UUID(bytes=self.keys[number * 16 : number * 16 + 16])

    def matches(self, wanted: str) -> Iterator[tuple[int, float]]:
        """Yield (row, likeness) for names that are, begin with, hold or nearly are the text."""
        first = bisect_left(self.folded, wanted)
        last = bisect_right(self.folded, wanted + "\U0010ffff")
        for row in range(first, last):
            name = self.folded[row]
            if name == wanted:
                yield row, EXACT
            else:
                yield row, WHOLE_WORDS if name[len(wanted)] == " " else PREFIX
        at = self.text.find(" " + wanted)
        while at >= 0:
            yield bisect_right(self.starts, at) - 1, INSIDE
            at = self.text.find(" " + wanted, at + 1)
        errors = typing_errors_allowed(len(wanted))
        if errors:
            for _name, distance, row in extract(
                wanted, self.folded, scorer=OSA.distance, processor=None, score_cutoff=errors, limit=200
            ):
                yield row, TYPED - ERROR_COST * distance if distance else EXACT


_lock = threading.Lock()
_held: dict[str, _Names] = {}


def _names() -> _Names:
    revision = Revision.objects.filter(name="places").values_list("number", flat=True).first() or 0
    held = _held.get("names")
    if held is None or held.revision != revision:
        with _lock:
            held = _held.get("names")
            if held is None or held.revision != revision:
                held = _held["names"] = _Names(revision)
    return held


def find_places(
    text: str, *, limit: int = 10, country: str = "", boosts: Mapping[UUID, float] | None = None
) -> list[FoundPlace]:
    """Search places by name: accents and case do not matter, a typing error is forgiven.

    Ranked by likeness and size; `boosts` adds points to places (those with agreements, for one).
    """
    wanted = fold(text[:LONGEST_QUERY])
    if not wanted or limit < 1:
        return []
    names = _names()
    best: dict[int, float] = {}
    for row, likeness in names.matches(wanted):
        owner = names.owner[row]
        if likeness > best.get(owner, 0.0):
            best[owner] = likeness
    scores = {owner: likeness + names.base[owner] for owner, likeness in best.items()}
    if boosts:
        scores = {owner: score + boosts.get(names.key(owner), 0.0) for owner, score in scores.items()}
    order = sorted(scores, key=lambda owner: (-scores[owner], owner))
    if country:
        order = _in_country(order, names=names, country=country)
    return _found([(names.key(owner), scores[owner]) for owner in order[:limit]], wanted=wanted)


def _in_country(order: Sequence[int], *, names: _Names, country: str) -> list[int]:
    kept: set[UUID] = set()
    for start in range(0, len(order), 500):
        keys = [names.key(owner) for owner in order[start : start + 500]]
        kept.update(Place.objects.filter(Q(country=country), pk__in=keys).values_list("pk", flat=True))
    return [owner for owner in order if names.key(owner) in kept]


def _found(ranked: Sequence[tuple[UUID, float]], *, wanted: str) -> list[FoundPlace]:
    rows = {place.pk: place for place in places().filter(pk__in=[key for key, _ in ranked]).prefetch_related("names")}
    found = []
    for key, score in ranked:
        place = rows.get(key)
        if place is None:
            continue
        borne = sorted(place.names.all(), key=lambda name: (OSA.distance(name.folded, wanted), name.pk))
        found.append(
            FoundPlace(
                place,
                borne[0].name if borne else place.name,
                score,
                distinction(place, language="es"),
                distinction(place, language="en"),
            )
        )
    return found
