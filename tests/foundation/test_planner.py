"""What the planner of PostgreSQL is told of tables that have grown."""

import pytest
from django.db import connection

from hermanar.directory.models import Place
from hermanar.foundation.planner import count_anew
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans by the key's own tree, whatever it has")
def test_rows_not_yet_committed_are_counted():
    state = make.state("Guanajuato", "inegi:11")
    for number in range(30):
        make.place(f"Lugar {number}", state=state)

    def counted():
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Place._meta.db_table])
            return cursor.fetchone()[0]

    assert counted() < 31
    count_anew(Place)
    assert counted() == 31


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans by the key's own tree, whatever it has")
def test_a_plan_kept_from_an_empty_table_is_made_anew():
    """The control: what a session keeps without being told is the plan for the table it knew.

    Which plan that is depends on what other tests left in the table's file, so it is compared with itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Place._meta.db_table}")
        cursor.execute(f"PREPARE one (uuid) AS SELECT 1 FROM {Place._meta.db_table} WHERE id = $1")  # noqa: S608  the table of the model
        cursor.execute("SET plan_cache_mode = force_generic_plan")

        def plan():
            cursor.execute("EXPLAIN EXECUTE one ('00000000-0000-0000-0000-000000000000')")
            return "\n".join(line for (line,) in cursor.fetchall())

        for_the_empty = plan()
        state = make.state("Guanajuato", "inegi:11")
        Place.objects.bulk_create(
            [Place(slug=f"lugar-{n}", kind=state.kind, name=f"L {n}", country=state.country, source=state.source)
             for n in range(3000)]
        )  # fmt: skip
        assert plan() == for_the_empty
        count_anew(Place)
        assert plan() != for_the_empty
        assert "Index" in plan()
        cursor.execute("DEALLOCATE one")
        cursor.execute("RESET plan_cache_mode")
