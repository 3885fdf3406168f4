"""What is read once for each state of the registry, and kept ready until it changes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

from hermanar.foundation.models import Revision

T = TypeVar("T")


def revisions(*names: str) -> str:
    """Return what changes whenever one of these parts of the registry does; equal texts, equal answers."""
    rows = Revision.objects.filter(name__in=names).order_by("name").values_list("name", "epoch", "number", "mark")
    return " ".join(":".join(map(str, row)) for row in rows)


def kept(*parts: str) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Remember what a function gives for as long as these parts of the registry stay as they are.

    Inside an open transaction nothing is remembered: what was written may still be rolled back.
    """

    def wrap(read: Callable[[], T]) -> Callable[[], T]:
        remembered = functools.lru_cache(maxsize=2)(lambda _revisions: read())

        @functools.wraps(read)
        def answer() -> T:
            return read() if connection.in_atomic_block else remembered(revisions(*parts))

        return answer

    return wrap
