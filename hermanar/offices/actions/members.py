"""People join an office, change their role in it and leave it; each change ends their open sessions."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role, Verb, require, require_in
from hermanar.foundation.models import User
from hermanar.offices import rules
from hermanar.offices.models import Invitation, Membership, Office
from hermanar.offices.queries import digest_of_token, open_invitation, roles_in
from hermanar.offices.rules import OfficeError
from hermanar.offices.vocabulary import MemberRole

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class InvitationSent:
    """An invitation and the secret of its link, which is told once and never kept."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """The account of whoever was sent a link."""

    email: str
    name: str
    password: str
    is_demonstration: bool = False


@transaction.atomic
def invite(email: str, *, office: UUID, role: MemberRole, by: Actor, now: dt.datetime | None = None) -> InvitationSent:
    """Ask an address to join an office. Raises NotAllowedError, OfficeError for a role this office cannot have."""
    require_in(by, rules.verb_to_give(Role(role)), office=office)
    trail.hold(chain=str(office))
    _check_role(office, role)
    now = now or timezone.now()
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation = Invitation.objects.create(
        office_id=office,
        email=email.strip().lower(),
        role=role,
        token_digest=digest_of_token(token),
        invited_by_id=by.user,
        made_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )
    trail.record("office.invited", by=by, subject=str(invitation.pk), content=str(role), chain=str(office))
    return InvitationSent(invitation, token)


@transaction.atomic
def accept_invitation(token: str, *, user: User, now: dt.datetime | None = None) -> Membership:
    """Join the office of an invitation. Raises OfficeError when the link is unknown, used, withdrawn or too old."""
    now = now or timezone.now()
    of_token = Invitation.objects.filter(token_digest=digest_of_token(token))
    for office in of_token.values_list("office", flat=True):
        trail.hold(chain=str(office))  # before the row, as who withdraws it does
    kept = of_token.select_for_update().first()
    if kept is None or kept.accepted_at or kept.withdrawn_at or kept.expires_at <= now:
        raise OfficeError("invitation_invalid")
    if kept.email != user.email.strip().lower():
        raise OfficeError("invitation_of_another")
    kept.accepted_at = now
    kept.save(update_fields=["accepted_at"])
    joiner = Actor(str(user.pk), Role(kept.role), kept.office_id, user.pk)
    return _join(user, office=kept.office_id, role=MemberRole(kept.role), by=joiner, now=now)


@transaction.atomic
def open_account(token: str, *, name: str, password: str, now: dt.datetime | None = None) -> Membership:
    """Make the account of whoever was invited, and join. Raises OfficeError, also when the address has an account."""
    now = now or timezone.now()
    invitation = open_invitation(token, now=now)
    if invitation is None:
        raise OfficeError("invitation_invalid")
    person = AccountDraft(invitation.email, name, password, is_demonstration=invitation.office.is_demonstration)
    return accept_invitation(token, user=make_account(person), now=now)


def make_account(draft: AccountDraft) -> User:
    """Make the account of an address that a link was sent to; part of a verb. Raises OfficeError when it has one."""
    if User.objects.filter(email__iexact=draft.email).exists():
        raise OfficeError("account_exists")
    person = {"email": draft.email, "first_name": draft.name, "is_demonstration": draft.is_demonstration}
    # The address is the name too, so that two links to one address can never make two accounts.
    user, is_new = User.objects.get_or_create(username=draft.email, defaults=person)
    if not is_new:
        raise OfficeError("account_exists")
    user.set_password(draft.password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def withdraw_invitation(invitation: UUID, *, by: Actor) -> None:
    """Make an invitation that nobody accepted worthless. Raises NotAllowedError, OfficeError when it is past."""
    kept = Invitation.objects.get(pk=invitation)
    require_in(by, rules.verb_to_give(Role(kept.role)), office=kept.office_id)
    trail.hold(chain=str(kept.office_id))
    fresh = Invitation.objects.filter(pk=invitation, accepted_at__isnull=True, withdrawn_at__isnull=True)
    if not fresh.update(withdrawn_at=timezone.now()):
        raise OfficeError("invitation_invalid")
    trail.record("office.invitation_withdrawn", by=by, subject=str(invitation), chain=str(kept.office_id))


@transaction.atomic
def add_member(user: User, *, office: UUID, role: MemberRole, by: Actor) -> Membership:
    """Make a person a member without an invitation. Raises NotAllowedError, OfficeError."""
    require_in(by, rules.verb_to_give(Role(role)), office=office)
    return _join(user, office=office, role=role, by=by, now=timezone.now())


def _join(user: User, *, office: UUID, role: MemberRole, by: Actor, now: dt.datetime) -> Membership:
    trail.hold(chain=str(office))
    _check_role(office, role)
    if Membership.objects.filter(office=office, user=user, ended_at__isnull=True).exists():
        raise OfficeError("member_already")
    membership = Membership.objects.create(office_id=office, user=user, role=role, began_at=now)
    _end_sessions(user.pk)
    trail.record("office.joined", by=by, subject=str(membership.pk), content=str(role), chain=str(office))
    return membership


@transaction.atomic
def change_role(membership: UUID, *, role: MemberRole, by: Actor) -> Membership:
    """Give a member another role: the old membership ends and a new one begins. Raises NotAllowedError, OfficeError."""
    kept = _end(membership, by=by, role_after=role)
    fresh = Membership.objects.create(
        office_id=kept.office_id, user_id=kept.user_id, role=role, began_at=kept.ended_at or timezone.now()
    )
    trail.record("office.role_changed", by=by, subject=str(fresh.pk), content=str(role), chain=str(kept.office_id))
    return fresh


@transaction.atomic
def end_membership(membership: UUID, *, by: Actor) -> None:
    """End a person's work in an office. Raises NotAllowedError, OfficeError when nobody would be left in charge."""
    kept = _end(membership, by=by)
    trail.record("office.left", by=by, subject=str(kept.pk), chain=str(kept.office_id))


