"""The counterpart is asked into the room of one tie, comes in with an account of its own, and leaves it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hermanar.agreements.actions.filing import atomic, fetch
from hermanar.agreements.models import Agreement, Guest, Party
from hermanar.agreements.queries.guests import acting_guest, guest_by_link, is_open
from hermanar.agreements.rules.guests import GUEST_LINK_LASTS, GuestError
from hermanar.agreements.vocabulary import Role as Side
from hermanar.agreements.vocabulary.guests import GuestRefusal
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, Verb, require
from hermanar.foundation.models import User
from hermanar.offices.actions import AccountDraft, make_account
from hermanar.offices.queries import current_memberships, digest_of_token
from hermanar.offices.rules import OfficeError

_TOKEN_BYTES = 32
_KEPT = dt.timedelta(days=180)


@dataclass(frozen=True, slots=True)
class GuestAsked:
    """An invitation and the secret of its link, which is told once and never kept."""

    guest: Guest
    token: str


@atomic
def ask_guest(party: UUID, *, by: Actor, email: str, language: str, now: dt.datetime | None = None) -> GuestAsked:
    """Ask a person of the other side into the room of a tie; an earlier link to that address is worth nothing then.

    Raises NotAllowedError, Agreement.DoesNotExist outside the office, GuestError.
    """
    side = Party.objects.filter(pk=party, role=Side.COUNTERPART).first()
    if side is None:
        raise Agreement.DoesNotExist(str(party))
    kept = fetch(side.agreement_id, by=by, verb=Verb.KEEP_GUESTS)
    chain, now, address = str(kept.office_id), now or timezone.now(), email.strip().lower()
    trail.hold(chain=chain)
    if not is_open(kept):
        raise GuestError(GuestRefusal.TIE_OVER)
    _check_stranger(kept, address)
    same = Guest.objects.filter(agreement=kept, email=address, ended_at__isnull=True)
    if same.filter(user__isnull=False).exists():
        raise GuestError(GuestRefusal.ALREADY_IN)
    for earlier in same:
        _end(earlier, by=by, now=now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    made = Guest.objects.create(
        agreement=kept,
        party=side,
        email=address,
        language=language,
        token_digest=digest_of_token(token),
        invited_at=now,
        invited_by_id=by.user,
        expires_at=now + GUEST_LINK_LASTS,
    )
    trail.record("guest.asked", by=by, subject=str(made.pk), content=_said(made), chain=chain)
    return GuestAsked(made, token)


@atomic
def come_in(token: str, *, user: User, now: dt.datetime | None = None) -> Guest:
    """Come into the room that a link asks into, with the account of its address. Raises GuestError."""
    now = now or timezone.now()
    asked = guest_by_link(token, now=now)
    if asked is None:
        raise GuestError(GuestRefusal.INVITATION_INVALID)
    if asked.email != user.email.strip().lower():
        raise GuestError(GuestRefusal.INVITATION_OF_ANOTHER)
    chain = str(asked.agreement.office_id)
    trail.hold(chain=chain)
    _check_stranger(asked.agreement, asked.email)
    fresh = Guest.objects.filter(pk=asked.pk, user__isnull=True, ended_at__isnull=True)
    if not fresh.update(user=user, began_at=now):  # the link was used or taken back while this waited
        raise GuestError(GuestRefusal.INVITATION_INVALID)
    asked.refresh_from_db()
    trail.record("guest.came_in", by=acting_guest(asked), subject=str(asked.pk), content=_said(asked), chain=chain)
    return asked


@atomic
def open_guest_account(token: str, *, name: str, password: str, now: dt.datetime | None = None) -> Guest:
    """Make the account of whoever was asked, and come in. Raises GuestError, also when the address has an account."""
    now = now or timezone.now()
    asked = guest_by_link(token, now=now)
    if asked is None or asked.agreement.office is None:
        raise GuestError(GuestRefusal.INVITATION_INVALID)
    is_demonstration = asked.agreement.office.is_demonstration
    try:
        user = make_account(AccountDraft(asked.email, name, password, is_demonstration=is_demonstration))
    except OfficeError as refused:
        raise GuestError(GuestRefusal.ACCOUNT_EXISTS) from refused
    return come_in(token, user=user, now=now)


@atomic
def end_guest(guest: UUID, *, by: Actor) -> None:
    """End a person's access, or take back a link that nobody used; from the next request on nothing opens.

    What the person said stays. Ended twice, it is ended once. Raises NotAllowedError, Agreement.DoesNotExist.
    """
    known = Guest.objects.filter(pk=guest).first()
    if known is None:
        raise Agreement.DoesNotExist(str(guest))
    kept = fetch(known.agreement_id, by=by, verb=Verb.KEEP_GUESTS)
    trail.hold(chain=str(kept.office_id))
    known = Guest.objects.get(pk=guest)
    if known.ended_at is None:
        _end(known, by=by, now=timezone.now())


@atomic
def forget_demonstration_guests() -> int:
    """End whoever was asked into a room of a demonstration and forget the address; return how many there were.

    The rows stay, for what was told names them.
    """
    found = Guest.objects.filter(agreement__office__is_demonstration=True).exclude(email="")
    found.filter(ended_at__isnull=True).update(ended_at=timezone.now())
    return found.update(email="")


@atomic
def forget_guest(address: str, *, by: Actor) -> int:
    """End what an address was asked into and forget it; return how many. The rows stay, for what was told names them.

    Raises NotAllowedError.
    """
    require(by, Verb.FOUND_OFFICE)
    found = list(Guest.objects.filter(email__iexact=address.strip()).select_related("agreement"))
    for one in found:
        trail.hold(chain=str(one.agreement.office_id))
        if one.ended_at is None:
            _end(one, by=by, now=timezone.now())
    return Guest.objects.filter(pk__in=[one.pk for one in found]).update(email="")


@atomic
def forget_past_guests(*, now: dt.datetime, by: Actor = CONSOLE) -> int:
    """Forget the addresses of guests whose part, or whose link, ended half a year ago; return how many."""
    require(by, Verb.FOUND_OFFICE)
    before = now - _KEPT
    is_unanswered = Q(user__isnull=True, ended_at__isnull=True, expires_at__lte=before)
    found = Guest.objects.exclude(email="").filter(Q(ended_at__lte=before) | is_unanswered)
    keys = list(found.values_list("pk", flat=True))
    # A tie has one open place for an address, and none that is empty for two.
    for one in found.filter(is_unanswered).select_related("agreement"):
        trail.hold(chain=str(one.agreement.office_id))
        _end(one, by=by, now=now)
    return Guest.objects.filter(pk__in=keys).update(email="")


def _end(kept: Guest, *, by: Actor, now: dt.datetime) -> None:
    kept.ended_at, kept.ended_by_id = now, by.user
    kept.save(update_fields=["ended_at", "ended_by"])
    chain = str(kept.agreement.office_id)
    trail.record("guest.ended", by=by, subject=str(kept.pk), content=_said(kept), chain=chain)


def _check_stranger(kept: Agreement, email: str) -> None:
    """Nobody is on both sides of a tie: who works in the office would see its file and confirm its own entries."""
    people = User.objects.filter(email__iexact=email).values_list("pk", flat=True)
    if any(current_memberships(one).filter(office=kept.office_id).exists() for one in people):
        raise GuestError(GuestRefusal.OF_THE_OFFICE)


def _said(guest: Guest) -> dict[str, str]:
    return {
        "agreement": str(guest.agreement_id),
        "party": str(guest.party_id),
        "email": guest.email,
        "user": str(guest.user_id or ""),
    }
