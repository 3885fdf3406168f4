"""Days as the sources give them: whole, a month, or only a year; and what day it is here."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass
from enum import StrEnum

# Of what a person enters: beyond them a count could leave the years that a date can have.
FIRST_DAY, LAST_DAY = dt.date(1000, 1, 1), dt.date(2999, 12, 31)
_SHAPE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


class Precision(StrEnum):
    """How much of a date a source states."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision; `on` is the first day of what is known, or None when nothing is."""

    on: dt.date | None
    precision: Precision

    @property
    def last(self) -> dt.date | None:
        """Return the last day the statement may mean."""
        if self.on is None or self.precision is Precision.DAY:
            return self.on
        if self.precision is Precision.YEAR:
            return self.on.replace(month=12, day=31)
        _weekday, length = calendar.monthrange(self.on.year, self.on.month)
        return self.on.replace(day=length)

    def __str__(self) -> str:
        """Write the date as ISO 8601 allows: 1987, 1987-12 or 1987-12-01; empty when unknown."""
        if self.on is None:
            return ""
        return self.on.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(self.precision, 10)]


UNKNOWN_DATE = PartialDate(None, Precision.UNKNOWN)


def parse_partial(text: str) -> PartialDate:
    """Read `1987`, `1987-12` or `1987-12-21`; raise ValueError when it is none of them or no such day exists."""
    text = text.strip()
    if not text:
        return UNKNOWN_DATE
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise ValueError(text)
    year, month, day = shape["year"], shape["month"], shape["day"]
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return PartialDate(dt.date(int(year), int(month or 1), int(day or 1)), precision)


def day_in(zone: str, moment: dt.datetime) -> dt.date:
    """Return the calendar day that a moment with a zone falls on in a time zone of the IANA list."""
    if moment.tzinfo is None:
        raise ValueError(moment.isoformat())
    return moment.astimezone(zoneinfo.ZoneInfo(zone)).date()


def today_in(zone: str) -> dt.date:
    """Return the calendar day it is now in a time zone of the IANA list."""
    return day_in(zone, dt.datetime.now(tz=dt.UTC))


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or the last one that month has, and nothing after the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    _weekday, length = calendar.monthrange(year, month + 1)
    return dt.date(year, month + 1, min(day.day, length))
