"""An office is founded, changes its particulars, and numbers its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require, require_in
from hermanar.foundation.editing import claim
from hermanar.offices import rules
from hermanar.offices.models import FileCounter, Office
from hermanar.offices.vocabulary import Level

CHANGEABLE = frozenset(
    {
        "name",
        "time_zone",
        "calendar",
        "letter_place",
        "address",
        "email",
        "phone",
        "head_name",
        "head_post",
        "iati_identifier",
    }
)


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """A new office; `place_id` is the place it governs, None for the ministry's."""

    slug: str
    name: str
    level: Level
    place_id: UUID | None = None
    time_zone: str = "America/Mexico_City"
    calendar: str = "mx-federal"
    letter_place: str = ""
    email: str = ""
    head_name: str = ""
    head_post: str = ""
    is_demonstration: bool = False


@transaction.atomic
def found_office(draft: OfficeDraft, *, by: Actor) -> Office:
    """Make an office and begin its chain of the trail. Raises NotAllowedError."""
    require(by, Verb.FOUND_OFFICE)
    office = Office.objects.create(**asdict(draft))
    trail.record("office.founded", by=by, subject=str(office.pk), content=asdict(draft), chain=str(office.pk))
    return office


@transaction.atomic
def change_office(office: UUID, *, by: Actor, version: int, values: Mapping[str, Any]) -> None:
    """Change the particulars of an office. Raises NotAllowedError, EditConflictError, KeyError for another field."""
    require_in(by, Verb.CHANGE_OFFICE, office=office)
    trail.hold(chain=str(office))
    if unknown := set(values) - CHANGEABLE:
        raise KeyError(", ".join(sorted(unknown)))
    claim(Office.objects.filter(pk=office), version=version, **values)
    trail.record("office.changed", by=by, subject=str(office), content=dict(values), chain=str(office))


def next_file_number(office: UUID, *, year: int) -> str:
    """Take the next file number of an office in the caller's transaction: undone with it, so that none is lost."""
    FileCounter.objects.get_or_create(office_id=office, year=year)
    counter = FileCounter.objects.select_for_update().select_related("office").get(office=office, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return rules.file_number(counter.office.slug, year=year, number=counter.last)
