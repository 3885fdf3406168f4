"""The second wall between offices: whose rows the questions of now may see (decision 37).

Verbs and reads ask for one office's rows themselves. This says once more, beside every question, whose page asks, and
PostgreSQL keeps all other offices' rows from it, whatever the question forgot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

_seen: ContextVar[frozenset[UUID] | None] = ContextVar("offices_seen", default=None)


def offices_seen() -> frozenset[UUID] | None:
    """Return the offices whose rows may be seen now; None where the house itself asks and no wall stands."""
    return _seen.get()


@contextmanager
def seeing(*offices: UUID) -> Iterator[None]:
    """Let questions see the rows of these offices only, beside what is public."""
    before = _seen.set(frozenset(offices))
    try:
        yield
    finally:
        _seen.reset(before)


@contextmanager
def seeing_all() -> Iterator[None]:
    """Let a question of the house itself see everything: whether a name is taken, what the public index holds."""
    before = _seen.set(None)
    try:
        yield
    finally:
        _seen.reset(before)


def kept_behind(answer: HttpResponseBase, *offices: UUID) -> HttpResponseBase:
    """Return an answer whose parts, where they are made while they are sent, are made behind the wall too."""
    if isinstance(answer, StreamingHttpResponse) and not isinstance(answer, FileResponse) and not answer.is_async:
        answer.streaming_content = _parts(iter(answer), offices)
    return answer


def _parts(made: Iterator[bytes], offices: tuple[UUID, ...]) -> Iterator[bytes]:
    while True:
        with seeing(*offices):
            part = next(made, None)
        if part is None:
            return
        yield part
