"""What the database's planner knows of tables that have just grown."""

from __future__ import annotations

from django.db import connection, models


def count_anew(*tables: type[models.Model]) -> None:
    """Let PostgreSQL count tables again after many rows were written to them, before the transaction ends.

    At its end the foreign keys of the new rows are checked by a plan that the session may have kept from when the
    tables were all but empty: one that reads the whole table for each row. SQLite always takes the key's own tree.
    """
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {quote(table._meta.db_table)}")
