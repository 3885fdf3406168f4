"""The name of the address that a request asked for: bounded in number, without what stood in it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PLACE = "hermanar.route"  # in a request's environment
AGAIN = "hermanar.again"  # there too: answered from memory, where it was counted already
NONE = "-"  # nothing stands there, or it was answered before anyone looked


class RouteMiddleware:
    """Note the route where what stands before Django reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Write the name of what was found: an address's name, or its pattern."""
        match = request.resolver_match
        request.META[PLACE] = (match.view_name or match.route) if match else NONE
