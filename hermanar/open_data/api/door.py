"""What every address of the API does before and after its own work."""

from __future__ import annotations

import dataclasses
import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from hermanar.catalogue.search import AmbiguousPlaceError, BadCursorError, BadFilterError, UnknownPlaceError
from hermanar.foundation.search import IndexUnavailableError
from hermanar.open_data.api.parameters import check_query, language_of
from hermanar.open_data.api.problems import ProblemError, problem_response

View = Callable[..., HttpResponseBase]
_log = logging.getLogger(__name__)


def door(view: View) -> View:
    """Wrap a view: methods, length, language, refusals, and permission for pages of other sites to read."""

    @functools.wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(language_of(request)):
            try:
                response = _answer(view, request, *args, **kwargs)
            except ProblemError as problem:
                response = problem_response(problem)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return csrf_exempt(enter)  # nothing is written here


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    check_query(request)
    if request.method == "OPTIONS":
        allowed = HttpResponse(status=204)
        allowed["Allow"] = allowed["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        allowed["Access-Control-Allow-Headers"] = "*"
        return allowed
    if request.method not in {"GET", "HEAD"}:
        raise ProblemError(405, _("Esta dirección solo se lee."))
    is_head, request.method = request.method == "HEAD", "GET"
    response = _refusing(view, request, *args, **kwargs)
    if is_head and isinstance(response, HttpResponse):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _refusing(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except BadFilterError as error:
        raise ProblemError(422, str(error), parameter=error.parameter) from error
    except BadCursorError as error:
        raise ProblemError(422, str(error), parameter="cursor") from error
    except UnknownPlaceError as error:
        raise ProblemError(404, str(error), parameter=_asked_as(request, error.text)) from error
    except AmbiguousPlaceError as error:
        candidates = [dataclasses.asdict(one) for one in error.candidates]
        raise ProblemError(409, str(error), parameter=_asked_as(request, error.text), candidates=candidates) from error
    except (IndexUnavailableError, OperationalError) as error:
        _log.exception("answered 503: the database or the index cannot be asked")
        detail = _("Hermanar se está poniendo al día. Nada se perdió; vuelva a intentarlo en unos segundos.")
        raise ProblemError(503, detail, retry_after=IndexUnavailableError.retry_after) from error
    except SuspiciousOperation as error:
        raise ProblemError(400, _("La petición no se entiende.")) from error


def _asked_as(request: HttpRequest, text: str) -> str:
    """Return the parameter in which a place was named."""
    named = (
        name for name in ("host", "place") if any(value.strip()[:80] == text for value in request.GET.getlist(name))
    )
    return next(named, "place")


class Api(NinjaAPI):
    """An API whose every address, its description too, stands behind the door."""

    def _get_urls(self) -> list[Any]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if pattern.callback is not None:
                pattern.callback = door(pattern.callback)
        return patterns
