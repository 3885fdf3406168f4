"""The rules of work plans as tables of cases: days, figures, what is missing, what is advised."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from uuid import UUID

import pytest

from hermanar.cooperation.rules.gradual import gradual_advice, renewal_advice
from hermanar.cooperation.rules.plans import (
    PlannedFacts,
    PlanRefusedError,
    ProgrammeState,
    Progress,
    ResourceLine,
    StaffLine,
    left_out,
    missing_contents,
    overall,
    refused_percent,
    refused_plan,
    refused_planned,
    refused_resources,
    refused_staff,
    refused_year,
    sums_of,
    totals_of,
    usual_end,
    year_span,
    years_of,
)
from hermanar.cooperation.vocabulary import Advice, Demand, PlanContent, PlanSide, ResourceKind
from hermanar.cooperation.vocabulary import PlanRefusal as Why

TODAY = dt.date(2026, 5, 4)
DAY = dt.timedelta(days=1)
PLAN = (dt.date(2026, 5, 4), dt.date(2029, 5, 3))


def day(text):
    return dt.date.fromisoformat(text)


def whys(faults):
    return [fault.why for fault in faults]


@pytest.mark.parametrize(
    ("first", "last", "agreed", "expected"),
    [
        ("2026-05-04", "2029-05-03", None, []),
        ("2026-05-04", "2026-05-04", "2026-05-04", []),
        ("2026-05-04", "2026-05-03", None, [Why.ENDS_FIRST]),
        ("2026-05-04", "2031-05-03", None, []),
        ("2026-05-04", "2031-05-04", None, [Why.TOO_LONG]),
        ("1899-12-31", "1902-01-01", None, [Why.OUT_OF_TIME]),
        ("9998-01-01", "9999-12-31", None, [Why.OUT_OF_TIME]),
        ("2026-05-04", "2029-05-03", "2026-05-05", [Why.AGREED_IN_FUTURE]),
    ],
)
def test_days_of_a_plan(first, last, agreed, expected):
    agreed_on = day(agreed) if agreed else None
    assert whys(refused_plan((day(first), day(last)), others=[], agreed_on=agreed_on, today=TODAY)) == expected


def test_plans_of_one_tie_follow_each_other():
    def clash(first, last):
        [fault] = refused_plan((day(first), day(last)), others=[PLAN], agreed_on=None, today=TODAY) or [None]
        return fault and fault.said

    said = {"first": PLAN[0], "last": PLAN[1]}
    assert clash("2029-05-04", "2032-05-03") is None
    assert clash("2024-01-01", "2026-05-03") is None
    assert clash("2029-05-03", "2032-05-03") == said
    assert clash("2024-01-01", "2026-05-04") == said


def test_years_of_a_plan_are_calendar_years_cut_at_its_ends():
    assert years_of(PLAN) == [2026, 2027, 2028, 2029]
    assert year_span(PLAN, 2026) == (PLAN[0], day("2026-12-31"))
    assert year_span(PLAN, 2027) == (day("2027-01-01"), day("2027-12-31"))
    assert year_span(PLAN, 2029) == (day("2029-01-01"), PLAN[1])
    assert year_span(PLAN, 2025) is None
    assert usual_end(PLAN[0]) == PLAN[1]
    assert usual_end(day("2024-02-29")) == day("2027-02-27")
    assert whys(refused_year(PLAN, year=2030, taken=[])) == [Why.YEAR_OUTSIDE]
    assert whys(refused_year(PLAN, year=2027, taken=[2027])) == [Why.YEAR_TAKEN]
    assert refused_year(PLAN, year=2027, taken=[2026]) == []


def test_new_days_leave_nothing_of_a_plan_outside():
    planned = [("Taller", (day("2029-01-01"), day("2029-05-03")))]
    assert left_out(PLAN, years=[2026, 2029], planned=planned) == []
    shorter = (PLAN[0], day("2028-12-31"))
    faults = left_out(shorter, years=[2026, 2029], planned=planned)
    assert whys(faults) == [Why.LEAVES_OUT_YEAR, Why.LEAVES_OUT_ACTIVITY]
    assert faults[0].said["year"] == 2029
    assert faults[1].said["title"] == "Taller"
    later = (day("2029-01-02"), PLAN[1])
    assert whys(left_out(later, years=[], planned=planned)) == [Why.LEAVES_OUT_ACTIVITY]


@pytest.mark.parametrize(
    ("begins", "ends", "times", "title", "expected"),
    [
        ("2026-05-04", "2026-12-31", 1, "Taller", []),
        ("2026-05-03", "2026-12-31", 1, "Taller", [Why.OUTSIDE_PROGRAMME]),
        ("2026-05-04", "2027-01-01", 1, "Taller", [Why.OUTSIDE_PROGRAMME]),
        ("2026-06-02", "2026-06-01", 1, "Taller", [Why.ENDS_BEFORE]),
        ("2026-06-01", "2026-06-01", 0, " ", [Why.NO_TITLE, Why.TIMES_OUT_OF_RANGE]),
        ("2026-06-01", "2026-06-01", 366, "Taller", []),
        ("2026-06-01", "2026-06-01", 367, "Taller", [Why.TIMES_OUT_OF_RANGE]),
    ],
)
def test_what_is_planned_is_in_its_year_and_plan(begins, ends, times, title, expected):
    days = (day(begins), day(ends))
    faults = refused_planned(days, title=title, times=times, plan=PLAN, year=2026)
    assert whys(faults) == expected
    if expected == [Why.OUTSIDE_PROGRAMME]:  # it says where and why
        assert faults[0].said["year"] == 2026
        assert (faults[0].said["first"], faults[0].said["last"]) == (PLAN[0], day("2026-12-31"))
        assert faults[0].said["day"] in days


def test_a_year_that_is_not_of_the_plan_holds_nothing():
    days = (day("2030-01-01"), day("2030-01-02"))
    assert whys(refused_planned(days, title="Taller", times=1, plan=PLAN, year=2030)) == [Why.YEAR_OUTSIDE]


@pytest.mark.parametrize(("percent", "is_refused"), [(None, False), (0, False), (100, False), (101, True), (-1, True)])
def test_a_percentage_goes_to_a_hundred(percent, is_refused):
    assert whys(refused_percent(percent)) == ([Why.PERCENT_OUT_OF_RANGE] if is_refused else [])


@pytest.mark.parametrize(
    ("done", "times", "stated", "percent", "is_done", "lacks"),
    [
        (0, 1, None, 0, False, False),
        (1, 1, None, 100, True, False),
        (1, 3, None, 33, False, False),
        (2, 3, 50, 66, False, False),  # what is noted counts by itself
        (1, 3, 80, 80, False, True),
        (0, 1, 100, 100, False, True),
        (4, 3, 10, 100, True, False),
    ],
)
def test_progress_comes_from_what_was_done_and_from_what_is_said(done, times, stated, percent, is_done, lacks):
    progress = Progress(done, times, stated)
    assert (progress.percent, progress.is_done, progress.lacks_evidence) == (percent, is_done, lacks)


def test_overall_progress_weighs_each_the_same():
    assert overall([]) is None
    assert overall([Progress(1, 1), Progress(0, 1), Progress(1, 2)]) == 50


# ── staff and resources ──────────────────────────────────────────────────────────────────────────────────────────────


def test_staff_has_profile_number_and_stay():
    good = StaffLine(PlanSide.OWN, "Intérprete", 2, "Cinco días")
    assert refused_staff([good]) == []
    bad = StaffLine(PlanSide.OWN, " ", 0, "")
    faults = refused_staff([good, bad])
    assert whys(faults) == [Why.NO_PROFILE, Why.COUNT_OUT_OF_RANGE, Why.NO_STAY]
    assert {fault.row for fault in faults} == {1}


def money(amount, currency="MXN"):
    amount = None if amount is None else Decimal(amount)
    return ResourceLine(ResourceKind.FINANCIAL, PlanSide.OWN, "Pasajes", amount=amount, currency=currency)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (money("1"), None),
        (money(None), Why.NO_AMOUNT),
        (money("0"), Why.NOT_ABOVE_ZERO),
        (money("1000000000000"), Why.AMOUNT_TOO_LARGE),
        (money("1", ""), Why.NO_CURRENCY),
        (money("1", "QQQ"), Why.UNKNOWN_CURRENCY),
        (money("1", "DEM"), Why.CURRENCY_OF_OTHER_YEAR),
        (ResourceLine(ResourceKind.HUMAN, PlanSide.OWN, " "), Why.NO_RESOURCE),
        (ResourceLine(ResourceKind.MATERIAL, PlanSide.OWN, "Sala", amount=Decimal(1)), Why.AMOUNT_OF_OTHER),
    ],
)
def test_what_a_resource_may_be(line, why):
    faults = refused_resources([money("5"), line], totals={}, year=2026)
    assert whys(faults) == ([why] if why else [])
    assert all(fault.row == 1 for fault in faults)


def test_a_currency_is_that_of_the_year():
    assert refused_resources([money("5", "DEM")], totals={}, year=1999) == []


def test_totals_add_up_and_currencies_are_never_added():
    lines = [money("100.10"), money("0.20"), money("7", "USD"), ResourceLine(ResourceKind.HUMAN, PlanSide.OWN, "Dos")]
    assert sums_of(lines) == {"MXN": Decimal("100.30"), "USD": Decimal(7)}
    assert refused_resources(lines, totals={"MXN": Decimal("100.3"), "USD": Decimal("7.00")}, year=2026) == []
    assert refused_resources(lines, totals={}, year=2026) == [], "nobody has to say a total"
    [fault] = refused_resources(lines, totals={"MXN": Decimal("107.30")}, year=2026)
    assert fault.why is Why.TOTAL_DIFFERS
    assert fault.said == {"currency": "MXN", "sum": Decimal("100.30"), "total": Decimal("107.30")}
    assert whys(refused_resources(lines, totals={"EUR": Decimal(1)}, year=2026)) == [Why.TOTAL_WITHOUT_LINES]


def test_totals_are_read_as_people_write_them():
    assert totals_of("120,000.50\N{NO-BREAK SPACE}mxn\n\n $7 USD") == {"MXN": Decimal("120000.50"), "USD": Decimal(7)}
    for text, why in (
        ("mucho", Why.BAD_TOTAL),
        ("9" * 21 + " MXN", Why.BAD_TOTAL),
        (". MXN", Why.BAD_TOTAL),
        ("12 MX1", Why.BAD_TOTAL),
        ("1 MXN\n2 MXN", Why.TOTAL_TWICE),
    ):
        with pytest.raises(PlanRefusedError) as refused:
            totals_of(text)
        assert whys(refused.value.faults) == [why]


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────


def facts(number=1, begins="2027-06-01", ends="2027-06-05", **values):
    known = {
        "title": f"Actividad {number}", "days": (day(begins), day(ends)), "demand": Demand.LOW, "area": "culture",
        "progress": Progress(0, 1), "responsible_own": "Ana", "responsible_counterpart": "Bob",
    }  # fmt: skip
    return PlannedFacts(key=UUID(int=number), **{**known, **values})


TEXTS = (PlanContent.OBJECTIVES, PlanContent.DUTIES_OWN, PlanContent.DUTIES_COUNTERPART, PlanContent.EVALUATION)
FULL = ProgrammeState(
    dict.fromkeys(TEXTS, "x"),
    staff=1,
    resources=Counter(human=1, material=1, financial=1),
    planned=[facts()],
)


def test_a_programme_that_says_all_lacks_nothing_and_an_empty_one_everything():
    assert missing_contents(FULL) == []
    every = [one for one in PlanContent if not one.value.startswith("responsible")]
    assert missing_contents(ProgrammeState({})) == [(one, None) for one in every]


@pytest.mark.parametrize("content", list(PlanContent))
def test_each_content_is_missed_by_itself(content):
    texts = {one: "" if one is content else text for one, text in FULL.texts.items()}
    resources = Counter({kind: count for kind, count in FULL.resources.items() if kind != content.value})
    planned = [] if content is PlanContent.ACTIVITIES else [facts()]
    if content.value.startswith("responsible"):
        planned = [facts(2), facts(3, **{content.value: " "})]
    staff = 0 if content is PlanContent.STAFF else 1
    about = UUID(int=3) if content.value.startswith("responsible") else None
    assert missing_contents(ProgrammeState(texts, staff, resources, planned)) == [(content, about)]


# ── advice ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def advice(*planned, plan=PLAN, today=TODAY):
    return [(hint.advice, hint.planned and hint.planned.int) for hint in gradual_advice(plan, planned, today=today)]


def test_a_gradual_plan_gets_no_advice():
    small = facts(1, "2026-06-01", "2026-06-05")
    large = facts(2, "2027-06-01", "2027-09-01", demand=Demand.HIGH)
    assert advice(small, large) == []
    assert advice() == []


def test_large_things_come_after_the_first_year_and_after_small_ones():
    first_day = facts(1, "2026-05-04", "2026-05-10")
    on_the_day = facts(2, "2027-05-04", "2027-06-01", demand=Demand.HIGH)
    assert advice(first_day, on_the_day) == []
    early = facts(2, "2027-05-03", "2027-06-01", demand=Demand.HIGH)
    assert advice(first_day, early) == [(Advice.LARGE_TOO_EARLY, 2)]
    unfinished = facts(1, "2026-05-04", "2027-12-31")  # goes on while the large one begins
    late = facts(2, "2028-01-01", "2028-02-01", demand=Demand.HIGH)
    assert advice(unfinished, late) == []
    assert advice(facts(1, "2026-05-04", "2028-01-01"), late) == [(Advice.LARGE_TOO_EARLY, 2)]


def test_the_first_thing_is_small():
    assert advice(facts(1, demand=Demand.MEDIUM)) == [(Advice.NOTHING_SMALL_FIRST, 1)]
    assert advice(facts(1, demand=Demand.MEDIUM), facts(2, "2026-05-04", "2026-05-04")) == []


def test_something_is_done_before_something_large_begins():
    small = facts(1, "2026-06-01", "2026-06-05")
    large = facts(2, "2027-06-01", "2027-09-01", demand=Demand.HIGH)
    near = day("2026-12-01")
    assert advice(small, large, today=near - DAY) == []
    assert advice(small, large, today=near) == [(Advice.LARGE_WITHOUT_EVIDENCE, 2)]
    done = facts(1, "2026-06-01", "2026-06-05", progress=Progress(1, 1))
    assert advice(done, large, today=near) == []
    assert advice(small, large, today=day("2027-09-02")) == [], "what is over is due, not advised about"


def test_a_plan_is_of_several_areas_and_of_both_sides():
    three = [facts(number) for number in (1, 2, 3)]
    assert advice(*three) == [(Advice.ONE_AREA, None)]
    assert advice(*three[:2]) == [], "two are too few to say so"
    mixed = [facts(1), facts(2, area="sports"), facts(3)]
    assert advice(*mixed) == []
    alone = [facts(number, area=f"a{number}", responsible_counterpart="") for number in (1, 2, 3)]
    assert advice(*alone) == [(Advice.ONE_SIDED, None)]


def test_a_first_period_is_of_three_years():
    assert advice(plan=(PLAN[0], PLAN[1] + DAY)) == [(Advice.LONGER_THAN_FIRST, None)]


@pytest.mark.parametrize(
    ("today", "followed", "is_advised"),
    [
        ("2028-11-02", False, False),
        ("2028-11-03", False, True),
        ("2029-05-03", False, True),
        ("2030-01-01", False, True),
        ("2029-05-03", True, False),
    ],
)
def test_renewal_is_prepared_six_months_before_the_first_three_years_end(today, followed, is_advised):
    hint = renewal_advice(PLAN, followed=followed, today=day(today))
    assert (hint is not None) == is_advised
    if hint:
        assert hint.said == {"day": PLAN[1], "since": day("2028-11-03")}
    longer = renewal_advice((PLAN[0], day("2031-01-01")), followed=followed, today=day(today))
    assert longer == hint, "three years are over whatever the plan says"
