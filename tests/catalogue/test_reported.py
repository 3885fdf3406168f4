"""What the public is told of reported ties: their end, their part, what their capture covers, in its own language."""

import pytest

from hermanar.catalogue import read
from hermanar.catalogue.read import bulk
from hermanar.foundation.access import CONSOLE
from hermanar.observatory.actions import CaptureFacts, PlaceFacts, TieFacts, load_capture
from hermanar.observatory.actions.facts import CaptureRows
from tests.catalogue.conftest import TODAY


def capture(
    key, *, covers, started="", ended="", part="", other="Alcalá de Henares", country=("Spain", "ES"), source=""
):
    facts = CaptureFacts(
        key=key, source=source or f"fuente-{key}", title_es="Prueba", title_en="Test", origin=key,
        captured_on=key if source else "2026",
        coverage_es="", coverage_en="", digest=key, covers_domestic_mexico=covers,
    )  # fmt: skip
    ends = [
        PlaceFacts("g", "Guanajuato", "Mexico", "MX", ("inegi:11015",), is_vouched=True),
        PlaceFacts("a", other, *country),
    ]
    load_capture(CaptureRows(facts, ends, [TieFacts(1, "g", "a", started=started, ended=ended, part=part)]), by=CONSOLE)


@pytest.fixture
def reported(world):
    world.places["alcala"].population = 200_000
    world.places["alcala"].save()
    capture("una", covers=True, started="1987", ended="2010-12-31", part="puerto")
    capture("otra", covers=False)
    return world


def test_an_ended_tie_says_so_everywhere(reported):
    (line,) = [line for line in read.place("guanajuato", today=TODAY, language="es").comparison if line.reports]
    (row,) = bulk.tie_page("", today=TODAY, language="es", limit=5, cursor=None).items
    for reports in (line.reports, row.reports):
        told = {report.capture: (report.started, report.ended, report.part) for report in reports}
        assert told == {"una": ("1987", "2010-12-31", "puerto"), "otra": ("", "", "")}


def test_each_capture_says_whether_it_covers_domestic_ties(reported):
    assert {line.key: line.covers_domestic for line in read.captures(language="es")} == {"una": True, "otra": False}


def test_the_world_map_speaks_the_language_of_the_reader(reported):
    """A place that only a capture reports is named as readers of each language know it."""
    reported.places["leon_es"].name_es, reported.places["leon_es"].name_en = "León de España", "Leon of Spain"
    reported.places["leon_es"].population = 200_000
    reported.places["leon_es"].save()
    capture("tercera", covers=False, other="León")
    for language, name in (("es", "León de España"), ("en", "Leon of Spain")):
        drawn = {place[0]: place for place in read.world_ties(today=TODAY, language=language).places}
        assert drawn[reported.places["leon_es"].slug][1:3] == (name, "ES")
