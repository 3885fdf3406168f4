"""Reads of calls; each begins with the office they belong to, or with what the public may see."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import F, QuerySet

from hermanar.cooperation.models import Call
from hermanar.cooperation.rules.calls import CallFacts, missing_of_call, state_of
from hermanar.cooperation.vocabulary.calls import CallState, MissingOfCall

_NEWEST_FIRST = (F("closes_on").desc(nulls_first=True), "-pk")


def calls_of(office: UUID | None) -> QuerySet[Call]:
    """Return the calls of an office: those without dates first, then from the last to close; None has none."""
    if office is None:
        return Call.objects.none()
    return Call.objects.filter(office=office).select_related("agreement", "office").order_by(*_NEWEST_FIRST)


def standing_calls(office: UUID | None) -> QuerySet[Call]:
    """Return the calls of an office that nobody withdrew."""
    return calls_of(office).filter(withdrawn_at__isnull=True)


def published_calls() -> QuerySet[Call]:
    """Return the calls the public may see: those that a real office shows."""
    shown = Call.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True, office__is_demonstration=False)
    return shown.select_related("agreement", "office").order_by(*_NEWEST_FIRST)


def facts_of_call(call: Call) -> CallFacts:
    """Return a call as the rules look at it."""
    return CallFacts(
        title=call.title_es,
        description=call.description_es,
        has_english=bool(call.title_en and call.description_en),
        host=call.host,
        requirements=call.requirements,
        covers=call.covers,
        how_to_apply=call.how_to_apply,
        places=call.places,
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        starts_on=call.starts_on,
        ends_on=call.ends_on,
        is_withdrawn=call.withdrawn_at is not None,
    )


def call_state(call: Call, *, today: dt.date) -> CallState:
    """Return how a call stands on a day."""
    return state_of(facts_of_call(call), is_resolved=call.result_on is not None, today=today)


def lacks_of_call(call: Call, *, today: dt.date) -> list[MissingOfCall]:
    """Return what a call does not say yet."""
    return missing_of_call(facts_of_call(call), is_resolved=call.result_on is not None, today=today)
