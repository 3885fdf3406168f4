"""The directory as it ships, loaded once for all tests that only read it."""

import pytest
from django.core.management import call_command
from django.db import transaction

from hermanar.directory.actions import load_directory
from hermanar.foundation.access import CONSOLE
from hermanar.site.settings import PACKAGE


@pytest.fixture(scope="module")
def directory(django_db_setup, django_db_blocker):
    """Load the shipped directory; it stays for the tests of one file and is emptied after them."""
    with django_db_blocker.unblock():
        yield load_directory(PACKAGE / "data", by=CONSOLE)
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def undone(directory):
    """Take back what one test writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
