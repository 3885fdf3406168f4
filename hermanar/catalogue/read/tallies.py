"""How many agreements and reported ties each place has: counts kept ready, so that no page reads all it counts."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Count

from hermanar.catalogue.read.kept import kept, revisions
from hermanar.catalogue.search import Filters, questions
from hermanar.directory.models import Identifier
from hermanar.directory.vocabulary import Scheme
from hermanar.foundation.calendar import public_day
from hermanar.foundation.search import Snapshot
from hermanar.observatory.models import ReferenceFigure, ReportedTie, Tie

_FEW = 60  # places that are quicker asked for one by one
_BATCH = 500
_WRITTEN_KEY = len(str(UUID(int=0)))


def at_hand() -> Snapshot:
    """Return the index as the last commit and the public's day make it."""
    return questions.current(public_day())


def count(filters: Filters) -> int:
    """Count the agreements that match; places are given by identifier."""
    return questions.total(at_hand(), filters)


def agreement_counts(identifiers: Sequence[str]) -> dict[str, int]:
    """Count the agreements of some places, by their public identifiers."""
    snapshot = at_hand()
    if len(identifiers) > _FEW:
        counts = questions.by_place(snapshot)
        return {identifier: counts.get(identifier, 0) for identifier in identifiers}
    return {identifier: questions.total(snapshot, Filters(place=(identifier,))) for identifier in identifiers}


def having(what: str) -> list[UUID]:
    """Return the places that have `agreements` or reported `ties`, those with most first."""
    return list(agreements_by_place()) if what == "agreements" else most_reported()


def agreements_by_place() -> dict[UUID, int]:
    """Count the agreements of every place that has any."""
    snapshot = at_hand()
    if "place keys" not in snapshot.kept:
        counts = questions.by_place(snapshot)
        keys = _keys(counts)
        snapshot.kept["place keys"] = {keys[one]: number for one, number in counts.items() if one in keys}
    kept_ready: dict[UUID, int] = snapshot.kept["place keys"]
    return kept_ready


def _keys(identifiers: Iterable[str]) -> dict[str, UUID]:
    """Return the places of public identifiers, remembering those once asked for."""
    wanted = list(identifiers)
    known = {} if connection.in_atomic_block else _known(revisions("places"))
    missing = [one for one in wanted if one not in known]
    for start in range(0, len(missing), _BATCH):
        asked = {tuple(one.split(":", 1)): one for one in missing[start : start + _BATCH]}
        for (scheme, value), one in asked.items():
            if scheme == Scheme.HERMANAR and len(value) == _WRITTEN_KEY:  # a place nobody else has a number for
                known[one] = UUID(value)
        rows = Identifier.objects.filter(value__in={value for _scheme, value in asked})
        for scheme, value, place in rows.values_list("scheme", "value", "place"):
            if (scheme, value) in asked:
                known[asked[scheme, value]] = place
    return {one: known[one] for one in wanted if one in known}


@functools.lru_cache(maxsize=2)
def _known(_revisions: str) -> dict[str, UUID]:
    return {}


@kept("ties")
def ties_by_place() -> dict[UUID, int]:
    """Count the reported ties of every place that has any."""
    counts: dict[UUID, int] = {}
    for end in ("first", "second"):
        for place, number in Tie.objects.order_by().values_list(end).annotate(n=Count("pk")):
            counts[place] = counts.get(place, 0) + number
    return counts


@kept("ties")
def most_reported() -> list[UUID]:
    """Return the places that have a reported tie, those with most first."""
    counts = ties_by_place()
    return sorted(counts, key=lambda place: (-counts[place], place))


@kept("agreements", "places", "ties")
def linked() -> list[UUID]:
    """Return every place that has an agreement or a reported tie, in the order of the keys."""
    return sorted(agreements_by_place().keys() | ties_by_place().keys())


@kept("ties")
def _told() -> tuple[int, int]:
    return Tie.objects.count(), ReportedTie.objects.count()


def totals() -> dict[str, int]:
    """Return how much this registry holds: agreements, recognised ties, the places they join."""
    return {"agreements": at_hand().searcher.num_docs, "ties": _told()[0], "places": len(ties_by_place())}


def totals_by_table() -> dict[str, int]:
    """Count the rows of each table as its file has them."""
    snapshot = at_hand()
    return {
        **questions.hung(snapshot),
        "ties": _told()[1],
        "figures": ReferenceFigure.objects.count(),
        "agreements": snapshot.searcher.num_docs,
    }
