"""Reads of what was sent in: what the public sees, and what an office has to decide."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from hermanar.foundation.access import Actor, Verb, can_in
from hermanar.foundation.calendar import public_day
from hermanar.foundation.intake.rules import IN_PUBLIC, TO_DECIDE, Kind, State
from hermanar.foundation.models import Contribution
from hermanar.foundation.trail import keyed_digest
from hermanar.foundation.trail.latest import Unlike, chain_of, unlike

_REPEATED_WITHIN = timedelta(days=7)


def shown() -> QuerySet[Contribution]:
    """Return what the public may read; what was sent to a demonstration is shown while there is one."""
    found = Contribution.objects.filter(state__in=[state.value for state in IN_PUBLIC])
    return found if settings.MODE == "demo" else found.filter(is_demonstration=False)


def shown_of(kind: Kind, *, about: str = "", place: str = "") -> QuerySet[Contribution]:
    """Return the public contributions of a kind, of one subject or one city where it is named, newest first."""
    found = shown().filter(kind=kind.value)
    found = found.filter(about=about) if about else found
    return (found.filter(place=place) if place else found).order_by("-published_at", "-pk")


def decided_by(actor: Actor) -> QuerySet[Contribution]:
    """Return what is for the actor to decide, or was: of one's office, and for who keeps the registry of none."""
    found = Contribution.objects.none()
    for office in {actor.office, None}:
        if can_in(actor, Verb.MODERATE, office=office):
            found = found | Contribution.objects.filter(office=office)
    return found


def to_decide(actor: Actor) -> QuerySet[Contribution]:
    """Return what waits for the actor: what somebody reports first, then the oldest."""
    waiting = decided_by(actor).filter(state__in=[state.value for state in TO_DECIDE])
    return waiting.order_by("state", "received_at", "pk")  # "reported" comes before "waiting"


def decided(actor: Actor) -> QuerySet[Contribution]:
    """Return what was decided, newest first, while it is kept."""
    waiting = [state.value for state in TO_DECIDE]
    return decided_by(actor).exclude(state__in=waiting).order_by("-moved_at", "-pk")


def is_repeated(likeness: str) -> bool:
    """Say whether the same text came within a week."""
    since = timezone.now() - _REPEATED_WITHIN
    return bool(likeness) and Contribution.objects.filter(likeness=likeness, received_at__gte=since).exists()


def contribution_content(kept: Contribution, *, reason: str = "") -> dict[str, object]:
    """Return what the trail digests of a contribution, with the reason of what was last done to it."""
    names = ("kind", "content", "language", "consent", "state", "office", "place", "about", "version")
    return {name: getattr(kept, name) for name in names} | {"reason": reason}


def contributions_unlike_their_trail() -> list[Unlike]:
    """Return the contributions that are not as their last entry kept them, are gone or were never told."""
    rows = Contribution.objects.order_by("pk").prefetch_related("steps")
    return unlike("contribution", rows, digest=_digest, chain=lambda kept: chain_of(kept.office))


def _digest(kept: Contribution) -> str:
    return keyed_digest(contribution_content(kept, reason=last_reason(kept)))


def last_reason(kept: Contribution) -> str:
    """Return why what was last done to a contribution was done."""
    last = max(kept.steps.all(), key=lambda step: (step.at, step.pk), default=None)
    return last.reason if last else ""


def past_its_time() -> QuerySet[Contribution]:
    """Return what may be kept no longer."""
    return Contribution.objects.filter(forget_on__lte=public_day()).exclude(state=State.REMOVED.value)


def received(key: UUID) -> Contribution | None:
    """Return what came by a form, if it did."""
    return Contribution.objects.filter(key=key).first()
