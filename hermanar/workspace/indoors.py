"""Sessions, sign-in and forms' tokens, for offices, guests, accounts and the museum's desk; other pages pay nothing."""

from __future__ import annotations

from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.utils.deprecation import MiddlewareMixin

DESK = "/cms/"  # where the museum's pages are made
INDOORS = ("/oficina/", "/contraparte/", "/cuenta/", DESK)


def is_indoors(request: HttpRequest) -> bool:
    """Say whether an address belongs to an office, a guest, an account or the desk, in either language."""
    return request.path_info.removeprefix("/en").startswith(INDOORS)


class _Indoors(MiddlewareMixin):
    """Let a request pass by that is for none of them."""

    def __call__(self, request):
        return super().__call__(request) if is_indoors(request) else self.get_response(request)


class SessionMiddleware(_Indoors, sessions.SessionMiddleware):
    """The session; and since its pages are somebody's own, no one else keeps them."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the page out of every cache."""
        response.headers["Cache-Control"] = "private, no-store"
        return super().process_response(request, response)


class CsrfViewMiddleware(_Indoors, csrf.CsrfViewMiddleware):
    """The token that forms carry."""

    def process_view(self, request, callback, callback_args, callback_kwargs):
        """Ask for the token."""
        is_asked = is_indoors(request)
        return super().process_view(request, callback, callback_args, callback_kwargs) if is_asked else None


class AuthenticationMiddleware(_Indoors, auth.AuthenticationMiddleware):
    """Who is there."""


class MessageMiddleware(_Indoors, messages.MessageMiddleware):
    """What the next page has to say first."""
