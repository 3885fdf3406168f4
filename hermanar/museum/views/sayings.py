"""What sources say, put in order: who disagrees first, then source by source; captures of one origin together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from hermanar.catalogue.sheets import ReportLine, StatementLine


def disputed(statements: Iterable[StatementLine]) -> list[dict[str, Any]]:
    """Return the fields on which sources cannot all be right, each with everything that is said."""
    found: dict[str, list[StatementLine]] = {}
    for said in statements:
        if said.is_disputed:
            found.setdefault(said.field, []).append(said)
    return [{"field": field, "sayings": sayings} for field, sayings in found.items()]


def by_source(statements: Iterable[StatementLine]) -> list[dict[str, Any]]:
    """Return each source once with everything it says, the one that says most first."""
    found: dict[str, dict[str, Any]] = {}
    for said in statements:
        group = found.setdefault(said.source.key, {"source": said.source, "sayings": []})
        group["sayings"].append(said)
    for group in found.values():
        passages = {said.passage for said in group["sayings"]}
        group["passage"] = passages.pop() if len(passages) == 1 else ""  # said once when all stand in one place
    return sorted(found.values(), key=lambda group: -len(group["sayings"]))


def by_origin(reports: Iterable[ReportLine]) -> list[dict[str, Any]]:
    """Return the captures that report a tie, those of one origin together: they do not confirm one another."""
    found: dict[str, dict[str, Any]] = {}
    for report in reports:
        origin = found.setdefault(report.origin, {"reports": {}})
        origin["reports"].setdefault((report.capture, report.name_as_written, report.country_as_written), report)
    return [{"reports": list(origin["reports"].values())} for origin in found.values()]


def foreign(language: str) -> str:
    """Return the language of a text when it is not the reader's, else nothing: only then is it marked."""
    return language if language and language != (get_language() or "es")[:2] else ""


def in_language(spanish: str, english: str) -> tuple[str, str]:
    """Return a text in the reader's language and which one it is; the other where that is missing."""
    wants_english = (get_language() or "es").startswith("en")
    if (wants_english and english) or not spanish:
        return english, "en"
    return spanish, "es"
