"""All bytes of the suite's database, as whoever copies its files or dumps its tables has them."""

from __future__ import annotations

import base64

from django.db import connection


def raw_dump():
    """Return the file of SQLite, or every row of every table as COPY writes it."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        tables, parts = connection.introspection.table_names(cursor), []
        for table in tables:
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                parts += list(rows)
    return b"".join(bytes(part) for part in parts)


def forms_of(text):
    """Return the ways in which a text may lie in a dump: as it is, in hexadecimal, in each of three base64."""
    plain = text.encode()
    shifted = [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return {plain, plain.hex().encode(), plain.upper(), plain[::-1], *shifted}


def readable_in(dump, text):
    """Say whether a text can be read in a dump."""
    return any(form in dump for form in forms_of(text))
