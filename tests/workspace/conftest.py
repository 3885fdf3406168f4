"""What tests of the office's door share."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.cast import gather


@pytest.fixture
def cast(db):
    return gather()


@pytest.fixture(autouse=True)
def _no_counted_attempts(request):
    """Begin without attempts counted by the test before."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()
