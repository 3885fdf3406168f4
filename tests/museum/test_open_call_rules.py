"""What may be done with an open call, and when: tables of cases."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from hermanar.museum.rules.open_calls import (
    CallFacts,
    Mark,
    phase_of,
    refused_call,
    refused_mark,
    refused_result,
    refused_to_mend,
    refused_to_show,
    tally_of,
)
from hermanar.museum.vocabulary.open_calls import CallRefusal as Why
from hermanar.museum.vocabulary.open_calls import Decider, Phase

WHOLE = CallFacts(
    title="Una obra", rules="Las bases", receiver="ashland", opens_on=dt.date(2027, 3, 1),
    closes_on=dt.date(2027, 3, 31), votes_until=dt.date(2027, 4, 15), is_published=True,
)  # fmt: skip
AFTER = dt.date(2027, 4, 16)


def but(**values):
    return dataclasses.replace(WHOLE, **values)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ((2027, 2, 28), Phase.UPCOMING), ((2027, 3, 1), Phase.OPEN), ((2027, 3, 31), Phase.OPEN),
        ((2027, 4, 1), Phase.VOTING), ((2027, 4, 15), Phase.VOTING), ((2027, 4, 16), Phase.DECIDING),
    ],
)  # fmt: skip
def test_the_last_day_of_each_stretch_belongs_to_it(day, phase):
    assert phase_of(WHOLE, today=dt.date(*day)) is phase
    assert phase_of(but(is_decided=True), today=dt.date(*day)) is Phase.DECIDED
    assert phase_of(but(is_decided=True, is_cancelled=True), today=dt.date(*day)) is Phase.CANCELLED
    assert phase_of(but(votes_until=None), today=dt.date(*day)) is Phase.UPCOMING


@pytest.mark.parametrize(
    ("facts", "refusals"),
    [
        (WHOLE, []),
        (but(title=" "), [Why.NO_TITLE]),
        (but(closes_on=dt.date(2027, 2, 1)), [Why.DATES_OUT_OF_ORDER]),
        (but(votes_until=dt.date(2027, 3, 31)), [Why.DATES_OUT_OF_ORDER]),  # nobody could vote
        (but(opens_on=None, closes_on=None, votes_until=None), []),
    ],
)
def test_a_draft_may_lack_everything_but_a_title_and_order(facts, refusals):
    assert refused_call(facts) == refusals


def test_the_public_sees_only_what_is_whole():
    bare = CallFacts(title="Una obra")
    assert refused_to_show(WHOLE, is_demonstration=False) == []
    assert refused_to_show(bare, is_demonstration=True) == [Why.NO_RULES, Why.NO_CITY, Why.NO_DATES, Why.DEMONSTRATION]


@pytest.mark.parametrize(
    ("after", "refusals"),
    [
        (but(title="Otro título"), []),
        (but(closes_on=dt.date(2027, 4, 2), votes_until=dt.date(2027, 5, 1)), []),
        (but(closes_on=dt.date(2027, 3, 30)), [Why.FROZEN]),
        (but(votes_until=None), [Why.FROZEN]),
        (but(rules="Otras"), [Why.FROZEN]),
        (but(receiver="umea"), [Why.FROZEN]),
        (but(decider=Decider.PUBLIC), [Why.FROZEN]),
    ],
)
def test_what_works_were_sent_under_stays(after, refusals):
    assert refused_to_mend(but(entries=1), after) == refusals
    assert refused_to_mend(WHOLE, after) == []
    assert refused_to_mend(but(is_decided=True), after) == [Why.OVER]


@pytest.mark.parametrize(
    ("facts", "more", "refusals"),
    [
        (WHOLE, {}, []),
        (WHOLE, {"today": dt.date(2027, 4, 15)}, [Why.TOO_EARLY]),
        (but(is_published=False), {}, [Why.TOO_EARLY]),
        (WHOLE, {"is_entry": False}, [Why.NOT_AN_ENTRY]),
        (WHOLE, {"is_entry": False, "is_void": True, "votes": 0}, []),
        (WHOLE, {"votes": 0}, [Why.NO_JURY]),
        (but(decider=Decider.PUBLIC), {"votes": 0}, []),
        (WHOLE, {"reasons": " "}, [Why.NO_REASON]),
        (but(is_decided=True), {}, [Why.OVER]),
    ],
)
def test_a_result_has_its_time_its_work_and_its_reasons(facts, more, refusals):
    told = {"today": AFTER, "is_entry": True, "is_void": False, "reasons": "Por la luz.", "votes": 1, **more}
    assert refused_result(facts, **told) == refusals


@pytest.mark.parametrize(
    ("told", "refusals"),
    [
        ({"score": 1}, []), ({"score": 5}, []), ({"interest": "Es mi hija"}, []),
        ({"score": 0}, [Why.BAD_SCORE]), ({"score": 6}, [Why.BAD_SCORE]), ({}, [Why.BAD_SCORE]),
        ({"score": 3, "interest": "Es mi hija"}, [Why.BAD_SCORE]),
        ({"score": 3, "has_accepted": False}, [Why.NOT_ACCEPTED]),
        ({"score": 3, "phase": Phase.OPEN}, [Why.NOT_VOTING]),
    ],
)  # fmt: skip
def test_a_juror_gives_points_or_tells_an_interest(told, refusals):
    assert (
        refused_mark(**{"phase": Phase.VOTING, "has_accepted": True, "score": None, "interest": "", **told}) == refusals
    )


def test_who_has_an_interest_does_not_count():
    marks = [Mark("a", "x", 5), Mark("b", "x", 2), Mark("c", "x", None, "Es mi hija"), Mark("c", "y", 4)]
    assert tally_of(marks) == {"x": {"votes": 2, "mean": 3.5}, "y": {"votes": 1, "mean": 4.0}}
