"""Verify: a registered agreement against its chain, and the heads of all chains for anyone to keep."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hermanar.catalogue import read
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public


@public()
def verification(request: HttpRequest, agreement: UUID) -> HttpResponse:
    """Show what the registry holds of a registered agreement and whether its chain is whole."""
    sheet = read.verification(agreement, language=language())
    if sheet is None:
        raise Http404
    return render(request, "museum/verification/page.html", {"sheet": sheet})


@public()
def heads(request: HttpRequest) -> HttpResponse:
    """Show the last link of every chain."""
    return render(request, "museum/verification/heads.html", {"heads": read.chain_heads()})


@public()
def heads_file(_request: HttpRequest) -> HttpResponse:
    """Answer with a checkpoint: the heads of all chains, as `hermanar verify` reads them."""
    return JsonResponse(read.checkpoint(), json_dumps_params={"sort_keys": True, "indent": 1})
