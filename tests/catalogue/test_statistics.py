"""Statistics and lists count the same, whatever the agreements are."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hermanar.agreements.vocabulary import AreaOfCooperation, Kind, Registered
from hermanar.catalogue import read
from hermanar.catalogue.search import FACETS, Filters, questions
from tests import factories as make
from tests.catalogue.conftest import TODAY

FIELDS = {"country": "by_country", "state": "by_state", "area": "by_area", "registered": "registered"}


def statistics_of(got, facet):
    return getattr(got, FIELDS.get(facet, f"by_{facet}"))


def test_statistics_of_a_city(world):
    got = read.statistics(Filters(host=("Guanajuato",)), today=TODAY)
    assert (got.total, got.by_country, got.by_regime, got.by_scope) == (
        3,
        {"ES": 1, "MX": 1, "US": 1},
        {"treaties_law": 2, "between_mexican": 1},
        {"international": 2, "in_state": 1},
    )
    assert (got.by_decade, got.registered) == ({"1960": 1, "1980": 1, "unknown": 1}, {"yes": 1, "no": 1, "unknown": 1})
    assert (got.by_kind, got.by_vitality, got.as_of) == (
        {"twinning": 2, "unknown": 1},
        {"active": 1, "silent": 1, "unknown": 1},
        TODAY,
    )


def test_statistics_of_nothing(db):
    got = read.statistics(Filters(), today=TODAY)
    assert (got.total, got.by_kind, got.registered) == (0, {}, {"yes": 0, "no": 0, "unknown": 0})


DRAFTS = st.lists(
    st.fixed_dictionaries(
        {
            "host": st.sampled_from(["guanajuato", "cancun", "leon", "alcala"]),
            "partner": st.sampled_from(["umea", "ashland", "leon_es", "other_juarez"]),
            "kind": st.sampled_from(Kind),
            "registered": st.sampled_from([Registered.NO, Registered.UNKNOWN]),
            "signed": st.one_of(st.just(""), st.integers(1950, 2026).map(str)),
            "term_years": st.one_of(st.none(), st.integers(1, 40)),
            "areas": st.lists(st.sampled_from(AreaOfCooperation.values), unique=True, max_size=3),
            "source_key": st.sampled_from(["uno", "dos", "tres"]),
        }
    ),
    max_size=25,
)


@given(drafts=DRAFTS, days=st.integers(-9000, 9000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_statistics_equal_lists_to_the_unit(world, monkeypatch, drafts, days):
    monkeypatch.undo()
    today = TODAY + dt.timedelta(days=days)
    make.agreements(
        *[
            make.draft(
                world.places[values.pop("host")],
                world.places[values.pop("partner")],
                **{**values, "areas": [(area, area) for area in values["areas"]]},
            )
            for values in map(dict, drafts)
        ]
    )
    snapshot = questions.current(today)  # one index for all questions of an example
    monkeypatch.setattr(questions, "current", lambda _today: snapshot)
    whole = read.agreements(Filters(), today=today, language="es", limit=500)
    got = read.statistics(Filters(), today=today)
    assert whole.count == got.total == len(whole.items)
    for facet in whole.facets:
        for option in facet.options:
            chosen = read.agreements(Filters(**{facet.name: (option.value,)}), today=today, language="es", limit=500)
            assert option.count == chosen.count == len(chosen.items), (facet.name, option)
        if facet.name not in {"host", "source"}:
            counted = {value: count for value, count in statistics_of(got, facet.name).items() if count}
            assert counted == {option.value: option.count for option in facet.options}
    assert {facet.name for facet in whole.facets} == set(FACETS)
    by_hand = [line.force for line in whole.items]
    assert got.by_force == {force: by_hand.count(force) for force in set(by_hand)}


@pytest.mark.parametrize(
    ("today", "force", "vitality"),
    [
        (dt.date(2026, 11, 20), {"unknown": 4, "in_force": 2}, {"active": 1, "silent": 1, "unknown": 4}),
        (dt.date(2026, 11, 21), {"unknown": 4, "in_force": 2}, {"dormant": 1, "silent": 1, "unknown": 4}),
        (dt.date(2027, 2, 4), {"unknown": 4, "in_force": 1, "expired": 1}, {"dormant": 1, "silent": 1, "unknown": 4}),
        (dt.date(2029, 11, 21), {"unknown": 4, "in_force": 1, "expired": 1}, {"silent": 2, "unknown": 4}),
        (dt.date(2015, 6, 1), {"unknown": 4, "in_force": 2}, {"active": 2, "unknown": 4}),
    ],
)
def test_day_turns_force_and_vitality(kept_world, today, force, vitality):
    read.statistics(Filters(), today=TODAY)  # the index on disk stands at another day
    got = read.statistics(Filters(), today=today)
    assert (got.by_force, got.by_vitality) == (force, vitality)
