"""The secrets of second factors at rest: sealed, for whoever reads them could show the codes of everybody."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role
from hermanar.foundation.trail.keyring import Key
from hermanar.foundation.trail.sealing import Resealed, SealError, is_current, opened, sealed

_ABOUT = b"hermanar.factor"  # the library tells no row when it asks
_STEP = 200


def seal_factor(text: str) -> str:
    """Return a secret as its table keeps it."""
    return base64.b64encode(sealed(text, about=_ABOUT)).decode()


def open_factor(text: str, *, keys: Sequence[Key] | None = None) -> str:
    """Return a secret. Raises SealError, also for what was never sealed: nothing unsealed is a factor here."""
    return opened(_bytes(text), about=_ABOUT, keys=keys)


def reseal_factors(keys: Sequence[Key]) -> Iterator[Resealed]:
    """Seal the secrets that former keys sealed anew, some rows at a time; yield what came of each batch."""
    behind = [one.pk for one in Authenticator.objects.order_by("pk").iterator() if not _is_current(one.data)]
    for first in range(0, len(behind), _STEP):
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(pk__in=behind[first : first + _STEP])
            yield Resealed.of(_reseal(one, keys) for one in rows)


@transaction.atomic
def forget_closed_codes(user: UUID) -> None:
    """Forget a person's own recovery codes that no key opens: each sign-in asks them too, and finds that it cannot."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None or _opens(kept.data):
        return
    kept.delete()
    own = Actor(str(user), Role.PUBLIC, None, user)  # whichever office the account works in, or none
    trail.record("account.codes_forgotten", by=own, subject=str(user))


def secrets_with(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return what a factor keeps with each of its secrets changed; a passkey keeps none."""
    changed = dict(data)
    for name in ("secret", "seed"):
        if name in changed:
            changed[name] = change(changed[name])
    if changed.get("migrated_codes"):
        changed["migrated_codes"] = [change(code) for code in changed["migrated_codes"]]
    return changed


def _reseal(one: Authenticator, keys: Sequence[Key]) -> bool:
    try:
        one.data = secrets_with(one.data, lambda text: seal_factor(open_factor(text, keys=keys)))
    except SealError:  # no key opens it: its owner needs another factor (`hermanar unlock`)
        return False
    one.save(update_fields=["data"])
    return True


def _opens(data: dict[str, Any]) -> bool:
    try:
        secrets_with(data, open_factor)
    except SealError:
        return False
    return True


def _is_current(data: dict[str, Any]) -> bool:
    texts = [data[name] for name in ("secret", "seed") if name in data] + list(data.get("migrated_codes") or [])
    try:
        return all(is_current(_bytes(text)) for text in texts)
    except SealError:  # never sealed: `_reseal` leaves it as it is
        return False


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealError from error
