"""Lists of agreements: a page with its facets, and streams of all that match."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from hermanar.agreements.queries import published_listings
from hermanar.catalogue.read.labels import FACET_LABELS, labels_of
from hermanar.catalogue.read.lines import agreement_line, agreement_lines_in_order, lines_of
from hermanar.catalogue.read.resolution import resolved
from hermanar.catalogue.search import questions
from hermanar.catalogue.search.filters import FACETS, After, BadFilterError, Filters, read_cursor
from hermanar.catalogue.sheets import AgreementLine, AgreementPage, Facet, Option
from hermanar.foundation.search import Snapshot

LARGEST_PAGE = 500
STEP = 500


def agreements(
    filters: Filters,
    *,
    today: dt.date,
    language: str,
    limit: int = 20,
    cursor: str | None = None,
    with_facets: bool = True,
) -> AgreementPage:
    """Return a page of the agreements that match, how many there are, and the counts of every facet.

    Raises BadFilterError, BadCursorError, UnknownPlaceError and AmbiguousPlaceError.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadFilterError("limit", str(limit), "bad_number")
    snapshot = questions.current(today)
    filters = resolved(filters, snapshot, language=language)
    after = read_cursor(cursor, filters) if cursor else None
    step = questions.step(snapshot, filters, limit=limit, after=after)
    items = lines_of(step.keys, today=today, language=language)
    following = step.after.sign(filters) if step.after else None
    if not with_facets:
        return AgreementPage(questions.total(snapshot, filters), items, following, ())
    tally = questions.tally(snapshot, filters)
    return AgreementPage(tally.total, items, following, _facets(snapshot, filters, tally, language))


def _facets(snapshot: Snapshot, filters: Filters, tally: questions.Tally, language: str) -> tuple[Facet, ...]:
    facets = []
    for name in FACETS:
        chosen = getattr(filters, name)
        counts = questions.alternatives(snapshot, filters, facet=name) if chosen else tally.counts[name]
        labels = labels_of(name, counts, language=language)
        options = [Option(value, labels.get(value, value), count, value in chosen) for value, count in counts.items()]
        facets.append(Facet(name, str(FACET_LABELS[name]), tuple(options)))
    return tuple(facets)


def keys_of(filters: Filters, *, today: dt.date, language: str, step: int = STEP) -> Iterator[tuple[UUID, ...]]:
    """Walk through the keys of all that match, newest first, as they stood at one commit."""
    snapshot = questions.current(today)
    filters = resolved(filters, snapshot, language=language)
    after: After | None = None
    while True:
        found = questions.step(snapshot, filters, limit=step, after=after)
        if found.keys:
            yield found.keys
        after = found.after
        if after is None:
            return


def agreement_lines(filters: Filters, *, today: dt.date, language: str) -> Iterator[AgreementLine]:
    """Stream every agreement that matches, in short steps: all in the order of entry, a choice newest first."""
    if not filters.is_empty:
        for keys in keys_of(filters, today=today, language=language):
            rows = published_listings().in_bulk(keys)
            yield from agreement_lines_in_order(rows, keys, today=today, language=language)
        return
    listings = published_listings().order_by("pk")
    batch = list(listings[:STEP])
    while batch:
        for row in batch:
            yield agreement_line(row, today=today, language=language)
        batch = list(listings.filter(pk__gt=batch[-1].pk)[:STEP])
