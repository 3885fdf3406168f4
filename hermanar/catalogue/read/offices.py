"""Which cities have an office that answers: what is sent to a city goes to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from hermanar.foundation.calendar import today_in
from hermanar.offices.models import Office
from hermanar.offices.vocabulary import Level


@dataclass(frozen=True, slots=True)
class AnsweringOffice:
    """The office of a city, as far as the public may know it."""

    id: UUID
    name: str
    city: str  # slug
    is_demonstration: bool


def answering_offices() -> tuple[AnsweringOffice, ...]:
    """Return the offices of cities; one that only shows how it would be answers while there is a demonstration."""
    found = Office.objects.filter(level=Level.MUNICIPALITY, place__isnull=False).select_related("place")
    found = found if settings.MODE == "demo" else found.filter(is_demonstration=False)
    return tuple(_line(office) for office in found.order_by("is_demonstration", "name", "pk"))


def office_at(slug: str) -> AnsweringOffice | None:
    """Return the office of a city, if it has one; a real one before a demonstration's."""
    return next((office for office in answering_offices() if office.city == slug), None)


def office_days(offices: Collection[UUID]) -> dict[UUID, dt.date]:
    """Return the day it is now where each of these offices works; one that is gone is left out."""
    zones = Office.objects.filter(pk__in=offices).values_list("pk", "time_zone")
    return {key: today_in(zone) for key, zone in zones}


def _line(office: Office) -> AnsweringOffice:
    return AnsweringOffice(office.pk, office.name, office.place.slug if office.place else "", office.is_demonstration)
