"""A plan drawn: each year as a Gantt chart, by months, and as a calendar that other programs read."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from babel.dates import get_month_names
from django.utils import timezone
from django.utils.translation import get_language
from icalendar import Event

from hermanar.cooperation.models import Activity, PlannedActivity, WorkPlan
from hermanar.cooperation.queries import standing
from hermanar.cooperation.queries.plans import span_of_plan
from hermanar.cooperation.rules.plans import year_span
from hermanar.workspace.plans import PlannedLine, ProgrammeView

_DECEMBER = 12
_LEAST = 4.0  # a bar of one day is still seen


@dataclass(frozen=True, slots=True)
class Bar:
    """Something planned as a bar over its year, in days from the first of January."""

    line: PlannedLine
    x: float
    width: float
    done: float  # how much of the width is done


@dataclass(frozen=True, slots=True)
class Gantt:
    """A year as a chart: its months, its bars, where today is."""

    year: int
    length: int
    months: list[str]
    ticks: list[int]  # the first day of each month but the first
    bars: list[Bar]
    today: float | None


def gantt_of(view: ProgrammeView, *, today: dt.date) -> Gantt:
    """Draw a programme over the months of its year."""
    year = view.programme.year
    first = dt.date(year, 1, 1)
    length = 366 if calendar.isleap(year) else 365
    bars = []
    for line in view.lines:
        x = float((line.planned.starts_on - first).days)
        width = max(_LEAST, float((line.planned.ends_on - line.planned.starts_on).days + 1))
        x = min(x, length - width)
        bars.append(Bar(line, x, width, round(width * line.progress.percent / 100, 1)))
    ticks = [(dt.date(year, month, 1) - first).days for month in range(2, _DECEMBER + 1)]
    here = float((today - first).days) if today.year == year else None
    return Gantt(year, length, _month_names("narrow"), ticks, bars, here)


def _month_names(width: Literal["narrow", "wide"]) -> list[str]:
    names = get_month_names(width, context="stand-alone", locale=(get_language() or "es")[:2])
    return [names[month] for month in range(1, _DECEMBER + 1)]


# ── by month ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a plan: what is planned in it and what was done."""

    name: str
    lines: list[PlannedLine]
    done: list[Activity]
    is_now: bool


def months_of(plan: WorkPlan, lines: Iterable[PlannedLine], *, year: int, today: dt.date) -> list[Month]:
    """Return the months of a year that are in a plan, each with what touches it."""
    span = year_span(span_of_plan(plan), year)
    if span is None:
        return []
    lines = list(lines)
    happened = list(_happened(plan, span))
    found = []
    for month, name in enumerate(_month_names("wide"), start=1):
        first = dt.date(year, month, 1)
        last = first.replace(day=calendar.monthrange(year, month)[1])
        if last < span[0] or first > span[1]:
            continue
        here = [one for one in lines if one.planned.starts_on <= last and first <= one.planned.ends_on]
        done = [one for one in happened if _begins(one) <= last and first <= _ends(one)]
        found.append(Month(name, here, done, first <= today <= last))
    return found


def _happened(plan: WorkPlan, span: tuple[dt.date, dt.date]) -> Iterable[Activity]:
    rows = standing().filter(agreement=plan.agreement_id, started_on__lte=span[1], ended_on__gte=span[0])
    return rows.filter(same_as__isnull=True, precision__in=("day", "month")).order_by("started_on", "pk")


def _begins(one: Activity) -> dt.date:
    return one.started_on or dt.date.max


def _ends(one: Activity) -> dt.date:
    return one.ended_on or dt.date.min


# ── for other programs ───────────────────────────────────────────────────────────────────────────────────────────────


def planned_event(one: PlannedActivity, *, number: str, language: str = "es") -> Event:
    """Return something planned as an event of whole days, in one of the plan's languages."""
    event = Event()
    event.add("uid", f"{one.pk}@hermanar")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", one.starts_on)
    event.add("dtend", one.ends_on + dt.timedelta(days=1))  # the first day after
    title = (language == "en" and one.title_en) or one.title
    event.add("summary", f"{title} · {number}")
    who = " / ".join(part for part in (one.responsible_own, one.responsible_counterpart) if part)
    event.add("description", "\n".join(part for part in (_other(one, title), who) if part))
    event.add("transp", "TRANSPARENT")
    return event


def _other(one: PlannedActivity, title: str) -> str:
    """Return the title in the language that the event does not bear already."""
    return next((words for words in (one.title, one.title_en) if words and words != title), "")
