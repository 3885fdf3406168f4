"""Which place a name or an identifier means, seen from the agreements."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from tantivy import Query

from hermanar.agreements.queries import public_identifiers
from hermanar.catalogue.read.places import in_order
from hermanar.catalogue.search.filters import AmbiguousPlaceError, Filters, UnknownPlaceError
from hermanar.directory.models import Place
from hermanar.directory.queries import REORDERED, find_places
from hermanar.directory.vocabulary import Scheme
from hermanar.foundation.search import Snapshot

_MOST_CANDIDATES = 50


def resolved(filters: Filters, snapshot: Snapshot, *, language: str) -> Filters:
    """Return the filters with every place as its public identifier.

    Raises UnknownPlaceError, and AmbiguousPlaceError when several places of a name have agreements, or none has.
    """
    if not filters.host and not filters.place:
        return filters
    return dataclasses.replace(
        filters,
        host=tuple(_meant(text, "host", snapshot, language) for text in filters.host),
        place=tuple(_meant(text, "place", snapshot, language) for text in filters.place),
    )


def _meant(text: str, field: str, snapshot: Snapshot, language: str) -> str:
    scheme, colon, value = text.partition(":")
    if colon and scheme in Scheme.values:
        return _identified(text, scheme, value)
    candidates = _bearers(text)
    if not candidates:
        raise UnknownPlaceError(text)
    if len(candidates) == 1:
        return next(iter(candidates.values()))
    for facet in dict.fromkeys((field, "place")):
        having = {place: count for place, name in candidates.items() if (count := _count(snapshot, facet, name))}
        if len(having) == 1:
            return candidates[next(iter(having))]
        if having:
            raise AmbiguousPlaceError(text, in_order(list(having), language=language))
    raise AmbiguousPlaceError(text, in_order(list(candidates), language=language))


def _identified(text: str, scheme: str, value: str) -> str:
    place = Place.objects.filter(identifiers__scheme=scheme, identifiers__value=value).values_list("pk", flat=True)
    for key in place[:1]:
        return public_identifiers([key])[key]
    raise UnknownPlaceError(text)


def _bearers(text: str) -> dict[UUID, str]:
    """Return the places that a text names without a typing error, or else that have it as their address.

    A filter answers for what it was asked: it does not guess, but it takes what the search takes, «León, Gto» too.
    """
    named = [one for one in find_places(text, limit=_MOST_CANDIDATES) if one.likeness >= REORDERED]
    keys = [one.place.pk for one in named]
    keys = keys or list(Place.objects.filter(slug=text).values_list("pk", flat=True))
    found = public_identifiers(keys)
    return {key: found.get(key, f"{Scheme.HERMANAR}:{key}") for key in keys}


def _count(snapshot: Snapshot, facet: str, identifier: str) -> int:
    query = Query.term_query(snapshot.schema, facet, identifier, index_option="basic")
    return snapshot.count(query)
