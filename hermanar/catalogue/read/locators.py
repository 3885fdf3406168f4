"""Where in a source a statement stands, said in the reader's language."""

from __future__ import annotations

import re

# Those who record facts write such places in Spanish; a passage that says more than a place stays in its own words.
_PLACE = re.compile(r"(?P<where>[^\W\d]+\.?)(?P<which>(?:[\s\d,–-]|\by\b)+)")
_WORDS = {
    "línea": "line",
    "líneas": "lines",
    "página": "page",
    "páginas": "pages",
    "cuadro": "table",
    "tabla": "table",
    "nota": "note",
    "renglón": "row",
    "renglones": "rows",
    "artículo": "article",
}
# What an office tells of itself bears the day it wrote it down.
_WRITTEN_DOWN = re.compile(r"asentado el (?P<day>\d{4}-\d{2}-\d{2})")
_WHOLE = {"fecha de la noticia": "date of the news item"}


def locator(passage: str, language: str) -> str:
    """Return where a statement stands in a language: «líneas 41-60», lines 41-60."""
    if language != "en" or not passage:
        return passage
    found = _PLACE.fullmatch(passage)
    if found and found["where"] in _WORDS:
        return f"{_WORDS[found['where']]}{found['which'].replace(' y ', ' and ')}"
    if written := _WRITTEN_DOWN.fullmatch(passage):
        return f"recorded on {written['day']}"
    return _WHOLE.get(passage, passage)
