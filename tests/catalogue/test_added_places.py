"""A place that we added is found by the identifier we gave it, everywhere."""

import uuid

import pytest

from hermanar.catalogue import read
from hermanar.catalogue.read import resolution
from hermanar.catalogue.search import Filters, UnknownPlaceError, questions
from hermanar.directory.actions import NewPlace, add_place
from hermanar.directory.models import Identifier
from hermanar.foundation.access import CONSOLE
from tests import factories as make
from tests.catalogue.conftest import TODAY


@pytest.fixture
def added(world):
    return add_place(NewPlace("Villa Inventada", "ES"), source=make.source(), by=CONSOLE)


def test_its_identifier_and_its_key_are_one(added):
    assert Identifier.objects.get(place=added).value == str(added.pk)


def test_it_is_found_by_its_public_identifier(added):
    (line,) = [line for line in read.places("villa inventada", language="es") if line.slug == added.slug]
    assert read.find_place(line.id) == added
    assert read.place(line.id, today=TODAY, language="es").line.id == line.id


@pytest.mark.django_db
def test_identifiers_of_ours_are_looked_up_as_identifiers(world):
    """A place of ours that INEGI lists later keeps both; either one means it."""
    place = world.places["guanajuato"]
    Identifier.objects.create(place=place, scheme="hermanar", value=str(uuid.uuid4()))
    ours = f"hermanar:{place.identifiers.get(scheme='hermanar').value}"
    assert read.find_place(ours) == place
    filters = resolution.resolved(Filters(place=(ours,)), questions.current(TODAY), language="es")
    assert filters.place == ("inegi:11015",)
    with pytest.raises(UnknownPlaceError):
        resolution.resolved(Filters(place=(f"hermanar:{uuid.uuid4()}",)), questions.current(TODAY), language="es")
    assert read.find_place("hermanar:nada") is None
