"""How days are counted: pure rules over a frozen calendar; every answer carries why it is so.

One definition carries them all: from a day to another there are as many working days as lie after the first, up to
and with the second. The day an act is done or notified is never counted (LFPA art. 38), closed days are not counted
(art. 28). «Within N» is the first day that has N after the start; «at least N before» is the last working day from
which N remain until the event. On a closed event the same holds: only days that can be worked on give anybody time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hermanar.foundation.calendar.dates import months_later

ONE_DAY = dt.timedelta(days=1)
MOST = 10_000  # of any unit; more is a slip of the hand
WEEKDAYS = frozenset(range(1, 8))  # ISO: Monday is 1


class Fault(StrEnum):
    """Why a count is refused."""

    AMOUNT = "amount"  # not a whole number from one to MOST, or not exactly one unit
    ORDER = "order"  # the later day was given first
    RANGE = "range"  # it leaves the years a date can have


class CountError(ValueError):
    """A count that cannot be made, with the code of its fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Unit(StrEnum):
    """What is counted."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Way(StrEnum):
    """The question that a count answers."""

    WITHIN = "within"  # the last day of a term that runs from the start
    BEFORE = "before"  # the last day on which something can be done with so much to spare
    BETWEEN = "between"  # how many there are
    ON_OR_BEFORE = "on_or_before"
    ON_OR_AFTER = "on_or_after"


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    """Days on which an authority does not work, both ends included, with who says so."""

    first_on: dt.date
    last_on: dt.date
    name_es: str
    name_en: str = ""
    calendar: str = ""
    source: str = ""
    passage: str = ""

    def days(self) -> Iterator[dt.date]:
        """Yield each of its days."""
        return _days(self.first_on, self.last_on)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that is not counted: a weekly rest day when no closure is named, which goes first when both hold."""

    on: dt.date
    closure: ClosedSpan | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a count gives what it gives, as values; `sayings` makes the sentence."""

    way: Way
    start: dt.date  # the day counted from, itself not counted; for «before», the day of the event
    end: dt.date  # the day found
    number: int
    unit: Unit
    left_out: tuple[LeftOut, ...] = ()  # in the order of the days
    moved_from: dt.date | None = None  # the closed day on which a term or a notice would have fallen
    uncharted: tuple[int, ...] = ()  # years of the count for which the calendar holds no closure at all


@dataclass(frozen=True, slots=True)
class Counted:
    """The day found and why."""

    day: dt.date
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class CountedDays:
    """How many working days there are and why."""

    number: int
    explanation: Explanation


@dataclass(frozen=True)
class WorkingDays:
    """The calendar of one authority, as known at one moment."""

    key: str
    rest_days: frozenset[int]  # ISO days of the week
    closures: frozenset[ClosedSpan]

    def __post_init__(self) -> None:
        if not self.rest_days < WEEKDAYS:  # some day of the week must be left to work on
            raise ValueError(sorted(self.rest_days))

    @cached_property
    def _closed(self) -> Mapping[dt.date, ClosedSpan]:
        """Return each closed day with its closure; of several, the shortest, then the authority's own, is told."""
        told_last = sorted(
            self.closures,
            key=lambda span: (span.first_on - span.last_on, span.calendar == self.key, span.name_es, span.source),
        )
        return {day: span for span in told_last for day in span.days()}

    @cached_property
    def charted(self) -> frozenset[int]:
        """Return the years for which some closure is known."""
        return frozenset(day.year for day in self._closed)

    def why_closed(self, day: dt.date) -> LeftOut | None:
        """Return why a day is not counted, or None for a working day."""
        if day.isoweekday() in self.rest_days:
            return LeftOut(day)
        closure = self._closed.get(day)
        return LeftOut(day, closure) if closure else None

    def is_working(self, day: dt.date) -> bool:
        """Say whether a day is worked on."""
        return self.why_closed(day) is None

    def add_working_days(self, start: dt.date, number: int) -> Counted:
        """Return the last day of a term of working days; it begins to run the day after `start` (LFPA art. 28, 38)."""
        end = self._nth_working(start, _checked(number), step=ONE_DAY)
        return Counted(end, self._explained(Way.WITHIN, start, end, number=number))

    def subtract_working_days(self, before: dt.date, number: int) -> Counted:
        """Return the last working day on which something can be done at least so many working days before a day."""
        worked_on_day = int(self.is_working(before))  # the event's own day is the last of them when it is worked on
        end = self._nth_working(before, _checked(number) + 1 - worked_on_day, step=-ONE_DAY)
        return Counted(end, self._explained(Way.BEFORE, before, end, number=number))

    def count_between(self, first: dt.date, last: dt.date) -> CountedDays:
        """Count the working days after the first day, up to and with the last."""
        if last < first:
            raise CountError(Fault.ORDER)
        number = sum(self.is_working(day) for day in _days(first, last, skipped=1))
        return CountedDays(number, self._explained(Way.BETWEEN, first, last, number=number))

    def latest_date(
        self, before: dt.date, *, days: int = 0, weeks: int = 0, months: int = 0, years: int = 0
    ) -> Counted:
        """Return the last day for a notice so many natural units before a day.

        On a closed day nobody takes the notice, and the next one would be too late: the working day before it holds.
        That is the meaning of «at least»; LFPA art. 29 puts off only terms that run out.
        """
        number, unit = _only(days=days, weeks=weeks, months=months, years=years)
        return self._settled(Way.BEFORE, before, _shifted(before, -number, unit=unit), number=number, unit=unit)

    def term_end(self, start: dt.date, *, days: int = 0, weeks: int = 0, months: int = 0, years: int = 0) -> Counted:
        """Return the last day of a term of natural units that runs from the day after `start` (LFPA art. 29).

        Every day counts; a term of months or years ends on the same number of day, or where the month lacks it on the
        first working day of the next; one that ends on a closed day is put off to the next working day.
        """
        number, unit = _only(days=days, weeks=weeks, months=months, years=years)
        end = _shifted(start, number, unit=unit)
        if unit in {Unit.MONTHS, Unit.YEARS} and end.day != start.day:
            end = _next(end, ONE_DAY)
        return self._settled(Way.WITHIN, start, end, number=number, unit=unit)

    def on_or_before(self, day: dt.date) -> Counted:
        """Return the day itself or, when it is closed, the last working day before it."""
        return self._settled(Way.ON_OR_BEFORE, day, day)

    def on_or_after(self, day: dt.date) -> Counted:
        """Return the day itself or, when it is closed, the next working day (LFPA art. 29)."""
        return self._settled(Way.ON_OR_AFTER, day, day)

    def _settled(self, way: Way, start: dt.date, day: dt.date, *, number: int = 0, unit: Unit = Unit.DAYS) -> Counted:
        """Move a day found off a closed one, back for notices and on for terms, and say so."""
        step = -ONE_DAY if way in {Way.BEFORE, Way.ON_OR_BEFORE} else ONE_DAY
        if self.is_working(day):
            explanation = Explanation(way, start, day, number, unit, uncharted=self._uncharted(day, day))
            return Counted(day, explanation)
        end = self._nth_working(day, 1, step=step)
        first, last = min(day, end), max(day, end)
        explanation = Explanation(
            way,
            start,
            end,
            number,
            unit,
            left_out=self._left_out(_days(first, last)),
            moved_from=day,
            uncharted=self._uncharted(first, last),
        )
        return Counted(end, explanation)

    def _nth_working(self, day: dt.date, number: int, *, step: dt.timedelta) -> dt.date:
        while number:
            day = _next(day, step)
            number -= self.is_working(day)
        return day

    def _explained(self, way: Way, start: dt.date, end: dt.date, *, number: int) -> Explanation:
        """Explain a count of working days between the two days, the earlier of which is never counted."""
        first, last = min(start, end), max(start, end)
        first_counted = first + ONE_DAY if first < last else first
        return Explanation(
            way,
            start,
            end,
            number,
            Unit.WORKING_DAYS,
            left_out=self._left_out(_days(first, last, skipped=1)),
            uncharted=self._uncharted(first_counted, last),
        )

    def _left_out(self, days: Iterator[dt.date]) -> tuple[LeftOut, ...]:
        return tuple(reason for day in days if (reason := self.why_closed(day)))

    def _uncharted(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.charted)


