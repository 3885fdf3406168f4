"""Whether the house stands: for whoever watches it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

import hermanar
from hermanar.catalogue import read
from hermanar.museum.views.day import today


def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and the index follows it."""
    state = read.state(today=today())
    return JsonResponse({"status": "ok", "version": hermanar.__version__, **state})
