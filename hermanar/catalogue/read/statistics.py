"""Figures of the agreements: the same counts as the lists'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hermanar.agreements.queries import published_listings
from hermanar.catalogue.read.labels import labels_of
from hermanar.catalogue.read.resolution import resolved
from hermanar.catalogue.search import questions
from hermanar.catalogue.search.filters import Filters
from hermanar.catalogue.sheets import StatisticLine, Statistics

_DIMENSIONS = (
    "country",
    "state",
    "kind",
    "regime",
    "scope",
    "force",
    "vitality",
    "decade",
    "area",
    "registered",
)


def statistics(filters: Filters, *, today: dt.date, language: str = "es") -> Statistics:
    """Count the agreements that match by country, state, kind and so on; keys are codes, values above 0.

    Raises UnknownPlaceError and AmbiguousPlaceError, whose candidates are named in `language`.
    """
    snapshot = questions.current(today)
    tally = questions.tally(snapshot, resolved(filters, snapshot, language=language))
    counts = tally.counts
    return Statistics(
        total=tally.total,
        by_country=dict(counts["country"]),
        by_state=dict(counts["state"]),
        by_kind=dict(counts["kind"]),
        by_regime=dict(counts["regime"]),
        by_scope=dict(counts["scope"]),
        by_force=dict(counts["force"]),
        by_vitality=dict(counts["vitality"]),
        by_decade=dict(sorted(counts["decade"].items())),
        by_area=dict(counts["area"]),
        registered={value: counts["registered"].get(value, 0) for value in ("yes", "no", "unknown")},
        as_of=today,
    )


def statistic_lines(filters: Filters, *, today: dt.date, language: str) -> Iterator[StatisticLine]:
    """Give the same counts as rows: the total first, then each dimension with its values named; none that is 0."""
    counted = statistics(filters, today=today, language=language)
    if counted.total:
        yield StatisticLine("total", "", "", counted.total)
    for name in _DIMENSIONS:
        counts = counted.registered if name == "registered" else getattr(counted, f"by_{name}")
        labels = labels_of(name, counts, language=language)
        for value, count in counts.items():
            if count:
                yield StatisticLine(name, value, labels.get(value, value), count)


def state(*, today: dt.date) -> dict[str, int]:
    """Return how many agreements the public may see and how many the index holds, and whether its folder is in use."""
    snapshot = questions.current(today)
    on_disk = not questions.INDEX.is_in_memory
    published, indexed = published_listings().count(), snapshot.searcher.num_docs
    return {"published": published, "indexed": indexed, "revision": snapshot.position.number, "on_disk": on_disk}
