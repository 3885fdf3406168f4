"""The evidence that the public's lists are told of: what the public may see of common life, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Max

from hermanar.agreements.actions import note_evidence
from hermanar.cooperation.queries import shown_to_public
from hermanar.cooperation.rules import evidence_until


def note(agreements: Collection[UUID], *, today: dt.date) -> None:
    """Tell the lists up to which day each agreement is seen to live; the caller holds the index of agreements."""
    newest: dict[UUID, dt.date | None] = dict.fromkeys(agreements)
    rows = shown_to_public().filter(agreement__in=newest).order_by().values_list("agreement")
    newest |= dict(rows.annotate(newest=Max("ended_on")))
    note_evidence({key: evidence_until(on, today) for key, on in newest.items()})
