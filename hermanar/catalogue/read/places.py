"""Places: found by any of their names, and as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hermanar.agreements.queries import public_identifiers
from hermanar.catalogue.read import tallies
from hermanar.catalogue.read.labels import country_name
from hermanar.catalogue.sheets import PlaceLine
from hermanar.directory.models import Place
from hermanar.directory.queries import distinction, find_places, place_by_identifier
from hermanar.directory.queries import places as all_places
from hermanar.directory.vocabulary import Scheme

_POINTS_OF_AN_AGREEMENT = 0.5
_STEP = 500


def places(text: str, *, language: str, limit: int = 20) -> tuple[PlaceLine, ...]:
    """Search places by name, those with agreements first among the alike; a typing error is forgiven."""
    found = find_places(text, limit=limit, boosts=_boosts())
    return place_lines([hit.place for hit in found], language=language)


def _boosts() -> dict[UUID, float]:
    counts = tallies.agreements_by_place()
    return {place: min(_POINTS_OF_AN_AGREEMENT * count, 5.0) for place, count in counts.items()}


def place_lines(found: Sequence[Place], *, language: str) -> tuple[PlaceLine, ...]:
    """Return places as rows of a list, in their order, in a fixed number of queries per five hundred."""
    lines: list[PlaceLine] = []
    for start in range(0, len(found), _STEP):
        batch = found[start : start + _STEP]
        known = public_identifiers([place.pk for place in batch])
        identifiers = {place.pk: known.get(place.pk, f"{Scheme.HERMANAR}:{place.pk}") for place in batch}
        agreements, ties = tallies.agreement_counts(list(identifiers.values())), tallies.ties_by_place()
        lines += [
            PlaceLine(
                id=identifiers[place.pk],
                slug=place.slug,
                name=name_of(place, language),
                distinction=distinction(place, language=language),
                kind=place.kind,
                country=place.country_id,
                country_name=country_name(place.country_id, language),
                state=place.state.name if place.state else "",
                population=place.population,
                latitude=place.latitude,
                longitude=place.longitude,
                agreement_count=agreements[identifiers[place.pk]],
                tie_count=ties.get(place.pk, 0),
            )
            for place in batch
        ]
    return tuple(lines)


def name_of(place: Place, language: str) -> str:
    """Return the name of a place in a language where known, else its own."""
    return (place.name_en if language == "en" else place.name_es) or place.name


def cities_with_agreements(*, language: str, limit: int) -> tuple[PlaceLine, ...]:
    """Return the places with most agreements here, most first."""
    lines = in_order(tallies.most_agreements(limit), language=language)
    return tuple(sorted(lines, key=lambda line: (-line.agreement_count, line.slug)))


def cities_most_reported(*, language: str, limit: int) -> tuple[PlaceLine, ...]:
    """Return the places of which others report most ties, most first."""
    return in_order(tallies.most_reported()[:limit], language=language)


def in_order(keys: Sequence[UUID], *, language: str) -> tuple[PlaceLine, ...]:
    """Return the lines of some places, in the order of their keys."""
    found = {place.pk: place for place in all_places().filter(pk__in=keys)}
    return place_lines([found[key] for key in keys if key in found], language=language)


def find_place(reference: str) -> Place | None:
    """Return the place with this identifier (`inegi:11015`) or this address (`guanajuato`)."""
    if ":" in reference:
        return place_by_identifier(reference)
    return all_places().filter(slug=reference).first()
