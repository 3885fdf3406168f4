"""What the trail digests of requests, selections, who takes part and calls, and whether they still say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model

from hermanar.cooperation.models import Call, Selection, Stakeholder, TwinningRequest
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest


class UnlikeTie(NamedTuple):
    """Something that does not say what the trail kept of it, or that is gone."""

    what: str  # request, selection, stakeholder, call
    subject: UUID
    chain: str


def row_content(row: Model) -> dict[str, Any]:
    """Return all that a row keeps, but the counter of its versions."""
    columns = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    columns.pop("version", None)
    return {name: _plain(value) for name, value in columns.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def selection_content(selection: Selection) -> dict[str, Any]:
    """Return a selection with its criteria, candidates, marks and decisions."""
    return {
        "selection": row_content(selection),
        "criteria": [row_content(one) for one in selection.criteria.order_by("pk")],
        "candidates": [
            [row_content(one), [row_content(mark) for mark in one.marks.order_by("pk")]]
            for one in selection.candidates.order_by("pk")
        ],
        "decisions": [row_content(one) for one in selection.decisions.order_by("pk")],
    }


_KINDS: dict[str, tuple[type[Any], Callable[[Any], dict[str, Any]]]] = {
    "request": (TwinningRequest, row_content),
    "selection": (Selection, selection_content),
    "stakeholder": (Stakeholder, row_content),
    "call": (Call, row_content),
}


def ties_unlike_their_trail() -> list[UnlikeTie]:
    """Return what does not say what its last entry in the trail kept, what is gone or was never told with it."""
    return [found for what in _KINDS for found in _unlike(what)]


def _unlike(what: str) -> list[UnlikeTie]:
    model, content = _KINDS[what]
    last: dict[tuple[str, str], str] = {}
    entries = TrailEntry.objects.filter(code__startswith=f"{what}.").order_by("chain", "number")
    for subject, chain, digest in entries.values_list("subject", "chain", "content_digest"):
        last[subject, chain] = digest
    found = [
        UnlikeTie(what, one.pk, str(one.office_id))
        for one in model.objects.order_by("pk")
        if last.pop((str(one.pk), str(one.office_id)), "") != keyed_digest(content(one))
    ]
    return found + [UnlikeTie(what, UUID(subject), chain) for subject, chain in sorted(last)]
