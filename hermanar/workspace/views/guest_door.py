"""What every page of the counterpart does before its own work: who is there, and as the guest of which tie."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from hermanar.agreements.models import Agreement, Guest
from hermanar.agreements.queries.guests import acting_guest, guest_in
from hermanar.foundation.access import Actor, NotAllowedError
from hermanar.foundation.walls import kept_behind, seeing
from hermanar.workspace.views.door import way_in

View = Callable[..., HttpResponseBase]


class GuestRequest(HttpRequest):
    """A request of a guest in the room of a tie."""

    guest: Guest
    tie: Agreement
    actor: Actor


def guest(view: View) -> View:
    """Wrap a page of a tie's room: for its guests, signed in with a second factor, asked anew at every request.

    For anyone else there is no such room: an ended access, another tie and nothing at all are answered alike.
    """

    @functools.wraps(view)
    def enter(request: GuestRequest, agreement: UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if elsewhere := way_in(request):
            return elsewhere
        kept = guest_in(agreement, user=request.user.pk)
        if kept is None:
            raise Http404
        request.guest, request.tie, request.actor = kept, kept.agreement, acting_guest(kept)
        office = kept.agreement.office
        if office is None:
            raise Http404  # no office asks anyone into a tie that is not its own
        try:
            # By the days of the office; behind the second wall: see `foundation.walls`.
            with timezone.override(office.time_zone), seeing(office.pk):
                return kept_behind(view(request, *args, **kwargs), office.pk)
        except Agreement.DoesNotExist as gone:  # access ended while the page was being answered
            raise Http404 from gone
        except NotAllowedError as refused:
            raise PermissionDenied from refused

    enter.is_for_guests = True  # type: ignore[attr-defined]  # the table of addresses reads it
    return enter
