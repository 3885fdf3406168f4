"""The shipped captures in the database: resolved, recognised, compared, kept."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from hermanar.directory.models import Identifier
from hermanar.directory.queries import place_by_identifier
from hermanar.foundation.access import CONSOLE
from hermanar.observatory.actions import (
    CaptureFacts,
    PlaceFacts,
    TieFacts,
    load_capture,
    load_captures,
    load_wikidata_ties,
)
from hermanar.observatory.actions.facts import CaptureRows
from hermanar.observatory.models import Capture, ReportedPlace, ReportedTie, Tie
from hermanar.observatory.queries import all_ties, capture_difference, compare_city, reason_sentence, ties_of
from hermanar.observatory.rules import Geocode
from hermanar.observatory.vocabulary import Finding, Resolution
from hermanar.site.settings import PACKAGE
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captures")]

ANSWER = json.loads((Path(__file__).parent / "wikidata_answer.json").read_text(encoding="utf-8"))
WORLD, MEXICO = "mundo-wikipedia-2026", "mexico-wikipedia-2026"


def test_every_row_is_kept(captures):
    """A name that mixes several towns stays as it is written; its rows get places of their own beside it."""
    assert {key: (report.places, report.rows) for key, report in captures.items()} == {
        WORLD: (17_820, 26_114), MEXICO: (666, 626), "mexico-wikipedia-2023": (721, 662),
    }  # fmt: skip
    assert {key: Capture.objects.get(key=key).places.count() - report.places for key, report in captures.items()} == {
        WORLD: 18, MEXICO: 0, "mexico-wikipedia-2023": 2,
    }  # fmt: skip


def test_a_second_load_changes_nothing():
    before = Tie.objects.count(), ReportedTie.objects.count(), ReportedPlace.objects.count()
    assert [report.is_unchanged for report in load_captures(PACKAGE / "data", by=CONSOLE)] == [True, True, True]
    assert before == (Tie.objects.count(), ReportedTie.objects.count(), ReportedPlace.objects.count())


def test_what_is_open_has_no_place_and_what_is_resolved_has_one():
    open_codes = {Resolution.HOMONYMS, Resolution.NOT_A_CITY, Resolution.NOT_FOUND}
    rows = ReportedPlace.objects.values_list("resolution", "place")
    assert [row for row in rows if (row[0] in open_codes) != (row[1] is None)] == []
    assert ReportedPlace.objects.filter(reason="").count() == 0


@pytest.mark.parametrize(
    ("capture", "key", "identifier"),
    [
        (WORLD, "711", "geonames:5711789"), (MEXICO, "Ashland|United States|5146055", "geonames:5711789"),
        (WORLD, "13531", "geonames:2511160"), (MEXICO, "Santa Fe|Spain|2511158", "geonames:2511160"),
    ],
)  # fmt: skip
def test_documented_corrections_hold_and_say_why(capture, key, identifier):
    reported = ReportedPlace.objects.get(capture__key=capture, key=key)
    assert (reported.place, reported.resolution) == (place_by_identifier(identifier), Resolution.CORRECTED)
    words = {"Ashland": ("Ohio", "Ohio"), "Santa Fe": ("Mondújar", "Mondújar")}[reported.name]
    for language, word in zip(("es", "en"), words, strict=True):
        with translation.override(language):
            assert word in reason_sentence(reported)


def test_states_and_districts_do_not_become_towns():
    rows = ReportedPlace.objects.filter(capture__key=WORLD, name__in=["Shandong", "Celle (district)", "Volusia County"])
    assert {row.name: row.resolution for row in rows} == dict.fromkeys(
        ("Shandong", "Celle (district)", "Volusia County"), Resolution.NOT_A_CITY
    )
    jalisco = ReportedPlace.objects.get(capture__key=WORLD, name="Jalisco")
    assert jalisco.place == place_by_identifier("inegi:14")


def _ends(*names):
    """Return the places that rows of the world list give the first name when the second is the partner."""
    rows = ReportedTie.objects.filter(capture__key=WORLD).select_related("one__place", "other__place")
    told = [(row.one, row.other) for row in rows.filter(one__name=names[0], other__name=names[1])]
    told += [(row.other, row.one) for row in rows.filter(one__name=names[1], other__name=names[0])]
    return [(end.country_as_written, end.place and end.place.slug, end.reason) for end, _partner in told]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Kufstein", "Frauenfeld"), {("Austria", "kufstein", "near"), ("Germany", "kufstein", "country_slip")}),
        (("Beaufort", "Beaufort"), {("Malaysia", "beaufort-my", "near"), ("Republic of Ireland", None, "no_position")}),
        (("Taizhou", "Hutt"), {("China", "taizhou-cn-jiangsu", "named_exactly")}),
        (("St. Cloud", "Saint-Cloud"), {("United States", "saint-cloud-us-minnesota", "near")}),
        (("Joniškis – Žagarė", "Bièvre"), {("Lithuania", "zagare", "same_part")}),
        (("Mytischi", "Gabrovo"), {("Russia", "mytishchi", "same_partner")}),
        (("Coventry, Connecticut", "Coventry"), {("United States", None, "nobody_near")}),
        (("Norðurþing", "Fredrikstad"), {("Island", "nordurthing", "same_name_near")}),
    ],
)  # fmt: skip
def test_rows_of_other_pages_are_heard_with_care(names, expected):
    """Twice a namesake or a nearby word is left alone: a slip is believed only where nothing else explains the row."""
    assert expected <= set(_ends(*names))


def test_one_name_that_mixes_two_towns_is_told_row_by_row():
    rows = ReportedTie.objects.filter(capture__key="mexico-wikipedia-2023", one__name="Cuautla").select_related("one")
    assert {(row.one.place.slug, row.one.key.partition("#")[0]) for row in rows} == {
        ("cuautla-jalisco", "Cuautla|"), ("cuautla-morelos", "Cuautla|"),
    }  # fmt: skip
    whole = ReportedPlace.objects.get(capture__key="mexico-wikipedia-2023", key="Cuautla|")
    assert (whole.place, whole.reason) == (None, "several")


def test_one_tie_of_two_lists_is_one_tie():
    ends = {place_by_identifier("inegi:11015").pk, place_by_identifier("geonames:5711789").pk}
    tie = Tie.objects.get(first__in=ends, second__in=ends)
    assert sorted(tie.reports.values_list("capture__key", flat=True)) == [
        "mexico-wikipedia-2023", MEXICO, WORLD,
    ]  # fmt: skip
    assert len(set(tie.reports.values_list("pair", flat=True))) == 1


def test_a_city_without_agreements_shows_what_is_reported():
    compared = compare_city(place_by_identifier("inegi:11015").pk)
    assert {tie.finding for tie in compared} == {Finding.ONLY_REPORTED}
    named = {tie.counterpart.slug: len(tie.reports) for tie in compared if tie.counterpart}
    assert (named["ashland-us-oregon"], named["santa-fe-es"]) == (3, 3)
    assert ties_of(place_by_identifier("inegi:11015").pk).count() == len(named)


def test_captures_can_be_chosen():
    place = place_by_identifier("inegi:11015").pk
    keys = {report.capture.key for tie in compare_city(place, captures=[MEXICO]) for report in tie.reports}
    assert keys == {MEXICO}


def test_the_map_has_every_tie_with_positions():
    chart = all_ties()
    assert len(chart.pairs) == Tie.objects.count()
    assert max(number for pair in chart.pairs for number in pair) == len(chart.places) - 1


def test_a_newer_capture_says_what_appeared_and_vanished(captures):
    difference = captures[MEXICO].difference
    newer, older = (Capture.objects.get(key=key) for key in (MEXICO, "mexico-wikipedia-2023"))
    assert difference == capture_difference(newer, older)
    assert "Guanajuato (Mexico) – Avignon (France)" in difference.vanished
    assert capture_difference(newer, newer).appeared == ()


def _small(key, captured_on, *others):
    facts = CaptureFacts(
        key=key, source="prueba", title_es="Prueba", title_en="Test", captured_on=captured_on, origin="prueba",
        coverage_es="", coverage_en="", digest=key,
    )  # fmt: skip
    ends = [PlaceFacts("g", "Guanajuato", "Mexico", "MX", ("inegi:11015",), is_vouched=True)]
    ends += [PlaceFacts(name, name, "Spain", "ES", (hint,), Geocode.NEAR) for name, hint in others]
    return CaptureRows(facts, ends, [TieFacts(row, "g", name) for row, (name, _) in enumerate(others, start=1)])


def test_an_older_capture_stays_when_a_newer_is_loaded():
    toledo, segovia, sevilla = (
        ("Toledo", "geonames:2510409"), ("Segovia", "geonames:3109256"), ("Sevilla", "geonames:2510911"),
    )  # fmt: skip
    load_capture(_small("prueba-1", "2025-01-01", toledo, segovia), by=CONSOLE)
    report = load_capture(_small("prueba-2", "2026-01-01", segovia, sevilla), by=CONSOLE)
    assert report.difference.appeared == ("Guanajuato (Mexico) – Sevilla (Spain)",)
    assert report.difference.vanished == ("Guanajuato (Mexico) – Toledo (Spain)",)
    assert Capture.objects.get(key="prueba-1").ties.count() == 2


def test_a_tie_that_the_directory_has_learnt_to_read_has_not_changed():
    unread, segovia = ("Villanueva del Ensayo", "geonames:99900001"), ("Segovia", "geonames:3109256")
    load_capture(_small("prueba-1", "2025-01-01", unread, segovia), by=CONSOLE)
    joined = make.place(unread[0], code="ES")
    Identifier.objects.create(place=joined, scheme="geonames", value="99900001")
    report = load_capture(_small("prueba-2", "2026-01-01", unread), by=CONSOLE)
    first, second = (ReportedTie.objects.get(capture__key=key, row=1) for key in ("prueba-1", "prueba-2"))
    assert (first.tie is None, second.tie is None) == (True, False)
    assert first.pair != second.pair
    assert report.difference.appeared == ()
    assert report.difference.vanished == ("Guanajuato (Mexico) – Segovia (Spain)",)


@pytest.mark.parametrize(
    ("told", "precision", "known"),
    [
        ("1987-01-01T00:00:00Z", "9", "1987"),
        ("1987-12-01T00:00:00Z", "10", "1987-12"),
        ("1987-01-01T00:00:00Z", "11", "1987-01-01"),
        ("1987-12-21T00:00:00Z", "11", "1987-12-21"),
        ("1980-01-01T00:00:00Z", "8", ""),  # a decade
        ("1987-01-01T00:00:00Z", "", "1987"),  # a year alone is written so, and nobody vouches for the day
        ("1987-12-21T00:00:00Z", "", "1987-12-21"),
        ("http://www.wikidata.org/.well-known/genid/1", "", ""),  # a day that the source says is unknown
    ],
)
def test_a_day_of_wikidata_is_told_as_far_as_it_is_known(told, precision, known):
    entity = "http://www.wikidata.org/entity/"
    cells = {"st": f"{entity}statement/Q1-A", "a": f"{entity}Q1", "b": f"{entity}Q2", "aPaisLabel": "México",
             "inicio": told, "fin": told}  # fmt: skip
    cells |= {"inicioPrecision": precision, "finPrecision": precision} if precision else {}
    load_wikidata_ties([{name: {"value": cell} for name, cell in cells.items()}], captured_on="2026-11-20", by=CONSOLE)
    row = ReportedTie.objects.get(statement_id="Q1-A")
    assert (row.started, row.ended) == (known, known)


def test_wikidata_statements_become_a_capture():
    report = load_wikidata_ties(ANSWER["results"]["bindings"], captured_on="2026-11-20", by=CONSOLE)
    rows = {row.statement_id: row for row in ReportedTie.objects.filter(capture__key=report.key)}
    assert sorted(rows) == ["Q14323-F6", "Q46475-A1", "Q46475-B2", "Q46475-E5", "Q5836-C3"]
    assert (report.rows, report.recognised, report.ties) == (5, 4, 3)
    assert (rows["Q46475-A1"].started, rows["Q46475-B2"].ended) == ("1969-09-15", "2010-12-31")
    assert rows["Q46475-B2"].part == "casco histórico"
    assert rows["Q46475-B2"].tie == rows["Q5836-C3"].tie
    assert rows["Q46475-A1"].tie.reports.filter(capture__key=WORLD).count() == 1
    assert Capture.objects.get(key=report.key).covers_domestic_mexico
    assert load_wikidata_ties(ANSWER["results"]["bindings"], captured_on="2026-11-20", by=CONSOLE).is_unchanged


def test_a_foreign_end_that_declares_the_tie_is_foreign():
    """Only the Spanish Mérida declares the tie with the Mexican one: each end is read from what is said of it."""
    load_wikidata_ties(ANSWER["results"]["bindings"], captured_on="2026-11-20", by=CONSOLE)
    row = ReportedTie.objects.get(capture__key__startswith="wikidata-", statement_id="Q14323-F6")
    ends = {end.country_as_written: end for end in (row.one, row.other)}
    assert {land: end.country_code for land, end in ends.items()} == {"España": "ES", "México": "MX"}
    assert ends["España"].place == place_by_identifier("geonames:2513917")
    assert ends["México"].place == place_by_identifier("inegi:31050")
