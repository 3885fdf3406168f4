"""Gifts: those of an office, those that stand, those the public may see; and the donations documented of a tie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.vocabulary import Role
from hermanar.cooperation.models import Activity, Gift
from hermanar.cooperation.rules import entry_of_activity, seen_from_other_side
from hermanar.cooperation.vocabulary import ActivityKind, Direction


@dataclass(frozen=True, slots=True)
class Documented:
    """A donation that a source tells of, seen from the office."""

    activity: Activity
    tie: Agreement
    side: str


def gifts_of(office: UUID | None) -> QuerySet[Gift]:
    """Return the gifts of an office, the newest first; None has none."""
    if office is None:
        return Gift.objects.none()
    return Gift.objects.filter(office=office).select_related("agreement", "photograph").order_by("-on", "-pk")


def standing_gifts(office: UUID | None) -> QuerySet[Gift]:
    """Return the gifts of an office that nobody withdrew."""
    return gifts_of(office).filter(withdrawn_at__isnull=True)


def published_gifts() -> QuerySet[Gift]:
    """Return the gifts the public may see: shown by a real office, of an agreement that is public."""
    shown = Gift.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)
    return shown.filter(office__is_demonstration=False, agreement__published_at__isnull=False)


def documented_donations(ties: Iterable[Agreement]) -> dict[UUID, Documented]:
    """Return the donations that sources tell of ties of one office, by their key, in two questions."""
    known = {tie.pk: tie for tie in ties}
    others = told_from_other_side(known.values())
    found = {}
    for activity in Activity.objects.filter(agreement__in=known, kind=ActivityKind.DONATION).order_by("pk"):
        entry = entry_of_activity(ActivityKind(activity.kind), Direction(activity.direction))
        is_other = activity.agreement_id in others
        side = (seen_from_other_side(entry) if is_other else entry).side
        found[activity.pk] = Documented(activity, known[activity.agreement_id], side.value)
    return found


def told_from_other_side(ties: Iterable[Agreement]) -> set[UUID]:
    """Return the ties on whose other side the office stands: their activities are told from the declaring one."""
    places = {tie.pk: tie.office.place_id for tie in ties if tie.office and tie.office.place_id}
    rows = Party.objects.filter(agreement__in=places, role=Role.COUNTERPART).values_list("agreement", "place")
    return {agreement for agreement, place in rows if places[agreement] == place}
