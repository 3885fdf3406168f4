"""Names of states and regions in the reader's language, where English has one of its own."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import hermanar

_NAMES = Path(hermanar.__file__).parent / "data" / "places" / "region_names.csv"


@functools.cache
def _english() -> dict[tuple[str, str], str]:
    with _NAMES.open(encoding="utf-8", newline="") as file:
        return {(row["iso2"], row["nombre"]): row["nombre_en"] for row in csv.DictReader(file)}


def region_name(country: str, name: str, *, language: str) -> str:
    """Return the name of a first-level division as the directory has it, or as English calls it."""
    return _english().get((country, name), name) if language == "en" else name


def location_name(country: str, distinction: str, *, language: str) -> str:
    """Return what tells a place from its homonyms with its region in the reader's language."""
    return ", ".join(region_name(country, part, language=language) for part in distinction.split(", "))
