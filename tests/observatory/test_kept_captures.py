"""Captures are never forgotten: another answer is another capture, and reading one again keeps its rows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hermanar.catalogue.read.changes import capture_changes
from hermanar.directory.actions import NewPlace, add_place
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Source
from hermanar.observatory.actions import CaptureFacts, PlaceFacts, TieFacts, load_capture, load_wikidata_ties
from hermanar.observatory.actions.facts import CaptureRows
from hermanar.observatory.models import Capture, ReportedPlace, ReportedTie
from hermanar.observatory.vocabulary import Resolution
from tests.console.test_refresh import binding
from tests.open_data import world

pytestmark = pytest.mark.django_db
ROWS = [binding(1), binding(2, other="Q3", bLabel="Sevilla"), binding(2, other="Q3", bLabel="Sevilla", refUrl="x")]


@pytest.fixture(autouse=True)
def directory():
    return world.build()


def load(*bindings, day="2026-11-20"):
    return load_wikidata_ties(bindings, captured_on=day, by=CONSOLE)


def add_sevilla(**more):
    source = Source.objects.get(key="directorio")
    return add_place(NewPlace("Sevilla", "ES", identifier="wikidata:Q3", **more), source=source, by=CONSOLE)


def test_another_answer_of_the_same_day_is_another_capture():
    first = load(*ROWS)
    second = load(ROWS[0])
    assert Capture.objects.count() == 2
    assert Capture.objects.get(key=first.key).ties.count() == 2
    assert (second.difference.older, second.difference.vanished) == (
        first.key,
        ("Guanajuato (México) – Sevilla (España)",),
    )


def test_the_order_of_the_answer_does_not_matter():
    first, second = load(*ROWS), load(*reversed(ROWS), ROWS[0])
    assert (second.is_unchanged, second.key) == (True, first.key)
    assert Capture.objects.count() == 1


def test_the_same_answer_is_understood_anew_once_the_directory_knows_more():
    first = load(*ROWS)
    place = ReportedPlace.objects.get(name="Sevilla")
    assert place.place is None
    rows = (
        set(ReportedPlace.objects.values_list("pk", flat=True)),
        set(ReportedTie.objects.values_list("pk", flat=True)),
    )
    sevilla = add_sevilla()
    again = load(*ROWS)
    assert (again.key, again.is_unchanged) == (first.key, False)
    place.refresh_from_db()
    assert (place.place, place.resolution) == (sevilla, Resolution.IDENTIFIER)
    assert rows == (
        set(ReportedPlace.objects.values_list("pk", flat=True)),
        set(ReportedTie.objects.values_list("pk", flat=True)),
    )
    assert load(*ROWS).is_unchanged


def _facts(digest, *others):
    facts = CaptureFacts(
        key="prueba", source="prueba", title_es="Prueba", title_en="Test", captured_on="2026", origin="prueba",
        coverage_es="", coverage_en="", digest=digest,
    )  # fmt: skip
    ends = [PlaceFacts("g", "Guanajuato", "Mexico", "MX", ("inegi:11015",), is_vouched=True)]
    ends += [PlaceFacts(name, name, "Spain", "ES") for name in others]
    return CaptureRows(facts, ends, [TieFacts(row, "g", name) for row, name in enumerate(others, start=1)])


def test_reading_again_keeps_rows_and_drops_only_what_is_no_longer_read():
    load_capture(_facts("1", "Sevilla", "Lugo"), by=CONSOLE)
    kept = {row.key: row.pk for row in ReportedPlace.objects.all()}
    tie = ReportedTie.objects.get(row=1)
    assert tie.tie is None
    sevilla = add_sevilla(population=700_000)
    load_capture(_facts("2", "Sevilla"), by=CONSOLE)
    assert {row.key: row.pk for row in ReportedPlace.objects.all()} == {key: kept[key] for key in ("g", "Sevilla")}
    tie.refresh_from_db()
    assert tie.other.place == sevilla
    assert sevilla.pk in {tie.tie.first_id, tie.tie.second_id}
    assert ReportedTie.objects.count() == 1


def test_loading_takes_its_locks_first_and_in_the_order_of_their_names():
    with CaptureQueriesContext(connection) as seen:
        load(*ROWS)
    said = [one["sql"] for one in seen.captured_queries]
    names = [re.findall(r"'(places|ties|trail:registry)'", sql) for sql in said if "foundation_revision" in sql]
    assert list(dict.fromkeys(name for found in names for name in found)) == ["places", "ties", "trail:registry"]
    held = next(number for number, sql in enumerate(said) if "'trail:registry'" in sql)
    assert held < next(number for number, sql in enumerate(said) if "observatory_capture" in sql)


def test_a_report_is_told_in_a_line():
    first = load(*ROWS)
    assert str(first) == f"{first.key}: 2 renglones, 0 lazos"
    second = load(ROWS[0], day="2026-12-01")
    assert str(second).endswith(f"(desde {first.key}: 0 aparecieron, 1 desapareció)")


def test_the_public_sees_what_changed_in_each_source():
    assert capture_changes(language="es") == ()
    first = load(*ROWS)
    assert capture_changes(language="es") == ()
    second = load(ROWS[0], binding(3, other="Q4", bLabel="Kioto", bPaisLabel="Japón"))
    (change,) = capture_changes(language="en")
    assert (change.newer, change.older) == (second.key, first.key)
    assert (change.appeared_count, change.vanished_count) == (1, 1)
    assert change.appeared == ("Guanajuato (México) – Kioto (Japón)",)
    assert change.source.title == "Wikidata: sister cities of Mexico (P190)"


def test_the_end_that_says_no_country_is_mexican_only_if_the_other_is_not():
    silent = binding(1, aPaisLabel="")
    load(silent, binding(2, one="Q7", aPaisLabel="", other="Q8", bPaisLabel="México"))
    lands = dict(ReportedPlace.objects.values_list("key", "country_code"))
    assert lands == {"Q1": "MX", "Q2": "ES", "Q7": "", "Q8": "MX"}


def test_every_resolution_is_one_that_is_given():
    """An agreement never resolves a place: no code says so."""
    assert "agreement" not in Resolution.values
