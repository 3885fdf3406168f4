"""Reads of the directory: a place by identifier, by exact name, by what a person typed."""

from hermanar.directory.queries.places import (
    PartyPlace,
    distinction,
    exact_places,
    gazetteer,
    gazetteer_identifiers,
    gazetteer_names,
    in_steps,
    is_in_region,
    place_by_identifier,
    places,
    resolve_party,
)
from hermanar.directory.queries.search import LEADING, REORDERED, FoundPlace, find_places

__all__ = [
    "LEADING",
    "REORDERED",
    "FoundPlace",
    "PartyPlace",
    "distinction",
    "exact_places",
    "find_places",
    "gazetteer",
    "gazetteer_identifiers",
    "gazetteer_names",
    "in_steps",
    "is_in_region",
    "place_by_identifier",
    "places",
    "resolve_party",
]
