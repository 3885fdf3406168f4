"""Of the many places that bear a name, the largest are looked at."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hermanar.catalogue.read import resolution


def test_unknown_sizes_come_last_on_every_database(world):
    """PostgreSQL puts nulls first when it counts down, and the list is cut."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert resolution._bearers("leon")
    assert "DESC NULLS LAST" in asked.captured_queries[0]["sql"]
