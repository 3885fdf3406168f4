"""Reads of who takes part in a tie from its other side."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from hermanar.agreements.models import Agreement, Guest
from hermanar.agreements.queries import force_facts_of
from hermanar.agreements.rules import force
from hermanar.agreements.rules.guests import room_is_open
from hermanar.agreements.vocabulary import Stage
from hermanar.foundation.access import Actor, Role
from hermanar.foundation.calendar import today_in
from hermanar.offices.queries import current_memberships, digest_of_token


def guests_of(agreement: UUID) -> QuerySet[Guest]:
    """Return everyone who was ever asked into the room of a tie, the latest first."""
    found = Guest.objects.filter(agreement=agreement).select_related("party__place", "user", "invited_by")
    return found.order_by("-invited_at")


def rooms_of(user: UUID | None) -> list[Guest]:
    """Return the rooms a person may enter now, each as its guest."""
    if user is None:
        return []
    found = Guest.objects.filter(user=user, ended_at__isnull=True)
    related = ("agreement__office__place", "party__place__country", "user")
    rows = found.select_related(*related).prefetch_related("agreement__acts").order_by("began_at")
    own = set(current_memberships(user).values_list("office", flat=True))  # nobody is on both sides of a tie
    return [one for one in rows if one.agreement.office_id not in own and is_open(one.agreement)]


def guest_in(agreement: UUID, *, user: UUID | None) -> Guest | None:
    """Return a person as the guest of a tie; nobody, when access was ended or the tie is over."""
    return next((one for one in rooms_of(user) if one.agreement_id == agreement), None)


def guest_by_link(token: str, *, now: dt.datetime) -> Guest | None:
    """Return whom a link asks in, unless it is unknown, used, withdrawn or too old."""
    fresh = Guest.objects.filter(user__isnull=True, ended_at__isnull=True, expires_at__gt=now)
    found = fresh.filter(token_digest=digest_of_token(token))
    kept = found.select_related("agreement__office", "party__place").first()
    return kept if kept and is_open(kept.agreement) else None


def guest_who_came(token: str, *, user: UUID | None) -> Guest | None:
    """Return who came in by a link already, to that very person: for whoever else, a link serves once."""
    return next((one for one in rooms_of(user) if one.token_digest == digest_of_token(token)), None)


def is_open(agreement: Agreement) -> bool:
    """Say whether the room of a tie is open today, where its office is; a demonstration's only in its mode."""
    if agreement.office is None or (agreement.office.is_demonstration and settings.MODE != "demo"):
        return False
    today = today_in(agreement.office.time_zone)
    return room_is_open(Stage(agreement.stage), force(force_facts_of(agreement), today))


def acting_guest(guest: Guest) -> Actor:
    """Return a guest as the verbs see one: of no office, so that nothing that is asked by office answers."""
    return Actor(str(guest.user_id), Role.COUNTERPART, None, guest.user_id)
