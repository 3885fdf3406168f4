"""Every tie that can be drawn on a map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hermanar.agreements.queries import published_listings
from hermanar.catalogue.read.agreements import STEP, keys_of
from hermanar.catalogue.search import Filters
from hermanar.catalogue.search.documents import vitality_on
from hermanar.observatory.queries import all_ties

# Strokes of the map by number: full, thin, hairline, dotted, open.
_STROKES = {"active": 0, "dormant": 1, "silent": 2, "unknown": 3}
_ONLY_REPORTED = 4
MOST_DRAWN = 20_000  # agreements: more lines than that are a stain, and the list has them all
WorldPlace = tuple[str, str, str, float, float]  # slug, name, country, latitude, longitude


@dataclass(frozen=True, slots=True)
class WorldTies:
    """Places once, and ties as two positions among them with the number of a stroke."""

    places: list[WorldPlace]
    ties: list[tuple[int, int, int]]


def world_ties(*, today: dt.date, language: str) -> WorldTies:
    """Return the newest documented agreements with the stroke of their life, and what others report as open."""
    chart = all_ties()
    named = "name_en" if language == "en" else "name_es"
    places: list[WorldPlace] = [
        (one.slug, getattr(one, named) or one.name, one.country, one.latitude, one.longitude) for one in chart.places
    ]
    numbers = {place[0]: number for number, place in enumerate(places)}
    strokes = {(min(pair), max(pair)): _ONLY_REPORTED for pair in chart.pairs}
    for evidence_on, parties in _newest(today, language):
        ends = []
        for card in parties:
            if card["lat"] is None:
                continue
            if card["slug"] not in numbers:
                numbers[card["slug"]] = len(places)
                name = card[named] or card["name"]
                places.append((card["slug"], name, card["country"], card["lat"], card["lng"]))
            ends.append(numbers[card["slug"]])
        stroke = _STROKES[vitality_on(evidence_on, today).value]
        for other in ends[1:]:
            pair = (min(ends[0], other), max(ends[0], other))
            strokes[pair] = min(stroke, strokes.get(pair, _ONLY_REPORTED))
    return WorldTies(places, [(one, other, stroke) for (one, other), stroke in strokes.items() if one != other])


def _newest(today: dt.date, language: str) -> Iterator[tuple[dt.date | None, list[dict[str, Any]]]]:
    """Read when the newest agreements were last alive and who is party to them, in short steps."""
    steps = keys_of(Filters(), today=today, language=language)
    for keys in islice(steps, MOST_DRAWN // STEP):
        yield from published_listings().filter(pk__in=keys).values_list("evidence_on", "parties")
