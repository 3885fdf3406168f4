"""When an event is, in the time of its place, and what may not be told of it: tables, no database."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.museum.rules.events import EventFacts, Span, is_moved, is_over, moments, refused_event, refused_to_show
from hermanar.museum.spans import said_span
from hermanar.museum.vocabulary.events import EventKind, EventState
from hermanar.museum.vocabulary.events import EventRefusal as Why

DAY, NEXT = dt.date(2026, 10, 9), dt.date(2026, 10, 10)
SIX, EIGHT = dt.time(18), dt.time(20)


def facts(**values):
    told = {"kind": EventKind.EVENT, "title": "Concierto", "span": Span(DAY), "city": "guanajuato", **values}
    return EventFacts(**told)


@pytest.mark.parametrize(
    ("span", "refusals"),
    [
        (Span(), []),
        (Span(DAY), []),
        (Span(DAY, NEXT), []),
        (Span(DAY, NEXT, SIX, dt.time(2)), []),
        (Span(DAY, None, SIX, EIGHT), []),
        (Span(DAY, None, EIGHT, SIX), [Why.ENDS_FIRST]),
        (Span(DAY, None, SIX, SIX), [Why.ENDS_FIRST]),
        (Span(NEXT, DAY), [Why.ENDS_FIRST]),
        (Span(None, DAY), [Why.NO_START]),
        (Span(None, None, SIX), [Why.NO_START]),
        (Span(DAY, None, None, SIX), [Why.NO_START_TIME]),
        (Span(dt.date(1, 1, 1)), [Why.OUT_OF_REACH]),
        (Span(DAY, dt.date(9999, 12, 31), SIX), [Why.OUT_OF_REACH]),
        (Span(DAY, zone="America/Guanajuato"), [Why.UNKNOWN_ZONE]),
        (Span(DAY, zone="../../etc/passwd"), [Why.UNKNOWN_ZONE]),
        # Ashland puts its clocks forward on 8 March 2026: 2:30 never comes, and does the day before.
        (Span(dt.date(2026, 3, 8), None, dt.time(2, 30), zone="America/Los_Angeles"), [Why.NO_SUCH_HOUR]),
        (Span(dt.date(2026, 3, 7), None, dt.time(2, 30), zone="America/Los_Angeles"), []),
        (Span(dt.date(2026, 3, 8), None, dt.time(2, 30), zone="America/Mexico_City"), []),
        # from 1:30 to 3:00 on that morning is half an hour; in autumn 1:30 to 1:15 is never
        (Span(dt.date(2026, 3, 8), None, dt.time(1, 30), dt.time(3), "America/Los_Angeles"), []),
        (Span(dt.date(2026, 11, 1), None, dt.time(1, 30), dt.time(1, 15), "America/Los_Angeles"), [Why.ENDS_FIRST]),
    ],
)
def test_a_time_is_told_or_refused(span, refusals):
    assert refused_event(facts(span=span)) == refusals


def test_moments_follow_the_clocks_of_the_place():
    summer = moments(Span(dt.date(2026, 7, 4), None, SIX, EIGHT, "America/Los_Angeles"))
    winter = moments(Span(dt.date(2026, 12, 4), None, SIX, EIGHT, "America/Los_Angeles"))
    assert [one.astimezone(dt.UTC).hour for one in (summer[0], winter[0])] == [1, 2]
    # Mexico has kept one time all the year since 2022
    mexico = [moments(Span(dt.date(2026, month, 4), None, SIX))[0].utcoffset() for month in (1, 7)]
    assert mexico == [dt.timedelta(hours=-6)] * 2
    # an hour shown twice is its first
    twice = moments(Span(dt.date(2026, 11, 1), None, dt.time(1, 30), None, "America/Los_Angeles"))
    assert twice[0].utcoffset() == dt.timedelta(hours=-7)
    assert moments(Span(DAY)) is None
    # from an hour on one day to another day, without an hour: to the end of that day
    assert moments(Span(DAY, NEXT, SIX))[1] == moments(Span(NEXT + dt.timedelta(days=1), None, dt.time()))[0]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"title": "  "}, Why.NO_TITLE),
        ({"title": "Nulo \x00"}, Why.NOT_TEXT),
        ({"texts": ("campana \x07",)}, Why.NOT_TEXT),
        ({"more_url": "javascript:alert(1)"}, Why.BAD_LINK),
        ({"more_url": "//example.org"}, Why.BAD_LINK),
        ({"every_years": 3}, Why.BAD_INTERVAL),
        ({"every_years": 0, "kind": EventKind.FESTIVAL}, Why.BAD_INTERVAL),
        ({"parent": EventKind.EVENT}, Why.UNFIT_PARENT),
        ({"parent": EventKind.FEAST, "kind": EventKind.FEAST}, Why.UNFIT_PARENT),
        ({"has_parts": True}, Why.HAS_PARTS),
        ({"cities": tuple(str(number) for number in range(61))}, Why.TOO_MANY_CITIES),
    ],
)
def test_what_may_not_be_told(values, refusal):
    assert refused_event(facts(**values)) == [refusal]


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({}, []),
        ({"city": ""}, [Why.NO_PLACE]),
        ({"span": Span()}, [Why.NO_DAY]),
        ({"span": Span(), "kind": EventKind.FEAST}, [Why.NO_SOURCE]),
        ({"span": Span(), "kind": EventKind.FEAST, "has_source": True}, []),
        ({"span": Span(), "state": EventState.PROPOSED, "has_source": True}, []),
    ],
)
def test_what_may_be_public(values, refusals):
    assert refused_to_show(facts(**values), is_demonstration=False) == refusals
    assert refused_to_show(facts(**values), is_demonstration=True)[0] == Why.DEMONSTRATION


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (Span(DAY), Span(DAY, None, SIX), False),
        (Span(DAY), Span(NEXT), True),
        (Span(DAY, None, SIX), Span(DAY, None, EIGHT), True),
        (Span(DAY, None, SIX), Span(DAY, None, SIX, EIGHT), False),
        (Span(DAY, None, SIX), Span(DAY, None, SIX, None, "Europe/Madrid"), True),
        (Span(), Span(DAY), False),
        (Span(DAY), Span(), True),
    ],
)
def test_who_would_come_at_the_wrong_time_is_told(before, after, moved):
    assert is_moved(before, after) is moved


def test_a_last_day_is_not_over_before_its_end():
    assert [is_over(Span(DAY, NEXT), today=day) for day in (DAY, NEXT, NEXT + dt.timedelta(days=1))] == [
        False, False, True,
    ]  # fmt: skip
    assert not is_over(Span(), today=DAY)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(), ""),
        (Span(DAY), "viernes 9 de octubre de 2026"),
        (Span(DAY, dt.date(2026, 10, 25)), "del 9 al 25 de octubre de 2026"),
        (Span(DAY, dt.date(2026, 11, 2)), "del 9 de octubre al 2 de noviembre de 2026"),
        (Span(DAY, dt.date(2027, 1, 2)), "del 9 de octubre de 2026 al 2 de enero de 2027"),
        (Span(DAY, None, SIX), "viernes 9 de octubre de 2026, a las 18:00, hora del lugar (UTC−6)"),
        (
            Span(DAY, None, SIX, EIGHT, "Asia/Kolkata"),
            "viernes 9 de octubre de 2026, de 18:00 a 20:00, hora del lugar (UTC+5:30)",
        ),
    ],
)
def test_times_are_said_in_words(span, words):
    assert said_span(span) == words