def _days(first: dt.date, last: dt.date, *, skipped: int = 0) -> Iterator[dt.date]:
    """Yield the days from the first to the last, both included, but for so many at the beginning."""
    for offset in range(skipped, (last - first).days + 1):
        yield first + dt.timedelta(days=offset)


def _checked(number: int) -> int:
    if not 1 <= number <= MOST:
        raise CountError(Fault.AMOUNT)
    return number


def _only(**units: int) -> tuple[int, Unit]:
    """Return the one unit that was given; two would leave open which is taken first."""
    given = [(number, Unit(name)) for name, number in units.items() if number]
    if len(given) != 1:
        raise CountError(Fault.AMOUNT)
    number, unit = given[0]
    return _checked(number), unit


def _next(day: dt.date, step: dt.timedelta) -> dt.date:
    try:
        return day + step
    except OverflowError as error:
        raise CountError(Fault.RANGE) from error


def _shifted(day: dt.date, number: int, *, unit: Unit) -> dt.date:
    """Move a day by natural units; where the month is too short, to its last day."""
    try:
        if unit in {Unit.MONTHS, Unit.YEARS}:
            return months_later(day, number * 12 if unit is Unit.YEARS else number)
        return day + dt.timedelta(days=number * 7 if unit is Unit.WEEKS else number)
    except (OverflowError, ValueError) as error:  # months_later: a year no date can have
        raise CountError(Fault.RANGE) from error
