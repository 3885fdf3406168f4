"""The IATI file is valid against the official schema, code lists and rules, whatever the projects say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hermanar.workspace.iati import (
    Budget,
    DateKind,
    Indicator,
    IndicatorLevel,
    Lacking,
    Measure,
    NothingToPublishError,
    Organisation,
    OrganisationKind,
    OrganisationPart,
    Period,
    ProjectFacts,
    Publisher,
    Stage,
    Told,
    activity_identifier,
    lacking,
    publisher_lacks,
    stays_out,
    write_activities,
)
from hermanar.workspace.iati.currencies import CURRENCIES
from hermanar.workspace.iati.lacking import NEEDED
from tests.workspace.standard import codes, flaws

AT = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
TODAY = AT.date()
OFFICE = Publisher("MX-INEGI-11015", Told("Oficina de Guanajuato"), OrganisationKind.LOCAL_GOVERNMENT, "o@example.org")
PROJECT = ProjectFacts(
    number="guanajuato/2026/0001",
    title=Told("Agua limpia", "Clean water"),
    description=Told("Que el agua llegue limpia.", "Clean water for all."),
    stage=Stage.IMPLEMENTATION,
    dates={DateKind.PLANNED_START: dt.date(2026, 1, 1), DateKind.PLANNED_END: dt.date(2027, 12, 31)},
    organisations=(Organisation(Told("Ashland"), OrganisationPart.IMPLEMENTING, OrganisationKind.LOCAL_GOVERNMENT),),
    countries=("MX",),
    sector_code="technical",
    sector=Told("cooperación técnica y científica"),
    goals=("6",),
    targets=("6.1",),
    budgets=(Budget(Decimal("1500.50"), "MXN", dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2026, 1, 1)),),
    indicators=(
        Indicator(
            Told("Hogares con agua"), IndicatorLevel.OUTCOME, Measure.UNIT, Decimal(10), dt.date(2025, 12, 31),
            (Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31), Decimal(100), Decimal(40), "Padrón del organismo"),),
        ),
    ),
)  # fmt: skip


def written(*projects, office=OFFICE):
    return write_activities(office, projects, at=AT, today=TODAY)


def tree(*projects):
    return etree.fromstring(written(*projects))


def test_whole_project_is_valid_and_says_what_it_says():
    assert flaws(written(PROJECT)) == []
    said = tree(PROJECT)
    assert said.xpath("string(//iati-identifier)") == "MX-INEGI-11015-guanajuato-2026-0001"
    assert said.xpath("//title/narrative[@xml:lang='en']/text()") == ["Clean water"]
    assert said.xpath("//budget/value/text()") == ["1500.50"]
    assert said.xpath("//result/indicator/period/actual/@value") == ["40"]
    assert said.xpath("//tag/@code") == ["6", "6.1"]


def test_humanitarian_aid_is_told_as_such():
    said = tree(PROJECT, replace(PROJECT, number="2", is_humanitarian=True))
    assert said.xpath("//iati-activity/@humanitarian") == ["false", "true"]


def test_what_has_happened_is_judged_by_the_day_of_the_office():
    evening = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)  # still the 21st in Mexico
    began = replace(PROJECT, dates={**PROJECT.dates, DateKind.ACTUAL_START: evening.date()})
    said = etree.fromstring(write_activities(OFFICE, [began], at=evening, today=TODAY))
    assert said.xpath("//activity-date/@type") == ["1", "3"]


# ── two hundred of them ──────────────────────────────────────────────────────────────────────────────────────────────

days = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
figures = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
texts = st.text(max_size=40)  # any character there is: control characters, half pairs, marks of order
told = st.builds(Told, texts, texts)
filled = st.builds(Told, texts.map(lambda one: f"Agua {one}"), texts)


@st.composite
def spans(draw):
    return sorted((draw(days), draw(days)))


@st.composite
def budgets(draw):
    first, last = draw(spans())
    currency = draw(st.sampled_from(["MXN", "USD", "EUR", "ZMW", "VES", "BYN", "", "mxn"]))
    past = draw(st.dates(dt.date(1990, 1, 1), TODAY))
    return Budget(draw(figures), currency, first, last, past, draw(st.booleans()))


@st.composite
def periods(draw):
    first, last = draw(spans())
    return Period(first, last, draw(st.none() | figures), draw(st.none() | figures), draw(texts))


def tuples(of, most=3):
    return st.lists(of, max_size=most).map(tuple)


indicators = st.builds(
    Indicator, filled, st.sampled_from(IndicatorLevel), st.sampled_from(Measure), st.none() | figures, st.none() | days,
    tuples(periods()),
)  # fmt: skip
identifiers = st.sampled_from(["", "MX-RFC-X", "MX\x0bA\x01", "MX-A\x01", "MX-A\ufffe", "MX-1/2", "X"]) | texts
organisations = st.builds(
    Organisation, told, st.sampled_from(OrganisationPart), st.none() | st.sampled_from(OrganisationKind), identifiers
)


@st.composite
def dates(draw):
    """The dates of a project, each pair in order, as its own rules hold them."""
    found = {}
    for start, end in ((DateKind.PLANNED_START, DateKind.PLANNED_END), (DateKind.ACTUAL_START, DateKind.ACTUAL_END)):
        first, last = draw(spans())
        found |= {start: first} if draw(st.booleans()) else {}
        found |= {end: last} if draw(st.booleans()) else {}
    return found


projects = st.builds(
    ProjectFacts,
    number=st.integers(1, 9999).map(lambda number: f"guanajuato/2026/{number:04}"),
    title=told | filled, description=told | filled, stage=st.none() | st.sampled_from(Stage), objectives=told,
    dates=dates(), organisations=tuples(organisations),
    countries=tuples(st.sampled_from(["MX", "US", "ES", "SE", "CN"])),
    sector_code=st.sampled_from(["", "technical", "cultural"]), sector=told | filled,
    goals=tuples(st.integers(1, 17).map(str)), targets=tuples(st.sampled_from(["4.7", "11.a", "17.17"])),
    is_triangular=st.booleans(), is_humanitarian=st.booleans(), budgets=tuples(budgets()),
    indicators=tuples(indicators),
    changed_at=st.none() | st.datetimes(timezones=st.just(dt.UTC), max_value=dt.datetime(2026, 11, 21)),  # noqa: DTZ001
)  # fmt: skip


@st.composite
def complete_projects(draw):
    """A project that lacks nothing the file needs, and says anything beside it."""
    one = draw(projects)
    first, last = draw(spans())
    return replace(
        one,
        title=draw(filled), description=draw(filled), sector_code="technical", sector=draw(filled),
        stage=draw(st.sampled_from(Stage)), organisations=(*PROJECT.organisations, *one.organisations),
        dates={**one.dates, DateKind.PLANNED_START: first, DateKind.PLANNED_END: last},
    )  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(projects, complete_projects()))
def test_any_project_leaves_a_valid_file(project):
    file = written(PROJECT, project)
    assert flaws(file) == []
    is_in = len(etree.fromstring(file).xpath("//iati-activity")) == 2
    assert is_in is not stays_out(project, today=TODAY)


@settings(max_examples=10, deadline=None)
@given(st.lists(complete_projects(), min_size=20, max_size=20))
def test_two_hundred_complete_projects_leave_no_flaw(twenty):
    file = written(*twenty)
    assert flaws(file) == []
    assert len(etree.fromstring(file).xpath("//iati-activity")) == len(twenty)


# ── what is lacking ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lack", "values"),
    [
        (Lacking.TITLE, {"title": Told(" \x00")}),
        (Lacking.DESCRIPTION, {"description": Told("")}),
        (Lacking.STAGE, {"stage": None}),
        (Lacking.START, {"dates": {DateKind.PLANNED_END: TODAY}}),
        (Lacking.START, {"dates": {DateKind.ACTUAL_START: dt.date(2026, 11, 22)}}),
        (Lacking.ORGANISATION, {"organisations": ()}),
        (Lacking.SECTOR, {"sector": Told("")}),
        (Lacking.COUNTRY, {"countries": ()}),
        (Lacking.COUNTRY, {"countries": ("MX", "US")}),
        (Lacking.ENGLISH, {"title": Told("Agua")}),
        (Lacking.BUDGET, {"budgets": ()}),
        (Lacking.CURRENCY, {"budgets": (replace(PROJECT.budgets[0], currency="ZMW"),)}),
        (Lacking.BASELINE, {"indicators": (replace(PROJECT.indicators[0], baseline=None, baseline_on=None),)}),
        (Lacking.GOALS, {"goals": (), "targets": ()}),
        (Lacking.RESULTS, {"indicators": ()}),
        (Lacking.FUTURE, {"dates": {**PROJECT.dates, DateKind.ACTUAL_END: dt.date(2026, 11, 22)}}),
    ],
)
def test_what_is_lacking_is_named_and_what_cannot_be_missing_keeps_it_out(lack, values):
    project = replace(PROJECT, **values)
    assert lacking(PROJECT, today=TODAY) == ()
    assert lack in lacking(project, today=TODAY)
    assert stays_out(project, today=TODAY) is bool(set(lacking(project, today=TODAY)) & NEEDED)
    assert flaws(written(PROJECT, project)) == []


def test_file_without_an_activity_is_none():
    for projects in ((), (replace(PROJECT, title=Told("")),)):
        with pytest.raises(NothingToPublishError):
            written(*projects)


@pytest.mark.parametrize(
    "identifier", ["", "MX", "MX-", "MX-a/b", "MX-a b", "MX-a&b", "11015", "MX\x0bA\x01", "MX-A\x01"]
)
def test_office_without_an_identifier_publishes_nothing(identifier):
    office = replace(OFFICE, identifier=identifier)
    assert publisher_lacks(office) == (Lacking.IDENTIFIER,)
    with pytest.raises(NothingToPublishError, match="identifier"):
        written(PROJECT, office=office)


@pytest.mark.parametrize("identifier", ["MX\x0bA\x01", "MX-A\x01", "MX-A\ud800", "MX-1/2", "MX", "X Y"])
def test_identifier_of_a_partner_that_the_standard_refuses_is_not_written(identifier):
    wrong = replace(PROJECT.organisations[0], identifier=identifier)
    right = replace(wrong, identifier="US-EIN-93-0386858")
    file = written(replace(PROJECT, organisations=(wrong, right)))
    assert flaws(file) == []
    assert etree.fromstring(file).xpath("//participating-org/@ref") == ["US-EIN-93-0386858"]


def test_number_of_an_office_becomes_a_name_the_rules_allow():
    assert activity_identifier(OFFICE, replace(PROJECT, number="a/b|c&d?e f")) == "MX-INEGI-11015-a-b-c-d-e-f"


# ── the judge is no rubber stamp ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b'<activity-status code="2" />', b'<activity-status code="77" />', "ActivityStatus"),
        (b'currency="MXN"', b'currency="PESO"', "Currency"),
        (b'iso-date="2026-01-01"', b'iso-date="ayer"', "ayer"),
        (b"<title>", b"<nombre />\n<title>", "nombre"),
        (b"MX-INEGI-11015-guan", b"MX|INEGI-11015-guan", "regex_matches"),
        (b'type="3" iso-date="2027-12-31"', b'type="3" iso-date="2020-12-31"', "date_order"),
    ],
)
def test_judge_finds_what_is_wrong(before, after, told):
    file = written(PROJECT)
    assert before in file
    assert any(told in flaw for flaw in flaws(file.replace(before, after, 1)))


def test_every_code_we_may_write_is_in_its_list():
    lists = {
        "ActivityStatus": Stage,
        "ActivityDateType": DateKind,
        "OrganisationRole": OrganisationPart,
        "OrganisationType": OrganisationKind,
        "ResultType": IndicatorLevel,
        "IndicatorMeasure": Measure,
    }
    assert codes("Currency") == CURRENCIES
    for name, words in lists.items():
        assert {one.value for one in words} <= codes(name), name
