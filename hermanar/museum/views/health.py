"""Whether the house stands: for whoever watches it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

import hermanar
from hermanar.catalogue import read
from hermanar.museum.views.day import today


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and the index holds what is published, 503 when it does not."""
    state = read.state(today=today())
    is_sound = state["published"] == state["indexed"]
    answer = {"status": "ok" if is_sound else "index", "version": hermanar.__version__, **state}
    return JsonResponse(answer, status=200 if is_sound else 503)