@transaction.atomic
def forget_second_factor(email: str, *, by: Actor) -> None:
    """Let a person who lost factor and codes make another after the password; open sessions end. For the console.

    Raises NotAllowedError, User.DoesNotExist.
    """
    require(by, Verb.FOUND_OFFICE)
    user = User.objects.get(email__iexact=email.strip())
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user.pk)
    trail.record("account.factor_forgotten", by=by, subject=str(user.pk))


def _end(membership: UUID, *, by: Actor, role_after: MemberRole | None = None) -> Membership:
    office = Membership.objects.values_list("office", flat=True).get(pk=membership)
    require_in(by, Verb.MANAGE_MEMBERS, office=office)
    trail.hold(chain=str(office))
    # Read under the lock: who ended it a moment before has committed by now.
    kept = Membership.objects.get(pk=membership)
    require_in(by, rules.verb_to_give(Role(kept.role)), office=office)  # who may not give a role takes none away
    if kept.ended_at:
        raise OfficeError("member_gone")
    left = roles_in(office)
    left.remove(Role(kept.role))
    if role_after is not None:
        require_in(by, rules.verb_to_give(Role(role_after)), office=office)
        _check_role(office, role_after)
        left.append(Role(role_after))
    if not rules.keeps_someone_in_charge(left):
        raise OfficeError("nobody_in_charge")
    kept.ended_at = timezone.now()
    kept.save(update_fields=["ended_at"])
    _end_sessions(kept.user_id)
    return kept


def _check_role(office: UUID, role: MemberRole) -> None:
    level = Office.objects.values_list("level", flat=True).get(pk=office)
    if not rules.may_hold(Role(role), level=level):
        raise OfficeError("role_not_of_level")


def _end_sessions(user: UUID) -> None:
    """Make every open session of a person worthless at its next request."""
    User.objects.filter(pk=user).update(access_version=F("access_version") + 1)
