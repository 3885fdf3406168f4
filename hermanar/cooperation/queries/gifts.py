"""Gifts: those of an office, those that stand, those the public may see; and the donations documented of a tie."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.vocabulary import Role
from hermanar.cooperation.models import Activity, Gift
from hermanar.cooperation.queries.activities import counted
from hermanar.cooperation.rules import Entry, entry_of_activity, seen_from_other_side
from hermanar.cooperation.vocabulary import ActivityKind, Direction


@dataclass(frozen=True, slots=True)
class Documented:
    """A donation kept as an activity, told by a source or by the office, seen from the office."""

    activity: Activity
    tie: Agreement
    side: str


def gifts_of(office: UUID | None) -> QuerySet[Gift]:
    """Return the gifts of an office, the newest first and undated ones last; None has none."""
    if office is None:
        return Gift.objects.none()
    newest_first = (F("on").desc(nulls_last=True), "-pk")
    return Gift.objects.filter(office=office).select_related("agreement", "photograph").order_by(*newest_first)


def standing_gifts(office: UUID | None) -> QuerySet[Gift]:
    """Return the gifts of an office that nobody withdrew."""
    return gifts_of(office).filter(withdrawn_at__isnull=True)


def published_gifts() -> QuerySet[Gift]:
    """Return the gifts the public may see: shown by a real office, of an agreement that is public."""
    shown = Gift.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)
    return shown.filter(office__is_demonstration=False, agreement__published_at__isnull=False)


def documented_donations(ties: Iterable[Agreement]) -> dict[UUID, Documented]:
    """Return the donations kept as activities of ties of one office, by their key, in two questions."""
    known = {tie.pk: tie for tie in ties}
    others = told_from_other_side(known.values())
    found = {}
    for activity in counted().filter(agreement__in=known, kind=ActivityKind.DONATION).order_by("pk"):
        side = seen_by_office(activity, others=others).side
        found[activity.pk] = Documented(activity, known[activity.agreement_id], side.value)
    return found


def told_by_gifts(office: UUID | None, *, but: UUID | None = None) -> set[UUID]:
    """Return the documented donations that standing gifts of an office tell in full, leaving one gift out."""
    told = standing_gifts(office).filter(documented_as__isnull=False)
    told = told.exclude(pk=but) if but else told
    return set(told.order_by().values_list("documented_as", flat=True))


def seen_by_office(activity: Activity, *, others: Collection[UUID]) -> Entry:
    """Return an activity as its office counts it; what the office entered itself is told from its side already."""
    entry = entry_of_activity(ActivityKind(activity.kind), Direction(activity.direction))
    is_told_from_there = activity.office_id is None and activity.agreement_id in others
    return seen_from_other_side(entry) if is_told_from_there else entry


def told_from_other_side(ties: Iterable[Agreement]) -> set[UUID]:
    """Return the ties on whose other side the office stands: their activities are told from the declaring one."""
    places = {tie.pk: tie.office.place_id for tie in ties if tie.office and tie.office.place_id}
    rows = Party.objects.filter(agreement__in=places, role=Role.COUNTERPART).values_list("agreement", "place")
    return {agreement for agreement, place in rows if places[agreement] == place}
