"""Undo a part of a test: what the house does only outside of transactions takes it for none, as a whole test's own."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone():
    """Undo at its end whatever is done in it."""
    around = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)
