"""Reads of the directory: a place by identifier or exact name, and every place in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hermanar.directory.models import Identifier, Place, PlaceName
from hermanar.directory.rules import best_reading
from hermanar.directory.vocabulary import NameKind, PlaceKind
from hermanar.foundation.words import fold

KIND_POINTS = {PlaceKind.MUNICIPALITY: 12.0, PlaceKind.STATE: 0.0, PlaceKind.CITY: 6.0, PlaceKind.LOCALITY: 0.0}
_STEP = 5_000


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
