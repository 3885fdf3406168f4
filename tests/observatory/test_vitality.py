"""Vitality from evidence."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hermanar.observatory.rules import next_vitality_change, vitality
from hermanar.observatory.vocabulary import Vitality

TODAY = dt.date(2026, 11, 21)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (None, Vitality.UNKNOWN),
        (dt.date(2026, 11, 21), Vitality.ACTIVE),
        (dt.date(2024, 11, 21), Vitality.ACTIVE),
        (dt.date(2024, 11, 20), Vitality.DORMANT),
        (dt.date(2024, 6, 22), Vitality.DORMANT),  # Ashland's last dated activity known
        (dt.date(2021, 11, 21), Vitality.DORMANT),
        (dt.date(2021, 11, 20), Vitality.SILENT),
        (dt.date(2010, 12, 31), Vitality.SILENT),  # South Bend's
    ],
)
def test_vitality_on_a_day(evidence, expected):
    assert vitality(evidence, TODAY) == expected


@given(DAYS, DAYS)
def test_next_vitality_change_is_the_first_day_that_differs(evidence, today):
    turn = next_vitality_change(evidence, today)
    if turn is None:
        assert vitality(evidence, today) == Vitality.SILENT
        return
    assert turn > today
    assert vitality(evidence, turn) != vitality(evidence, today)
    assert vitality(evidence, turn - dt.timedelta(days=1)) == vitality(evidence, today)
