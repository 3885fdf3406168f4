"""Closures that a law fixes once for all years: each rule is a row of data, its days come from here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_FIXED = re.compile(r"(?P<month>\d{2})-(?P<day>\d{2})")
_NTH = re.compile(r"(?P<month>\d{2})-(?P<weekday>mon|tue|wed|thu|fri|sat|sun)-(?P<nth>[1-4])")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class StatutoryRule:
    """A day that a law closes each so many years: `05-01` is the first of May, `03-mon-3` the third Monday of March."""

    calendar: str
    rule: str
    first_year: int
    last_year: int
    every_years: int
    name_es: str
    name_en: str
    source_key: str
    passage: str

    @classmethod
    def parse(cls, row: Mapping[str, str]) -> StatutoryRule:
        """Read a row of the shipped file; raise ValueError for a rule that is none."""
        numbers = {name: int(row[name]) for name in ("first_year", "last_year", "every_years")}
        if numbers["every_years"] < 1:
            raise ValueError(row["every_years"])
        made = cls(
            calendar=row["calendar"],
            rule=row["rule"],
            name_es=row["name_es"],
            name_en=row["name_en"],
            source_key=row["source"],
            passage=row["passage"],
            **numbers,
        )
        day_of(made.rule, made.first_year)
        return made

    def days(self) -> Iterator[dt.date]:
        """Yield its day of each year it holds for."""
        for year in range(self.first_year, self.last_year + 1, self.every_years):
            yield day_of(self.rule, year)


def day_of(rule: str, year: int) -> dt.date:
    """Return the day that a rule means in a year; raise ValueError when it is no rule or no such day exists."""
    if fixed := _FIXED.fullmatch(rule):
        return dt.date(year, int(fixed["month"]), int(fixed["day"]))
    nth = _NTH.fullmatch(rule)
    if nth is None:
        raise ValueError(rule)
    first = dt.date(year, int(nth["month"]), 1)
    to_weekday = (_WEEKDAYS.index(nth["weekday"]) - first.weekday()) % 7
    return first + dt.timedelta(days=to_weekday + 7 * (int(nth["nth"]) - 1))
