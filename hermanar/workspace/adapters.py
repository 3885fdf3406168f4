"""What the house decides about sign-in where the library asks."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.queries.guests import rooms_of
from hermanar.foundation.models import User
from hermanar.foundation.trail.sealing import SealError
from hermanar.offices.actions import open_factor, seal_factor
from hermanar.offices.queries import current_memberships
from hermanar.workspace.backends import exists_here

_log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by invitation only; guesses are counted for whoever guesses."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("El correo o la contraseña no son correctos."),
        "too_many_login_attempts": _("Demasiados intentos fallidos. Espere cinco minutos y vuelva a intentarlo."),
        "incorrect_password": _("La contraseña no es correcta."),
        "incorrect_code": _("El código no es correcto."),
        "enter_current_password": _("Escriba su contraseña actual."),
        "rate_limited": _("Demasiadas peticiones seguidas. Espere un momento."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (the library's signature)
        """Nobody signs up; accounts begin with an invitation."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead who works in no office into the room of the tie they take part in."""
        user = authenticated_user(request).pk
        if not current_memberships(user).exists() and rooms_of(user):
            return reverse("guest:rooms")
        return super().get_login_redirect_url(request)

    def pre_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponseBase | None:
        """Turn away, by password or passkey, whom the backend will not know."""
        if not exists_here(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **about)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures per address and visitor, so that a stranger's guesses lock the stranger out, not the owner."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; a mail server that fails is the operator's to know, and tells a stranger nothing."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            _log.exception("mail could not be sent: %s", template_prefix)


class UnreadableFactorError(ValidationError):
    """A second factor is sealed under a key that this installation does not have."""


class MFAAdapter(DefaultMFAAdapter):
    """A second factor, once there, can be replaced but not dropped."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Es su único segundo factor. Agregue otro antes de quitar este."),
        "incorrect_code": _("El código no es correcto."),
    }

    def encrypt(self, text: str) -> str:
        """Seal what the library would keep as it is: the secret of an app, the seed of recovery codes."""
        return seal_factor(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was sealed. Raises UnreadableFactorError, said beside the code, where no key opens it."""
        try:
            return open_factor(encrypted_text)
        except SealError as unopened:
            _log.exception("a second factor is sealed under a key that this installation does not have")
            raise UnreadableFactorError(
                _(
                    "Esta instalación ya no puede leer su segundo factor, y con otro código no se arregla."
                    " Pida a quien la administra que lo olvide con «hermanar unlock»; al entrar hará otro."
                )
            ) from unopened

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Allow it only while another factor stays."""
        return second_factors(authenticator.user_id).exclude(pk=authenticator.pk).exists()


def second_factors(user: object) -> Any:
    """Return a person's factors; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user, type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN))
