"""Tables of cases for quorum, terms, attendance, decisions and tasks."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from hermanar.cooperation.rules import committees as law
from hermanar.cooperation.rules.committees import CommitteeRefusedError, QuorumRule, Seat
from hermanar.cooperation.vocabulary import CommitteeRefusal as Why
from hermanar.cooperation.vocabulary import Quorum, SessionState

DAY = dt.date(2026, 5, 4)
BEFORE, AFTER = DAY - dt.timedelta(days=30), DAY + dt.timedelta(days=30)


def key(number):
    return UUID(int=number)


def seat(number, began=BEFORE, ended=None, of=None, post=""):
    return Seat(key(number), began, ended, key(of) if of else None, post)


FIVE = [seat(number) for number in range(1, 6)]


@pytest.mark.parametrize(
    ("kind", "figure", "of", "needed"),
    [
        (Quorum.MAJORITY, "", 9, 5),
        (Quorum.MAJORITY, "", 10, 6),
        (Quorum.MAJORITY, "", 1, 1),
        (Quorum.SHARE, "1/2", 9, 5),
        (Quorum.SHARE, "1/2", 10, 5),
        (Quorum.SHARE, "2/3", 9, 6),
        (Quorum.SHARE, "2/3", 10, 7),
        (Quorum.SHARE, "1/3", 0, 1),
        (Quorum.NUMBER, "4", 10, 4),
        (Quorum.PRESENT, "", 10, 1),
        (Quorum.UNKNOWN, "", 10, None),
        (Quorum.NONE, "", 10, None),
    ],
)
def test_how_many_a_rule_asks_for(kind, figure, of, needed):
    assert QuorumRule(kind, figure).needed(of) == needed


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (Quorum.SHARE, "2/3", "2/3"),
        (Quorum.SHARE, " 4 / 6 ", "2/3"),
        (Quorum.SHARE, "60 %", "3/5"),
        (Quorum.SHARE, "50", "1/2"),
        (Quorum.SHARE, "100%", "1/1"),
        (Quorum.NUMBER, "05", "5"),
        (Quorum.MAJORITY, "lo que sea", ""),
        (Quorum.UNKNOWN, "3", ""),
    ],
)
def test_figures_are_kept_in_one_form(kind, written, kept):
    assert law.figure_of(kind, figure=written) == kept
    if kept:
        assert QuorumRule(kind, kept).needed(6) >= 1


@pytest.mark.parametrize(
    ("kind", "written"),
    [(Quorum.SHARE, "3/2"), (Quorum.SHARE, "0/3"), (Quorum.SHARE, "1/0"), (Quorum.SHARE, "la mitad"),
     (Quorum.SHARE, "101 %"), (Quorum.SHARE, ""), (Quorum.NUMBER, "0"), (Quorum.NUMBER, "1000"),
     (Quorum.NUMBER, "2/3"), (Quorum.NUMBER, ""), pytest.param(Quorum.NUMBER, "9" * 4_301, id="endless")],
)  # fmt: skip
def test_figures_that_are_none_are_refused(kind, written):
    with pytest.raises(CommitteeRefusedError) as refused:
        law.figure_of(kind, figure=written)
    assert refused.value.refusals == (Why.BAD_FIGURE,)


@pytest.mark.parametrize(
    ("present", "counted"),
    [
        ([1, 2, 3], 3),
        ([1, 6], 1),  # the member and the substitute hold one place
        ([6], 1),
        ([7], 0),  # the substitute of a member who left holds none
        ([8], 0),  # gone that day
        ([9], 0),  # not yet there
        ([], 0),
    ],
)
def test_each_place_counts_once_and_only_while_it_is_held(present, counted):
    seats = [*FIVE, seat(6, of=1), seat(7, of=8), seat(8, ended=DAY), seat(9, began=AFTER)]
    assert len(law.voters(seats, present=[key(one) for one in present], on=DAY)) == counted


def test_a_quorum_is_counted_of_the_places_of_the_regulation_or_of_the_members_there():
    rule = QuorumRule(Quorum.MAJORITY)
    three = [key(1), key(2), key(3)]
    assert law.quorum(rule, FIVE, present=three, on=DAY) == law.Verdict(Quorum.MAJORITY, 3, 5, 3)
    assert law.quorum(rule, FIVE, present=three, on=DAY).is_quorum is True
    assert law.quorum(rule, FIVE, present=three, on=DAY, size=9).is_quorum is False
    assert law.quorum(rule, FIVE, present=three[:2], on=DAY).is_quorum is False
    assert law.quorum(QuorumRule(), FIVE, present=three, on=DAY).is_quorum is None


def test_a_rule_that_is_not_known_is_asked_not_guessed():
    unknown = law.Verdict(Quorum.UNKNOWN, 3, 5, None)
    assert law.settled(unknown, said=True) is True
    assert law.settled(unknown, said=False) is False
    with pytest.raises(CommitteeRefusedError) as refused:
        law.settled(unknown, said=None)
    assert refused.value.refusals == (Why.SAY_QUORUM,)
    assert law.settled(law.Verdict(Quorum.NUMBER, 1, 5, 3), said=True) is False, "a known rule is not overruled"


@pytest.mark.parametrize(
    ("rule", "size", "members", "missing"),
    [
        (QuorumRule(Quorum.MAJORITY), 9, 4, 1),
        (QuorumRule(Quorum.MAJORITY), 9, 5, 0),
        (QuorumRule(Quorum.MAJORITY), None, 4, 0),
        (QuorumRule(Quorum.MAJORITY), None, 0, 1),
        (QuorumRule(Quorum.NUMBER, "5"), None, 3, 2),
        (QuorumRule(), None, 0, 0),
    ],
)
def test_a_committee_short_of_its_quorum_is_told_by_how_many(rule, size, members, missing):
    seats = [*(seat(n) for n in range(1, members + 1)), seat(20, of=1), seat(21, ended=DAY)]
    assert law.short_of_quorum(rule, seats, on=DAY, size=size) == missing


def test_posts_with_nobody_behind_them():
    seats = [seat(1, post="presidencia"), seat(2, post="secretaría"), seat(3, post="vocal"), seat(4, post="vocal"),
             seat(5), seat(6, of=1), seat(7, of=2, ended=DAY)]  # fmt: skip
    assert law.unbacked(seats, on=DAY) == [key(2)]
    assert law.unbacked([seat(1)], on=DAY) == [key(1)], "a committee of one"
    assert law.unbacked([seat(1), seat(2, of=1)], on=DAY) == []
    assert law.unbacked([], on=DAY) == []


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ((1, 5), (5, 9), False),
        ((1, 6), (5, 9), True),
        ((1, None), (5, 9), True),
        ((5, 9), (1, 5), False),
        ((5, None), (1, None), True),
        ((5, None), (1, 5), False),
    ],
)
def test_stays_overlap(first, second, both):
    as_days = [tuple(dt.date(2026, 1, one) if one else None for one in stay) for stay in (first, second)]
    assert law.overlap(*as_days) is both


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"founded_on": DAY, "told_of": True, "source": "Gaceta"}, []),
        ({"founded_on": AFTER, "told_of": True, "source": "Gaceta"}, [Why.FUTURE_DATE]),
        ({"founded_on": DAY, "told_of": True, "source": " "}, [Why.NO_SOURCE]),
        ({"founded_on": None, "told_of": False, "source": ""}, []),
    ],
)
def test_founding(values, why):
    assert law.refused_founding(**values, today=DAY) == why


@pytest.mark.parametrize(
    ("rule", "size", "why"),
    [
        (QuorumRule(Quorum.NUMBER, "6"), 5, [Why.MORE_THAN_SEATS]),
        (QuorumRule(Quorum.NUMBER, "5"), 5, []),
        (QuorumRule(Quorum.NUMBER, "6"), None, []),
        (QuorumRule(), 5, []),
    ],
)
def test_a_rule_asks_for_no_more_than_there_are(rule, size, why):
    assert law.refused_rule(rule, size=size) == why


@pytest.mark.parametrize(
    ("began", "until", "founded", "why"),
    [
        (DAY, None, None, []),
        (DAY, DAY, DAY, []),
        (DAY, BEFORE, None, [Why.TERM_ENDS_FIRST]),
        (DAY, AFTER, AFTER, [Why.BEFORE_FOUNDING]),
        (DAY, BEFORE, AFTER, [Why.TERM_ENDS_FIRST, Why.BEFORE_FOUNDING]),
    ],
)
def test_terms(began, until, founded, why):
    assert law.refused_term(began, until=until, founded_on=founded) == why


@pytest.mark.parametrize(
    ("ended", "reason", "why"),
    [
        (DAY, "renuncia", []),
        (DAY, "", [Why.NO_REASON]),
        (AFTER, "renuncia", [Why.FUTURE_DATE]),
        (BEFORE - dt.timedelta(days=1), "renuncia", [Why.TERM_ENDS_FIRST]),
    ],
)
def test_ends(ended, reason, why):
    assert law.refused_end(BEFORE, ended_on=ended, reason=reason, today=DAY) == why


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"called_on": BEFORE, "founded_on": BEFORE, "items": 2}, []),
        ({"called_on": AFTER, "founded_on": None, "items": 2}, [Why.CALLED_AFTER]),
        ({"called_on": None, "founded_on": AFTER, "items": 2}, [Why.BEFORE_FOUNDING]),
        ({"called_on": None, "founded_on": None, "items": 0}, [Why.NO_AGENDA]),
    ],
)
def test_calls(values, why):
    assert law.refused_call(DAY, **values) == why


@pytest.mark.parametrize(
    ("present", "on", "second", "why"),
    [
        ([1], DAY, None, []),
        ([1], AFTER, None, [Why.NOT_YET]),
        ([], DAY, None, [Why.NOBODY_CAME]),
        ([1, 9], DAY, None, [Why.NOT_A_MEMBER_THEN]),
        ([8], DAY, None, [Why.NOT_A_MEMBER_THEN]),
        ([1], DAY, Quorum.PRESENT, []),
        ([1], DAY, Quorum.NONE, [Why.NO_SECOND_CALL]),
        ([1], DAY, Quorum.UNKNOWN, [Why.SECOND_CALL_UNKNOWN]),
    ],
)
def test_attendance(present, on, second, why):
    seats = [*FIVE, seat(8, ended=DAY)]
    assert law.refused_attendance(seats, present=[key(n) for n in present], on=on, today=DAY, second=second) == why


@pytest.mark.parametrize(
    ("state", "votes", "is_signed", "why"),
    [
        (SessionState.HELD, (3, 1, None), False, []),
        (SessionState.HELD, (None, None, None), False, []),
        (SessionState.HELD, (3, 1, 1), False, [Why.VOTES_DO_NOT_ADD_UP]),
        (SessionState.HELD, (3, 1, 0), True, [Why.MINUTES_SIGNED]),
        (SessionState.MEETING, (1, 0, 0), False, [Why.NO_QUORUM]),
        (SessionState.CALLED, (1, 0, 0), False, [Why.NOT_HELD]),
        (SessionState.CANCELLED, (1, 0, 0), False, [Why.SESSION_CLOSED]),
    ],
)
def test_only_a_session_with_a_quorum_decides(state, votes, is_signed, why):
    assert law.refused_decision(state, votes=votes, voters=4, is_signed=is_signed) == why


@pytest.mark.parametrize(
    ("due", "done", "why"),
    [
        (None, None, []),
        (DAY, DAY, []),
        (BEFORE - dt.timedelta(days=1), None, [Why.DUE_BEFORE]),
        (None, AFTER, [Why.FUTURE_DATE]),
        (None, BEFORE - dt.timedelta(days=1), [Why.DONE_BEFORE]),
    ],
)
def test_tasks(due, done, why):
    assert law.refused_task(given_on=BEFORE, due_on=due, done_on=done, today=DAY) == why
