"""The way to the museum's desk: signed in with a second factor, with the part that today's roles give, and no other."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from hermanar.museum.actions.rooms import enrol
from hermanar.workspace.desk_rights import desk_rights
from hermanar.workspace.indoors import DESK
from hermanar.workspace.views.door import way_in


class DeskDoorMiddleware(MiddlewareMixin):
    """Stand before every page of the desk, Wagtail's own sign-in included: the house has one."""

    def process_view(self, request: HttpRequest, callback, callback_args, callback_kwargs) -> HttpResponseBase | None:
        """Lead whoever is not yet in to where they come in; refuse who has no work there."""
        if not request.path_info.startswith(DESK):
            return None
        if elsewhere := way_in(request):
            return elsewhere
        rights = desk_rights(request.user.pk)
        if not enrol(
            request.user.pk, groups=set(rights.groups), rooms=set(rights.rooms) if rights.rooms is not None else None
        ):
            raise PermissionDenied
        return None
