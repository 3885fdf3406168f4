"""Reads of common life: what an office may see, what the public may see, what is evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from hermanar.cooperation.models import Activity
from hermanar.cooperation.rules import overlaps


def standing() -> QuerySet[Activity]:
    """Return what nobody withdrew."""
    return Activity.objects.filter(withdrawn_at__isnull=True)


def shown_to_public() -> QuerySet[Activity]:
    """Return what the public may see of published agreements: what sources tell, and what an office published."""
    published = Q(published_at__isnull=False, office__is_demonstration=False)
    return standing().filter(Q(office__isnull=True) | published)


def of_office(office: UUID | None) -> QuerySet[Activity]:
    """Return what was done under the agreements of an office, whoever tells it; None has none."""
    found = Activity.objects.filter(agreement__office=office)
    return found if office else found.none()


def entered_by(office: UUID | None) -> QuerySet[Activity]:
    """Return what an office entered itself: all that it may change."""
    return of_office(office).filter(office=office)


def evidence_of(agreements: Iterable[UUID], *, today: dt.date) -> dict[UUID, Activity]:
    """Return the activity on which each tie's life rests: the newest dated one that has begun, published or not."""
    rows = standing().filter(agreement__in=list(agreements), started_on__lte=today)
    newest: dict[UUID, Activity] = {}
    for row in rows.order_by("ended_on", "-pk").select_related("source"):
        newest[row.agreement_id] = row
    return newest


def alike(agreement: UUID, *, kind: str, days: tuple[dt.date, dt.date]) -> list[Activity]:
    """Return what is told already of the same tie, of the same kind and on the same days."""
    rows = standing().filter(agreement=agreement, kind=kind, started_on__isnull=False, same_as__isnull=True)
    spans = ((row, row.started_on, row.ended_on) for row in rows.order_by("-ended_on", "pk").select_related("source"))
    return [row for row, start, end in spans if start and end and overlaps((start, end), days)]
