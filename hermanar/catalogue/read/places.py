"""Places by identifier or address, and as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hermanar.agreements.queries import public_identifiers
from hermanar.catalogue.read import tallies
from hermanar.catalogue.read.lines import place_line
from hermanar.catalogue.sheets import PlaceLine
from hermanar.directory.models import Place
from hermanar.directory.queries import place_by_identifier
from hermanar.directory.queries import places as all_places
from hermanar.directory.vocabulary import Scheme

_STEP = 500
MOST_FOUND = 50  # places that a search shows, and its file has


def _identifiers(places: Sequence[UUID]) -> dict[UUID, str]:
    known = public_identifiers(places)
    return {place: known.get(place, f"{Scheme.HERMANAR}:{place}") for place in places}


def agreement_counts(places: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many published agreements each of these places has, as the index counts them."""
    identifiers = _identifiers(places)
    counts = tallies.agreement_counts(list(identifiers.values()))
    return {place: counts[identifier] for place, identifier in identifiers.items()}


def tie_counts(places: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many recognised ties others report of each of these places."""
    counts = tallies.ties_by_place()
    return {place: counts.get(place, 0) for place in places}


def place_lines(found: Sequence[Place], *, language: str) -> tuple[PlaceLine, ...]:
    """Return places as rows of a list, in their order, in a fixed number of queries per five hundred."""
    lines: list[PlaceLine] = []
    for start in range(0, len(found), _STEP):
        batch = found[start : start + _STEP]
        keys = [place.pk for place in batch]
        identifiers, ties = _identifiers(keys), tie_counts(keys)
        agreements = tallies.agreement_counts(list(identifiers.values()))
        lines += [
            place_line(
                place,
                identifier=identifiers[place.pk],
                agreement_count=agreements[identifiers[place.pk]],
                tie_count=ties.get(place.pk, 0),
                language=language,
            )
            for place in batch
        ]
    return tuple(lines)


def cities_with_agreements(*, language: str, limit: int) -> tuple[PlaceLine, ...]:
    """Return the places with most agreements here, most first."""
    return place_page("agreements", language=language, first=0, most=limit)


def cities_most_reported(*, language: str, limit: int) -> tuple[PlaceLine, ...]:
    """Return the places of which others report most ties, most first."""
    return place_page("ties", language=language, first=0, most=limit)


def place_page(having: str, *, language: str, first: int, most: int) -> tuple[PlaceLine, ...]:
    """Return some of the places that have `agreements` or reported `ties`, those with most first."""
    return in_order(tallies.having(having)[first : first + most], language=language)


def place_count(having: str) -> int:
    """Count the places that have `agreements` or reported `ties`."""
    return len(tallies.having(having))


def in_order(keys: Sequence[UUID], *, language: str) -> tuple[PlaceLine, ...]:
    """Return the lines of some places, in the order of their keys."""
    found: dict[UUID, Place] = {}
    for start in range(0, len(keys), _STEP):
        found |= all_places().in_bulk(keys[start : start + _STEP])
    return place_lines([found[key] for key in keys if key in found], language=language)


def find_place(reference: str) -> Place | None:
    """Return the place with this identifier (`inegi:11015`) or this address (`guanajuato`)."""
    if ":" in reference:
        return place_by_identifier(reference)
    return all_places().filter(slug=reference).first()
