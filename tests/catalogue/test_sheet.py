"""An agreement's page: everything that is said of it, in a known number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hermanar.catalogue import read
from hermanar.observatory.models import Capture, ReportedPlace, ReportedTie, Tie
from tests import factories as make
from tests.catalogue.conftest import TODAY


def sheet(record, language="es"):
    return read.agreement(record.slug, today=TODAY, language=language)


def test_sheet_shows_contradictory_statements_side_by_side(world):
    said = [(line.field, line.value, line.is_disputed) for line in sheet(world.agreements["ashland"]).statements]
    assert said == [("listed", "sí", False), ("signed_on", "1969-09", True), ("signed_on", "1970", True)]


def test_sheet_names_the_evidence_vitality_rests_on(world):
    got = sheet(world.agreements["ashland"])
    assert got.line.vitality == "active"
    assert [(line.started_on, line.is_newest_evidence) for line in got.activities] == [
        ("2024-11-20", True),
        ("2010", False),
    ]


def test_sheet_holds_acts_documents_and_areas(world):
    got = sheet(world.agreements["ashland"])
    assert [(line.kind, line.on) for line in got.acts] == [("ratification", "2019")]
    assert [line.title for line in got.documents] == ["Texto"]
    assert got.areas_as_written == (("culture", "artes"), ("education", "becas"))


def test_description_tells_the_language_it_is_in(world):
    line = sheet(world.agreements["alcala"], "en").activities[0]
    assert (line.description, line.description_language) == ("Visita", "es")


def test_sheet_tells_what_predates_the_law(world):
    assert sheet(world.agreements["alcala"]).predates_law
    assert not sheet(world.agreements["umea"]).predates_law
    assert sheet(world.agreements["umea"]).ends_on == "2027-02-03"


@pytest.mark.parametrize("slug", ["nada", "x" * 500])
def test_no_sheet_where_there_is_none(world, slug):
    assert read.agreement(slug, today=TODAY, language="es") is None


def test_unpublished_has_no_sheet(world):
    assert sheet(world.agreements["hidden"]) is None


def test_family_shows_only_what_is_published(world):
    own, partner = world.places["guanajuato"], world.places["ashland"]
    parent = world.agreements["ashland"]
    child, hidden = make.agreement(own, partner), make.agreement(own, partner, is_published=False)
    for record in (child, hidden):
        record.derives_from = parent
        record.save()
    assert [line.slug for line in sheet(parent).derived] == [child.slug]
    assert sheet(child).derives_from.slug == parent.slug


def test_sheet_shows_the_captures_that_report_the_tie(world):
    own, partner = sorted((world.places["guanajuato"], world.places["ashland"]), key=lambda place: place.pk.int)
    tie = Tie.objects.create(first=own, second=partner)
    capture = Capture.objects.create(
        source=make.source("captura"),
        key="captura",
        captured_on="2026-11",
        origin="wikidata",
        licence="CC0",
        digest="x",
    )
    sides = {
        name: ReportedPlace.objects.create(
            capture=capture, key=name, name=name, country_as_written="x", place=place, resolution="name_only"
        )
        for name, place in (("Guanajuato", world.places["guanajuato"]), ("Ashland, Ohio", world.places["ashland"]))
    }
    ReportedTie.objects.create(capture=capture, row=1, one=sides["Guanajuato"], other=sides["Ashland, Ohio"], tie=tie)
    assert [line.name_as_written for line in sheet(world.agreements["ashland"]).reports] == ["Ashland, Ohio"]
    assert sheet(world.agreements["alcala"]).reports == ()


@pytest.mark.parametrize("count", [1, 3])
def test_sheet_asks_a_fixed_number_of_queries(db, count):
    own, partner = make.place("Guanajuato"), make.place("Ashland", code="US")
    record = make.agreement(
        own,
        partner,
        areas=[("culture", f"arte {number}") for number in range(count)],
        acts=[make.act("ratification", f"200{number}") for number in range(count)],
        documents=[make.document(f"Texto {number}") for number in range(count)],
        said=[("note", f"nota {number}") for number in range(count)],
    )
    for number in range(count):
        make.activity(record, f"201{number}", description=f"Visita {number}")
        child = make.agreement(own, partner)
        child.derives_from = record
        child.save()
    with CaptureQueriesContext(connection) as queries:
        got = sheet(record)
    assert {
        len(part)
        for part in (got.acts, got.documents, got.areas_as_written, got.statements, got.activities, got.derived)
    } == {count}
    assert len(queries) == 8


def test_bare_sheet_asks_three_queries(db, django_assert_num_queries):
    record = make.agreement(make.place("Guanajuato"), make.place("Ashland", code="US"))
    with django_assert_num_queries(3):
        assert sheet(record).as_of == dt.date(2026, 11, 20)
