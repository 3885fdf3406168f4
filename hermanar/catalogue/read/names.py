"""Names of places, for whoever keeps only their addresses: no counts, two queries however many are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hermanar.catalogue.read.labels import country_name
from hermanar.catalogue.read.lines import name_of
from hermanar.directory.models import Place


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place as a sentence names it."""

    slug: str
    name: str
    country: str  # ISO 3166-1 alpha-2
    country_name: str


def place_names(slugs: Iterable[str], *, language: str) -> dict[str, PlaceName]:
    """Return the names of the places at these addresses, in their order; those that are gone are left out."""
    wanted = list(dict.fromkeys(slugs))
    columns = ("slug", "name", "name_es", "name_en", "country_id")
    found = {place.slug: place for place in Place.objects.filter(slug__in=wanted).only(*columns)}
    return {slug: _named(found[slug], language) for slug in wanted if slug in found}


def _named(place: Place, language: str) -> PlaceName:
    country = country_name(place.country_id, language)
    return PlaceName(place.slug, name_of(place, language), place.country_id, country)
