"""Reads of the offices: who works where."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from hermanar.foundation import calendar
from hermanar.foundation.access import Actor, Role
from hermanar.offices.models import Handover, Invitation, Membership, Office


def current_memberships(user: UUID) -> QuerySet[Membership]:
    """Return the offices a person works in now, with the role in each.

    Earlier versions let an office take in its counterpart as a member: that opens nothing of the office.
    """
    found = Membership.objects.filter(user=user, ended_at__isnull=True).exclude(role=Role.COUNTERPART)
    return found.select_related("office").order_by("began_at")


def members_of(office: UUID) -> QuerySet[Membership]:
    """Return who works in an office now."""
    found = Membership.objects.filter(office=office, ended_at__isnull=True)
    return found.select_related("user").order_by("began_at")


def roles_in(office: UUID) -> list[Role]:
    """Return the role of each person who works in an office now."""
    return [Role(role) for role in members_of(office).values_list("role", flat=True)]


def acting(membership: Membership) -> Actor:
    """Return the person as the verbs see one: an identifier, a role, an office."""
    user = membership.user_id
    return Actor(str(user), Role(membership.role), membership.office_id, user)


def today_in(office: Office) -> dt.date:
    """Return the date where an office works."""
    return calendar.today_in(office.time_zone)


def reviewing_office(*, is_demonstration: bool = False) -> Office | None:
    """Return the office that reviews and registers: the ministry's, where there is one; a demonstration has its own."""
    return Office.objects.filter(level="ministry", is_demonstration=is_demonstration).order_by("pk").first()


def offices_of(places: Collection[UUID]) -> QuerySet[Office]:
    """Return the real offices of these places that have given an address to write to."""
    return Office.objects.filter(place__in=places, is_demonstration=False).exclude(email="").order_by("name", "pk")


def digest_of_token(token: str) -> str:
    """Return what is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str, *, now: dt.datetime) -> Invitation | None:
    """Return the invitation of a link, unless it is unknown, used, withdrawn or too old."""
    found = open_invitations(now=now).filter(token_digest=digest_of_token(token))
    return found.select_related("office").first()


def open_invitations(*, now: dt.datetime) -> QuerySet[Invitation]:
    """Return the invitations that can still be accepted."""
    fresh = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
    return fresh.order_by("made_at")


def handovers_of(office: UUID) -> QuerySet[Handover]:
    """Return the handovers of an office, the newest first."""
    found = Handover.objects.filter(office=office).select_related("prepared_by", "received_by", "document", "paper")
    return found.order_by("-prepared_at")


def members_on(office: UUID, *, until: dt.datetime) -> QuerySet[Membership]:
    """Return who worked in an office at a moment."""
    found = Membership.objects.filter(office=office, began_at__lte=until).exclude(ended_at__lte=until)
    return found.select_related("user").order_by("began_at")
