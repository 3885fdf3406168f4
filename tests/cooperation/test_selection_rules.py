"""What marks add up to, what is refused of weights, marks, requests and who takes part."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hermanar.cooperation.rules.requests import RequestFacts, refused_answer, refused_request
from hermanar.cooperation.rules.selection import Standing, ranked, refused_mark, refused_weight, standing
from hermanar.cooperation.rules.stakeholders import ActorFacts, gaps, refused_leaving, refused_stakeholder
from hermanar.cooperation.vocabulary.requests import Answer, RequestSide
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, TieSide
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why

A, B, C = (UUID(int=number) for number in (1, 2, 3))
TODAY = dt.date(2026, 5, 4)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("weights", "marks", "low", "high", "missing"),
    [
        ({A: 10}, {A: 5}, 100, 100, 0),
        ({A: 10}, {A: 0}, 0, 0, 0),
        ({A: 10, B: 5}, {A: 5, B: 0}, Fraction(200, 3), Fraction(200, 3), 0),
        ({A: 10, B: 5}, {A: 5}, Fraction(200, 3), 100, 1),
        ({A: 10, B: 0, C: None}, {A: 3, B: 5}, 60, 60, 0),
        ({A: 1, B: 1}, {}, 0, 100, 2),
    ],
)
def test_points_are_weights_times_marks_out_of_what_they_could_be(weights, marks, low, high, missing):
    found = standing(A, weights=weights, marks=marks)
    assert (found.low, found.high, found.missing, found.is_whole) == (low, high, missing, missing == 0)


@pytest.mark.parametrize("weights", [{}, {A: None}, {A: 0}, {A: 0, B: None}])
def test_nothing_is_added_up_before_something_weighs(weights):
    assert standing(A, weights=weights, marks={A: 5}) is None


def test_order_is_by_points_alike_in_one_place_and_the_incomplete_have_none():
    whole = [Standing(one, Fraction(points), Fraction(points), 0) for one, points in ((A, 50), (B, 80), (C, 50))]
    lacking = Standing(UUID(int=9), Fraction(90), Fraction(100), 1)
    found = ranked([whole[0], lacking, *whole[1:]])
    assert [(one.candidate, one.place) for one in found] == [(B, 1), (A, 2), (C, 2), (lacking.candidate, None)]


@given(st.dictionaries(st.uuids(), st.integers(0, 10), min_size=1), st.data())
def test_a_mark_more_never_widens_the_range(weights, data):
    marks = {one: data.draw(st.integers(0, 5)) for one in weights if data.draw(st.booleans())}
    before = standing(A, weights=weights, marks=marks)
    if before is None:
        return
    left = [one for one in weights if one not in marks]
    assert 0 <= before.low <= before.high <= 100
    if left:
        after = standing(A, weights=weights, marks={**marks, left[0]: data.draw(st.integers(0, 5))})
        assert before.low <= after.low <= after.high <= before.high


@pytest.mark.parametrize(("weight", "why"), [(None, []), (0, []), (10, []), (11, [Why.WEIGHT_OUT_OF_RANGE])])
def test_weights_go_from_nought_to_ten(weight, why):
    assert refused_weight(weight) == why


@pytest.mark.parametrize(
    ("value", "reason", "why"),
    [
        (None, "", []),
        (None, " ", []),
        (None, "porque", [Why.REASON_WITHOUT_MARK]),
        (0, "porque", []),
        (5, "porque", []),
        (5, " ", [Why.MARK_WITHOUT_REASON]),
        (6, "porque", [Why.VALUE_OUT_OF_RANGE]),
        (-1, "", [Why.VALUE_OUT_OF_RANGE, Why.MARK_WITHOUT_REASON]),
    ],
)
def test_a_mark_stands_with_its_reason(value, reason, why):
    assert refused_mark(value, reason=reason) == why


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, []),
        ({"city": " "}, [Why.NO_NAME]),
        ({"requester": ""}, [Why.NO_REQUESTER]),
        ({"asks": ""}, [Why.NO_WORDS]),
        ({"on": TODAY + DAY}, [Why.FUTURE_DATE]),
        ({"answer_by": TODAY - 2 * DAY}, [Why.DUE_BEFORE]),
        ({"answer_by": TODAY - DAY}, []),
        ({"is_own_place": True}, [Why.OWN_PLACE]),
    ],
)
def test_a_request_says_who_asks_for_what_and_when(values, why):
    told = {"side": RequestSide.RECEIVED, "city": "Ashland", "requester": "Dana", "asks": "Hermanarse"}
    facts = RequestFacts(**{**told, "on": TODAY - DAY, **values})
    assert refused_request(facts, today=TODAY) == why


@pytest.mark.parametrize(
    ("answer", "values", "why"),
    [
        (Answer.ACCEPTED, {}, []),
        (Answer.ACCEPTED, {"has_link": False}, [Why.NO_LINK]),
        (Answer.DECLINED, {"has_link": False}, []),
        (Answer.DECLINED, {"reason": " "}, [Why.NO_REASON]),
        (Answer.DECLINED, {"on": TODAY + DAY}, [Why.FUTURE_DATE]),
        (Answer.DECLINED, {"on": TODAY - 2 * DAY}, [Why.ANSWERED_BEFORE]),
    ],
)
def test_an_answer_has_its_reason_and_comes_after_the_request(answer, values, why):
    given_ = {"reason": "porque", "has_link": True, "asked_on": TODAY - DAY, "on": TODAY, **values}
    assert refused_answer(answer, **given_, today=TODAY) == why


def test_gaps_are_the_classes_nobody_is_of_side_by_side():
    found = gaps([ActorFacts(ActorClass.PUBLIC, TieSide.OWN), ActorFacts(ActorClass.PUBLIC, TieSide.OTHER)])
    assert len(found) == 10
    assert ActorClass.PUBLIC not in {kind for kind, _side in found}
    assert len(gaps([])) == 12
    assert (ActorClass.PRIVATE, TieSide.OTHER) in gaps([ActorFacts(ActorClass.PRIVATE, TieSide.OWN)])


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, []),
        ({"name": ""}, [Why.NO_NAME]),
        ({"part": " "}, [Why.NO_PART]),
        ({"since_on": TODAY + DAY}, [Why.FUTURE_DATE]),
    ],
)
def test_who_takes_part_has_a_name_and_a_part(values, why):
    told = {"name": "Universidad", "part": "Recibe estudiantes", "since_on": None, **values}
    assert refused_stakeholder(told.pop("name"), **told, today=TODAY) == why


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, []),
        ({"reason": ""}, [Why.NO_REASON]),
        ({"left_on": TODAY + DAY}, [Why.FUTURE_DATE]),
        ({"left_on": TODAY - 3 * DAY}, [Why.ENDS_FIRST]),
    ],
)
def test_nobody_leaves_before_coming_or_without_a_reason(values, why):
    told = {"left_on": TODAY, "reason": "Cerró", **values}
    assert refused_leaving(TODAY - DAY, **told, today=TODAY) == why
    if why != [Why.ENDS_FIRST]:
        assert refused_leaving(None, **told, today=TODAY) == why
