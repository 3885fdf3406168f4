"""The accounts of the demonstration: there while the mode is `demo`, gone in any other."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hermanar.agreements.actions import forget_demonstration_guests
from hermanar.offices.actions import DEMONSTRATION, make_demonstration, remove_demonstration

if TYPE_CHECKING:
    from collections.abc import Callable


def settle_demonstration(say: Callable[[str], None]) -> None:
    """Make the demonstration's accounts and say how to sign in; in any other mode delete them and say so."""
    if settings.MODE != "demo":
        forget_demonstration_guests()
        if count := remove_demonstration():
            say(
                _("Se borraron %(count)d cuentas de demostración: solo existen con HERMANAR_MODE=demo")
                % {"count": count}
            )
        return
    for user in make_demonstration(password_of):
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    say(_("Cuentas de demostración (el código del segundo factor se muestra en su página):"))
    for account in DEMONSTRATION:
        say(f"  {account.email}  {password_of(account.email)}  ({account.role.label})")


def password_of(email: str) -> str:
    """Return the password of a demonstration account in this installation: the same at each start, no other's."""
    digest = salted_hmac("hermanar.demonstration", email, algorithm="sha256").digest()
    text = base64.b32encode(digest).decode().lower()
    return f"demo-{text[:4]}-{text[4:8]}-{text[8:12]}"
