"""A person asks to be forgotten: the account goes, what the office did under it stays without a name."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, Verb, require
from hermanar.foundation.models import User
from hermanar.offices.actions.members import end_membership, withdraw_invitation
from hermanar.offices.models import Invitation, Membership

_KEPT_DAYS = 30  # how long an invitation that is over still tells whom it was for


@transaction.atomic
def erase_account(address: str, *, by: Actor) -> dict[str, int]:
    """End a person's work everywhere and empty the account; return how many rows of each kind it was.

    The row stays as a number that the office's acts name. Raises NotAllowedError, OfficeError where it is in charge of
    an office alone.
    """
    require(by, Verb.FOUND_OFFICE)
    written = address.strip().lower()
    found = {"offices.Invitation": _forget_invited(written, by=by), "offices.Membership": 0, "foundation.User": 0}
    for user in User.objects.filter(Q(email__iexact=written) | Q(username__iexact=written)).order_by("pk"):
        working = Membership.objects.filter(user=user, ended_at__isnull=True).values_list("pk", flat=True)
        for membership in list(working):
            end_membership(membership, by=by)
            found["offices.Membership"] += 1
        user.refresh_from_db()
        empty_account(user)
        trail.record("account.erased", by=by, subject=str(user.pk))
        found["foundation.User"] += 1
    return found


def _forget_invited(address: str, *, by: Actor) -> int:
    """Take back what is still open, whose link would make an account of nobody, and forget the address of all."""
    invited = Invitation.objects.filter(email__iexact=address)
    for one in invited.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).order_by("pk"):
        withdraw_invitation(one.pk, by=by)
    return invited.update(email="")


def empty_account(user: User) -> None:
    """Leave of an account its number alone: no address, name, password, factor or session; part of a verb."""
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.username, user.email, user.first_name, user.last_name = str(user.pk), "", "", ""
    user.is_active = False
    user.access_version += 1
    user.save()


def forget_invitations(*, now: dt.datetime, by: Actor = CONSOLE) -> int:
    """Forget whom invitations were for that were accepted, withdrawn or too old a month ago; return how many."""
    require(by, Verb.FOUND_OFFICE)
    before = now - dt.timedelta(days=_KEPT_DAYS)
    is_over = Q(accepted_at__lte=before) | Q(withdrawn_at__lte=before) | Q(expires_at__lte=before)
    return Invitation.objects.filter(is_over).exclude(email="").update(email="")
