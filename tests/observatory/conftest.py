"""The shipped directory and captures, loaded once for all tests that only read them."""

import pytest
from django.core.management import call_command

from hermanar.directory.actions import load_directory
from hermanar.foundation.access import CONSOLE
from hermanar.observatory.actions import load_captures
from hermanar.site.settings import PACKAGE


@pytest.fixture(scope="module")
def captures(django_db_setup, django_db_blocker):
    """Load the shipped directory and captures; they stay for the tests of one file and are emptied after them."""
    with django_db_blocker.unblock():
        load_directory(PACKAGE / "data", by=CONSOLE)
        reports = {report.key: report for report in load_captures(PACKAGE / "data", by=CONSOLE)}
    yield reports
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
