"""Long reads go in steps: on SQLite a reader that stays open keeps a commit waiting."""

import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hermanar.directory.models import Place
from hermanar.directory.queries import gazetteer, gazetteer_names, in_steps
from hermanar.directory.queries.names import names
from tests import factories as make

reads = sys.modules["hermanar.directory.queries.places"]  # the package shows a function of this name


@pytest.fixture
def named(db, monkeypatch):
    monkeypatch.setattr(reads, "_STEP", 2)
    return [make.place(f"Lugar {number}", other_names=[f"Sitio {number}"]) for number in range(5)]


def test_steps_give_every_row_once_in_order(named):
    rows = list(in_steps(Place.objects.all(), "name"))
    assert rows == list(Place.objects.order_by("pk").values_list("pk", "name"))
    assert list(in_steps(Place.objects.none(), "name")) == []


@pytest.mark.parametrize("read", [gazetteer, gazetteer_names, lambda: in_steps(Place.objects.all(), "name")])
def test_no_cursor_stays_open_between_rows(named, read):
    rows = read()
    next(rows)
    for statement in ("CREATE TABLE probe (x int)", "DROP TABLE probe"):
        connection.connection.execute(statement)  # SQLite refuses to drop under a reader: «database table is locked»
    assert sum(1 for _row in rows) >= len(named) - 1


def test_the_names_of_a_search_are_read_in_steps(named):
    with CaptureQueriesContext(connection) as asked:
        held = names()
    assert sorted(held.folded) == sorted(
        [f"lugar {number}" for number in range(5)] + [f"sitio {number}" for number in range(5)]
    )
    assert all("LIMIT 2" in query["sql"] for query in asked.captured_queries if "directory_place" in query["sql"])
    assert {held.key(owner) for owner in held.owner} == {place.pk for place in named}
