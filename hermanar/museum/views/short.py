"""The short addresses of printed codes: each leads to its page in the language the reader's browser asks for."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from hermanar.catalogue.read.gifts import work_by_code
from hermanar.museum.rules.languages import preferred
from hermanar.museum.views.collection import own_slug
from hermanar.museum.views.door import public


@public()
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to a room."""
    return _lead(request, "museum:room", slug)


@public()
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to a stop of the audio guide."""
    return _lead(request, "museum:audio_stop", number)


@public()
def work(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a work by its code, which never changes while its address may."""
    found = work_by_code(code)
    if found is None:
        raise Http404
    return _lead(request, "museum:exhibit", own_slug(found))


def _lead(request: HttpRequest, name: str, *args: str | int) -> HttpResponse:
    """Answer with the page of this language; never for good, and not for whoever reads another."""
    with translation.override(preferred(request.headers.get("Accept-Language", ""))):
        response = cast("HttpResponse", redirect(reverse(name, args=args)))
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response
