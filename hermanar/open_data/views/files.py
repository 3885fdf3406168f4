"""Files of whole data sets, records as linked data, the catalogue of catalogues, the template."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation

from hermanar.catalogue import read
from hermanar.foundation.calendar import public_day
from hermanar.open_data import dcat
from hermanar.open_data.api import parameters as ask
from hermanar.open_data.api.door import door
from hermanar.open_data.api.problems import not_found
from hermanar.open_data.datasets import BY_NAME, FORMATS, Asked
from hermanar.open_data.files import chunks
from hermanar.open_data.records import sheet_document
from hermanar.open_data.streams import Stream

_OF_EVERYTHING = {"", "lang=es", "lang=en"}  # written in no other way: each way would be kept once more


def _asked(request: HttpRequest, query: dict[str, list[str]]) -> Asked:
    language = ask.take_language(query)
    base = request.build_absolute_uri("/")
    having, agreement, gift = (ask.take_choice(query, name) for name in ask.CHOICES)
    today, filters = public_day(), ask.read_filters(query)
    return Asked(today, language, base, filters, having, agreement, gift)


@door
def dataset(request: HttpRequest, name: str, format_: str) -> HttpResponseBase:
    """Stream a data set; some take filters of the search page."""
    found = BY_NAME.get(name)
    if found is None or format_ not in found.formats:
        raise not_found(f"{name}.{format_}")
    query = ask.read_query(request, found.takes)
    asked = _asked(request, query)
    stream = Stream(_spoken(chunks(found, format_, asked), asked.language))
    response = StreamingHttpResponse(stream, content_type=FORMATS[format_][1])
    response["Content-Disposition"] = f'attachment; filename="hermanar-{name}.{format_}"'
    response["Link"] = f'<{found.licence[1]}>; rel="license"'
    # A file of everything: a server in front may keep it (decision 40). What is asked by filters is nearly never again.
    response.is_for_everyone = request.META["QUERY_STRING"] in _OF_EVERYTHING  # type: ignore[attr-defined]
    return response


def _spoken(parts: Any, language: str) -> Any:
    """Make the parts of a file in its own language: they are made after the view has returned."""
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _linked(document: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(document, ensure_ascii=False, indent=1), content_type="application/ld+json")


@door
def agreement(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer one agreement as linked data."""
    asked = _asked(request, ask.read_query(request, ()))
    sheet = read.agreement(slug, today=asked.today, language=asked.language)
    if sheet is None:
        raise not_found(slug)
    return _linked(sheet_document(sheet, asked.base))


@door
def place(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer one place as linked data."""
    asked = _asked(request, ask.read_query(request, ()))
    sheet = read.place(slug, today=asked.today, language=asked.language)
    if sheet is None:
        raise not_found(slug)
    return _linked(sheet_document(sheet, asked.base))


@door
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Answer the DCAT catalogue."""
    asked = _asked(request, ask.read_query(request, ()))
    return _linked(dcat.catalogue(asked.base))


@door
def template(request: HttpRequest, format_: str) -> HttpResponseBase:
    """Answer the template of a city's own file."""
    from hermanar.catalogue.template import template_csv, template_xlsx  # noqa: PLC0415  openpyxl, and all it asks for

    ask.read_query(request, ())
    content = template_csv() if format_ == "csv" else template_xlsx()
    response = HttpResponse(content, content_type=FORMATS[format_][1])
    response["Content-Disposition"] = f'attachment; filename="plantilla-acuerdos.{format_}"'
    return response


@door
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Refuse an address of the API that does not exist."""
    raise not_found(rest)
