"""Manifests and pictures for other houses (IIIF): open to every site, asked for each time, gone when withdrawn."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response

from hermanar.catalogue.read.gifted import works
from hermanar.catalogue.read.gifts import files_of, photograph_file, photograph_files, shown_digests, work_by_code
from hermanar.museum.manifests import CONTEXT, collection_manifest, manifest
from hermanar.museum.pictures import UnreadablePictureError, cut_file, dimensions
from hermanar.museum.queries.exhibits import shown_exhibit, shown_slugs
from hermanar.museum.rules.iiif import NoSuchCutError, asked_cut, described
from hermanar.museum.views.door import public

_IMAGE_CONTEXT = "http://iiif.io/api/image/3/context.json"
_PROFILE = '<http://iiif.io/api/image/3/level0.json>;rel="profile"'
Answer = Callable[..., HttpResponseBase]


def _open(view: Answer) -> Answer:
    """Let every site read the answer, whatever it is, and let no cache answer by itself."""

    @functools.wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = _plain(404, "No such work, or no longer shown. / No hay tal obra, o ya no se muestra.")
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "no-cache"
        return response

    return enter


def _plain(status: int, text: str) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _document(told: dict[str, Any], context: str) -> HttpResponse:
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type=f'application/ld+json;profile="{context}"')


@_open
@public()
def collection(request: HttpRequest) -> HttpResponse:
    """Answer all works as a collection of manifests."""
    told = collection_manifest(works(), slugs=shown_slugs(), files=photograph_files(), site=_site(request))
    return _document(told, CONTEXT)


@_open
@public()
def work(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a work as a manifest."""
    found = work_by_code(code)
    if found is None:
        raise Http404
    told = manifest(found, shown_exhibit(found.key), files=files_of(found.code), site=_site(request))
    if told is None:  # withdrawn meanwhile
        raise Http404
    return _document(told, CONTEXT)


@_open
@public()
def image(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a picture's identifier to what it says of itself."""
    _photograph(code)
    response = HttpResponse(status=303)
    response.headers["Location"] = reverse("museum_root:iiif_info", args=[code])
    return response


@_open
@public()
def info(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what a picture says of itself: its size, its tiles, the sizes of the whole."""
    _digest, _path, (width, height) = _photograph(code)
    identifier = f"{_site(request)}{reverse('museum_root:iiif_image', args=[code])}"
    response = _document(described(identifier, width=width, height=height), _IMAGE_CONTEXT)
    response.headers["Link"] = _PROFILE
    return response


@_open
@public()
def cut(request: HttpRequest, code: str, region: str, size: str, rotation: str, given_as: str) -> HttpResponse:
    """Answer a cut of a picture; whether it is still shown is asked before whether it is known already."""
    digest, path, (width, height) = _photograph(code)
    try:
        asked = asked_cut(width, height, region=region, size=size, rotation=rotation, given_as=given_as)
    except NoSuchCutError:
        return _plain(400, "Only the tiles and sizes of info.json are given. / Solo se dan los cortes de info.json.")
    named = f"{code} {digest} {asked.factor} {asked.name}"
    etag = f'"{hashlib.sha256(named.encode()).hexdigest()[:24]}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    try:
        made = cut_file(digest, path, asked, shown=shown_digests).read_bytes()
    except (UnreadablePictureError, FileNotFoundError) as error:
        raise Http404 from error
    response = HttpResponse(made, content_type="image/jpeg")
    response.headers["ETag"] = etag
    response.headers["Link"] = _PROFILE
    return response


def _photograph(code: str) -> tuple[str, Path, tuple[int, int]]:
    """Return the digest, the file and the size of a photograph that the public may see at this moment."""
    found = photograph_file(code)
    if found is None:
        raise Http404
    try:
        return *found, dimensions(*found)
    except UnreadablePictureError as error:
        raise Http404 from error
