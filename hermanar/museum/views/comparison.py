"""What the documents list beside what each list reports, counterpart by counterpart, as marks that can be read down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.sheets import CaptureLine, ComparisonLine, PlaceSheet, ReportLine

_ORDER = ("both", "only_agreement", "only_reported", "out_of_coverage")
_TELLS_MOST = ("only_reported", "both", "only_agreement", "out_of_coverage")  # the first there is stands open
# Reports whose reader wants to know why the place is that one, or why none is.
_TELLING = frozenset({"corrected", "homonyms", "not_a_city", "not_found"})


def matrix(sheet: PlaceSheet, *, captures: Iterable[CaptureLine], file_url: str) -> dict[str, Any]:
    """Return columns and groups of rows of a city; a list has a column when it reports anything of it."""
    compared, country = sheet.comparison, sheet.line.country
    speaking = {report.capture for line in compared for report in line.reports}
    shown = sorted((one for one in captures if one.key in speaking), key=lambda one: (one.captured_on, one.key))
    groups: list[dict[str, Any]] = []
    told = {line.finding for line in compared}
    opened = next((finding for finding in _TELLS_MOST if finding in told), "")
    for finding in _ORDER:
        found = [line for line in compared if line.finding == finding]
        if found:
            rows = [_row(line, shown, is_domestic=country == line.country == "MX") for line in found]
            count = sheet.finding_counts[finding]
            groups.append(
                {
                    "label": read.word("finding", finding),
                    "count": count,
                    "rows": rows,
                    "is_open": finding == opened,
                    "more_url": file_url if count > len(rows) else "",
                }
            )
    columns = [{"label": _("Los acuerdos documentados en este registro")}]
    columns += [{"label": one.source.title, "note": one.captured_on, "hint": one.coverage} for one in shown]
    return {"columns": columns, "groups": groups}


def _row(line: ComparisonLine, captures: list[CaptureLine], *, is_domestic: bool) -> dict[str, Any]:
    written: dict[str, list[ReportLine]] = {}
    for report in line.reports:
        written.setdefault(report.capture, []).append(report)
    documents = {"says": "yes" if line.agreements else "no", "url": _agreement(line)}
    # Only inside what a list set out to hold can its silence be told.
    silence = {one.key: "out" if is_domestic and not one.covers_domestic else "no" for one in captures}
    marks = [{"says": "yes" if one.key in written else silence[one.key]} for one in captures]
    return {
        "text": line.counterpart,
        "url": reverse("museum:city", args=[line.counterpart_slug]) if line.counterpart_slug else "",
        "where": read.word("country", line.country),
        "marks": [documents, *marks],
        "notes": _notes(line),
    }


def _agreement(line: ComparisonLine) -> str:
    return reverse("museum:agreement", args=[line.agreements[0]]) if line.agreements else ""


def _notes(line: ComparisonLine) -> list[str]:
    """Write, once however many say it, how the lists write the place where that differs, and why it is this one."""
    notes = []
    for report in line.reports:
        tells = report.resolution in _TELLING or not line.counterpart_id
        if tells or report.name_as_written != line.counterpart:
            values = {"name": report.name_as_written, "country": report.country_as_written}
            text = _("La lista escribe «%(name)s, %(country)s».") % values
            notes.append(f"{text} {report.reason}" if tells and report.reason else text)
        if report.ended:
            notes.append(_("La lista lo da por terminado: %(day)s.") % {"day": read.written_date(report.ended)})
    return list(dict.fromkeys(notes))
