"""A city with more agreements than its page reads: the newest are drawn, everything is counted."""

import pytest

from hermanar.catalogue import read
from hermanar.catalogue.read import bulk, city, tallies
from hermanar.catalogue.search import Filters
from tests.catalogue.conftest import TODAY
from tests.catalogue.test_reported import capture


@pytest.fixture
def reported(world):
    world.places["alcala"].population = 200_000
    world.places["alcala"].save()
    capture("una", covers=False)
    return world


@pytest.mark.parametrize("most", [1, 2])
def test_a_city_that_is_not_read_whole_counts_the_same(reported, monkeypatch, most):
    whole = read.place("guanajuato", today=TODAY, language="es")
    assert whole.line.agreement_count == len(whole.agreements) > most
    monkeypatch.setattr(city, "MOST_READ", most)
    some = read.place("guanajuato", today=TODAY, language="es")
    assert some.line == whole.line
    assert some.finding_counts == whole.finding_counts
    assert len(some.agreements) == most
    newest = read.agreements(Filters(place=("inegi:11015",)), today=TODAY, language="es", limit=most)
    assert [line.slug for line in some.agreements] == [line.slug for line in newest.items]


def test_an_agreement_beyond_those_read_still_confirms_a_report(reported, monkeypatch):
    reported.places["ashland"].population = 20_000
    reported.places["ashland"].save()
    capture("vieja", covers=False, other="Ashland", country=("United States", "US"))
    monkeypatch.setattr(city, "MOST_READ", 1)
    sheet = read.place("guanajuato", today=TODAY, language="es")
    (line,) = [line for line in sheet.comparison if line.counterpart == "Ashland"]
    assert (line.finding, len(line.agreements)) == ("both", 1)
    assert line.agreements[0] not in {one.slug for one in sheet.agreements}


def test_counts_of_places_are_those_of_their_lists(world):
    for line in read.cities_with_agreements(language="es", limit=50):
        listed = read.agreements(Filters(place=(line.id,)), today=TODAY, language="es").count
        assert line.agreement_count == listed == tallies.count(Filters(place=(line.id,)))
    assert [line.slug for line in read.cities_with_agreements(language="es", limit=1)] == ["guanajuato"]


def test_what_hangs_on_the_agreements_is_counted_as_its_file_has_it(world):
    counted = tallies.totals_by_table()
    assert counted["statements"] == len(list(bulk.statement_rows(language="es"))) > 0
    assert counted["activities"] == len(list(bulk.activity_rows(language="es"))) > 0
    assert counted["agreements"] == len(list(read.agreement_lines(Filters(), today=TODAY, language="es")))
