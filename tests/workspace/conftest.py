"""What tests of the office's door share."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.workspace.signing_in import client_of


@pytest.fixture(scope="module")
def _signed_in(standing_cast):
    """Sign each person of the standing cast in once; return the cookies of each."""
    return {key: client_of(actor).cookies.output(header="") for key, actor in standing_cast.people.items()}


@pytest.fixture
def everyone(_signed_in):
    """Return a browser of each person of the standing cast, by office and role; a test may sign them out."""
    browsers = {key: Client() for key in _signed_in}
    for key, cookies in _signed_in.items():
        browsers[key].cookies.load(cookies)
    return browsers


@pytest.fixture(autouse=True)
def _no_counted_attempts(request):
    """Begin without attempts counted by the test before."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()
