"""What every answer carries for the browser: what a page may not do, how long it may be kept, how it is packed."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware

Answer = Callable[[HttpRequest], HttpResponseBase]
_REFUSED = (
    "accelerometer autoplay camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
)
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
DESK = "/cms/"
DESK_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _REFUSED.split())


def headers(get_response: Answer) -> Answer:
    """Add what no view should have to think of; a page is asked for again each time and answered 304 when unchanged."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        # The one method that gives a request back; no page of ours has a use for it.
        is_echo = request.method == "TRACE"
        response = HttpResponseNotAllowed(_METHODS) if is_echo else get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answer


def desk_headers(get_response: Answer) -> Answer:
    """Give the editors' desk, whose scripts and styles are Wagtail's, its own policy; it frames its previews."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path_info.startswith(DESK):
            response._csp_config = DESK_POLICY  # type: ignore[attr-defined] # noqa: SLF001 (how django-csp is told)
        return response

    return answer


class PagesGZipMiddleware(GZipMiddleware):
    """Pack pages, save private ones, whose length must tell nothing; what is streamed leaves as fast as it is made."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack what is neither streamed nor private, nor packed already."""
        is_private = "no-store" in response.get("Cache-Control", "")
        is_packed = response.get("Content-Type", "") == "image/jpeg"
        if response.streaming or is_private or is_packed or not isinstance(response, HttpResponse):
            return response
        return super().process_response(request, response)
