"""Projects by rule: everything that is wrong is said at once, and each rule is seen to refuse."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from hermanar.cooperation.queries.goals import find_goals, goals
from hermanar.cooperation.rules.budgets import Share, asked_of_sum, refused_share, refused_sum, sum_of
from hermanar.cooperation.rules.indicators import IndicatorFacts, progress_of, refused_indicator, refused_value
from hermanar.cooperation.rules.lacks import Lacks, lacks_of
from hermanar.cooperation.rules.projects import (
    CYCLE,
    CycleFacts,
    ProjectFacts,
    lies_outside,
    refused_cancellation,
    refused_project,
    refused_stage,
    refused_stage_date,
    refused_to_show,
)
from hermanar.cooperation.vocabulary import (
    SCHEMES_OF,
    CycleStage,
    Measure,
    Missing,
    Modality,
    Principle,
    ProjectDirection,
    ProjectRefusal,
    Resource,
    Scheme,
    SubModality,
)
from hermanar.cooperation.vocabulary import ContributionSide as Side

TODAY = dt.date(2026, 11, 21)
R = ProjectRefusal
D = Decimal


def day(text):
    return dt.date.fromisoformat(text)


def test_modalities_are_those_of_the_source():
    counts = {one: sum(sub.modality is one for sub in SubModality) for one in Modality}
    assert counts == {Modality.TECHNICAL: 7, Modality.CULTURAL: 12, Modality.ECONOMIC: 6, Modality.HUMANITARIAN: 0}
    assert len(Principle) == 12  # three in the text, nine in footnote 3
    assert [len(SCHEMES_OF[one]) for one in ProjectDirection] == [2, 3]
    assert [one.value for one in CYCLE] == [
        "conception", "negotiation", "pre_feasibility", "execution", "evaluation", "assimilation",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({}, []),
        ({"title": "  "}, [R.NO_TITLE]),
        ({"direction": ProjectDirection.OFFER, "scheme": Scheme.TRIANGULAR}, []),
        ({"direction": ProjectDirection.RECEPTION, "scheme": Scheme.MULTILATERAL}, []),
        ({"direction": ProjectDirection.RECEPTION, "scheme": Scheme.TRIANGULAR}, [R.SCHEME_OF_OTHER]),
        ({"direction": ProjectDirection.OFFER, "scheme": Scheme.BILATERAL}, [R.SCHEME_OF_OTHER]),
        ({"scheme": Scheme.DIRECT}, [R.SCHEME_WITHOUT_DIRECTION]),
        ({"modality": Modality.CULTURAL, "sub_modality": SubModality.FESTIVALS}, []),
        ({"modality": Modality.TECHNICAL, "sub_modality": SubModality.FESTIVALS}, [R.SUB_MODALITY_OF_OTHER]),
        ({"sub_modality": SubModality.FESTIVALS}, [R.SUB_MODALITY_OF_OTHER]),
        ({"starts_on": day("2026-02-01"), "ends_on": day("2026-01-31")}, [R.ENDS_BEFORE_BEGIN]),
        ({"starts_on": day("2026-02-01"), "ends_on": day("2026-02-01")}, []),
        ({"budget": D(1), "currency": "MXN"}, []),
        ({"budget": D(1)}, [R.NO_CURRENCY]),
        ({"currency": "MXN"}, [R.NO_AMOUNT]),
        ({"budget": D(0), "currency": "MXN"}, [R.NOT_ABOVE_ZERO]),
        ({"budget": D(10) ** 12, "currency": "MXN"}, [R.AMOUNT_TOO_LARGE]),
        ({"budget": D(1), "currency": "XXX"}, [R.UNKNOWN_CURRENCY]),
        ({"budget": D(1), "currency": "EUR", "starts_on": day("1998-01-01")}, [R.CURRENCY_OF_OTHER_YEAR]),
        ({"budget": D(1), "currency": "EUR", "ends_on": day("1998-01-01")}, [R.CURRENCY_OF_OTHER_YEAR]),
        ({"budget": D(1), "currency": "EUR", "starts_on": day("1998-01-01"), "ends_on": day("2001-01-01")}, []),
        ({"title": "", "budget": D(1), "scheme": Scheme.DIRECT},
         [R.NO_TITLE, R.SCHEME_WITHOUT_DIRECTION, R.NO_CURRENCY]),
    ],
)  # fmt: skip
def test_project_is_refused_for_everything_that_is_wrong(values, refusals):
    assert refused_project(ProjectFacts(**{"title": "Agua limpia", **values})) == refusals


# ── the cycle ────────────────────────────────────────────────────────────────────────────────────────────────────────

READY = CycleFacts(began=(), has_dates=True, is_measured=True, has_lesson=True)
DAYS = [dt.date(2026, month, 1) for month in range(1, 7)]


@pytest.mark.parametrize("count", range(len(CYCLE) + 1))
@pytest.mark.parametrize("stage", CYCLE)
def test_cycle_goes_in_order(count, stage):
    so_far = dataclasses.replace(READY, began=DAYS[:count])
    refused = refused_stage(stage, on=TODAY, so_far=so_far, today=TODAY)
    assert refused == ([] if CYCLE.index(stage) == count else [R.STAGE_OUT_OF_ORDER])


@pytest.mark.parametrize(
    ("count", "on", "lacks", "refusals"),
    [
        (1, TODAY + dt.timedelta(1), {}, [R.STAGE_IN_FUTURE]),
        (1, DAYS[0], {}, []),
        (1, DAYS[0] - dt.timedelta(1), {}, [R.STAGE_BEFORE_LAST]),
        (3, TODAY, {"has_dates": False}, [R.NO_DATES]),
        (4, TODAY, {"is_measured": False}, [R.NOT_MEASURED]),
        (5, TODAY, {"has_lesson": False}, [R.NOTHING_LEARNT]),
        (1, TODAY, {"has_dates": False, "is_measured": False, "has_lesson": False}, []),
    ],
)
def test_stage_opens_from_what_is_there(count, on, lacks, refusals):
    so_far = dataclasses.replace(READY, began=DAYS[:count], **lacks)
    assert refused_stage(CYCLE[count], on=on, so_far=so_far, today=TODAY) == refusals


@pytest.mark.parametrize(
    ("number", "on", "refusals"),
    [
        (1, "2025-12-01", []),
        (1, "2026-02-01", []),
        (1, "2026-02-02", [R.STAGE_AFTER_NEXT]),
        (2, "2026-01-01", []),
        (2, "2025-12-31", [R.STAGE_BEFORE_LAST]),
        (2, "2026-03-02", [R.STAGE_AFTER_NEXT]),
        (3, "2026-11-21", []),
        (3, "2026-11-22", [R.STAGE_IN_FUTURE]),
    ],
)
def test_date_of_a_stage_stays_between_its_neighbours(number, on, refusals):
    assert refused_stage_date(number, on=day(on), began=DAYS[:3], today=TODAY) == refusals


@pytest.mark.parametrize(
    ("on", "reason", "refusals"),
    [
        (TODAY, "Se perdió el socio", []),
        (TODAY, " ", [R.NO_REASON]),
        (TODAY + dt.timedelta(1), "x", [R.CANCELLED_IN_FUTURE]),
        (DAYS[0] - dt.timedelta(1), "x", [R.CANCELLED_BEFORE]),
    ],
)
def test_project_is_cancelled_after_its_last_stage_with_a_reason(on, reason, refusals):
    assert refused_cancellation(on, reason=reason, last=DAYS[0], today=TODAY) == refusals


@pytest.mark.parametrize(
    ("days", "is_outside"),
    [
        (("2026-01-01", "2026-01-31"), True),
        (("2026-01-31", "2026-02-01"), False),
        (("2026-12-31", "2027-01-02"), False),
        (("2027-01-01", "2027-01-02"), True),
        ((None, None), False),
    ],
)
def test_activity_lies_outside_when_no_day_of_it_lies_inside(days, is_outside):
    first, last = (day(one) if one else None for one in days)
    span = {"starts_on": day("2026-02-01"), "ends_on": day("2026-12-31")}
    assert lies_outside((first, last), **span) is is_outside
    assert not lies_outside((first, last), starts_on=None, ends_on=None)


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({}, []),
        ({"is_demonstration": True}, [R.DEMONSTRATION]),
        ({"is_tie_public": False}, [R.NO_PUBLIC_TIE]),
        ({"is_tie_public": False, "has_summary": False}, [R.NO_PUBLIC_TIE, R.NO_SUMMARY]),
    ],
)
def test_project_is_shown_of_a_real_office_and_a_public_tie(values, refusals):
    assert refused_to_show(**{"is_demonstration": False, "is_tie_public": True, "has_summary": True, **values}) == (
        refusals
    )


# ── money, people, goods ─────────────────────────────────────────────────────────────────────────────────────────────


def share(**values):
    first = {"side": Side.OFFICE, "resource": Resource.MONEY, "amount": D(100), "currency": "MXN"}
    return Share(**{**first, **values})


RATE = {"rate": D("18.5"), "rate_on": TODAY, "rate_source": "Banco de México"}
PEOPLE = {"resource": Resource.PEOPLE, "amount": None, "currency": "", "people": 3}


@pytest.mark.parametrize(
    ("one", "refusals"),
    [
        (share(), []),
        (share(description=" "), [R.NO_DESCRIPTION]),
        (share(amount=None, currency=""), [R.MONEY_WITHOUT_AMOUNT]),
        (share(currency=""), [R.NO_CURRENCY]),
        (share(on=day("1990-01-01")), [R.CURRENCY_OF_OTHER_YEAR]),
        (share(people=2), [R.PEOPLE_OF_THINGS]),
        (share(**PEOPLE), []),
        (share(**{**PEOPLE, "people": 0}), [R.NO_PEOPLE]),
        (share(**{**PEOPLE, "amount": D(1), "currency": "MXN"}), [R.AMOUNT_OF_PEOPLE]),
        (share(resource=Resource.GOODS, amount=None, currency=""), []),
        (share(resource=Resource.GOODS), []),
        (share(resource=Resource.GOODS, days=3), [R.PEOPLE_OF_THINGS]),
        (share(side=Side.PARTNER), [R.NO_PARTNER_CHOSEN]),
        (share(side=Side.PARTNER, is_partner_named=True), []),
        (share(is_partner_named=True), [R.PARTNER_UNSOUGHT]),
        (share(currency="USD", **RATE), []),
        (share(**RATE), [R.RATE_UNSOUGHT]),
        (share(resource=Resource.GOODS, currency="USD", **RATE), [R.RATE_UNSOUGHT]),
        (share(currency="USD", rate=D(18)), [R.RATE_INCOMPLETE]),
        (share(currency="USD", **{**RATE, "rate_source": " "}), [R.RATE_INCOMPLETE]),
        (share(currency="USD", **{**RATE, "rate": D(0)}), [R.NOT_ABOVE_ZERO]),
    ],
)
def test_what_a_party_puts_in_is_refused_for_everything_that_is_wrong(one, refusals):
    assert refused_share(one, has_tie=True, budget_currency="MXN") == refusals


def test_counterpart_puts_in_only_under_an_agreement():
    theirs = share(side=Side.COUNTERPART)
    assert refused_share(theirs, has_tie=True, budget_currency="MXN") == []
    assert refused_share(theirs, has_tie=False, budget_currency="MXN") == [R.NO_TIE]


@pytest.mark.parametrize(
    ("shares", "total", "unconverted", "refused", "asked"),
    [
        ([], "0", 0, [], [R.BUDGET_NOT_REACHED]),
        ([share(amount=D(999))], "999", 0, [], [R.BUDGET_NOT_REACHED]),
        ([share(amount=D(600)), share(amount=D(400))], "1000", 0, [], []),
        ([share(amount=D("1000.01"))], "1000.01", 0, [R.MORE_THAN_BUDGET], [R.BUDGET_NOT_REACHED]),
        ([share(amount=D(1000)), share(amount=D(5), currency="USD")], "1000", 1, [], [R.BUDGET_UNCERTAIN]),
        ([share(amount=D(75)), share(amount=D(50), currency="USD", **RATE)], "1000.00", 0, [], []),
        ([share(amount=D(1000)), share(resource=Resource.GOODS, amount=D(70))], "1000", 0, [], []),
        ([share(amount=D(1000)), share(**PEOPLE)], "1000", 0, [], []),
    ],
)
def test_money_of_the_parties_adds_up_to_the_budget_or_is_asked_about(shares, total, unconverted, refused, asked):
    added = sum_of(shares, budget=D(1000), currency="MXN")
    assert (added.total, added.unconverted) == (D(total), unconverted)
    assert (refused_sum(added), asked_of_sum(added)) == (refused, asked)


def test_without_a_budget_nothing_is_compared():
    added = sum_of([share()], budget=None, currency="")
    assert (added.gap, refused_sum(added), asked_of_sum(added)) == (None, [], [])


# ── indicators ───────────────────────────────────────────────────────────────────────────────────────────────────────


def indicator(**values):
    first = {"title": "Personas formadas", "measure": Measure.NUMBER, "unit": "personas", "baseline": D(0),
             "baseline_on": day("2026-01-01"), "target": D(40), "target_on": day("2027-01-01")}  # fmt: skip
    return IndicatorFacts(**{**first, **values})


@pytest.mark.parametrize(
    ("one", "refusals"),
    [
        (indicator(), []),
        (indicator(title=" "), [R.NO_MEASURE_TITLE]),
        (indicator(unit=""), [R.NO_UNIT]),
        (indicator(baseline=None, baseline_on=None), [R.TARGET_WITHOUT_BASELINE]),
        (indicator(target=None, target_on=None), []),
        (indicator(baseline=None, baseline_on=None, target=None, target_on=None), []),
        (indicator(baseline_on=None), [R.BASELINE_WITHOUT_DATE]),
        (indicator(target_on=None), [R.TARGET_WITHOUT_DATE]),
        (indicator(target=None), [R.DATE_WITHOUT_FIGURE]),
        (indicator(baseline_on=day("2026-11-22")), [R.BASELINE_IN_FUTURE]),
        (indicator(target_on=day("2026-01-01")), [R.TARGET_BEFORE_BASELINE]),
        (indicator(target=D(0)), [R.TARGET_IS_BASELINE]),
        (indicator(target=D(10) ** 11), [R.FIGURE_TOO_LARGE]),
        (indicator(measure=Measure.PERCENTAGE, unit=""), []),
        (indicator(measure=Measure.PERCENTAGE, target=D("100.0001")), [R.PERCENTAGE_OUT_OF_RANGE]),
        (indicator(measure=Measure.PERCENTAGE, baseline=D(-1)), [R.PERCENTAGE_OUT_OF_RANGE]),
        (indicator(measure=Measure.PERCENTAGE, target=D(100)), []),
        (indicator(target=D(140)), []),
    ],
)
def test_indicator_is_refused_for_everything_that_is_wrong(one, refusals):
    assert refused_indicator(one, today=TODAY) == refusals


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({}, []),
        ({"on": TODAY}, []),
        ({"on": TODAY + dt.timedelta(1)}, [R.VALUE_IN_FUTURE]),
        ({"on": day("2025-12-31")}, [R.VALUE_BEFORE_BASELINE]),
        ({"on": day("2026-03-01")}, [R.VALUE_TWICE]),
        ({"verification": " "}, [R.NO_VERIFICATION]),
        ({"of": indicator(measure=Measure.PERCENTAGE), "value": D(101)}, [R.PERCENTAGE_OUT_OF_RANGE]),
        ({"of": indicator(measure=Measure.PERCENTAGE), "value": D(100)}, []),
    ],
)
def test_value_is_refused_for_everything_that_is_wrong(values, refusals):
    first = {"on": day("2026-05-01"), "verification": "Constancias", "of": indicator(), "value": D(12),
             "others": {day("2026-03-01")}, "today": TODAY, **values}  # fmt: skip
    assert refused_value(first.pop("value"), **first) == refusals


@pytest.mark.parametrize(
    ("baseline", "target", "newest", "progress"),
    [
        (0, 40, 10, 25),
        (0, 40, 50, 125),
        (100, 60, 80, 50),  # less is better
        (100, 60, 110, -25),
        (0, 3, 1, 33),
        (0, 40, None, None),
        (None, None, 3, None),
        (0, 3, "2.999", 99),  # never called done before it is
    ],
)
def test_progress_is_the_way_from_baseline_to_target(baseline, target, newest, progress):
    given = [None if one is None else D(one) for one in (baseline, target, newest)]
    assert progress_of(given[0], target=given[1], newest=given[2]) == progress


# ── what is missing, goals ───────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_missing_is_asked_for_when_its_stage_has_come():
    told = {name: True for name in Lacks.__dataclass_fields__ if name.startswith("has_")}
    whole = Lacks(stage=CycleStage.ASSIMILATION, indicators=1, gap=D(0), **told)
    assert lacks_of(whole) == []
    nothing = lacks_of(Lacks(stage=CycleStage.CONCEPTION))
    assert {Missing.VALUES, Missing.ACTIVITIES, Missing.LESSONS, Missing.RATES} & set(nothing) == set()
    assert lacks_of(dataclasses.replace(whole, unmeasured=1, has_activities=False)) == [
        Missing.VALUES, Missing.ACTIVITIES,
    ]  # fmt: skip
    assert lacks_of(dataclasses.replace(whole, gap=D(5))) == [Missing.BUDGET_GAP]
    assert lacks_of(dataclasses.replace(whole, gap=None, unconverted=2)) == [Missing.RATES]
    assert lacks_of(dataclasses.replace(whole, has_lessons=False)) == [Missing.LESSONS]


def test_goals_are_the_17_and_the_169():
    rows = list(goals().values())
    assert [row.code for row in rows if not row.is_target] == [str(number) for number in range(1, 18)]
    assert sum(row.is_target for row in rows) == 169
    assert all(row.text_es and row.text_en for row in rows)
    assert [row.code for row in rows][:8] == ["1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.a", "1.b"]
    assert not any(row.text_es[-1].isdigit() and not row.text_es.endswith(("2020", "2030")) for row in rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("turismo sostenible", ["8.9", "12.b", "14.7"]),
        ("TURÍSMO", ["8.9", "12.b", "14.7"]),
        ("sustainable tourism", ["8.9", "12.b", "14.7"]),
        ("patrimonio cultural", ["11.4"]),
        ("4.7", ["4.7"]),
        ("4.A", ["4.a"]),
        ("vida submarina", ["14"]),
        ("de la", []),
        ("", []),
        ("xilófono", []),
        ("99", []),
    ],
)
def test_goal_is_found_in_either_language_without_accents(text, found):
    assert [row.code for row in find_goals(text)] == found


def test_number_of_a_goal_finds_it_with_its_targets():
    assert [row.code for row in find_goals("13")] == ["13", "13.1", "13.2", "13.3", "13.a", "13.b"]
