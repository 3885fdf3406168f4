"""Which of two servers of one database is read now: the primary, or a standby that follows it (decision 42).

What a process derives from the database and brings forward by its commits (an index) is kept for each apart: the
standby stands at an earlier commit than the primary, now and then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_reads_standby: ContextVar[bool] = ContextVar("reads_standby", default=False)


def reads_standby() -> bool:
    """Tell whether questions of now go to the standby."""
    return _reads_standby.get()


@contextmanager
def reading_standby() -> Iterator[None]:
    """Say that questions go to the standby; whoever says so has led the connection there."""
    before = _reads_standby.set(True)
    try:
        yield
    finally:
        _reads_standby.reset(before)
