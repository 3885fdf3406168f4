"""The newsletter: asked for, confirmed, given up. What is told never depends on whether an address is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from hermanar.foundation.calendar import public_day
from hermanar.foundation.trail.keyring import Key
from hermanar.foundation.trail.sealing import Resealed, SealError, digest_of, is_current, opened, sealed
from hermanar.museum.models import Subscription
from hermanar.museum.rules.letters import UNANSWERED_DAYS, may_write, same_address

_STEP = 500
_LEAVE, _CONFIRM = "hermanar.museum.leave", "hermanar.museum.confirm"


class LinkError(ValueError):
    """A link that is not ours, or too old."""


def confirm_token(subscription: UUID) -> str:
    """Return what a link of confirmation ends with; it stops working when the address would be forgotten."""
    return signing.dumps(subscription.hex, salt=_CONFIRM)


def leave_token(subscription: UUID) -> str:
    """Return what a link that ends a subscription ends with; it works for as long as letters lie in mailboxes."""
    return signing.dumps(subscription.hex, salt=_LEAVE)


def read_confirm(token: str) -> UUID:
    """Return whose link of confirmation it is. Raises LinkError."""
    return _read(token, salt=_CONFIRM, oldest=dt.timedelta(days=UNANSWERED_DAYS))


def read_leave(token: str) -> UUID:
    """Return whose link of leaving it is. Raises LinkError."""
    return _read(token, salt=_LEAVE, oldest=None)


def _read(token: str, *, salt: str, oldest: dt.timedelta | None) -> UUID:
    try:
        return UUID(hex=signing.loads(token[:300], salt=salt, max_age=oldest))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise LinkError from error


@transaction.atomic
def ask(address: str, *, language: str) -> Subscription | None:
    """Keep an address until somebody confirms it, once however often it is asked for.

    Return it when a letter about it may leave, None when it had enough of them today. One whose key was lost is sealed
    anew as it was just written: the answer would differ otherwise, and tell that it is known.
    """
    written = same_address(address)
    digest, now, today = digest_of(written), timezone.now(), public_day()
    kept = Subscription.objects.select_for_update().filter(digest=digest).first()
    if kept is None:
        kept = _entered(address.strip(), digest, language=language, now=now)
    if not may_write(letters=kept.letters, on=kept.letters_on, today=today):
        return None
    if not _opens(kept):
        _seal(kept, address.strip())
    kept.letters = kept.letters + 1 if kept.letters_on == today else 1
    kept.letters_on = today
    if kept.confirmed_at is None:  # asked anew: it waits anew, in the language of who asks now
        kept.asked_at, kept.language = now, language
    kept.save(update_fields=["sealed_address", "letters", "letters_on", "asked_at", "language"])
    return kept


def _seal(one: Subscription, address: str) -> None:
    one.sealed_address = sealed(address, about=one.pk.bytes)


def _opens(kept: Subscription) -> bool:
    try:
        opened(kept.sealed_address, about=kept.pk.bytes)
    except SealError:
        return False
    return True


def _entered(address: str, digest: str, *, language: str, now: dt.datetime) -> Subscription:
    made = Subscription(digest=digest, language=language, asked_at=now)
    _seal(made, address)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # the same address at the same instant, by another process
        return Subscription.objects.select_for_update().get(digest=digest)
    return made


def confirm(subscription: UUID) -> bool:
    """Let the newsletter go to an address; say whether it is still kept. Twice is as once."""
    Subscription.objects.filter(pk=subscription, confirmed_at__isnull=True).update(confirmed_at=timezone.now())
    return Subscription.objects.filter(pk=subscription).exists()


@transaction.atomic
def leave(subscription: UUID) -> None:
    """Forget an address for good; twice is as once."""
    Subscription.objects.filter(pk=subscription).delete()


@transaction.atomic
def forget_address(address: str) -> int:
    """Forget an address whatever its state; return how many rows told of it."""
    digest = digest_of(same_address(address))
    return Subscription.objects.filter(digest=digest).delete()[1].get(Subscription._meta.label, 0)


def reseal_addresses(keys: Sequence[Key]) -> Iterator[Resealed]:
    """Seal the addresses that former keys sealed anew, some rows at a time; yield what came of each batch."""
    found = Subscription.objects.order_by("pk")
    behind = [one.pk for one in found.iterator() if not is_current(one.sealed_address)]
    for first in range(0, len(behind), _STEP):
        with transaction.atomic():
            rows = Subscription.objects.select_for_update().filter(pk__in=behind[first : first + _STEP])
            yield Resealed.of(_reseal(one, keys) for one in rows)


def _reseal(one: Subscription, keys: Sequence[Key]) -> bool:
    try:
        address = opened(one.sealed_address, about=one.pk.bytes, keys=keys)
    except SealError:  # no key opens it: the newsletter says so of its own
        return False
    _seal(one, address)
    one.save(update_fields=["sealed_address"])
    return True


@transaction.atomic
def forget_unconfirmed() -> int:
    """Forget the addresses that nobody confirmed in seven days; return how many."""
    since = timezone.now() - dt.timedelta(days=UNANSWERED_DAYS)
    gone = Subscription.objects.filter(confirmed_at__isnull=True, asked_at__lte=since)
    count = gone.count()
    gone.delete()
    return count
