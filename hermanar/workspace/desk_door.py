"""The way to the museum's desk: signed in with a second factor, and with work there."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from hermanar.workspace.indoors import DESK
from hermanar.workspace.views.door import way_in


class DeskDoorMiddleware(MiddlewareMixin):
    """Stand before every page of the desk, its sign-in page included: the house has one sign-in."""

    def process_view(self, request: HttpRequest, callback, callback_args, callback_kwargs) -> HttpResponseBase | None:
        """Lead whoever is not yet in to where they come in."""
        if not request.path_info.startswith(DESK):
            return None
        return way_in(request)
