"""Reads of planning: what an office sees of its own, and what sources say of other cities."""

from __future__ import annotations

import pytest

from hermanar.foundation.models import Statement
from hermanar.planning.queries import assessable, cities_beside, closed, for_office, of_same_subject
from hermanar.planning.vocabulary import SizeClass
from tests import factories as make

pytestmark = pytest.mark.django_db


def state(place, field="cooperation_office", value="sí"):
    return Statement.objects.create(subject=place.pk, field=field, value=value, source=make.source(), as_of="2020")


def test_an_office_sees_its_own_and_nobody_sees_all(desk, cast):
    kept = desk.begin()
    assert list(for_office(cast.office.pk)) == [kept]
    assert not for_office(cast.other_office.pk).exists()
    assert not for_office(None).exists()
    assert list(assessable(cast.office.pk)) == [desk.file]


def test_history_is_of_the_same_subject_and_the_newest_comes_first(desk):
    first = desk.closed("done")
    city = desk.begin("capacity")
    second = desk.closed("begun")
    desk.begin()
    assert list(closed(of_same_subject(first))) == [second, first]
    assert list(of_same_subject(city)) == [city]


def test_cities_that_sources_tell_of_stand_beside_ones_own_like_size_first():
    own = make.place("Guanajuato", population=194_500)
    sizes = {"Sevilla": 684_000, "Alcalá": 196_000, "Toledo": 85_000, "Sin padrón": None}
    places = {name: make.place(name, code="ES", population=count) for name, count in sizes.items()}
    for place in (own, *places.values()):
        state(place)
    state(places["Alcalá"], "cooperation_themes", "Derechos Humanos")
    state(make.place("Otra", code="ES"), "event", "un hecho")
    beside = cities_beside(own)
    assert [city.place.name for city in beside] == ["Alcalá", "Sevilla", "Toledo", "Sin padrón"]
    assert [city.is_like_size for city in beside] == [True, False, False, False]
    assert [city.size for city in beside] == [
        SizeClass.MEDIUM, SizeClass.VERY_LARGE, SizeClass.SMALL, SizeClass.UNKNOWN,
    ]  # fmt: skip
    assert [one.value for one in beside[0].said["cooperation_themes"]] == ["Derechos Humanos"]
