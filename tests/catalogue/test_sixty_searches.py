"""Sixty searches, each with what it finds in its order: the list was written on one database and holds on both.

The suite runs on PostgreSQL first and on SQLite after, over facts that each loads for itself, so keys differ and only
what is alike in every house may decide an order. Where the shipped facts or the search change on purpose, write the
list anew and read what changed in it: `HERMANAR_WRITE_SEARCHES=1 pytest tests/catalogue/test_sixty_searches.py`.
"""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.db import connection

from hermanar.agreements.queries import published_listings
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.museum.finding.answers import found
from tests.catalogue.conftest import TODAY

pytestmark = [pytest.mark.usefixtures("facts"), pytest.mark.row(33)]

LABELS = Path(__file__).parent / "labels"
ASKED = list(csv.DictReader((LABELS / "searches.csv").read_text("utf-8").splitlines()))
FOUND = LABELS / "searches.jsonl"
MOST = 40
OF_A_KEY = re.compile(r"-[0-9a-f]{10}/$")  # ends the address of what a source documents, and is each house's own


def agreements(text, language):
    """Return the agreements that an address of the list shows, over as many pages as it takes."""
    filters = Filters.parse(parse_qs(text, keep_blank_values=True))
    page = read.agreements(filters, today=TODAY, language=language, limit=MOST // 2, with_facets=False)
    slugs = [line.slug for line in page.items]
    if page.next:
        more = read.agreements(
            filters, today=TODAY, language=language, limit=MOST // 2, cursor=page.next, with_facets=False
        )
        slugs += [line.slug for line in more.items]
    return {"count": page.count, "found": slugs}


def places(text, language):
    lines = read.places(text, language=language, limit=MOST)
    return {"count": len(lines), "found": [line.slug for line in lines]}


def museum(text, language):
    groups = found(text, today=TODAY, language=language).groups
    return {group.kind: [group.count, *(OF_A_KEY.sub("/", hit.path) for hit in group.hits)] for group in groups}


DOORS = {"agreements": agreements, "places": places, "museum": museum}


def test_the_same_is_found_in_the_same_order_on_either_database(figure):
    assert len(ASKED) == 60
    answers = [{**asked, **DOORS[asked["door"]](asked["asked"], asked["language"])} for asked in ASKED]
    if os.environ.get("HERMANAR_WRITE_SEARCHES"):
        FOUND.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in answers), encoding="utf-8")
    kept = [json.loads(line) for line in FOUND.read_text("utf-8").splitlines()]
    for answer, known in zip(answers, kept, strict=True):
        assert answer == known, f"{answer['door']}: {answer['asked']}"
    figure(f"{len(answers)} searches equal to the list on {connection.vendor}")


@pytest.mark.django_db
def test_the_list_is_of_what_is_shipped():
    """Most of it is found in the facts themselves, so that a list of empty answers proves nothing."""
    kept = [json.loads(line) for line in FOUND.read_text("utf-8").splitlines()]
    slugs = {slug for one in kept if one["door"] == "agreements" for slug in one["found"]}
    assert published_listings().filter(slug__in=slugs).count() == len(slugs)
    assert sum(len(one) > 3 for one in kept) == 60
    assert sum(one.get("count") == 0 for one in kept) <= 4
