"""Who can be signed in at all."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from hermanar.foundation.models import User


def exists_here(user: User) -> bool:
    """Say whether an account exists in this mode: one of the demonstration is nobody outside it."""
    return settings.MODE == "demo" or not user.is_demonstration


class AccountBackend(AuthenticationBackend):
    """Sign in by address and password."""

    def user_can_authenticate(self, user: User) -> bool:
        """Refuse who is not, or no longer, here; asked at sign-in and at every request of an open session."""
        return exists_here(user) and super().user_can_authenticate(user)
