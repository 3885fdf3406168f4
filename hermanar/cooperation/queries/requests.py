"""Reads of requests to twin; each begins with the office that keeps them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import TwinningRequest
from hermanar.cooperation.vocabulary.requests import Answer


def requests_of(office: UUID | None) -> QuerySet[TwinningRequest]:
    """Return the requests of an office, the unanswered first, then the newest; None has none."""
    if office is None:
        return TwinningRequest.objects.none()
    found = TwinningRequest.objects.filter(office=office).select_related("office", "place__country", "agreement")
    return found.order_by(F("answered_on").asc(nulls_first=True), "-on", "-pk")


def unanswered(office: UUID | None) -> QuerySet[TwinningRequest]:
    """Return the requests that wait for an answer, those with the nearest day first, then the oldest."""
    return requests_of(office).filter(answer="").order_by(F("answer_by").asc(nulls_last=True), "on", "pk")


def unfiled(office: UUID | None) -> QuerySet[TwinningRequest]:
    """Return the accepted requests that lead to no file yet, the oldest first."""
    return requests_of(office).filter(answer=Answer.ACCEPTED, agreement__isnull=True).order_by("answered_on", "pk")


def request_of_tie(agreement: Agreement) -> TwinningRequest | None:
    """Return the accepted request that a tie began with; the first when several are kept."""
    found = TwinningRequest.objects.filter(agreement=agreement, answer=Answer.ACCEPTED)
    return found.order_by("answered_on", "pk").first()
