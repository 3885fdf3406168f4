"""Dates as sources give them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import hermanar
from hermanar.foundation.calendar import (
    UNKNOWN_DATE,
    PartialDate,
    Precision,
    dates,
    day_in,
    months_later,
    parse_partial,
    public_day,
    public_day_of,
    today_in,
)


@pytest.mark.parametrize(
    ("text", "expected", "last"),
    [
        ("", UNKNOWN_DATE, None),
        ("1987", PartialDate(dt.date(1987, 1, 1), Precision.YEAR), dt.date(1987, 12, 31)),
        ("1987-12", PartialDate(dt.date(1987, 12, 1), Precision.MONTH), dt.date(1987, 12, 31)),
        ("2024-02", PartialDate(dt.date(2024, 2, 1), Precision.MONTH), dt.date(2024, 2, 29)),
        ("9999-12", PartialDate(dt.date(9999, 12, 1), Precision.MONTH), dt.date(9999, 12, 31)),
        (" 1979-09-14 ", PartialDate(dt.date(1979, 9, 14), Precision.DAY), dt.date(1979, 9, 14)),
    ],
)
def test_parse_partial_keeps_the_precision(text, expected, last):
    assert parse_partial(text) == expected
    assert expected.last == last
    assert str(expected) == text.strip()


@pytest.mark.parametrize("text", ["87", "1987-13", "2023-02-29", "14/09/1979", "1987-1", "0000", "1987-12-1x"])
def test_parse_partial_refuses_what_is_no_date(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_partial(text)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2024, 11, 21), 24, dt.date(2026, 11, 21)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2023, 12, 31), 2, dt.date(2024, 2, 29)),
        (dt.date(2024, 11, 30), 1, dt.date(2024, 12, 30)),
    ],
)
def test_months_later_stays_inside_the_month(day, months, expected):
    assert months_later(day, months) == expected


@pytest.mark.row(30)
@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        ("2026-05-01T05:30+00:00", "America/Mexico_City", "2026-04-30"),  # half past eleven of the day before
        ("2026-05-01T05:30+00:00", "America/Cancun", "2026-05-01"),  # an hour ahead, the whole year
        ("2026-05-01T06:30+00:00", "America/Mexico_City", "2026-05-01"),
        ("2026-07-01T06:30+00:00", "America/Tijuana", "2026-06-30"),  # the border keeps summer time
        ("2026-07-01T07:00+00:00", "America/Tijuana", "2026-07-01"),
        ("2026-12-01T07:30+00:00", "America/Tijuana", "2026-11-30"),
        ("2026-07-01T05:30+00:00", "America/Ciudad_Juarez", "2026-06-30"),
        ("2026-07-01T06:00+00:00", "America/Ciudad_Juarez", "2026-07-01"),  # the border, with El Paso
        ("2026-07-01T06:00+00:00", "America/Chihuahua", "2026-07-01"),
        ("2026-12-01T06:30+00:00", "America/Ciudad_Juarez", "2026-11-30"),
        (
            "2026-12-01T06:30+00:00",
            "America/Chihuahua",
            "2026-12-01",
        ),  # the rest of its state no longer turns its clocks
        ("2026-03-08T10:00+00:00", "America/Tijuana", "2026-03-08"),  # the hour that is not there
        ("2026-11-01T08:30+00:00", "America/Tijuana", "2026-11-01"),  # the hour that is there twice
        ("2024-02-29T23:59-06:00", "America/Mexico_City", "2024-02-29"),
    ],
)
def test_day_in_is_the_day_on_the_wall_of_the_office(moment, zone, expected):
    assert day_in(zone, dt.datetime.fromisoformat(moment)) == dt.date.fromisoformat(expected)


def test_day_in_refuses_a_moment_without_zone():
    with pytest.raises(ValueError):
        day_in("America/Mexico_City", dt.datetime(2026, 5, 1, 5, 30))  # noqa: DTZ001


def test_today_in_is_the_day_of_now():
    before = dt.datetime.now(dt.UTC)
    today = today_in("Pacific/Kiritimati")
    after = dt.datetime.now(dt.UTC)
    assert today in {day_in("Pacific/Kiritimati", before), day_in("Pacific/Kiritimati", after)}


EVENING = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)  # still the 20th in Guanajuato


def test_the_publics_day_is_mexicos_in_the_evening(monkeypatch, settings):
    settings.PUBLIC_TIME_ZONE = "America/Mexico_City"

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return EVENING.astimezone(tz)

    monkeypatch.setattr(dates.dt, "datetime", Clock)
    assert public_day() == dt.date(2026, 11, 20)


@pytest.mark.parametrize(("zone", "day"), [("America/Mexico_City", 20), ("UTC", 21), ("Asia/Tokyo", 21)])
def test_a_moment_falls_on_the_publics_day(settings, zone, day):
    settings.PUBLIC_TIME_ZONE = zone
    assert public_day_of(EVENING) == dt.date(2026, 11, day)


@pytest.mark.row(30)
def test_nobody_else_reads_the_day_off_a_clock():
    asks = re.compile(r"date\.today\(|localdate\(|utcnow\(|now\([^)]*\)\.date\(|PUBLIC_TIME_ZONE")
    package = Path(hermanar.__file__).parent
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if asks.search(path.read_text())}
    assert found == {"foundation/calendar/public.py", "site/settings.py"}


def test_the_day_of_a_moment_is_asked_of_a_zone():
    """A moment's own `.date()` is UTC's day; the few who call it hold no moment, or moved it into a zone before."""
    asks = re.compile(r"(?<!\bdt)\.date\(\)")
    package = Path(hermanar.__file__).parent
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if asks.search(path.read_text())}
    assert found == {
        "foundation/calendar/dates.py",
        "foundation/tables/xlsx_files.py",
        "museum/tokens.py",
        "ui/templatetags/ui.py",
    }
