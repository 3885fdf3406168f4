"""An amount is read as people write it, and what may mean something else is asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hermanar.cooperation.rules import PlanRefusedError, plain_amount
from hermanar.cooperation.rules.plans import totals_of


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("15000", "15000"),
        ("15000.50", "15000.50"),
        ("15,000", "15000"),
        ("1,015,000.50", "1015000.50"),
        ("$ 15 000.50", "15000.50"),
        ("15\N{NO-BREAK SPACE}000", "15000"),
        ("", ""),
        ("15000,50", None),
        ("0,99", None),
        ("1,5,000", None),
        ("1500,000", None),
        ("15,000,50", None),
    ],
)
def test_comma_parts_thousands_and_nothing_else(text, figure):
    assert plain_amount(text) == figure


def test_totals_of_a_programme_are_read_alike():
    assert totals_of("120,000.00 MXN\n$ 500 USD") == {"MXN": Decimal("120000.00"), "USD": Decimal(500)}
    with pytest.raises(PlanRefusedError):
        totals_of("15000,50 MXN")
