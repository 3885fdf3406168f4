"""What a report is, whatever it becomes: sections of figures and grids, and what each still lacks.

The page, the Word and PDF paper and the table are all written from one `Report`, so that no two of them can disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.foundation.access import Actor, Verb, can
from hermanar.foundation.tables import Column

Number = int | Decimal
Value = Number | str | None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year as it stands today: of one that is not over, what has been."""

    number: int
    today: dt.date

    @property
    def first(self) -> dt.date:
        """Return its first day."""
        return dt.date(self.number, 1, 1)

    @property
    def last(self) -> dt.date:
        """Return its last day."""
        return dt.date(self.number, 12, 31)

    @property
    def is_over(self) -> bool:
        """Say whether its last day has passed."""
        return self.last < self.today

    @property
    def until(self) -> dt.date:
        """Return the day up to which it is told."""
        return min(self.last, self.today)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, and where in the office the same number is read."""

    label: str
    value: Number
    unit: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid; its first cell leads to the record, where it has a page."""

    cells: tuple[Value, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something the report needs that nobody entered: in words, and the very field where it is entered."""

    what: str
    address: str
    verb: Verb  # who may fill it in

    @classmethod
    def at(cls, what: str, name: str, *arguments: object, field: str, verb: Verb, query: str = "") -> Lack:
        """Return a lack whose field is on a page of the office."""
        address = reverse(f"workspace:{name}", args=arguments)
        return cls(what, f"{address}{query}#{field}", verb)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter."""

    key: str
    title: str
    intro: str = ""  # what is counted, and how
    figures: tuple[Figure, ...] = ()
    grids: tuple[Grid, ...] = ()
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language."""

    title: str
    subtitle: str
    language: str
    letterhead: tuple[str, ...]
    sections: tuple[Section, ...]
    signs: tuple[str, ...] = ()

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Return all that it lacks, in order, each once."""
        return tuple(dict.fromkeys(lack for section in self.sections for lack in section.lacks))


def open_lacks(report: Report, actor: Actor) -> list[Lack]:
    """Return what a report lacks and this person may fill in."""
    return [one for one in report.lacks if can(actor, one.verb)]


def said(value: Value) -> str:
    """Return a value as it is read: thousands grouped, a stroke for what nobody knows."""
    if value is None or value == "":
        return "–"
    return f"{value:,}" if isinstance(value, int | Decimal) else value


# ── the table that is taken away ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a report, with where in it it stands."""

    section: str
    of: str
    what: str
    value: Number
    unit: str = ""


def lines(report: Report) -> Iterator[Line]:
    """Yield every number of a report, in the order a reader meets it."""
    for section in report.sections:
        for one in section.figures:
            yield Line(section.title, "", one.label, one.value, one.unit)
        for grid in section.grids:
            for row in grid.rows:
                for heading, cell in zip(grid.headings, row.cells, strict=True):
                    if isinstance(cell, int | Decimal):
                        yield Line(section.title, f"{grid.title}: {said(row.cells[0])}", heading, cell)


def columns() -> tuple[Column, ...]:
    """Return the columns of the numbers of a report, in the reader's language."""
    return (
        Column(_("capítulo"), lambda line: line.section),
        Column(_("de qué"), lambda line: line.of),
        Column(_("cifra"), lambda line: line.what),
        Column(_("valor"), lambda line: line.value if isinstance(line.value, int) else f"{line.value:f}"),
        Column(_("unidad"), lambda line: line.unit),
    )
