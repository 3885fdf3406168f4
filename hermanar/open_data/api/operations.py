"""The addresses of the API and their description."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

import hermanar
from hermanar.catalogue import read
from hermanar.catalogue.sheets import AgreementLine, AgreementSheet, PlaceLine, PlaceSheet, Statistics, TieLine
from hermanar.foundation.calendar import today_in
from hermanar.open_data.api import parameters as ask
from hermanar.open_data.api.door import Api
from hermanar.open_data.api.problems import MEDIA_TYPE, not_found, problem_schema
from hermanar.open_data.plain import plain

_DESCRIPTION = (
    "Sister-city agreements of Mexico's cities, what sources state of them, and ties that others report. "
    "Every list takes the filters of the search page. Values are the codes of the vocabularies; dates are partial ISO 8601. "
    "Licences differ by data set: see /datos/catalogo.jsonld."
)
api = Api(title="Hermanar", version=hermanar.__version__, description=_DESCRIPTION, docs_url=None, urls_namespace="api")
_LONGEST_KEY = 200


def _answers(*statuses: int) -> dict[int, Any]:
    return {
        status: {
            "description": "Refused; says what is wrong" if status != 409 else "Several places bear the name",
            "content": {MEDIA_TYPE: {"schema": problem_schema(with_candidates=status == 409)}},
        }
        for status in statuses
    }


def _described(*names: str, path: str = "", refusals: tuple[int, ...] = (422,)) -> dict[str, Any]:
    parameters = ask.described(names)
    if path:
        shape = {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY}
        parameters.insert(0, {"name": path, "in": "path", "required": True, "schema": shape})
    return {"parameters": parameters, "responses": _answers(*refusals, 400, 405, 414)}


def _json(value: Any) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type="application/json")


def _today() -> Any:
    return today_in(settings.PUBLIC_TIME_ZONE)


def _query(request: HttpRequest, *names: str) -> tuple[dict[str, list[str]], str]:
    query = ask.read_query(request, names)
    return query, ask.take_language(query)
