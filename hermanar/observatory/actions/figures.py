"""Figures that sources state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from hermanar.directory.queries import place_by_identifier
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.editing import has_values
from hermanar.foundation.statements import sources_by_key
from hermanar.observatory.models import ReferenceFigure

_TEXTS = (
    "topic",
    "label_es",
    "label_en",
    "unit_es",
    "unit_en",
    "as_of",
    "scope_es",
    "scope_en",
    "stated_by",
    "stated_by_en",
    "passage",
)


@transaction.atomic
def record_reference_figures(rows: Sequence[Mapping[str, str]], *, by: Actor) -> int:
    """Enter or update figures by their key and return how many there are; one entry of the trail tells what changed.

    Raises NotAllowedError, and KeyError for an unknown source.
    """
    require(by, Verb.LOAD_CAPTURE)
    trail.hold()
    sources = sources_by_key()
    changed = []
    for row in rows:
        values: dict[str, Any] = {name: row.get(name, "") for name in _TEXTS}
        place = place_by_identifier(row["place"]) if row["place"] else None
        values |= {"value": Decimal(row["value"]), "place": place, "source": sources[row["source"]]}
        kept = ReferenceFigure.objects.filter(key=row["key"]).first()
        if kept is None or not has_values(kept, values):
            ReferenceFigure.objects.update_or_create(key=row["key"], defaults=values)
            changed.append(dict(row))
    if changed:
        trail.record("figures.recorded", by=by, content=changed)
    return len(rows)
