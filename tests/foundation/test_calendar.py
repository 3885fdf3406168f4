"""Dates as sources give them."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.foundation.calendar import UNKNOWN_DATE, PartialDate, Precision, months_later, parse_partial


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
