"""The addresses of the API and their description."""

from __future__ import annotations

import dataclasses
import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

import hermanar
from hermanar.catalogue import read
from hermanar.catalogue.read import bulk
from hermanar.catalogue.sheets import AgreementLine, AgreementSheet, PlaceLine, PlaceSheet, Statistics, TieLine
from hermanar.foundation.calendar import public_day
from hermanar.open_data.api import parameters as ask
from hermanar.open_data.api.door import Api
from hermanar.open_data.api.problems import MEDIA_TYPE, ProblemError, not_found, problem_schema
from hermanar.open_data.plain import plain

_DESCRIPTION = (
    "Sister-city agreements of Mexico's cities, what sources state of them, and ties that others report. "
    "Every list takes the filters of the search page. Values are the codes of the vocabularies; dates are partial ISO "
    "8601. "
    "Licences differ by data set: see /datos/catalogo.jsonld."
)
api = Api(title="Hermanar", version=hermanar.__version__, description=_DESCRIPTION, docs_url=None, urls_namespace="api")
_LONGEST_KEY = 200
_REFUSALS = {HTTPStatus.CONFLICT: "Several places bear the name; `candidates` lists them"}


@dataclasses.dataclass(frozen=True, slots=True)
class AgreementPageShape:
    """A page of agreements: `count` of all that match, `next` the cursor of the next page."""

    count: int
    items: tuple[AgreementLine, ...]
    next: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class PlacePageShape:
    """Places that a name may mean."""

    count: int
    items: tuple[PlaceLine, ...]
    next: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class TiePageShape:
    """A page of reported ties."""

    count: int
    items: tuple[TieLine, ...]
    next: str | None


def _answers(*statuses: int) -> dict[int, Any]:
    return {
        status: {
            "description": "Refused; says what is wrong"
            if status != HTTPStatus.CONFLICT
            else "Several places bear the name",
            "content": {MEDIA_TYPE: {"schema": problem_schema(with_candidates=status == HTTPStatus.CONFLICT)}},
        }
        for status in statuses
    }


def _described(*names: str, refusals: tuple[int, ...] = (422,)) -> dict[str, Any]:
    parameters = ask.described(names)
    return {"parameters": parameters, "responses": _answers(*refusals, 400, 405, 414, 503)}


def _json(value: Any) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type="application/json")


def _query(request: HttpRequest, *names: str) -> tuple[dict[str, list[str]], str]:
    query = ask.read_query(request, names)
    return query, ask.take_language(query)


@api.get(
    "/agreements",
    response={200: AgreementPageShape},
    openapi_extra=_described(*ask.FILTERS, *ask.PAGING, refusals=(404, 409, 422)),
    operation_id="listAgreements",
    summary="Agreements that match",
)
def list_agreements(request: HttpRequest) -> HttpResponse:
    """Return a page of the agreements that match the filters, newest first, and how many there are."""
    query, language = _query(request, *ask.FILTERS, *ask.PAGING)
    limit, cursor = ask.take_limit(query), ask.take_cursor(query)
    filters = ask.read_filters(query)
    page = read.agreements(
        filters, today=public_day(), language=language, limit=limit, cursor=cursor, with_facets=False
    )
    return _json({"count": page.count, "items": plain(page.items), "next": page.next})


@api.get(
    "/agreements/{slug}",
    response={200: AgreementSheet},
    openapi_extra=_described(refusals=(404, 422)),
    operation_id="readAgreement",
    summary="One agreement, with everything sources state of it",
)
def read_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the whole public record of an agreement; contradictory statements stand side by side."""
    _rest, language = _query(request)
    sheet = read.agreement(_key(slug), today=public_day(), language=language)
    if sheet is None:
        raise not_found(slug)
    return _json(plain(sheet))


@api.get(
    "/places",
    response={200: PlacePageShape},
    openapi_extra=_described("q", "limit"),
    operation_id="listPlaces",
    summary="Places by name",
)
def list_places(request: HttpRequest) -> HttpResponse:
    """Return the places a name may mean, the likeliest first; accents, case and a slip do not matter."""
    query, language = _query(request, "q", "limit")
    limit = ask.take_limit(query)
    text = query.get("q", [""])[0].strip()
    if not text or len(text) > _LONGEST_KEY:
        raise ProblemError(422, ask.ask_for_text(), parameter="q")
    found = read.places(text, limit=limit, language=language)
    return _json({"count": len(found), "items": plain(found), "next": None})


@api.get(
    "/places/{id}",
    response={200: PlaceSheet},
    openapi_extra=_described(refusals=(404, 422)),
    operation_id="readPlace",
    summary="One place, with its agreements and what captures report",
)
def read_place(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002  the name in the address
    """Return the public record of a place, with the newest two hundred of its agreements; `/agreements` has all."""
    _rest, language = _query(request)
    sheet = read.place(_key(id), today=public_day(), language=language)
    if sheet is None:
        raise not_found(id)
    return _json(plain(sheet))


@api.get(
    "/ties",
    response={200: TiePageShape},
    openapi_extra=_described("place", *ask.PAGING, refusals=(404, 409, 422)),
    operation_id="listTies",
    summary="Pairs of places that sources report as tied (CC BY-SA 4.0)",
)
def list_ties(request: HttpRequest) -> HttpResponse:
    """Return recognised pairs with what each capture reports of them; a reported tie is no agreement."""
    query, language = _query(request, "place", *ask.PAGING)
    limit, cursor = ask.take_limit(query), ask.take_cursor(query)
    asked = [text.strip() for text in query.get("place", []) if text.strip()]
    if len(asked) > 1:
        raise ProblemError(422, ask.one_only("place"), parameter="place")
    page = bulk.tie_page(asked[0] if asked else "", today=public_day(), language=language, limit=limit, cursor=cursor)
    return _json({"count": page.count, "items": plain(page.items), "next": page.next})


@api.get(
    "/statistics",
    response={200: Statistics},
    openapi_extra=_described(*ask.FILTERS, refusals=(404, 409, 422)),
    operation_id="readStatistics",
    summary="Counts of the agreements that match",
)
def read_statistics(request: HttpRequest) -> HttpResponse:
    """Return totals by country, state, kind and so on; they agree with the lists to the unit."""
    query, language = _query(request, *ask.FILTERS)
    return _json(plain(read.statistics(ask.read_filters(query), today=public_day(), language=language)))


def _key(text: str) -> str:
    """Return a slug or identifier of an address; refuse what no record could have."""
    if not text.isprintable() or len(text) > _LONGEST_KEY:
        raise not_found(repr(text)[1:-1])
    return text


def urls() -> list[URLPattern | URLResolver]:
    """Return the addresses of the API, to be placed under /api/v1/."""
    return list(api.urls[0])
