"""The product's own application; where a door is not built yet, its read function behind the same address.

`STAND_INS` names those addresses; the table marks what was measured through them.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from urllib.parse import parse_qs

from django.urls import Resolver404, resolve
from hermanar.site.wsgi import application as product  # first: it sets Django up

# isort: split
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.museum.views.day import today


def statistics(query):
    counted = read.statistics(Filters.parse(parse_qs(query)), today=today())
    return "application/json", [json.dumps(dataclasses.asdict(counted), default=str).encode()]


def rows(query):
    return "text/csv", _lines(Filters.parse(parse_qs(query)))


def _lines(filters):
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(read.row_headings("es"))
    for batch in read.agreement_rows(filters, today=today(), language="es"):
        writer.writerows(batch)
        yield sink.getvalue().encode()
        sink.seek(0)
        sink.truncate()


STAND_INS = {"/api/v1/statistics": statistics, "/datos/acuerdos.csv": rows}


def is_built(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


MISSING = {path: answer for path, answer in STAND_INS.items() if not is_built(path)}


def application(environ, start_response):
    """Answer as the product does, or stand in for a door that is not there."""
    answer = MISSING.get(environ["PATH_INFO"])
    if answer is None:
        return product(environ, start_response)
    kind, body = answer(environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", kind), ("X-Stand-In", "1")])
    return body
