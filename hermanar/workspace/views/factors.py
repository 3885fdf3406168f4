"""Setting up a second factor: the session in which it was made has shown it, every other session has not."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa import app_settings
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from hermanar.offices.actions import forget_closed_codes
from hermanar.workspace.adapters import UnreadableFactorError, second_factors


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether the person has a second factor at all."""
    return second_factors(request.user.pk).exists()


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Say whether this session has shown a second factor, at sign-in or when it was made."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


class _Showing:
    """Note in the session that the factor just made was shown."""

    def form_valid(self, form: Any) -> HttpResponse:
        forget_closed_codes(self.request.user.pk)  # type: ignore[attr-defined]
        answer = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, self.request.user, "mfa", type="added")  # type: ignore[attr-defined]
        return answer


class _ActivateTOTP(_Showing, ActivateTOTPView):
    pass


class _AddWebAuthn(_Showing, AddWebAuthnView):
    pass


class _Authenticate(AuthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = demonstration_code(self.stage.login.user)
        return {**super().get_context_data(**kwargs), "shown_code": shown}


class _Reauthenticate(ReauthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "shown_code": demonstration_code(self.request.user)}


class _GenerateRecoveryCodes(GenerateRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            return super().get_context_data(**kwargs)
        except UnreadableFactorError:  # those there are serve nobody any more: others take their place
            return FormView.get_context_data(self, **kwargs)


def _or_others(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lead who asks for codes that no key opens to where others are made."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except UnreadableFactorError:
            messages.warning(request, _("Esta instalación ya no puede leer los códigos que tenía. Haga otros aquí."))
            return redirect("mfa_generate_recovery_codes")

    return answer


def demonstration_code(user: Any) -> str | None:
    """Return the code that an authenticator app would show now: of a demonstration account, in the demonstration."""
    if settings.MODE != "demo" or not user.is_demonstration:
        return None
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is None:
        return None
    try:
        secret, now = decrypt(app.data["secret"]), int(time.time()) // app_settings.TOTP_PERIOD
    except UnreadableFactorError:  # said when a code is sent
        return None
    codes = [format_hotp_value(hotp_value(secret, counter)) for counter in (now, now + 1, now - 1)]
    # A code serves once: whoever enters twice in half a minute is shown a neighbouring one, which serves too.
    used = cache.get_many([app.wrap()._get_used_cache_key(code) for code in codes])  # noqa: SLF001
    return next((code for code in codes if app.wrap()._get_used_cache_key(code) not in used), codes[0])  # noqa: SLF001


activate_totp = _ActivateTOTP.as_view()
add_webauthn = _AddWebAuthn.as_view()
authenticate = _Authenticate.as_view()
reauthenticate = _Reauthenticate.as_view()
generate_recovery_codes = _GenerateRecoveryCodes.as_view()
view_recovery_codes = _or_others(recovery_codes.view_recovery_codes)
download_recovery_codes = _or_others(recovery_codes.download_recovery_codes)
