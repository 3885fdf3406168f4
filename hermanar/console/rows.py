"""The rows of the files that come with the product."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]


def rows_of(name: str, folder: str = "registry") -> list[Row]:
    """Return the rows of one shipped file, of the registry when no folder is named."""
    with (DATA / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
