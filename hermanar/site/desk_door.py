"""The way to the museum's desk: signed in with a second factor, with the part that today's roles give, and no other."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from hermanar.museum.actions.rooms import enrol
from hermanar.museum.desk.walls import is_closed
from hermanar.workspace.desk_rights import desk_rights
from hermanar.workspace.indoors import DESK
from hermanar.workspace.views.door import way_in


class DeskDoorMiddleware:
    """Stand before every page of the desk, Wagtail's own sign-in included: the house has one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Lead whoever is not yet in to where they come in; refuse who has no work there."""
        if not request.path_info.startswith(DESK):
            return None
        if elsewhere := way_in(request):
            return elsewhere
        person = request.user.pk
        if person is None:  # `way_in` let nobody pass who is not signed in
            raise PermissionDenied
        rights = desk_rights(person)
        if not enrol(person, groups=rights.groups, rooms=rights.rooms):
            raise PermissionDenied
        if is_closed(request.resolver_match, request.user):  # type: ignore[arg-type]
            raise Http404
        return None
