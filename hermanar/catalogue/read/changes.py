"""What appeared and what vanished between the two newest captures of each source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hermanar.catalogue.read.kept import kept
from hermanar.catalogue.read.sources import source_of
from hermanar.catalogue.sheets import SourceLine, headed
from hermanar.observatory.models import Capture
from hermanar.observatory.queries import CaptureDifference, capture_before, capture_difference, newest_captures

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CaptureChange:
    """The newest capture of a source beside the one before it; the examples are the first of each, by name."""

    source: SourceLine
    newer: str
    newer_on: str
    older: str
    older_on: str
    appeared_count: int
    vanished_count: int
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One tie that a newer capture has and the one before it had not, or the reverse."""

    source: str = headed("fuente", "source")
    source_title: str = headed("título de la fuente", "title of the source")
    older: str = headed("captura anterior", "earlier capture")
    older_on: str = headed("fecha de la anterior", "date of the earlier")
    newer: str = headed("captura nueva", "newer capture")
    newer_on: str = headed("fecha de la nueva", "date of the newer")
    change: str = headed("cambio", "change", words="change")
    tie: str = headed("lazo como lo escribe la fuente", "tie as the source writes it")


@kept("ties")
def _differences() -> list[tuple[Capture, Capture, CaptureDifference]]:
    pairs = [(newer, capture_before(newer)) for newer in newest_captures()]
    return [(newer, older, capture_difference(newer, older)) for newer, older in pairs if older is not None]


def capture_changes(*, language: str) -> tuple[CaptureChange, ...]:
    """Return, source by source, how its newest capture differs; sources captured once have nothing to compare."""
    return tuple(
        CaptureChange(
            source=source_of(newer.source, language),
            newer=newer.key,
            newer_on=newer.captured_on,
            older=older.key,
            older_on=older.captured_on,
            appeared_count=len(told.appeared),
            vanished_count=len(told.vanished),
            appeared=told.appeared[:_SHOWN],
            vanished=told.vanished[:_SHOWN],
        )
        for newer, older, told in _differences()
    )


def change_rows(*, language: str) -> Iterator[ChangeRow]:
    """Give every tie that appeared or vanished, as rows of a file."""
    for newer, older, told in _differences():
        source = source_of(newer.source, language)
        for change, ties in (("appeared", told.appeared), ("vanished", told.vanished)):
            for tie in ties:
                yield ChangeRow(
                    source.key, source.title, older.key, older.captured_on, newer.key, newer.captured_on, change, tie
                )


def change_count() -> int:
    """Count the ties that appeared or vanished."""
    return sum(len(told.appeared) + len(told.vanished) for _newer, _older, told in _differences())
