"""Counting days: cases whose reason is stated, the independent tables of 2024 to 2036, and a naive count beside it."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hermanar.foundation.calendar import CountError, WorkingDays
from hermanar.foundation.calendar.statutory import day_of
from hermanar.foundation.calendar.working_days import MOST, ClosedSpan, Fault, LeftOut, Unit
from tests.foundation.calendars import FEDERAL, LABOUR, WEEKEND, day, span

TABLES = Path(__file__).parent / "days"
ONE = dt.timedelta(days=1)


def table(name):
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def closed_days(calendar):
    return {on for one in calendar.closures for on in one.days()}


def told(explanation):
    return [one.on.isoformat() for one in explanation.left_out if one.closure]


@pytest.mark.row(30)
def test_federal_closures_are_those_of_the_table():
    rows = table("federal_closed_days.csv")
    assert all(day(row["date"]).strftime("%a") == row["weekday"] for row in rows)
    assert closed_days(FEDERAL) == {day(row["date"]) for row in rows}
    assert {(one.first_on.isoformat(), one.name_es) for one in FEDERAL.closures} == {
        (row["date"], row["name"]) for row in rows
    }


@pytest.mark.row(30)
def test_federal_working_days_of_each_month_are_those_of_the_table(figure):
    rows = table("federal_working_days.csv")
    assert len(rows) == 156
    figure(f"{len(rows)} months, {len(table('federal_closed_days.csv'))} closed days of 2024 to 2036, all equal")
    for row in rows:
        first = dt.date(int(row["year"]), int(row["month"]), 1)
        last = (first + 31 * ONE).replace(day=1) - ONE
        assert FEDERAL.count_between(first - ONE, last).number == int(row["working_days"]), row


@pytest.mark.row(30)
def test_labour_rest_days_are_those_of_the_table_and_the_election_sundays():
    elections = {day("2024-06-02"), day("2027-06-06"), day("2030-06-02"), day("2033-06-05"), day("2036-06-01")}
    assert closed_days(LABOUR) == {day(row["fecha"]) for row in table("labour_rest_days.csv")} | elections


def test_labour_rest_is_not_administrative_closure():
    only_labour = {on.isoformat() for on in closed_days(LABOUR) - closed_days(FEDERAL) if on.year == 2026}
    only_federal = {on.isoformat() for on in closed_days(FEDERAL) - closed_days(LABOUR) if on.year == 2026}
    assert only_labour == {"2026-02-02", "2026-03-16", "2026-11-16"}
    assert only_federal == {"2026-02-05", "2026-03-21", "2026-05-05", "2026-09-01", "2026-11-20"}
    weekdays_only = WorkingDays("laboral", WEEKEND, LABOUR.closures)
    assert FEDERAL.add_working_days(day("2026-04-28"), 10).day == day("2026-05-14")
    assert weekdays_only.add_working_days(day("2026-04-28"), 10).day == day("2026-05-13")


@pytest.mark.row(30)
def test_change_of_the_executive_closes_october_not_december():
    assert [FEDERAL.is_working(day(text)) for text in ("2024-10-01", "2030-10-01", "2036-10-01")] == [False] * 3
    assert [FEDERAL.is_working(day(text)) for text in ("2025-10-01", "2026-12-01", "2031-10-01")] == [True] * 3


@pytest.mark.row(30)
@pytest.mark.parametrize(
    ("start", "number", "end", "closed"),
    [
        ("2026-04-28", 10, "2026-05-14", ["2026-05-01", "2026-05-05"]),  # the example of the manual
        ("2026-04-30", 1, "2026-05-04", ["2026-05-01"]),  # a closure and a weekend in a row
        ("2026-05-01", 1, "2026-05-04", []),  # starts on a closed day: it would not have counted anyhow
        ("2026-05-02", 1, "2026-05-04", []),  # starts on a Saturday
        ("2026-03-19", 2, "2026-03-23", []),  # 21 March 2026 is a Saturday: told as a Saturday
        ("2025-12-31", 1, "2026-01-02", ["2026-01-01"]),  # the end of a year
        ("2025-12-24", 5, "2026-01-02", ["2025-12-25", "2026-01-01"]),
        ("2024-02-28", 1, "2024-02-29", []),  # the leap day is a working day
        ("2024-02-28", 2, "2024-03-01", []),
        ("2023-02-28", 1, "2023-03-01", []),
        ("2028-02-28", 1, "2028-02-29", []),
    ],
)
def test_terms_of_working_days(start, number, end, closed):
    counted = FEDERAL.add_working_days(day(start), number)
    assert (counted.day, told(counted.explanation)) == (day(end), closed)


@pytest.mark.row(30)
@pytest.mark.parametrize(
    ("event", "number", "end", "closed"),
    [
        ("2026-05-14", 10, "2026-04-28", ["2026-05-01", "2026-05-05"]),  # there and back
        ("2026-05-04", 1, "2026-04-30", ["2026-05-01"]),
        ("2026-05-03", 1, "2026-04-29", ["2026-05-01"]),  # a fair on Sunday: only the 30th lies between
        ("2026-01-02", 1, "2025-12-31", ["2026-01-01"]),
        ("2024-03-01", 1, "2024-02-29", []),
    ],
)
def test_notices_of_working_days(event, number, end, closed):
    counted = FEDERAL.subtract_working_days(day(event), number)
    assert (counted.day, told(counted.explanation)) == (day(end), closed)


@pytest.mark.row(30)
@pytest.mark.parametrize(
    ("before", "units", "natural", "end"),
    [
        ("2026-05-20", {"weeks": 2}, None, "2026-05-06"),
        ("2026-05-15", {"weeks": 2}, "2026-05-01", "2026-04-30"),  # a closed Friday
        ("2026-05-19", {"weeks": 2}, "2026-05-05", "2026-05-04"),
        ("2026-05-17", {"weeks": 2}, "2026-05-03", "2026-04-30"),  # Sunday, Saturday, closed Friday
        ("2026-05-16", {"days": 15}, "2026-05-01", "2026-04-30"),
        ("2024-03-29", {"months": 1}, None, "2024-02-29"),
        ("2023-03-31", {"months": 1}, None, "2023-02-28"),  # no 31 February: the last day that month has
        ("2025-02-28", {"years": 1}, None, "2024-02-28"),
    ],
)
def test_notices_of_natural_time_fall_on_the_working_day_before(before, units, natural, end):
    counted = FEDERAL.latest_date(day(before), **units)
    assert counted.day == day(end)
    assert counted.explanation.moved_from == (day(natural) if natural else None)


@pytest.mark.row(30)
@pytest.mark.parametrize(
    ("start", "units", "natural", "end"),
    [
        ("2026-04-16", {"days": 15}, "2026-05-01", "2026-05-04"),  # Labour Day, then the weekend
        ("2026-04-13", {"days": 15}, None, "2026-04-28"),  # weekends inside count
        ("2026-04-24", {"weeks": 1}, "2026-05-01", "2026-05-04"),
        ("2026-04-05", {"months": 1}, "2026-05-05", "2026-05-06"),
        ("2026-01-31", {"months": 1}, "2026-03-01", "2026-03-02"),  # no 31 February: first working day of March
        ("2024-01-30", {"months": 1}, None, "2024-03-01"),
        ("2024-01-29", {"months": 1}, None, "2024-02-29"),
        ("2024-02-29", {"years": 1}, "2025-03-01", "2025-03-03"),  # the leap day's anniversary
        ("2024-02-29", {"years": 4}, None, "2028-02-29"),
        ("2024-12-25", {"years": 1}, "2025-12-25", "2025-12-26"),
    ],
)
def test_terms_of_natural_time_run_out_on_the_next_working_day(start, units, natural, end):
    counted = FEDERAL.term_end(day(start), **units)
    assert counted.day == day(end)
    assert counted.explanation.moved_from == (day(natural) if natural else None)


def test_fixed_dates_move_off_a_closed_day_and_no_other():
    closed, working = day("2026-05-01"), day("2026-05-04")
    assert FEDERAL.on_or_before(closed).day == day("2026-04-30")
    assert FEDERAL.on_or_after(closed).day == working
    assert [one.on for one in FEDERAL.on_or_after(closed).explanation.left_out] == [
        closed,
        closed + ONE,
        closed + 2 * ONE,
    ]
    assert FEDERAL.on_or_before(working).day == FEDERAL.on_or_after(working).day == working
    assert FEDERAL.on_or_after(working).explanation.moved_from is None


def test_rest_day_is_told_before_a_closure_that_overlaps_it():
    recess = span("2026-07-17", "2026-07-20", "Receso")
    calendar = WorkingDays("prueba", WEEKEND, frozenset({recess}))
    counted = calendar.add_working_days(day("2026-07-16"), 1)
    assert counted.explanation.left_out == (
        LeftOut(day("2026-07-17"), recess),
        LeftOut(day("2026-07-18")),
        LeftOut(day("2026-07-19")),
        LeftOut(day("2026-07-20"), recess),
    )
    assert counted.day == day("2026-07-21")


def test_of_two_closures_the_shorter_and_then_the_own_is_told():
    recess, christmas = span("2026-12-21", "2026-12-31", "Receso"), span("2026-12-25", name="Navidad", calendar="base")
    own = span("2026-12-25", name="Asueto del Ayuntamiento")
    assert (
        WorkingDays("prueba", WEEKEND, frozenset({recess, christmas})).why_closed(day("2026-12-25")).closure
        == christmas
    )
    three = WorkingDays("prueba", WEEKEND, frozenset({recess, christmas, own}))
    assert three.why_closed(day("2026-12-25")).closure == own
    assert three.count_between(day("2026-12-18"), day("2026-12-31")).number == 0


def test_years_without_a_closure_are_told():
    assert FEDERAL.add_working_days(day("2036-12-19"), 5).explanation.uncharted == ()
    assert FEDERAL.add_working_days(day("2036-12-19"), 10).explanation.uncharted == (2037,)
    assert FEDERAL.add_working_days(day("2036-12-31"), 1).explanation.uncharted == (2037,)
    assert FEDERAL.subtract_working_days(day("2024-01-08"), 10).explanation.uncharted == (2023,)
    assert FEDERAL.count_between(day("2023-12-31"), day("2024-01-08")).explanation.uncharted == ()
    assert FEDERAL.latest_date(day("2037-03-04"), weeks=2).explanation.uncharted == (2037,)


@pytest.mark.parametrize(
    ("fault", "count"),
    [
        (Fault.AMOUNT, lambda: FEDERAL.add_working_days(day("2026-01-01"), 0)),
        (Fault.AMOUNT, lambda: FEDERAL.add_working_days(day("2026-01-01"), -1)),
        (Fault.AMOUNT, lambda: FEDERAL.subtract_working_days(day("2026-01-01"), MOST + 1)),
        (Fault.AMOUNT, lambda: FEDERAL.latest_date(day("2026-01-01"))),
        (Fault.AMOUNT, lambda: FEDERAL.latest_date(day("2026-01-01"), weeks=-2)),
        (Fault.AMOUNT, lambda: FEDERAL.term_end(day("2026-01-01"), weeks=2, days=1)),
        (Fault.ORDER, lambda: FEDERAL.count_between(day("2026-01-02"), day("2026-01-01"))),
        (Fault.RANGE, lambda: FEDERAL.add_working_days(day("9999-12-30"), 5)),
        (Fault.RANGE, lambda: FEDERAL.subtract_working_days(day("0001-01-03"), 5)),
        (Fault.RANGE, lambda: FEDERAL.term_end(day("9999-12-30"), days=5)),
        (Fault.RANGE, lambda: FEDERAL.term_end(day("9999-12-30"), years=5)),
        (Fault.RANGE, lambda: FEDERAL.latest_date(day("0001-01-30"), months=1)),
        (Fault.RANGE, lambda: FEDERAL.term_end(day("9999-11-30"), months=1_000)),
    ],
)
def test_counts_that_cannot_be_made_are_refused(fault, count):
    with pytest.raises(CountError) as refused:
        count()
    assert refused.value.fault == fault


def test_calendar_leaves_a_day_of_the_week_to_work_on():
    with pytest.raises(ValueError):
        WorkingDays("nunca", frozenset(range(1, 8)), frozenset())
    with pytest.raises(ValueError):
        WorkingDays("ocho", frozenset({8}), frozenset())


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        ("02-mon-1", 2027, "2027-02-01"),  # the month begins with it
        ("03-mon-3", 2026, "2026-03-16"),
        ("11-mon-3", 2032, "2032-11-15"),
        ("06-sun-1", 2025, "2025-06-01"),
        ("02-29", 2028, "2028-02-29"),
    ],
)
def test_day_of_reads_a_rule(rule, year, expected):
    assert day_of(rule, year) == day(expected)


@pytest.mark.parametrize("rule", ["", "02-30", "13-01", "02-mon-5", "02-lun-1", "2-1", "02-29"])
def test_day_of_refuses_what_is_no_rule(rule):
    with pytest.raises(ValueError):
        day_of(rule, 2026)


# A naive count beside the real one: a set of closed days and a loop, nothing of the code under test.

DAYS = st.dates(day("2024-01-01"), day("2036-12-31"))
SPANS = st.builds(lambda first, length: ClosedSpan(first, first + length * ONE, "Cierre"), DAYS, st.integers(0, 40))
CALENDARS = st.builds(
    lambda rest, spans: WorkingDays("azar", frozenset(rest), frozenset(spans)),
    st.sets(st.integers(1, 7), max_size=6),
    st.lists(SPANS, max_size=30),
)


def worked_on(calendar, on):
    if on.weekday() + 1 in calendar.rest_days:
        return False
    return not any(one.first_on <= on <= one.last_on for one in calendar.closures)


def naive_count(calendar, first, last):
    number, on = 0, first
    while on < last:
        on += ONE
        number += worked_on(calendar, on)
    return number


def naive_end(calendar, start, number):
    on = start
    while number:
        on += ONE
        number -= worked_on(calendar, on)
    return on


@pytest.mark.row(30)
@given(CALENDARS, DAYS, st.integers(1, 60))
def test_term_ends_where_a_naive_count_ends(calendar, start, number):
    counted = calendar.add_working_days(start, number)
    assert counted.day == naive_end(calendar, start, number)
    days = (counted.day - start).days
    assert len(counted.explanation.left_out) == days - number  # every day is either counted or left out
    assert all(not worked_on(calendar, one.on) for one in counted.explanation.left_out)
    assert (counted.explanation.number, counted.explanation.unit) == (number, Unit.WORKING_DAYS)


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_notice_is_the_last_working_day_that_leaves_so_many(calendar, event, number):
    found = calendar.subtract_working_days(event, number)
    assert worked_on(calendar, found.day)
    assert naive_count(calendar, found.day, event) >= number
    later = found.day + ONE
    while later <= event:
        assert not worked_on(calendar, later) or naive_count(calendar, later, event) < number
        later += ONE
    assert len(found.explanation.left_out) == (event - found.day).days - naive_count(calendar, found.day, event)


@given(CALENDARS, DAYS, DAYS)
def test_counting_between_is_a_naive_count(calendar, one, other):
    first, last = min(one, other), min(max(one, other), min(one, other) + 500 * ONE)
    counted = calendar.count_between(first, last)
    assert counted.number == naive_count(calendar, first, last)
    assert counted.number + len(counted.explanation.left_out) == (last - first).days


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_there_and_back_is_the_same_day(calendar, start, number):
    if worked_on(calendar, start):
        assert calendar.subtract_working_days(calendar.add_working_days(start, number).day, number).day == start


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_settled_days_are_the_nearest_working_ones(calendar, on, number):
    for counted, natural in (
        (calendar.latest_date(on, days=number), on - number * ONE),
        (calendar.on_or_before(on), on),
        (calendar.term_end(on, days=number), on + number * ONE),
        (calendar.on_or_after(on), on),
    ):
        assert worked_on(calendar, counted.day)
        passed = sorted({counted.day, natural})
        between = [first + n * ONE for first, last in pairwise(passed) for n in range((last - first).days + 1)]
        assert [one.on for one in counted.explanation.left_out] == [one for one in between if one != counted.day]
        assert not any(worked_on(calendar, one) for one in between if one != counted.day)
