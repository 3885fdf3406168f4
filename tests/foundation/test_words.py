"""What a text says as a number: whole, of few digits, or nothing."""

from __future__ import annotations

import pytest

from hermanar.foundation.words import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("999999", 999_999),
        ("1000000", None),
        ("1" * 5_000, None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        (" 1", None),
        ("2¹", None),
        ("²", None),
        ("٥", None),
        ("1\x00", None),
    ],
)
def test_a_number_is_read_whole_or_not_at_all(text, number):
    assert whole_number(text, digits=6) == number
