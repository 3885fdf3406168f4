"""The link that asks the counterpart into a room: whoever holds it makes an account, or comes in with one."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hermanar.agreements.actions import come_in, open_guest_account
from hermanar.agreements.models import Guest
from hermanar.agreements.queries.guests import guest_by_link, guest_who_came
from hermanar.agreements.rules.guests import GuestError
from hermanar.agreements.vocabulary.guests import GuestRefusal
from hermanar.foundation.models import User
from hermanar.workspace.forms.people import AccountForm
from hermanar.workspace.limits import is_allowed

_LONGEST_TOKEN = 100
_GUESSES = "120/m/ip"  # asking for many links from one address is guessing


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Come into the room of a tie by the link that was sent; a link that is no longer good does not say why."""
    token = token[:_LONGEST_TOKEN]
    asked = guest_by_link(token, now=timezone.now())
    if asked is None:
        return _used(request, token)
    if request.user.is_authenticated:
        return _come_in(request, asked, token)
    if User.objects.filter(email__iexact=asked.email).exists():
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    form = AccountForm(request.POST or None, email=asked.email)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = open_guest_account(token, name=given["name"], password=given["password"]).user
        except GuestError as refused:
            return _refuse(request, refused.refusal)
        assert user is not None
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, user, "password", email=user.email, reauthenticated=True)
        return redirect("mfa_index")
    return _page(request, asked, form=form)


def _used(request: HttpRequest, token: str) -> HttpResponse:
    """Lead whoever has just come in by this link onward, as when the button was pressed twice; refuse any other."""
    came = guest_who_came(token, user=request.user.pk)
    return redirect("guest:room", came.agreement_id) if came else _refuse(request, GuestRefusal.INVITATION_INVALID)


def _come_in(request: HttpRequest, asked: Guest, token: str) -> HttpResponse:
    user = authenticated_user(request)
    if user.email.lower() != asked.email:
        return _refuse(request, GuestRefusal.INVITATION_OF_ANOTHER)
    if request.method != "POST":
        return _page(request, asked)
    try:
        came = come_in(token, user=user)
    except GuestError as refused:
        return _refuse(request, refused.refusal)
    return redirect("guest:room", came.agreement_id)


def _page(request: HttpRequest, asked: Guest, *, form: AccountForm | None = None) -> HttpResponse:
    context = {"asked": asked, "city": asked.party.name_as_written or asked.party.place.name, "form": form}
    answer = render(request, "workspace/guest/invitation.html", context)
    # The address is a secret for other sites; kept from this one too, the form would come without its origin.
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _refuse(request: HttpRequest, why: GuestRefusal) -> HttpResponse:
    if not is_allowed(request, "guest_link", _GUESSES):
        return render(request, "workspace/confirmation/refused.html", {"is_too_many": True}, status=429)
    return render(request, "workspace/invitation/refused.html", {"why": why.label}, status=404)
