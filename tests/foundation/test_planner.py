"""What the planner of PostgreSQL is told of tables that have grown."""

from contextlib import suppress

import pytest
from django.db import connection, transaction

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

    A server forgets plans by itself too, when much else goes on in it: to keep one once in a few times is enough.
    """
    assert any(kept_until_counted() for _time in range(5))


class UndoneError(Exception):
    """What a try wrote is not wanted."""


def kept_until_counted():
    """Fill an empty table under a prepared question; tell whether its plan stayed until the table was counted anew."""

    def plan():
        cursor.execute("EXPLAIN EXECUTE one ('00000000-0000-0000-0000-000000000000')")
        return "\n".join(line for (line,) in cursor.fetchall())

    plans = []
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Place._meta.db_table}")
        cursor.execute(f"PREPARE one (uuid) AS SELECT 1 FROM {Place._meta.db_table} WHERE id = $1")  # noqa: S608  the table of the model
        cursor.execute("SET plan_cache_mode = force_generic_plan")
        with suppress(UndoneError), transaction.atomic():
            plans.append(plan())
            state = make.state("Guanajuato", "inegi:11")
            Place.objects.bulk_create(
                [Place(slug=f"lugar-{n}", kind=state.kind, name=f"L {n}", country=state.country, source=state.source)
                 for n in range(3000)]
            )  # fmt: skip
            plans.append(plan())
            count_anew(Place)
            plans.append(plan())
            raise UndoneError
        cursor.execute("DEALLOCATE one")
        cursor.execute("RESET plan_cache_mode")
    for_the_empty, for_the_kept, for_the_counted = plans
    assert "Index" in for_the_counted
    return for_the_kept == for_the_empty != for_the_counted
