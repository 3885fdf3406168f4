"""Whether the house stands: for whoever watches it."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

import hermanar
from hermanar.catalogue import read
from hermanar.catalogue.read import soundness
from hermanar.foundation.search import IndexUnavailableError
from hermanar.museum.views.day import today

_FATAL = {"database", "index"}  # without these an answer cannot be right
_NOT_READY = _FATAL | {"tables", "index_folder", "disk"}  # with these, others should be asked first
_log = logging.getLogger(__name__)
_is_migrated = False


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


@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while this process answers at all; it asks nobody, so a lost database ends no process."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when this process should be sent visitors: what `health` asks, room on the disk, today's tables."""
    told = json.loads(health(request).content)
    problems = told["problems"]
    if "database" not in problems:
        try:
            problems = problems if _has_todays_tables() else ["tables", *problems]
        except DatabaseError:
            _log.exception("the database does not answer")
            problems = ["database", *problems]
    answer = {"status": next(iter(problems), "ok"), "problems": problems}
    return JsonResponse(answer, status=503 if _NOT_READY.intersection(problems) else 200)


def _has_todays_tables() -> bool:
    """Tell whether every migration was applied; once they are, they stay so while this process runs."""
    global _is_migrated  # noqa: PLW0603 (asked each time, it would cost a stranger's every request)
    if not _is_migrated:
        executor = MigrationExecutor(connection)
        _is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _is_migrated
