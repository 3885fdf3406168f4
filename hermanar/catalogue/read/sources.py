"""Who says something, as a line under it."""

from __future__ import annotations

from collections.abc import Sequence

from hermanar.catalogue.sheets import SourceLine
from hermanar.foundation.models import Source

_SOURCE = ("key", "title_es", "title_en", "author", "published", "address", "licence")


def source_columns(prefix: str = "source__") -> list[str]:
    """Return the columns a source is shown with."""
    return [f"{prefix}{name}" for name in _SOURCE]


def source_line(values: Sequence[str], language: str) -> SourceLine:
    """Return who says something, from its columns."""
    key, title_es, title_en, author, published, address, licence = values
    return SourceLine(key, (title_en if language == "en" else "") or title_es, author, published, address, licence)


def source_of(source: Source, language: str) -> SourceLine:
    """Return who says something, from its row."""
    return source_line([getattr(source, name) for name in _SOURCE], language)
