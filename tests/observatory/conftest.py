"""The shipped directory and captures, loaded once for all tests that only read them."""

from functools import partial

import pytest

from hermanar.foundation.access import CONSOLE
from hermanar.observatory.actions import load_captures
from hermanar.site.settings import PACKAGE
from tests.directory.conftest import load


@pytest.fixture(scope="module")
def captures(snapshots, django_db_blocker):
    """Give the tests of one file the shipped directory and captures, loaded once in a run, and the reports of that."""
    with django_db_blocker.unblock(), snapshots.loaded("captures", partial(_load, snapshots)) as reports:
        yield reports


def _load(snapshots):
    snapshots.fill("directory", load)
    return {report.key: report for report in load_captures(PACKAGE / "data", by=CONSOLE)}
