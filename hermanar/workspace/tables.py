"""A list as a table to take away, in the formats that the office offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse

from hermanar.foundation.documents.answering import disposition
from hermanar.foundation.tables import Column, csv_chunks, xlsx_chunks

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_answer(
    columns: Sequence[Column], rows: Iterable[Any], *, format_: str, name: str, sheet: str
) -> HttpResponse:
    """Answer with rows as CSV or XLSX; any other format does not exist."""
    if format_ not in _TYPES:
        raise Http404
    chunks = csv_chunks(columns, rows) if format_ == "csv" else xlsx_chunks(columns, rows, sheet=sheet)
    answer = HttpResponse(b"".join(chunks), content_type=_TYPES[format_])
    answer.headers["Content-Disposition"] = disposition(f"{name}.{format_}")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
