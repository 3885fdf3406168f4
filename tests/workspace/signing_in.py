"""How tests sign somebody in: as the page does, or at once with a session that has shown its second factor."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client, RequestFactory
from django.urls import reverse

from hermanar.foundation.models import User

PASSWORD = "una clave larga"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(offset=0):
    """Return the code that an authenticator app shows now, or some periods before or after."""
    counter = int(time.time()) // 30 + offset
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def give_factor(user):
    """Give a person an authenticator app."""
    return totp.TOTP.activate(user, SECRET).instance


def client_of(actor, *, shown=True, **extra):
    """Return a browser in which a person of the cast is signed in; with a second factor, shown in this session."""
    user = User.objects.get(pk=getattr(actor, "user", None) or actor.pk)
    if shown and not Authenticator.objects.filter(user=user).exists():
        give_factor(user)
    client = Client(**extra)
    client.force_login(user)
    if shown:
        request = RequestFactory().get("/")
        request.session = client.session
        record_authentication(request, user, "mfa", type="totp")
        request.session.save()
    return client


def send_password(client, email, password=PASSWORD, **extra):
    """Fill in the sign-in form."""
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)
