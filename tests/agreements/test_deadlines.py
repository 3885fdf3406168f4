"""What is due, until when and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hermanar.agreements import rules
from hermanar.agreements.queries import due_in_office, facts_of_files, file_facts, for_office
from hermanar.agreements.rules import FileFacts, years_later
from hermanar.agreements.vocabulary import Force, Regime, Stage
from hermanar.agreements.vocabulary.procedure import Covered, DueKind, Step, Urgency
from hermanar.foundation.calendar.working_days import ClosedSpan, WorkingDays
from tests import cast as people
from tests.agreements.filing import SIGNATURE_ON, TODAY, File, on

FIFTH_OF_MAY = ClosedSpan(dt.date(2026, 5, 5), dt.date(2026, 5, 5), "Batalla de Puebla")
CALENDAR = WorkingDays("x", frozenset({6, 7}), frozenset({FIFTH_OF_MAY}))
PLANNED = dt.date(2026, 5, 19)
FILE = FileFacts(stage=Stage.INFORMED, regime=Regime.TREATIES_LAW, planned_signature_on=PLANNED)
SIGNED = replace(FILE, stage=Stage.REGISTERED, force=Force.IN_FORCE, has_favourable_opinion=True)


def due(facts, *, signed_on=None, programme_days=None, today=TODAY):
    found = rules.due_in(facts, signed_on=signed_on, programme_days=programme_days, calendar=CALENDAR, today=today)
    return [(one.kind, one.on, one.step) for one in found]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # two weeks before 19 May is 5 May, closed: the day before
        ({}, (DueKind.REQUEST_OPINION, dt.date(2026, 5, 4), Step.REQUEST_OPINION)),
        ({"stage": Stage.DRAFT}, (DueKind.INFORM_MINISTRY, dt.date(2026, 5, 4), Step.INFORM_MINISTRY)),
        ({"stage": Stage.OBSERVED}, (DueKind.ANSWER_OBSERVATIONS, dt.date(2026, 5, 4), Step.REQUEST_OPINION)),
        ({"planned_signature_on": None}, (DueKind.REQUEST_OPINION, None, Step.REQUEST_OPINION)),
        # a slip in the year, before this was refused: no calendar has the day
        ({"planned_signature_on": dt.date(1, 1, 5)}, (DueKind.REQUEST_OPINION, None, Step.REQUEST_OPINION)),
        ({"stage": Stage.OPINION_REQUESTED}, (DueKind.OPINION_AWAITED, PLANNED, Step.RECORD_OPINION)),
        ({"stage": Stage.CLEARED}, (DueKind.SIGN, PLANNED, Step.SIGN)),
        (
            {"stage": Stage.CLEARED, "changed_since_request": (Covered.TEXT,)},
            (DueKind.REQUEST_OPINION, dt.date(2026, 5, 4), Step.REQUEST_OPINION),
        ),
        ({"stage": Stage.DRAFT, "regime": Regime.BETWEEN_MEXICAN}, (DueKind.SIGN, PLANNED, Step.SIGN)),
        ({"stage": Stage.SIGNED}, (DueKind.CURE, None, Step.REQUEST_OPINION)),
        ({"stage": Stage.SIGNED, "awaits_late_opinion": True}, (DueKind.CURE, None, Step.RECORD_OPINION)),
        (
            {"stage": Stage.SIGNED, "has_favourable_opinion": True},
            (DueKind.SEND_SIGNED_COPIES, None, Step.SEND_SIGNED_COPIES),
        ),
        (
            {"stage": Stage.COPIES_SENT, "has_favourable_opinion": True},
            (DueKind.REGISTRATION_AWAITED, None, None),
        ),
    ],
)
def test_each_stage_has_its_next_thing(change, expected):
    assert due(replace(FILE, **change)) == [expected]


def test_why_a_day_was_moved_is_told():
    [one] = rules.due_in(FILE, signed_on=None, programme_days=None, calendar=CALENDAR, today=TODAY)
    assert one.explanation.moved_from == dt.date(2026, 5, 5)


@pytest.mark.parametrize("stage", [Stage.ABANDONED, Stage.RECORDED, Stage.REGISTERED])
def test_nothing_is_due_where_nothing_is_left_to_do(stage):
    assert due(replace(FILE, stage=stage)) == []


def test_a_living_agreement_has_a_programme_an_end_and_anniversaries():
    signed_on = dt.date(2026, 4, 20)
    facts = replace(SIGNED, ends_on=dt.date(2026, 9, 1))
    assert due(facts, signed_on=signed_on, programme_days=60) == [
        (DueKind.FIRST_PROGRAMME, dt.date(2026, 6, 19), None),
        (DueKind.EXPIRY, dt.date(2026, 9, 1), Step.RENEW),
    ]
    assert due(facts, signed_on=dt.date(1969, 6, 1))[0] == (DueKind.ANNIVERSARY, dt.date(2026, 6, 1), None)
    assert due(replace(facts, force=Force.TERMINATED), signed_on=signed_on, programme_days=60) == []


ENDS_ON = dt.date(2026, 4, 1)
LONG_AGO = dt.date(2021, 4, 1)


@pytest.mark.parametrize(
    ("change", "is_due"),
    [
        ({}, True),
        ({"force": Force.TERMINATED}, False),
        ({"force": Force.IN_FORCE, "ends_on": dt.date(2031, 4, 1)}, False),  # renewed
        ({"reaffirmed_on": dt.date(2026, 4, 20)}, False),
        ({"reaffirmed_on": ENDS_ON}, True),  # nothing was said of what comes after the end
    ],
)
@pytest.mark.parametrize("days", [1, 33, 400])
def test_an_end_that_has_passed_stays_due_until_somebody_decides(change, is_due, days):
    facts = replace(SIGNED, **{"force": Force.EXPIRED, "ends_on": ENDS_ON, **change})
    today = ENDS_ON + dt.timedelta(days=days)
    found = [one for one in due(facts, signed_on=LONG_AGO, today=today) if one[0] is DueKind.EXPIRY]
    assert found == ([(DueKind.EXPIRY, ENDS_ON, Step.RENEW)] if is_due else [])
    assert rules.urgency(ENDS_ON, today) is Urgency.OVERDUE


@pytest.mark.parametrize("days", [1, 31, 300])
def test_the_first_programme_stays_due_until_its_term_is_taken_out(days):
    signed_on = dt.date(2026, 5, 4)
    first = CALENDAR.term_end(signed_on, days=60).day
    today = first + dt.timedelta(days=days)
    kinds = {one[0]: one[1] for one in due(SIGNED, signed_on=signed_on, programme_days=60, today=today)}
    assert kinds[DueKind.FIRST_PROGRAMME] == first
    without = due(SIGNED, signed_on=signed_on, programme_days=None, today=today)
    assert DueKind.FIRST_PROGRAMME not in {one[0] for one in without}


@pytest.mark.parametrize(
    ("signed_on", "today", "expected"),
    [
        ("1969-06-01", "2026-06-01", "2026-06-01"),
        ("1969-06-01", "2026-06-02", "2027-06-01"),
        ("2024-02-29", "2026-01-01", "2026-02-28"),
        ("2026-05-01", "2026-05-04", "2027-05-01"),
    ],
)
def test_next_anniversary(signed_on, today, expected):
    days = [dt.date.fromisoformat(day) for day in (signed_on, today, expected)]
    assert rules.next_anniversary(days[0], days[1]) == days[2]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(None, "undated"), (-1, "overdue"), (0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "later")],
)
def test_urgency(days, expected):
    on = None if days is None else TODAY + dt.timedelta(days=days)
    assert rules.urgency(on, TODAY) == expected


@pytest.mark.django_db
def test_the_day_after_its_end_an_agreement_is_still_among_what_is_due():
    file = File(people.gather(), term_years=1).cleared().signed()
    after = years_later(SIGNATURE_ON, 1) + dt.timedelta(days=1)
    expired = (DueKind.EXPIRY, Urgency.OVERDUE)
    seen = lambda: [(one.due.kind, one.urgency) for one in due_in_office(file.cast.office, today=after)]  # noqa: E731
    assert expired in seen()
    file.do("reaffirm", step=on(after), today=after)
    assert expired not in seen()


@pytest.mark.django_db
def test_an_office_sees_its_own_due_things_most_urgent_first():
    cast = people.gather()
    waiting = File(cast).asked()
    late = File(cast, planned_signature_on=TODAY)
    stranger = File(cast, by=cast.of("analyst"))
    found = due_in_office(cast.office, today=TODAY)
    assert [(one.agreement.pk, one.urgency) for one in found] == [
        (late.key, Urgency.OVERDUE),
        (stranger.key, Urgency.UNDATED),
        (waiting.key, Urgency.MONTH),
    ]
    assert due_in_office(cast.other_office, today=TODAY) == []


def furthered(cast):
    """Open a file at each point of its way, one of them reaffirmed after its end, one signed without the opinion."""
    ended = File(cast, term_years=1).cleared().signed()
    after = years_later(SIGNATURE_ON, 1)
    ended.do("reaffirm", step=on(after), today=after)
    changed = File(cast).cleared()
    changed.text("es")
    urgent = File(cast)
    urgent.texts()
    urgent.do("inform_ministry")
    urgent.signed(is_without_opinion=True)
    opened, asked, cleared = File(cast, by=cast.of("analyst")), File(cast).asked(), File(cast).cleared()
    return [ended, changed, urgent, opened, asked, cleared, File(cast).cleared().signed()]


@pytest.mark.django_db
def test_what_files_depend_on_is_read_of_all_as_of_each():
    cast = people.gather()
    files = furthered(cast)
    day = years_later(SIGNATURE_ON, 2)
    known = facts_of_files(for_office(cast.office.pk), today=day)
    assert known == {one.key: file_facts(one.now, today=day) for one in files}
    assert len({facts.stage for facts in known.values()}) == 4
    assert {facts.reaffirmed_on for facts in known.values()} == {None, years_later(SIGNATURE_ON, 1)}
    assert any(facts.changed_since_request for facts in known.values())


@pytest.mark.django_db
def test_however_many_files_the_questions_are_as_many(django_assert_max_num_queries):
    cast = people.gather()
    furthered(cast)
    with django_assert_max_num_queries(10) as asked:
        few = due_in_office(cast.office, today=TODAY)
    furthered(cast)
    with django_assert_max_num_queries(len(asked)):
        assert len(due_in_office(cast.office, today=TODAY)) == 2 * len(few)
