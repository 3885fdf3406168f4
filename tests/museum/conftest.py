"""The small world of the catalogue, seen through the museum's door."""

import pytest
from django.test import Client

from hermanar.museum.views import worldmap
from tests import factories as make
from tests.catalogue.conftest import build_world


@pytest.fixture
def world(db):
    worldmap._packed.cache_clear()
    built = build_world()
    built.places["lonely"] = make.place("Abejones", state=built.places["other_juarez"].state, slug="abejones")
    return built


@pytest.fixture
def visitor(world):
    """Return a browser that meets a failure as a visitor does: as a page, not as an exception."""
    return Client(raise_request_exception=False)
