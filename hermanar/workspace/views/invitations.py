"""The link of an invitation: whoever holds it makes an account, or joins with the one there is."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hermanar.foundation.models import User
from hermanar.offices.actions import accept_invitation, open_account
from hermanar.offices.models import Invitation
from hermanar.offices.queries import open_invitation
from hermanar.offices.rules import OfficeError
from hermanar.offices.vocabulary import REFUSALS
from hermanar.workspace.forms.people import AccountForm
from hermanar.workspace.views.door import OFFICE_KEY


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Join an office by the link that was sent; a link that is no longer good does not say why."""
    kept = open_invitation(token, now=timezone.now())
    if kept is None:
        return _refuse(request, "invitation_invalid")
    if request.user.is_authenticated:
        return _join(request, kept, token)
    if User.objects.filter(email__iexact=kept.email).exists():
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    form = AccountForm(request.POST or None, email=kept.email)
    if request.method == "POST" and form.is_valid():
        try:
            membership = open_account(token, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        except OfficeError as refused:
            return _refuse(request, str(refused))
        user = User.objects.get(pk=membership.user_id)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, user, "password", email=user.email, reauthenticated=True)
        request.session[OFFICE_KEY] = str(membership.office_id)
        return redirect("mfa_index")
    return render(request, "workspace/invitation/account.html", {"form": form, "invitation": kept})


def _join(request: HttpRequest, kept: Invitation, token: str) -> HttpResponse:
    user = authenticated_user(request)
    if user.email.lower() != kept.email:
        return _refuse(request, "invitation_of_another")
    if request.method != "POST":
        return render(request, "workspace/invitation/join.html", {"invitation": kept})
    try:
        membership = accept_invitation(token, user=user)
    except OfficeError as refused:
        return _refuse(request, str(refused))
    user.refresh_from_db()
    update_session_auth_hash(request, user)  # joining ends open sessions; this one goes on under a new name
    request.session[OFFICE_KEY] = str(membership.office_id)
    return redirect("workspace:home")


def _refuse(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "workspace/invitation/refused.html", {"why": REFUSALS[code]}, status=404)
