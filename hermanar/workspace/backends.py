"""Who can be signed in at all."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from hermanar.foundation.models import User


class AccountBackend(AuthenticationBackend):
    """Sign in by address and password; a demonstration account is nobody outside the demonstration.

    Asked at sign-in and at every request of an open session.
    """

    def user_can_authenticate(self, user: User) -> bool:
        """Refuse closed accounts, and those of the demonstration where there is none."""
        is_real = not user.is_demonstration or settings.MODE == "demo"
        return is_real and super().user_can_authenticate(user)
