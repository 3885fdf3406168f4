"""Agreements that nothing tells apart but their address stand in one order, whatever keys this house drew for them."""

from __future__ import annotations

import pytest

from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from tests import factories as make
from tests.catalogue.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.row(33)]

# By a digest of the address, so that no city's come first for its name.
WRITTEN = [
    "guanajuato-umea-igual-04",
    "guanajuato-umea-igual-03",
    "guanajuato-umea-igual-02",
    "guanajuato-umea-igual-05",
    "guanajuato-umea",
    "guanajuato-umea-1999",
    "guanajuato-umea-igual-11",
    "guanajuato-umea-igual-08",
    "guanajuato-umea-igual-07",
    "guanajuato-umea-igual-06",
    "guanajuato-umea-igual-10",
    "guanajuato-umea-igual-09",
]


def test_equals_stand_in_the_order_of_their_addresses():
    host, partner = make.place("Guanajuato"), make.place("Umeå", code="SE")
    drafts = [make.draft(host, partner, signed="1999-05-01", reference=f"igual-{n:02}") for n in range(12)]
    make.agreements(*drafts)
    page = read.agreements(Filters(), today=TODAY, language="es", limit=20)
    assert [line.slug for line in page.items] == WRITTEN
