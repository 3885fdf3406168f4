"""A proof page on the web: for whoever has its address, without an account, until the office takes it away."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import cast
from uuid import UUID

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from hermanar.cooperation.queries.proofs import activities_of_proof, photographs_of, published_proof
from hermanar.foundation.documents import NoDocumentError
from hermanar.foundation.documents.answering import attachment
from hermanar.workspace.proofs import counting_told, told_of

_LONGEST_TOKEN = 100
_GUESSES = "120/m/ip"  # asking for many addresses that are not there is guessing


def _unlisted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep the address out of search engines, other sites and caches, so that withdrawn means gone."""

    @functools.wraps(view)
    def enter(request: HttpRequest, token: str, **kwargs: object) -> HttpResponseBase:
        response = view(request, token[:_LONGEST_TOKEN], **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return enter


@_unlisted
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """Show the event: place, dates, participants of each country, the daily programme, photographs."""
    kept = published_proof(token)
    if kept is None:
        return _refuse(request)
    context = {"told": told_of(kept), "proof": kept, "token": token, "counting": counting_told()}
    return render(request, "workspace/proofs/public.html", context)


@_unlisted
def photograph(request: HttpRequest, token: str, photograph: UUID) -> HttpResponse:
    """Give a photograph of a published page, if it may be published."""
    kept = published_proof(token)
    shot = photographs_of(activities_of_proof(kept)).filter(pk=photograph).first() if kept else None
    if shot is None:
        return _refuse(request)
    try:
        return cast("HttpResponse", attachment(shot.document))  # a response that streams is one too
    except NoDocumentError as gone:
        raise Http404 from gone


def _refuse(request: HttpRequest) -> HttpResponse:
    """Give every address that is not there the same answer: never there, or taken away."""
    allowed = ratelimit.consume(
        request, app="hermanar", action="proof_page", config={"proof_page": _GUESSES}, limit_get=True
    )
    if allowed is None:
        return render(request, "workspace/confirmation/refused.html", {"is_too_many": True}, status=429)
    return render(request, "workspace/confirmation/refused.html", status=404)
