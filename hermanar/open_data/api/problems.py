"""Refusals as RFC 9457 problem details."""

from __future__ import annotations

import dataclasses
import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30
_TITLES = {
    400: gettext_lazy("La petición no se entiende"),
    404: gettext_lazy("No existe"),
    405: gettext_lazy("Método no admitido"),
    409: gettext_lazy("Varios lugares se llaman así"),
    414: gettext_lazy("La dirección es demasiado larga"),
    422: gettext_lazy("Un parámetro no es válido"),
    503: gettext_lazy("Un momento, por favor"),
}
_NAMES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    409: "ambiguous-place",
    414: "too-long",
    422: "bad-parameter",
    503: "unavailable",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Pointed:
    """What is wrong with one parameter."""

    pointer: str
    detail: str


class ProblemError(Exception):
    """A request that is refused; becomes the answer at the door."""

    def __init__(
        self, status: int, detail: str, *, parameter: str = "", retry_after: int = RETRY_SECONDS, **members: Any
    ) -> None:
        self.status, self.detail, self.retry_after = status, detail, retry_after
        self.errors = [Pointed(f"#/{parameter}", detail)] if parameter else []
        self.members = members
        super().__init__(detail)


def problem_response(problem: ProblemError) -> HttpResponse:
    """Write a refusal as problem details, in the reader's language."""
    body: dict[str, Any] = {
        "type": f"urn:hermanar:problem:{_NAMES[problem.status]}",
        "title": str(_TITLES[problem.status]),
        "status": problem.status,
        "detail": problem.detail,
        "errors": [dataclasses.asdict(one) for one in problem.errors],
        **problem.members,
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=problem.status, content_type=MEDIA_TYPE)
    if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
        response["Allow"] = "GET, HEAD, OPTIONS"
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(problem.retry_after)
    return response


def not_found(what: str) -> ProblemError:
    """Return the refusal of an address where the public may see nothing."""
    return ProblemError(404, _("No hay nada público en «%(what)s».") % {"what": what[:80]})


def problem_schema(*, with_candidates: bool = False) -> dict[str, Any]:
    """Describe problem details for the OpenAPI document."""
    properties: dict[str, Any] = {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["pointer", "detail"],
            },
        },
    }
    required = ["type", "title", "status", "detail", "errors"]
    if with_candidates:
        properties["candidates"] = {"type": "array", "items": {"type": "object"}}
        required.append("candidates")
    return {"type": "object", "properties": properties, "required": required}
