"""What a visitor is told while the house cannot answer for a moment: 503 and when to ask again, never a failure."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from hermanar.foundation.search import IndexUnavailableError
from hermanar.museum.views.refusals import refuse

_DATABASE_AGAIN = 10  # seconds
_log = logging.getLogger(__name__)


class UnavailableMiddleware:
    """Answer for a database or an index that will be there again in a moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer 503 when waiting helps; any other failure is ours to repair."""
        seconds = _seconds(problem)
        if seconds is None:
            return None
        _log.error("answered 503: the database or the index cannot be asked", exc_info=problem)
        detail = _("Hermanar se está poniendo al día. Nada se perdió; vuelva a intentarlo en unos segundos.")
        response = refuse(request, status=503, title=_("Un momento, por favor"), detail=detail)
        response["Retry-After"] = str(seconds)
        return response


def _seconds(problem: Exception) -> int | None:
    """Return in how many seconds it is worth asking again."""
    if isinstance(problem, IndexUnavailableError):
        return problem.retry_after
    # SQLite says of a file that is being replaced no more than that it is no database.
    if isinstance(problem, OperationalError) or type(problem) is DatabaseError:
        return _DATABASE_AGAIN
    return None
