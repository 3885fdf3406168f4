"""A report as a paper: the same figures as on the page, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hermanar.foundation.papers import Paper
from hermanar.foundation.papers.structure import (
    Items,
    Line,
    Piece,
    Signature,
    Signatures,
    Style,
    Table,
    Text,
    clean,
)
from hermanar.workspace.reports.shape import Figure, Grid, Report, Section, Value, said


def paper_of(report: Report) -> Paper:
    """Write a report as a paper; the language that is active must be the report's."""
    heads = tuple(_line(row, Style.LETTERHEAD) for row in report.letterhead)
    pieces = (
        *heads,
        _line(report.title, Style.TITLE),
        _line(report.subtitle, Style.SUBTITLE),
        *(piece for section in report.sections for piece in _section(section)),
        *_lacks(report),
        Signatures((Signature(tuple((clean(row),) for row in report.signs or report.letterhead)),)),
    )
    return Paper(report.language, clean(f"{report.title}: {report.letterhead[0]}"), pieces, is_draft=False)


def _section(section: Section) -> Iterator[Piece]:
    if not (section.figures or section.grids):
        return
    yield _line(section.title, Style.HEADING)
    if section.intro:
        yield _line(section.intro)
    if section.figures:
        rows = tuple((_cell(one.label), _cell(value_said(one))) for one in section.figures)
        yield Table((_("Cifra"), _("Valor")), rows)
    for grid in section.grids:
        yield _line(grid.title, Style.SUBTITLE)
        yield _grid(grid)


def value_said(figure: Figure) -> str:
    """Return a figure with its unit, as it is read."""
    return f"{said(figure.value)} {figure.unit}".strip()


def _grid(grid: Grid) -> Table:
    return Table(grid.headings, tuple(tuple(_cell(cell) for cell in row.cells) for row in grid.rows))


def _lacks(report: Report) -> Iterator[Piece]:
    if report.lacks:
        yield _line(_("Lo que este informe todavía no puede decir"), Style.HEADING)
        yield Items(tuple((clean(one.what),) for one in report.lacks))


def _cell(value: Value) -> Text:
    return (clean(said(value)) or "–",)


def _line(text: str, style: Style = Style.BODY) -> Line:
    return Line(style, (clean(text),))
