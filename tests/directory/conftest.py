"""The directory as it ships, loaded once for all tests that only read it."""

import pytest
from django.db import transaction

from hermanar.directory.actions import load_directory
from hermanar.foundation.access import CONSOLE
from hermanar.site.settings import PACKAGE


def load():
    return load_directory(PACKAGE / "data", by=CONSOLE)


@pytest.fixture(scope="module")
def directory(snapshots, django_db_blocker):
    """Give the tests of one file the shipped directory, and take it away after them."""
    with django_db_blocker.unblock(), snapshots.loaded("directory", load) as report:
        yield report


@pytest.fixture
def undone(directory):
    """Take back what one test writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
