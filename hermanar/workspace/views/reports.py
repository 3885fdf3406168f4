"""What the office reports: the annual report to the council on the page, as a paper and as a table."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.cooperation.queries import going_projects
from hermanar.cooperation.queries.proofs import proofs_of
from hermanar.foundation.access import Verb, can
from hermanar.foundation.papers.structure import LANGUAGES
from hermanar.workspace.due import today_of
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.reports.annual import FIRST_YEAR, annual_report, years_of
from hermanar.workspace.reports.papers import paper_of, value_said
from hermanar.workspace.reports.shape import Figure, Grid, Report, Row, Year, columns, lines, open_lacks, said
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member


@member(Verb.READ_FILES)
def reports(request: MemberRequest) -> HttpResponse:
    """Say what can be reported, and lead there."""
    years = years_of(request.office, today=today_of(request.office))
    context = {
        "years": years,
        "proofs": proofs_of(request.office.pk),
        "projects": going_projects(request.office.pk),
        "may_prepare": can(request.actor, Verb.PREPARE_PROOF),
    }
    return render(request, "workspace/reports/list.html", context)


@member(Verb.READ_FILES)
def annual(request: MemberRequest, year: int) -> HttpResponse:
    """Show the annual report of a year, and what it lacks."""
    report = annual_report(request.office, _year(request, year))
    years = years_of(request.office, today=today_of(request.office))
    context = {**shown(report, request), "year": year, "years": years}
    return render(request, "workspace/reports/annual.html", context)


def _year(request: MemberRequest, number: int) -> Year:
    """Return a year that has begun where the office is; no other can be reported on."""
    today = today_of(request.office)
    if not FIRST_YEAR <= number <= today.year:
        raise Http404
    return Year(number, today)


def shown(report: Report, request: MemberRequest) -> dict[str, Any]:
    """Return a report as its page shows it."""
    sections = [
        {
            "section": one,
            "figures": [_figure(figure) for figure in one.figures],
            "grids": [_grid(grid) for grid in one.grids],
        }
        for one in report.sections
        if one.figures or one.grids
    ]
    return {"report": report, "sections": sections, "lacks": open_lacks(report, request.actor)}


def _figure(one: Figure) -> dict[str, Any]:
    return {"label": one.label, "value": value_said(one), "raw": one.value, "address": one.address}


def _grid(grid: Grid) -> dict[str, Any]:
    """Return a grid as the component of tables takes it."""
    numeric = [any(isinstance(row.cells[at], int) for row in grid.rows) for at in range(len(grid.headings))]
    titled = [{"label": label, "numeric": is_one} for label, is_one in zip(grid.headings, numeric, strict=True)]
    return {"title": grid.title, "columns": titled, "rows": [_row(row) for row in grid.rows]}


def _row(row: Row) -> dict[str, Any]:
    cells = [{"text": said(cell), "is_unknown": at > 0 and cell in (None, "")} for at, cell in enumerate(row.cells)]
    cells[0]["url"] = row.address
    return {"cells": cells}


@member(Verb.READ_FILES)
def annual_paper(request: MemberRequest, year: int, language: str, format_: str) -> HttpResponse:
    """Give the annual report as Word or PDF, in Spanish or in English."""
    if language not in LANGUAGES or format_ not in FORMATS:
        raise Http404
    asked = _year(request, year)
    with translation.override(language):
        paper = paper_of(annual_report(request.office, asked))
    return answer_with(paper, format_, name=f"informe-anual-{year}-{language}")


@member(Verb.READ_FILES)
def annual_table(request: MemberRequest, year: int, format_: str) -> HttpResponse:
    """Give every number of the annual report as a table."""
    report = annual_report(request.office, _year(request, year))
    return table_answer(columns(), lines(report), format_=format_, name=f"informe-anual-{year}", sheet=_("Cifras"))
