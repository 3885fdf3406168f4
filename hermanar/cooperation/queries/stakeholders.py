"""Reads of who takes part in the ties of an office."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from hermanar.cooperation.models import Stakeholder
from hermanar.cooperation.rules.stakeholders import ActorFacts
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide


def stakeholders_of(office: UUID | None) -> QuerySet[Stakeholder]:
    """Return everybody who takes or took part in a tie of an office, those who left last; None has none."""
    if office is None:
        return Stakeholder.objects.none()
    found = Stakeholder.objects.filter(office=office).select_related("agreement", "office")
    return found.order_by(F("left_on").asc(nulls_first=True), "name", "pk")


def actor_facts(stakeholders: Iterable[Stakeholder]) -> tuple[ActorFacts, ...]:
    """Return who takes part as the rules look at it."""
    return tuple(
        ActorFacts(ActorClass(one.kind), TieSide(one.side), frozenset(Resource(code) for code in one.resource_codes))
        for one in stakeholders
    )
