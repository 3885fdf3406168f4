"""Where a tie stands: a table of evidence and what follows from it; without the evidence, nothing does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hermanar.cooperation.rules.path import NEEDS, OPENED_BY, STEP_NEEDS, PathEvidence, PlanFacts, path
from hermanar.cooperation.rules.stakeholders import ActorFacts
from hermanar.cooperation.vocabulary import Direction
from hermanar.cooperation.vocabulary.path import Need, PathState, PathStep, Phase
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide

DAY = dt.date(2026, 3, 1)
LATER = dt.date(2026, 9, 1)
EARLIER = dt.date(2026, 1, 1)
PEOPLE = (
    ActorFacts(ActorClass.CIVIL_SOCIETY, TieSide.OWN, frozenset({Resource.HUMAN})),
    ActorFacts(ActorClass.OTHER, TieSide.OTHER, frozenset({Resource.SOCIAL})),
)
WHOLE = PathEvidence(
    city_chosen_on=EARLIER,
    intent_on=EARLIER,
    areas=frozenset({"culture"}),
    areas_with_committee=frozenset({"culture"}),
    actors=PEOPLE,
    plan=PlanFacts(DAY, 3),
    reach_assessed_on=(EARLIER,),
    assessed_on=(EARLIER, LATER),
    is_signed=True,
    signed_on=DAY,
    has_backing=True,
    is_registered=True,
    activities_on=(LATER,),
    directions=frozenset({Direction.MUTUAL}),
    session_count=1,
)
D, P, N, X, C, G = (
    PathState.DONE,
    PathState.IN_PART,
    PathState.OPEN,
    PathState.PASSED_OVER,
    PathState.CLOSED,
    PathState.GOING,
)


def states(evidence):
    return [one.state for one in path(evidence).phases]


def state_of(evidence, phase):
    return next(one for one in path(evidence).phases if one.phase is phase)


def step_of(evidence, step):
    return next(one for one in path(evidence).steps if one.step is step)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (PathEvidence(), [N, C, C, C, C, C, C]),
        (PathEvidence(city_chosen_on=DAY), [D, N, C, C, C, C, C]),
        (PathEvidence(city_chosen_on=DAY, intent_on=DAY), [D, D, N, C, C, C, C]),
        (PathEvidence(intent_on=DAY), [N, D, N, C, C, C, C]),
        (PathEvidence(actors=PEOPLE[:1]), [N, C, P, C, C, C, C]),
        (replace(WHOLE, is_signed=False, signed_on=None, has_backing=False, is_registered=False),
         [D, D, D, D, D, N, C]),
        (replace(WHOLE, is_signed=False, signed_on=None, is_registered=False), [D, D, D, D, D, P, C]),
        (replace(WHOLE, reach_assessed_on=(LATER,)), [D, D, D, D, X, D, G]),
        (replace(WHOLE, plan=None), [D, D, D, X, D, D, G]),
        (replace(WHOLE, plan=PlanFacts(None, 0)), [D, D, D, P, D, D, G]),
        (replace(WHOLE, is_registered=False), [D, D, D, D, D, P, G]),
        (replace(WHOLE, is_registered=False, has_backing=False, is_ministry_asked=False), [D, D, D, D, D, D, G]),
        (replace(WHOLE, activities_on=(EARLIER,), assessed_on=(EARLIER,)), [D, D, D, D, D, D, N]),
        (replace(WHOLE, activities_on=(EARLIER,)), [D, D, D, D, D, D, P]),
        (WHOLE, [D, D, D, D, D, D, G]),
        (PathEvidence(is_signed=True, signed_on=DAY, has_backing=True), [X, X, X, X, X, P, N]),
        (PathEvidence(is_signed=True), [X, X, X, X, X, P, N]),
    ],
)  # fmt: skip
def test_phases_follow_from_what_is_recorded(evidence, expected):
    assert states(evidence) == expected


@pytest.mark.parametrize(
    ("phase", "without"),
    [
        (Phase.SELECTION, {"city_chosen_on": None}),
        (Phase.CONTACT, {"intent_on": None}),
        (Phase.ACTORS, {"actors": PEOPLE[:1]}),
        (Phase.ACTORS, {"actors": PEOPLE[1:]}),
        (Phase.ACTORS, {"areas_with_committee": frozenset()}),
        (Phase.ACTORS, {"areas": frozenset({"culture", "sports"})}),
        (Phase.ACTORS, {"areas": frozenset()}),
        (Phase.PLAN, {"plan": None}),
        (Phase.PLAN, {"plan": PlanFacts(DAY, 0)}),
        (Phase.EX_ANTE, {"reach_assessed_on": (LATER,)}),
        (Phase.EX_ANTE, {"reach_assessed_on": ()}),
        (Phase.SIGNATURE, {"has_backing": False}),
        (Phase.SIGNATURE, {"is_registered": False}),
        (Phase.EXECUTION, {"activities_on": ()}),
        (Phase.EXECUTION, {"assessed_on": (EARLIER,)}),
    ],
)
def test_a_phase_without_one_piece_of_evidence_is_not_done(phase, without):
    assert state_of(WHOLE, phase).state in {D, G}
    found = state_of(replace(WHOLE, **without), phase)
    assert found.state not in {D, G}
    assert found.missing


def test_a_closed_phase_says_what_opens_it_and_an_open_one_does_not():
    assert state_of(PathEvidence(), Phase.PLAN).opened_by == OPENED_BY[Phase.PLAN]
    assert state_of(PathEvidence(), Phase.SELECTION).opened_by == ()
    assert state_of(PathEvidence(is_signed=True), Phase.PLAN).opened_by == ()


def test_a_tie_signed_on_an_unknown_day_was_assessed_before_nobody_can_say():
    known = replace(WHOLE, signed_on=None)
    assert states(known) == [X, X, D, D, X, D, N], "nor what was done after it"


def test_what_is_decided_after_a_signature_did_not_lead_to_it():
    late = replace(WHOLE, city_chosen_on=LATER, intent_on=LATER)
    assert states(late) == [X, X, D, D, D, D, G]
    assert step_of(late, PathStep.SELECT).state is PathState.MISSING


def test_of_a_signature_known_by_its_year_nothing_of_that_year_came_before_or_after():
    year = replace(WHOLE, signed_on=dt.date(2026, 1, 1), signed_until=dt.date(2026, 12, 31))
    inside = replace(year, city_chosen_on=DAY, intent_on=DAY, reach_assessed_on=(DAY,))
    assert states(inside) == [X, X, D, D, X, D, N]
    around = {"city_chosen_on": dt.date(2025, 1, 1), "activities_on": (dt.date(2027, 1, 1),)}
    assert states(replace(inside, **around)) == [D, X, D, D, X, D, P]


def test_an_assessment_of_the_day_of_the_signature_came_before_it():
    assert state_of(replace(WHOLE, reach_assessed_on=(DAY,)), Phase.EX_ANTE).state is D


@pytest.mark.parametrize(
    ("step", "values", "state"),
    [
        (PathStep.SELECT, {}, D),
        (PathStep.SELECT, {"city_chosen_on": None}, PathState.MISSING),
        (PathStep.INVOLVE, {}, D),
        (PathStep.INVOLVE, {"actors": ()}, PathState.MISSING),
        (PathStep.INVOLVE, {"actors": (ActorFacts(ActorClass.PUBLIC, TieSide.OWN),)}, P),
        (PathStep.INVOLVE, {"actors": tuple(ActorFacts(ActorClass.PUBLIC, side) for side in TieSide)}, P),
        (PathStep.AREAS, {"areas": frozenset()}, PathState.MISSING),
        (PathStep.RESOURCES, {}, D),
        (PathStep.RESOURCES, {"actors": PEOPLE[:1]}, P),
        (PathStep.RESOURCES, {"actors": PEOPLE[1:]}, P),
        (PathStep.RESOURCES, {"actors": (ActorFacts(ActorClass.PRIVATE, TieSide.OWN),)}, PathState.MISSING),
        (PathStep.PLAN, {"plan": None}, PathState.MISSING),
        (PathStep.AWARENESS, {"session_count": 0}, PathState.MISSING),
        (PathStep.STRENGTHEN, {"directions": frozenset()}, PathState.MISSING),
        (PathStep.STRENGTHEN, {"directions": frozenset({Direction.UNKNOWN})}, PathState.MISSING),
        (PathStep.STRENGTHEN, {"directions": frozenset({Direction.GIVEN, Direction.OUTBOUND})}, P),
        (PathStep.STRENGTHEN, {"directions": frozenset({Direction.GIVEN, Direction.INBOUND})}, D),
        (PathStep.START, {"activities_on": (EARLIER,)}, PathState.MISSING),
        (PathStep.EVALUATE, {"assessed_on": (EARLIER,)}, PathState.MISSING),
    ],
)
def test_steps_follow_from_what_is_recorded(step, values, state):
    assert step_of(replace(WHOLE, **values), step).state is state


def test_the_phase_of_now_is_the_first_that_waits():
    assert path(PathEvidence()).waiting[0].phase is Phase.SELECTION
    assert path(PathEvidence(city_chosen_on=DAY)).waiting[0].phase is Phase.CONTACT
    assert path(replace(WHOLE, is_registered=False)).waiting[0].phase is Phase.SIGNATURE
    assert path(WHOLE).waiting == ()


def test_every_phase_and_step_rests_on_something():
    assert list(NEEDS) == list(OPENED_BY) == list(Phase)
    assert list(STEP_NEEDS) == list(PathStep)
    used = {need for needs in (*NEEDS.values(), *STEP_NEEDS.values()) for need in needs}
    assert used == set(Need)
