"""The rules of an agreement, as tables."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.agreements.rules import (
    ActFacts,
    ForceFacts,
    PartyFacts,
    StatedDate,
    decade,
    force,
    force_facts,
    is_disputed,
    next_force_change,
    predates_treaties_law,
    regime,
    scope,
    settled_date,
    years_later,
)
from hermanar.agreements.vocabulary import ActKind, Force, Regime, Scope, SignedPrecision, Stage, Standing
from hermanar.foundation.calendar import parse_partial

TODAY = dt.date(2026, 11, 21)
GTO = PartyFacts("MX", "guanajuato")
JALISCO = PartyFacts("MX", "jalisco")
SPAIN = PartyFacts("ES", None)
UN = PartyFacts("US", None, Standing.INTERNATIONAL)
CLUB = PartyFacts("US", None, Standing.PRIVATE)


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ([GTO, SPAIN], Regime.TREATIES_LAW),
        ([GTO, UN], Regime.TREATIES_LAW),
        ([GTO, JALISCO], Regime.BETWEEN_MEXICAN),
        ([GTO, CLUB], Regime.PRIVATE_COUNTERPART),
        ([GTO, PartyFacts("MX", "jalisco", Standing.PRIVATE)], Regime.PRIVATE_COUNTERPART),
        ([SPAIN, PartyFacts("SV", None)], Regime.FOREIGN_ONLY),
        ([GTO, PartyFacts("MX", None, Standing.INTERNATIONAL)], Regime.TREATIES_LAW),  # its seat in Mexico City
        ([SPAIN, PartyFacts("MX", None, Standing.INTERNATIONAL)], Regime.FOREIGN_ONLY),
    ],
)
def test_regime_follows_from_parties(parties, expected):
    assert regime(parties) == expected


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ([GTO, PartyFacts("MX", "guanajuato")], Scope.IN_STATE),
        ([GTO, JALISCO], Scope.NATIONAL),
        ([GTO, PartyFacts("MX", None)], Scope.NATIONAL),
        ([GTO, PartyFacts("MX", "guanajuato", Standing.INTERNATIONAL)], Scope.INTERNATIONAL),
        ([PartyFacts("MX", None), PartyFacts("MX", None)], Scope.NATIONAL),
        ([GTO, SPAIN], Scope.INTERNATIONAL),
        ([GTO, JALISCO, SPAIN], Scope.INTERNATIONAL),
    ],
)
def test_scope_follows_from_parties(parties, expected):
    assert scope(parties) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ForceFacts(is_signed=False, is_open_ended=True), Force.UNSIGNED),
        (ForceFacts(is_signed=True), Force.UNKNOWN),
        (ForceFacts(is_signed=True, is_open_ended=True), Force.IN_FORCE),
        (ForceFacts(is_signed=True, ends_on=TODAY), Force.IN_FORCE),
        (ForceFacts(is_signed=True, ends_on=TODAY - dt.timedelta(days=1)), Force.EXPIRED),
        (ForceFacts(is_signed=True, is_open_ended=True, suspended_on=TODAY), Force.SUSPENDED),
        (ForceFacts(is_signed=True, is_open_ended=True, suspended_on=TODAY + dt.timedelta(days=1)), Force.IN_FORCE),
        (ForceFacts(is_signed=True, is_open_ended=True, terminated_on=TODAY), Force.TERMINATED),
        (ForceFacts(is_signed=True, ends_on=dt.date(2020, 1, 1), terminated_on=dt.date(2019, 1, 1)), Force.TERMINATED),
    ],
)
def test_force_on_a_day(facts, expected):
    assert force(facts, TODAY) == expected


@pytest.mark.parametrize("offset", [-400, -1, 0, 1, 30, 4000])
def test_next_force_change_is_the_first_day_that_differs(offset):
    end = TODAY + dt.timedelta(days=offset)
    facts = ForceFacts(is_signed=True, ends_on=end, suspended_on=end - dt.timedelta(days=10))
    turn = next_force_change(facts, TODAY)
    until = turn or TODAY + dt.timedelta(days=5000)
    days = (TODAY + dt.timedelta(days=n) for n in range((until - TODAY).days))
    assert {force(facts, day) for day in days} <= {force(facts, TODAY)}
    if turn:
        assert force(facts, turn) != force(facts, TODAY)


def test_an_end_on_the_last_day_there_is_changes_nothing_after_it():
    facts = ForceFacts(is_signed=True, ends_on=dt.date.max)
    assert force(facts, dt.date.max) == Force.IN_FORCE
    assert next_force_change(facts, TODAY) is None


def facts_of(signed, years, *acts):
    """Return what the force of an agreement depends on, signed on a partial date for some years."""
    date = parse_partial(signed)
    return force_facts(stage=Stage.RECORDED, signed=date, term_years=years, is_open_ended=False, acts=acts)


def test_force_facts_follow_the_acts_in_order():
    signed = parse_partial("2012-01-31")
    renewed = ActFacts(ActKind.RENEWAL, dt.date(2017, 1, 31), dt.date(2022, 1, 31))
    suspended = ActFacts(ActKind.SUSPENSION, dt.date(2018, 5, 1))
    resumed = ActFacts(ActKind.RESUMPTION, dt.date(2019, 5, 1))
    facts = force_facts(
        stage=Stage.RECORDED, signed=signed, term_years=5, is_open_ended=False, acts=[resumed, renewed, suspended]
    )
    assert facts == ForceFacts(is_signed=True, ends_on=dt.date(2022, 1, 31))


def test_force_facts_of_the_documented_terms():
    """1999 for three years and 2012 for five: both lapsed unless renewed, and no renewal is documented."""
    for signed, years in (("1999-09-22", 3), ("1999", 3), ("2012-01-31", 5)):
        assert force(facts_of(signed, years), TODAY) == Force.EXPIRED


def test_term_of_a_year_may_bind_until_the_last_day_of_its_last_year():
    facts = facts_of("2021", 5)
    assert force(facts, dt.date(2026, 12, 31)) == Force.IN_FORCE
    assert force(facts, dt.date(2027, 1, 1)) == Force.EXPIRED
    assert force(facts_of("2021-02", 5), dt.date(2026, 2, 28)) == Force.IN_FORCE


def test_undated_termination_terminates():
    facts = facts_of("2012", 50, ActFacts(ActKind.TERMINATION, None))
    assert force(facts, TODAY) == Force.TERMINATED
    assert next_force_change(facts, dt.date.min) == dt.date(2063, 1, 1)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([(ActKind.SUSPENSION, None)], Force.SUSPENDED),
        ([(ActKind.RESUMPTION, dt.date(2020, 1, 1)), (ActKind.SUSPENSION, None)], Force.IN_FORCE),
        ([(ActKind.RESUMPTION, None), (ActKind.SUSPENSION, dt.date(2020, 1, 1))], Force.SUSPENDED),
        ([(ActKind.RESUMPTION, None), (ActKind.SUSPENSION, None)], Force.IN_FORCE),
        ([(ActKind.TERMINATION, TODAY + dt.timedelta(days=40))], Force.IN_FORCE),
    ],
)
def test_undated_acts_come_before_dated_ones(acts, expected):
    facts = facts_of("2012", 50, *(ActFacts(kind, on) for kind, on in acts))
    assert force(facts, TODAY) == expected


def test_term_never_leaves_the_calendar():
    assert years_later(dt.date(9999, 12, 31), 5) == dt.date(9999, 12, 31)


def test_years_later_of_a_leap_day_is_the_last_of_february():
    assert years_later(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)


def test_law_of_1992_is_not_older_than_itself():
    assert predates_treaties_law(dt.date(1969, 9, 1))
    assert not predates_treaties_law(dt.date(1992, 1, 2))
    assert not predates_treaties_law(None)


def test_date_that_may_be_of_the_law_is_not_older_than_it():
    year = dt.date(1992, 1, 1)
    assert not predates_treaties_law(year)  # «1992», as a caller shows it that knows no precision
    assert not predates_treaties_law(year, SignedPrecision.YEAR)
    assert not predates_treaties_law(year, SignedPrecision.MONTH)
    assert predates_treaties_law(year, SignedPrecision.DAY)
    assert predates_treaties_law(dt.date(1991, 1, 1), SignedPrecision.YEAR)


YEAR = StatedDate(dt.date(1969, 1, 1), SignedPrecision.YEAR)
MONTH = StatedDate(dt.date(1969, 9, 1), SignedPrecision.MONTH)
OTHER = StatedDate(dt.date(1961, 1, 1), SignedPrecision.YEAR)


@pytest.mark.parametrize(
    ("stated", "chosen", "disputed"),
    [
        ([], None, False),
        ([YEAR], YEAR, False),
        ([YEAR, MONTH], MONTH, False),
        ([MONTH, YEAR], MONTH, False),
        ([YEAR, OTHER], YEAR, True),
        ([YEAR, OTHER, MONTH], MONTH, True),
    ],
)
def test_settled_date_keeps_the_first_claim_and_refines_it(stated, chosen, disputed):
    assert settled_date(stated) == chosen
    assert is_disputed(stated) is disputed


@pytest.mark.parametrize(
    ("day", "expected"), [(None, "unknown"), (dt.date(1969, 9, 1), "1960"), (dt.date(2000, 1, 1), "2000")]
)
def test_decade_is_named_by_its_first_year(day, expected):
    assert decade(day) == expected
