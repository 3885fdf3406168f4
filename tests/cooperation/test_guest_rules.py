"""What two sides tell of the same thing: tables of cases."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.cooperation.rules import (
    GuestRefusedError,
    check_open,
    check_return,
    check_word,
    likeness,
    likest_first,
)
from hermanar.cooperation.vocabulary import Answered, EntryState, GuestFault, Likeness


def day(number, month=5):
    return dt.date(2026, month, number)


def span(first, last=None):
    return (day(first), day(last or first))


FIRST, LAST = (dt.date.min, dt.date.min), (dt.date.max, dt.date.max)


@pytest.mark.parametrize(
    ("kinds", "first", "other", "how"),
    [
        (("visit", "visit"), span(10), span(10), Likeness.SAME_DAYS),
        (("visit", "visit"), span(8, 10), span(10, 12), Likeness.SAME_DAYS),
        (("visit", "visit"), span(10), span(17), Likeness.NEAR_DAYS),  # a week, both ways
        (("visit", "visit"), span(17), span(10), Likeness.NEAR_DAYS),
        (("visit", "visit"), span(10), span(18), None),
        (("visit", "visit"), span(18), span(10), None),
        (("visit", "culture"), span(10), span(10), Likeness.OTHER_KIND),
        (("visit", "culture"), span(10), span(11), None),
        (("visit", "visit"), FIRST, span(10), None),
        (("visit", "visit"), LAST, span(10), None),
    ],
)
def test_likeness_of_two_tellings(kinds, first, other, how):
    assert likeness(kinds, first=first, other=other) is how
    assert likeness(kinds[::-1], first=other, other=first) is how, "it does not matter who told it first"


def test_likest_is_looked_at_first_and_the_rest_stay_in_order():
    found = [Likeness.OTHER_KIND, Likeness.NEAR_DAYS, Likeness.SAME_DAYS, Likeness.NEAR_DAYS]
    assert likest_first(found) == [2, 1, 3, 0]


@pytest.mark.parametrize("state", list(EntryState))
def test_what_was_answered_for_good_is_closed(state):
    if state in {EntryState.SENT, EntryState.RETURNED}:
        check_open(state)
    else:
        with pytest.raises(GuestRefusedError) as refused:
            check_open(state)
        assert refused.value.fault is GuestFault.ANSWERED


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        (lambda: check_word(Answered.CONFIRMS, ""), None),
        (lambda: check_word(Answered.CONTESTS, "Fueron doce."), None),
        (lambda: check_word(Answered.CONTESTS, " "), GuestFault.NO_NOTE),
        (lambda: check_return("Falta el día."), None),
        (lambda: check_return(" \n"), GuestFault.NO_REASON),
    ],
)
def test_a_no_says_why(check, fault):
    if fault is None:
        check()
    else:
        with pytest.raises(GuestRefusedError) as refused:
            check()
        assert refused.value.fault is fault
