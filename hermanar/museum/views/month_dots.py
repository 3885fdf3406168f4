"""A year drawn as dots: a month is seven columns of days, those on which something happens stand out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hermanar.museum.queries.agenda import days_with_events, month_after
from hermanar.museum.spans import month_name, short_month

_MONTHS = 12
_STEP = 10  # from one dot to the next
_ROWS = 6
_WEEK = 7


@dataclass(frozen=True, slots=True)
class DottedMonth:
    """A month of the drawing: paths of dots, of which each is a stroke without length."""

    name: str
    short: str
    year: str  # said where another year begins
    url: str
    quiet: str
    busy: str
    today: str
    count: int  # days on which something happens
    is_chosen: bool


def dotted_year(today: dt.date, *, city: str = "", chosen: dt.date | None = None) -> list[DottedMonth]:
    """Return the twelve months from today's, or from a chosen one that they do not hold."""
    first = today.replace(day=1)
    last = first
    for _ in range(_MONTHS):
        last = month_after(last)
    if chosen and not first <= chosen < last:
        first = chosen
    months = [first]
    while len(months) < _MONTHS:
        months.append(month_after(months[-1]))
    busy = _busy(first, month_after(months[-1]) - dt.timedelta(days=1), city)
    return [_drawn(month, busy, today=today, city=city, chosen=chosen, before=months[0]) for month in months]


def _busy(first: dt.date, last: dt.date, city: str) -> set[dt.date]:
    found: set[dt.date] = set()
    for begins, ends in days_with_events(first, last, city=city):
        day = max(begins, first)
        while day <= min(ends, last):
            found.add(day)
            day += dt.timedelta(days=1)
    return found


def _drawn(
    month: dt.date, busy: set[dt.date], *, today: dt.date, city: str, chosen: dt.date | None, before: dt.date
) -> DottedMonth:
    days = [month + dt.timedelta(days=number) for number in range((month_after(month) - month).days)]
    here = [day for day in days if day in busy]
    tail = f"&ciudad={city}" if city else ""
    return DottedMonth(
        name=month_name(month),
        short=short_month(month),
        year=str(month.year) if month == before or month.month == 1 else "",
        url=f"?mes={month:%Y-%m}{tail}",
        quiet=_path([day for day in days if day not in busy]),
        busy=_path(here),
        today=_path([day for day in days if day == today]),
        count=len(here),
        is_chosen=month == chosen,
    )


def _path(days: list[dt.date]) -> str:
    return "".join(f"M{x} {y}h0" for x, y in map(_spot, days))


def _spot(day: dt.date) -> tuple[int, int]:
    """Return where a day stands: weeks begin on Monday."""
    lead = day.replace(day=1).weekday()
    row, column = divmod(day.day - 1 + lead, _WEEK)
    return column * _STEP + _STEP // 2, row * _STEP + _STEP // 2
