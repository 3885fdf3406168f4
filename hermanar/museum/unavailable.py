"""What a visitor is told while the house cannot answer or keep anything: what happened and when to ask again."""

from __future__ import annotations

import errno
import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator

import psycopg
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.foundation.documents.images import BusyError
from hermanar.foundation.search import IndexUnavailableError
from hermanar.museum.views import refusals

_DATABASE_AGAIN, _TURN_AGAIN, _DISK_AGAIN = 10, 20, 300  # seconds
_INSUFFICIENT_STORAGE = 507
# A disk, a quota or a process's own bound: the remedy is the same.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_ROOM_OF_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
_log = logging.getLogger(__name__)


class UnavailableMiddleware:
    """Answer for a database or an index that will be there again in a moment, and for a disk without room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer where waiting helps; any other failure is ours to repair."""
        return _answer(request, problem)


def failure(request: HttpRequest) -> HttpResponse:
    """Show what went wrong outside of every page, as where a session is kept or a form is taken in."""
    problem = sys.exc_info()[1]
    try:
        answer = _answer(request, problem) if problem else None
    except Exception:  # noqa: BLE001 - who is asked to draw it may ask the same database; what failed is logged
        _log.exception("the page of what cannot be answered for now failed")
        answer = None
    return answer or refusals.failure(request)


def _answer(request: HttpRequest, problem: BaseException) -> HttpResponse | None:
    seconds = _seconds(problem)
    if seconds is None:
        return None
    status = _INSUFFICIENT_STORAGE if _is_no_room(problem) else 503
    _log.error("answered %s: nothing can be asked or kept for now", status, exc_info=problem)
    with translation.override(refusals.language_of(request)):
        title, detail = _words(request, status)
        response = refusals.refuse(request, status=status, title=title, detail=detail)
    response["Retry-After"] = str(seconds)
    return response


def _seconds(problem: BaseException) -> int | None:
    """Return in how many seconds it is worth asking again."""
    if _is_no_room(problem):
        return _DISK_AGAIN
    if isinstance(problem, IndexUnavailableError):
        return problem.retry_after
    if isinstance(problem, BusyError):
        return _TURN_AGAIN
    # SQLite says of a file that is being replaced no more than that it is no database.
    if isinstance(problem, OperationalError) or type(problem) is DatabaseError:
        return _DATABASE_AGAIN
    return None


def _words(request: HttpRequest, status: int) -> tuple[str, str]:
    """Return what is shown; of what was sent it says only what is known."""
    is_sent = request.method not in {"GET", "HEAD"}
    if status == _INSUFFICIENT_STORAGE:
        title = _("No queda lugar en el disco")
        if is_sent:
            detail = _(
                "Lo que envió no se guardó; lo que ya estaba sigue ahí."
                " Avise a quien administra Hermanar y envíelo otra vez cuando haya lugar."
            )
        else:
            detail = _(
                "Lo que ya estaba guardado sigue ahí. Avise a quien administra Hermanar y vuelva cuando haya lugar."
            )
        return title, detail
    if is_sent:
        detail = _("Lo que envió no quedó confirmado: vuelva atrás y envíelo otra vez en unos segundos.")
    else:
        detail = _("Hermanar se está poniendo al día. Nada se perdió; vuelva a intentarlo en unos segundos.")
    return _("Un momento, por favor"), detail


def _is_no_room(problem: BaseException) -> bool:
    """Tell whether something could not be written for want of room."""
    for one in _causes(problem):
        if isinstance(one, OSError) and one.errno in _NO_ROOM:
            return True
        if isinstance(one, sqlite3.Error) and getattr(one, "sqlite_errorcode", None) in _NO_ROOM_OF_SQLITE:
            return True
        if isinstance(one, psycopg.errors.DiskFull):
            return True
    return False


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__
