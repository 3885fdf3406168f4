"""A value over time: what is not known is a gap, never a nought, and no line is drawn through it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from defusedxml import ElementTree

from hermanar.ui.courses import course

DAY = dt.date(2026, 5, 4)


def drawn(*values):
    points = [(DAY + dt.timedelta(days=number), value and Decimal(value)) for number, value in enumerate(values)]
    found = ElementTree.fromstring(course(points, most=3, label='a "b" <c>'))
    assert found.get("aria-label") == 'a "b" <c>'
    names = [each.get("class") for each in found]
    return [names.count(f"course__{name}") for name in ("rule", "line", "dot", "gap")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), [4, 0, 0, 0]),
        (("1.5",), [4, 0, 1, 0]),
        ((None,), [4, 0, 0, 1]),
        (("0.0", "3.0"), [4, 1, 2, 0]),
        (("1.0", None, "2.0"), [4, 0, 2, 1]),
        (("1.0", "2.0", None), [4, 1, 2, 1]),
    ],
)
def test_what_is_drawn(values, expected):
    assert drawn(*values) == expected


def test_nought_lies_at_the_foot_and_the_most_at_the_head():
    found = ElementTree.fromstring(course([(DAY, Decimal(0)), (DAY, Decimal(3))], most=3, label=""))
    low, high = (each for each in found if each.get("class") == "course__dot")
    assert (low.get("cy"), high.get("cy")) == ("64.0", "8.0")
    assert float(low.get("cx")) < float(high.get("cx"))
