"""What appeared and what vanished between the two newest captures of each source."""

from __future__ import annotations

from dataclasses import dataclass

from hermanar.catalogue.read.sources import source_of
from hermanar.catalogue.sheets import SourceLine
from hermanar.observatory.queries import capture_before, capture_difference, newest_captures

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


def capture_changes(*, language: str) -> tuple[CaptureChange, ...]:
    """Return, source by source, how its newest capture differs; sources captured once have nothing to compare."""
    changes = []
    for newer in newest_captures():
        older = capture_before(newer)
        if older is None:
            continue
        told = capture_difference(newer, older)
        changes.append(
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
        )
    return tuple(changes)
