"""Whether the house stands: for whoever watches it."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

import hermanar
from hermanar.catalogue import read
from hermanar.catalogue.read import soundness
from hermanar.foundation.search import IndexUnavailableError
from hermanar.museum.views.day import today

_FATAL = {"database", "index"}  # without these an answer cannot be right
_log = logging.getLogger(__name__)


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while pages can be right, 503 when they cannot; `problems` names what `hermanar check` explains."""
    state: dict[str, Any] = {}
    try:
        state = dict(read.state(today=today()))
        problems = [] if state["published"] == state["indexed"] else ["index"]
        problems += [] if state["on_disk"] else ["index_folder"]
        problems += soundness.problems()
    except DatabaseError:
        _log.exception("the database does not answer")
        problems = ["database"]
    except IndexUnavailableError:
        _log.exception("the index is being derived again")
        problems = ["index"]
    answer = {"status": next(iter(problems), "ok"), "problems": problems, "version": hermanar.__version__, **state}
    return JsonResponse(answer, status=503 if _FATAL.intersection(problems) else 200)
