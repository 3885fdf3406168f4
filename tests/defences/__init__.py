"""Each defence with the change that takes it away and the tests that must then turn red.

`tools/defences.py` makes the change in a copy of the project, runs the tests and fails when they stay green.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass


@dataclass(frozen=True)
class Defence:
    """One defence of a row: in `file`, `stands` (found exactly once) becomes `falls`, and one of `tests` must fail."""

    row: int
    what: str
    file: str
    stands: str
    falls: str
    tests: tuple[str, ...]


def every_defence() -> list[Defence]:
    """Return the defences of all files of this folder, by row."""
    found = []
    for part in pkgutil.iter_modules(__path__):
        found += importlib.import_module(f"{__name__}.{part.name}").DEFENCES
    return sorted(found, key=lambda defence: (defence.row, defence.what))
