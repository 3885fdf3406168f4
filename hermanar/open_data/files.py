"""A data set in each format, byte by byte in constant memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from hermanar.foundation.tables import csv_chunks, csv_lines, xlsx_chunks
from hermanar.open_data.datasets import AGREEMENTS, Asked, Dataset, flat_agreements, written_agreements
from hermanar.open_data.records import CONTEXT, feature_of, json_of, node_of

_CHUNK = 32_768


def chunks(dataset: Dataset, format_: str, asked: Asked) -> Iterator[bytes]:
    """Return a data set in one of its formats; what is asked is checked before the first byte."""
    if format_ in {"csv", "xlsx"}:
        return _table(dataset, format_, asked)
    rows = _begun(dataset.rows(asked))
    if format_ == "json":
        return _listed(b"[\n", rows, json_of, b"\n]\n")
    if format_ == "jsonld":
        start = json.dumps({"@context": CONTEXT}, ensure_ascii=False)[:-1] + ',\n"@graph": [\n'
        return _listed(start.encode(), rows, lambda row: node_of(row, asked.base), b"\n]}\n")
    start = '{"type": "FeatureCollection",\n"features": [\n'
    return _listed(start.encode(), rows, lambda row: feature_of(row, asked.base), b"\n]}\n")


def _begun(rows: Iterator[Any]) -> Iterator[Any]:
    """Read the first row now, so that a question that cannot be answered is refused and not cut short."""
    first = next(rows, None)
    return iter(()) if first is None else chain([first], rows)


def _table(dataset: Dataset, format_: str, asked: Asked) -> Iterator[bytes]:
    columns = dataset.columns(asked.language)
    if dataset is AGREEMENTS:
        if format_ == "csv":
            return csv_lines([column.heading for column in columns], _begun(written_agreements(asked)))
        return xlsx_chunks(columns, chain.from_iterable(_begun(flat_agreements(asked))), sheet=dataset.name)
    rows = _begun(dataset.rows(asked))
    return csv_chunks(columns, rows) if format_ == "csv" else xlsx_chunks(columns, rows, sheet=dataset.name)


def _listed(start: bytes, rows: Iterable[Any], shape: Callable[[Any], Any], end: bytes) -> Iterator[bytes]:
    yield start
    parts: list[str] = []
    size = 0
    separator = ""
    for row in rows:
        text = separator + json.dumps(shape(row), ensure_ascii=False)
        separator = ",\n"
        parts.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield "".join(parts).encode(errors="replace")
            parts, size = [], 0
    yield "".join(parts).encode(errors="replace") + end
