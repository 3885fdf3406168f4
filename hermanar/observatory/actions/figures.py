"""Figures that sources state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from hermanar.directory.queries import place_by_identifier
from hermanar.foundation.access import Actor, Verb, require
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
    """Enter or update figures by their key and return how many there are; raises KeyError for an unknown source."""
    require(by, Verb.LOAD_CAPTURE)
    sources = sources_by_key()
    for row in rows:
        values = {name: row.get(name, "") for name in _TEXTS}
        place = place_by_identifier(row["place"]) if row["place"] else None
        ReferenceFigure.objects.update_or_create(
            key=row["key"],
            defaults={**values, "value": Decimal(row["value"]), "place": place, "source": sources[row["source"]]},
        )
    return len(rows)
