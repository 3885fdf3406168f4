"""The evidence that the public's lists are told of: what the public may see of common life, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Max

from hermanar.agreements.actions import note_evidence
from hermanar.cooperation.queries import shown_to_public


def note(agreements: Collection[UUID]) -> None:
    """Tell the lists the day from which each agreement's life is counted; the caller holds the index of agreements.

    It is the last day that the newest activity may mean (decision 6), whenever it was entered: what is kept here must
    answer on later days too.
    """
    newest: dict[UUID, dt.date | None] = dict.fromkeys(agreements)
    rows = shown_to_public().filter(agreement__in=newest).order_by().values_list("agreement")
    newest |= dict(rows.annotate(newest=Max("ended_on")))
    note_evidence(newest)
