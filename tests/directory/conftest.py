"""The directory as it ships, loaded once for all tests that only read it."""

import pytest
from django.core.management import call_command

from hermanar.directory.actions import load_directory
from hermanar.foundation.access import CONSOLE
from hermanar.site.settings import PACKAGE


@pytest.fixture(scope="module")
def directory(django_db_setup, django_db_blocker):
    """Load the shipped directory; it stays for the tests of one file and is emptied after them."""
    with django_db_blocker.unblock():
        report = load_directory(PACKAGE / "data", by=CONSOLE)
    yield report
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
