"""What every page of an office does before its own work: who is there, in which office, and whether one may."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from hermanar.foundation.access import Actor, NotAllowedError, Verb, can, sees_other_offices
from hermanar.foundation.walls import kept_behind, seeing
from hermanar.offices.models import Membership, Office
from hermanar.offices.queries import acting, current_memberships
from hermanar.workspace.views.factors import has_second_factor, has_shown_second_factor

View = Callable[..., HttpResponseBase]
OFFICE_KEY = "office"  # the session's choice among the offices a person works in


class MemberRequest(HttpRequest):
    """A request of a person in an office."""

    membership: Membership
    office: Office
    actor: Actor


def way_in(request: HttpRequest) -> HttpResponseBase | None:
    """Return where a person must go first: to sign in, to make a second factor, or to show it in this session."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if not has_second_factor(request):
        return redirect("mfa_index")
    if not has_shown_second_factor(request):
        return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
    return None


def member(*verbs: Verb) -> Callable[[View], View]:
    """Wrap a page of an office: for who is signed in with a second factor, works there, and has one of these verbs."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def enter(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if elsewhere := way_in(request):
                return elsewhere
            membership = chosen_membership(request)
            if membership is None:
                raise Http404
            request.membership, request.office, request.actor = membership, membership.office, acting(membership)
            if verbs and not any(can(request.actor, verb) for verb in verbs):
                raise PermissionDenied
            with timezone.override(request.office.time_zone):  # moments are told by the office's days
                if sees_other_offices(request.actor):
                    return _answered(view, request, *args, **kwargs)
                with seeing(request.office.pk):  # the second wall: see `foundation.walls`
                    return kept_behind(_answered(view, request, *args, **kwargs), request.office.pk)

        enter.verbs = verbs  # type: ignore[attr-defined]  # the table of addresses and roles reads it
        return enter

    return wrap


def _answered(view: View, request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except NotAllowedError as refused:
        raise PermissionDenied from refused


def chosen_membership(request: HttpRequest) -> Membership | None:
    """Return the membership a person acts under: the office chosen in the session, else the first one."""
    memberships = list(current_memberships(request.user.pk)) if request.user.pk else []
    chosen = request.session.get(OFFICE_KEY)
    return next((one for one in memberships if str(one.office_id) == chosen), memberships[0] if memberships else None)
