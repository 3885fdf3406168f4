"""Gifts: those of an office, those that stand, those the public may see; and the donations documented of a tie."""

from __future__ import annotations

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


def is_counterpart(tie: Agreement) -> bool:
    """Say whether the office of a tie stands on its other side: activities are told from the declaring one."""
    if tie.office is None or tie.office.place_id is None:
        return False
    return Party.objects.filter(agreement=tie, place=tie.office.place_id, role=Role.COUNTERPART).exists()


def documented_donations(tie: Agreement) -> dict[UUID, Documented]:
    """Return the donations that sources tell of a tie, by their key."""
    is_other = is_counterpart(tie)
    found = {}
    for activity in Activity.objects.filter(agreement=tie, kind=ActivityKind.DONATION).order_by("pk"):
        entry = entry_of_activity(ActivityKind(activity.kind), Direction(activity.direction))
        side = (seen_from_other_side(entry) if is_other else entry).side
        found[activity.pk] = Documented(activity, side.value)
    return found
