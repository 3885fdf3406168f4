"""How answers add up: tables of cases, and what holds whatever the answers are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hermanar.planning.rules import (
    MOST,
    POINTS,
    SIZES,
    AssessmentRefusedError,
    Flaw,
    Mark,
    Score,
    is_like_size,
    movement,
    refused_closing,
    refused_date,
    score,
    size_class,
    total,
)
from hermanar.planning.vocabulary import AssessmentStage, Degree, Movement, Refusal, SizeClass

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 5, 4)
NONE, BEGUN, PART, DONE, DARK = (Mark(degree) for degree in Degree)
marks = st.builds(Mark, st.none() | st.sampled_from(Degree), st.booleans())


@pytest.mark.parametrize(
    ("answers", "expected", "mean"),
    [
        ([], Score(), None),
        ([Mark()], Score(asked=1), None),
        ([DARK], Score(asked=1, unknown=1), None),
        ([NONE], Score(asked=1, known=1), Decimal("0.0")),
        ([NONE, DARK, Mark()], Score(asked=3, known=1, unknown=1), Decimal("0.0")),
        ([DONE, DARK], Score(asked=2, known=1, unknown=1, points=3), Decimal("3.0")),
        ([BEGUN, PART, PART], Score(asked=3, known=3, points=5), Decimal("1.7")),
        ([NONE, BEGUN] * 10 + [NONE], Score(asked=21, known=21, points=10), Decimal("0.5")),
        ([BEGUN] * 3 + [PART], Score(asked=4, known=4, points=5), Decimal("1.3")),  # 1.25: halves go up
        ([Mark(Degree.DONE, has_evidence=True), Mark(Degree.UNKNOWN, has_evidence=True)],
         Score(asked=2, known=1, unknown=1, with_evidence=1, points=3), Decimal("3.0")),
    ],
)  # fmt: skip
def test_score_counts_what_it_is_of(answers, expected, mean):
    assert score(answers) == expected
    assert score(answers).mean == mean
    assert expected.unanswered == expected.asked - expected.known - expected.unknown


@given(st.lists(marks), st.randoms(use_true_random=False))
def test_score_is_the_same_in_any_order(answers, chance):
    shuffled = list(answers)
    chance.shuffle(shuffled)
    assert score(shuffled) == score(answers)


@given(st.lists(st.lists(marks)))
def test_sections_add_up_to_the_whole(sections):
    assert total(score(one) for one in sections) == score(mark for one in sections for mark in one)


@given(st.lists(marks), st.integers(0, 5))
def test_what_is_unknown_or_unanswered_moves_no_mean(answers, more):
    plain, with_gaps = score(answers), score([*answers, *[DARK, Mark()] * more])
    assert with_gaps.mean == plain.mean
    assert (with_gaps.asked, with_gaps.unknown) == (plain.asked + 2 * more, plain.unknown + more)


@given(st.lists(marks))
def test_score_keeps_within_the_scale_and_its_own_counts(answers):
    done = score(answers)
    assert 0 <= done.with_evidence <= done.known <= done.asked
    assert (done.mean is None) == (done.known == 0)
    assert done.mean is None or 0 <= done.mean <= MOST


@given(marks, marks)
def test_a_comparison_read_backwards_says_the_opposite(one, other):
    opposite = {
        Movement.BETTER: Movement.WORSE,
        Movement.WORSE: Movement.BETTER,
        Movement.NOW_KNOWN: Movement.NO_LONGER_KNOWN,
        Movement.NO_LONGER_KNOWN: Movement.NOW_KNOWN,
    }
    there = movement(one, other)
    assert movement(other, one) == opposite.get(there, there)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, DONE, Movement.NOT_ASKED),
        (DONE, None, Movement.NOT_ASKED),
        (Mark(), DARK, Movement.STILL_UNKNOWN),
        (DARK, NONE, Movement.NOW_KNOWN),
        (NONE, Mark(), Movement.NO_LONGER_KNOWN),
        (PART, PART, Movement.SAME),
        (NONE, BEGUN, Movement.BETTER),
        (DONE, PART, Movement.WORSE),
    ],
)
def test_movement(before, after, expected):
    assert movement(before, after) is expected


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (None, SizeClass.UNKNOWN), (0, SizeClass.VERY_SMALL), (49_999, SizeClass.VERY_SMALL),
        (50_000, SizeClass.SMALL), (100_000, SizeClass.MEDIUM), (249_999, SizeClass.MEDIUM),
        (250_000, SizeClass.LARGE), (500_000, SizeClass.VERY_LARGE), (1_000_000, SizeClass.HUGE),
    ],
)  # fmt: skip
def test_size_class(population, expected):
    assert size_class(population) is expected


def test_limits_of_sizes_rise():
    assert [limit for limit, _size in SIZES] == sorted(limit for limit, _size in SIZES)
    assert set(POINTS) == set(Degree) - {Degree.UNKNOWN}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(194_500, 196_000, True), (194_500, 85_000, False), (None, None, False), (194_500, None, False)],
)
def test_cities_are_of_like_size_only_when_both_are_known(one, other, expected):
    assert is_like_size(one, other) is expected


@pytest.mark.parametrize(
    ("on", "last", "expected"),
    [
        (TODAY, None, None),
        (TODAY + DAY, None, Refusal.FUTURE_DATE),
        (TODAY - DAY, TODAY, Refusal.BEFORE_LAST),
        (TODAY, TODAY, None),
    ],
)
def test_refused_date(on, last, expected):
    assert refused_date(on, last=last, today=TODAY) is expected


@pytest.mark.parametrize(
    ("stage", "answers", "expected"),
    [
        (AssessmentStage.CLOSED, [("a", DONE, "sí")], [Flaw(Refusal.NOT_OPEN)]),
        (AssessmentStage.ABANDONED, [], [Flaw(Refusal.NOT_OPEN)]),
        (AssessmentStage.DRAFT, [("a", DARK, ""), ("b", Mark(), "")], [Flaw(Refusal.NOTHING_KNOWN)]),
        (AssessmentStage.DRAFT, [("a", DONE, " "), ("b", NONE, "no hay")], [Flaw(Refusal.NO_REASON, "a")]),
        (AssessmentStage.DRAFT, [("a", DONE, "sí"), ("b", DARK, ""), ("c", Mark(), "")], []),
    ],
)
def test_refused_closing(stage, answers, expected):
    assert refused_closing(stage, answers) == expected


def test_refusal_tells_every_reason():
    refused = AssessmentRefusedError([Flaw(Refusal.FUTURE_DATE), Flaw(Refusal.NO_REASON, "a")])
    assert [flaw.question for flaw in refused.flaws] == ["", "a"]
    assert str(Refusal.NO_REASON.label) in str(refused)
