"""Who says it."""

from __future__ import annotations

from collections.abc import Iterable

from hermanar.catalogue.sheets import SourceLine, StatementLine
from hermanar.foundation.models import Source, Statement

# Fields on which two different values cannot both be true; a note or a recognition may have several.
_EXCLUSIVE = frozenset({"kind", "term_years", "registered", "signed_on", "active", "counterpart_recognition"})


def source_line(source: Source, *, language: str) -> SourceLine:
    """Return a source as it is named beside what it says."""
    return SourceLine(
        key=source.key,
        title=(source.title_en if language == "en" else "") or source.title_es,
        author=source.author,
        published=source.published,
        address=source.address,
        licence=source.licence,
    )


def statement_lines(statements: Iterable[Statement], *, language: str) -> tuple[StatementLine, ...]:
    """Return statements side by side, marking those that contradict another."""
    listed = list(statements)
    return tuple(
        StatementLine(
            field=said.field,
            value=(said.value_en if language == "en" else "") or said.value,
            source=source_line(said.source, language=language),
            passage=said.passage,
            as_of=said.as_of,
            is_disputed=any(_contradict(said, other) for other in listed),
        )
        for said in listed
    )


def _contradict(one: Statement, other: Statement) -> bool:
    """Say whether two statements on one field cannot both hold; a date refines a shorter one it begins with."""
    if one.field != other.field or one.field not in _EXCLUSIVE:
        return False
    if one.field == "signed_on":
        return not (one.value.startswith(other.value) or other.value.startswith(one.value))
    if one.as_of and other.as_of and one.as_of != other.as_of:
        return False  # two days, two truths
    return one.value != other.value
