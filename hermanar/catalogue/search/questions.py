"""Questions put to the index of agreements: what matches, how many of each kind, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import tantivy
from tantivy import Occur, Query

from hermanar.catalogue.search.documents import HUNG, AgreementContent
from hermanar.catalogue.search.filters import FACETS, After, Filters
from hermanar.catalogue.search.spoken import LONG_WORD, SHORT_WORD, any_of, words_asked
from hermanar.foundation.search import DerivedIndex, Snapshot
from hermanar.foundation.standby import reads_standby
from hermanar.foundation.words import fold

INDEX = DerivedIndex(AgreementContent())
_OF_STANDBY = DerivedIndex(AgreementContent(), of_standby=True)
_SLACK = 40  # hits of one and the same order that a page may meet at its edge
_EVERY_TERM = 100_000
_MOST_PLACES = 50_000  # tantivy refuses an answer of more than 65,000 values
_LISTED = {"host": 60, "source": 60}  # options shown; every other facet is short


@dataclass(frozen=True, slots=True)
class Tally:
    """How many agreements match, and how many of each value of each facet, largest first."""

    total: int
    counts: dict[str, dict[str, int]]


def current(today: dt.date) -> Snapshot:
    """Return the index as the last commit of the server that is read and this day make it."""
    return (_OF_STANDBY if reads_standby() else INDEX).current(day=today)


def question(snapshot: Snapshot, filters: Filters) -> Query:
    """Return the query that matches what the filters ask for."""
    parts = [any_of(snapshot, field=name, values=values) for name, values in filters.terms.items()]
    if filters.signed_from or filters.signed_to:
        parts.append(_signed_between(snapshot, filters.signed_from, filters.signed_to))
    if filters.q:
        parts += words_asked(snapshot, filters.q)
    if not parts:
        return Query.all_query()
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])


def _signed_between(snapshot: Snapshot, first: dt.date | None, last: dt.date | None) -> Query:
    return Query.range_query(
        snapshot.schema,
        "signed",
        tantivy.FieldType.Integer,
        (first or dt.date.min).toordinal(),
        (last or dt.date.max).toordinal(),
    )


def tally(snapshot: Snapshot, filters: Filters) -> Tally:
    """Count what matches by every facet; the counts of everything are kept ready beside the index."""
    if not filters.is_empty:
        return _counted(snapshot, question(snapshot, filters), FACETS)
    if "everything" not in snapshot.kept:
        snapshot.kept["everything"] = _counted(snapshot, Query.all_query(), FACETS)
    kept: Tally = snapshot.kept["everything"]
    return kept


def alternatives(snapshot: Snapshot, filters: Filters, *, facet: str) -> dict[str, int]:
    """Count the values of a facet as if nothing of it were chosen, the chosen ones among them."""
    freed = filters.without(facet)
    if freed.is_empty:
        counts = tally(snapshot, freed).counts[facet]
    else:
        counts = _counted(snapshot, question(snapshot, freed), (facet,)).counts[facet]
    missing = [value for value in getattr(filters, facet) if value not in counts]
    return counts | {value: total(snapshot, freed, also={facet: value}) for value in missing}


def total(snapshot: Snapshot, filters: Filters, *, also: dict[str, str] | None = None) -> int:
    """Count what matches."""
    parts = [
        question(snapshot, filters),
        *(any_of(snapshot, field=name, values=[value]) for name, value in (also or {}).items()),
    ]
    query = Query.boolean_query([(Occur.Must, part) for part in parts])
    return snapshot.count(query)


def by_place(snapshot: Snapshot) -> dict[str, int]:
    """Return how many agreements each place is party to, most first; kept ready beside the index."""
    if "places" not in snapshot.kept:
        snapshot.kept["places"] = _places_of(snapshot, Query.all_query())
    kept: dict[str, int] = snapshot.kept["places"]
    return kept


def counterparts(snapshot: Snapshot, place: str, *, scopes: Sequence[str]) -> int:
    """Count the places with which a place shares an agreement of these scopes."""
    query = question(snapshot, Filters(place=(place,), scope=tuple(scopes)))
    return len(_places_of(snapshot, query).keys() - {place})


def _places_of(snapshot: Snapshot, query: Query) -> dict[str, int]:
    asked = {"place": {"terms": {"field": "place", "size": _MOST_PLACES, "segment_size": _EVERY_TERM}}}
    buckets = snapshot.searcher.aggregate(query, asked)["place"]["buckets"]
    found = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))


def between(snapshot: Snapshot, places: tuple[str, str], *, limit: int) -> list[UUID]:
    """Return the agreements that both places are party to, as many as are wanted."""
    both = [(Occur.Must, any_of(snapshot, field="place", values=[place])) for place in places]
    result = snapshot.searcher.search(Query.boolean_query(both), limit=limit, count=False, order_by_field="order")
    return snapshot.keys(result.hits)


def hung(snapshot: Snapshot) -> dict[str, int]:
    """Count all that hangs on the agreements the public may see: statements, activities; kept ready."""
    if "hung" not in snapshot.kept:
        sums = snapshot.searcher.aggregate(Query.all_query(), {name: {"sum": {"field": name}} for name in HUNG})
        snapshot.kept["hung"] = {name: int(sums[name]["value"]) for name in HUNG}
    kept: dict[str, int] = snapshot.kept["hung"]
    return kept


def _counted(snapshot: Snapshot, query: Query, facets: Sequence[str]) -> Tally:
    asked = {
        facet: {"terms": {"field": facet, "size": _LISTED.get(facet, 400), "segment_size": _EVERY_TERM}}
        for facet in dict.fromkeys((*facets, "kind"))
    }
    answer = snapshot.searcher.aggregate(query, asked)
    found = {}
    for facet in asked:
        buckets = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[facet]["buckets"]]
        found[facet] = dict(sorted(buckets, key=lambda bucket: (-bucket[1], bucket[0])))
    return Tally(sum(found["kind"].values()), {facet: found[facet] for facet in facets})  # each has exactly one kind


@dataclass(frozen=True, slots=True)
class Step:
    """Some hits of a list, in its order, and where it leads on."""

    keys: tuple[UUID, ...]
    after: After | None


def step(snapshot: Snapshot, filters: Filters, *, limit: int, after: After | None = None) -> Step:
    """Return the next hits of a list: agreements of the very name asked for first, then all, newest first."""
    query = question(snapshot, filters)
    tiers = _tiers(snapshot, query, fold(filters.q)) if filters.q else [query]
    found: list[After] = []
    for number, tier in enumerate(tiers):
        if after is not None and number < after.tier:
            continue
        start = after if after is not None and number == after.tier else None
        found += _hits(snapshot, tier, number, limit=limit + 1 - len(found), start=start)
        if len(found) > limit:
            break
    shown = found[:limit]
    keys = tuple(UUID(hit.key) for hit in shown)
    return Step(keys, shown[-1] if shown and len(found) > limit else None)


def _tiers(snapshot: Snapshot, query: Query, name: str) -> list[Query]:
    if len(name) < SHORT_WORD:
        return [query]
    if snapshot.searcher.doc_freq("names", name):
        exact = any_of(snapshot, field="names", values=[name])
    else:  # a name with a slip is that name all the same
        distance = 2 if len(name) >= LONG_WORD else 1
        exact = Query.fuzzy_term_query(snapshot.schema, "names", name, distance=distance)
    return [
        Query.boolean_query([(Occur.Must, query), (Occur.Must, exact)]),
        Query.boolean_query([(Occur.Must, query), (Occur.MustNot, exact)]),
    ]


def _hits(snapshot: Snapshot, query: Query, tier: int, *, limit: int, start: After | None) -> list[After]:
    """Return hits after a point; those of equal order are told apart by their key."""
    if start is not None:
        rest = Query.range_query(snapshot.schema, "order", tantivy.FieldType.Unsigned, 0, start.order)
        query = Query.boolean_query([(Occur.Must, query), (Occur.Must, rest)])
    result = snapshot.searcher.search(query, limit=limit + _SLACK, count=False, order_by_field="order")
    keys = snapshot.keys(result.hits)
    hits = [After(tier, int(order), key.hex) for (order, _address), key in zip(result.hits, keys, strict=True)]
    hits.sort(key=lambda hit: (-hit.order, hit.key))
    if start is not None:
        hits = [hit for hit in hits if (-hit.order, hit.key) > (-start.order, start.key)]
    return hits[:limit]
