"""Where a tie stands on its path: what is recorded opens the phases, and nothing else does.

Sources: the seven phases [002:173-193] and the nine steps of a twinning that lasts [002:243-265]. The path advises: the
law's own procedure (`agreements`) goes on beside it; of a tie signed without a phase it says that nothing is recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hermanar.cooperation.rules.stakeholders import ActorFacts
from hermanar.cooperation.vocabulary.activities import Direction
from hermanar.cooperation.vocabulary.path import Need, PathState, PathStep, Phase
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, TieSide

BEYOND_GOVERNMENT = frozenset({ActorClass.CIVIL_SOCIETY, ActorClass.PRIVATE, ActorClass.OTHER})
_TO_THERE = frozenset({Direction.GIVEN, Direction.OUTBOUND})
_FROM_THERE = frozenset({Direction.RECEIVED, Direction.INBOUND})


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A work plan, as far as the path asks."""

    starts_on: dt.date | None
    activity_count: int


@dataclass(frozen=True, slots=True)
class PathEvidence:
    """What is recorded of a tie."""

    city_chosen_on: dt.date | None = None
    intent_on: dt.date | None = None
    areas: frozenset[str] = frozenset()
    areas_with_committee: frozenset[str] = frozenset()  # one that goes on and has members
    actors: tuple[ActorFacts, ...] = ()  # who takes part now
    plan: PlanFacts | None = None
    reach_assessed_on: tuple[dt.date, ...] = ()  # reach and limits of its areas, closed
    assessed_on: tuple[dt.date, ...] = ()  # the tie as it goes, closed
    is_signed: bool = False
    signed_on: dt.date | None = None  # the first day it may be; None of a signed one: nothing is known of it
    signed_until: dt.date | None = None  # the last day it may be, where only a month or a year is known
    is_ministry_asked: bool = True  # the treaties law applies
    has_backing: bool = False
    is_registered: bool = False
    activities_on: tuple[dt.date, ...] = ()
    directions: frozenset[Direction] = frozenset()
    session_count: int = 0  # held by committees of the tie


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """A phase of the path: how far it is, on what that rests, what it lacks, which phase opens it."""

    phase: Phase
    state: PathState
    met: tuple[Need, ...]
    missing: tuple[Need, ...]
    opened_by: tuple[Need, ...] = ()  # of a phase that is not open: what is missing before it


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One of the nine steps."""

    step: PathStep
    state: PathState
    met: tuple[Need, ...]
    missing: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """The path of a tie."""

    phases: tuple[PhaseFacts, ...]
    steps: tuple[StepFacts, ...]

    @property
    def waiting(self) -> tuple[PhaseFacts, ...]:
        """Return the phases to be worked on, the next one first; none when nothing is missing."""
        return tuple(one for one in self.phases if one.state in {PathState.OPEN, PathState.IN_PART})


NEEDS: dict[Phase, tuple[Need, ...]] = {
    Phase.SELECTION: (Need.CITY_CHOSEN,),
    Phase.CONTACT: (Need.INTENT_AGREED,),
    Phase.ACTORS: (Need.OWN_ACTORS, Need.OTHER_ACTORS, Need.COMMITTEES),
    Phase.PLAN: (Need.PLAN_MADE, Need.ACTIVITIES_PLANNED),
    Phase.EX_ANTE: (Need.ASSESSED_BEFORE,),
    Phase.SIGNATURE: (Need.BACKED, Need.SIGNED, Need.REGISTERED),
    Phase.EXECUTION: (Need.ACTIVITIES_DONE, Need.ASSESSED_DURING),
}
# A phase opens when all of this is recorded.
OPENED_BY: dict[Phase, tuple[Need, ...]] = {
    Phase.SELECTION: (),
    Phase.CONTACT: (Need.CITY_CHOSEN,),
    Phase.ACTORS: (Need.INTENT_AGREED,),
    Phase.PLAN: (Need.OWN_ACTORS, Need.OTHER_ACTORS, Need.COMMITTEES),
    Phase.EX_ANTE: (Need.ACTIVITIES_PLANNED,),
    Phase.SIGNATURE: (Need.ASSESSED_BEFORE,),
    Phase.EXECUTION: (Need.SIGNED,),
}
STEP_NEEDS: dict[PathStep, tuple[Need, ...]] = {
    PathStep.SELECT: (Need.CITY_CHOSEN,),
    PathStep.INVOLVE: (Need.OWN_ACTORS, Need.OTHER_ACTORS, Need.BEYOND_GOVERNMENT),
    PathStep.AREAS: (Need.AREAS_NAMED,),
    PathStep.RESOURCES: (Need.OWN_RESOURCES, Need.OTHER_RESOURCES),
    PathStep.PLAN: (Need.PLAN_MADE, Need.ACTIVITIES_PLANNED),
    PathStep.AWARENESS: (Need.SESSIONS_HELD,),
    PathStep.STRENGTHEN: (Need.BOTH_WAYS,),
    PathStep.START: (Need.ACTIVITIES_DONE,),
    PathStep.EVALUATE: (Need.ASSESSED_DURING,),
}
_OF_THE_MINISTRY = frozenset({Need.BACKED, Need.REGISTERED})


def path(evidence: PathEvidence) -> Path:
    """Return the phases and the steps of a tie."""
    met, begun = _met(evidence), _begun(evidence)
    asked = frozenset(Need) - (frozenset() if evidence.is_ministry_asked else _OF_THE_MINISTRY)
    phases = tuple(_phase(one, evidence=evidence, met=met, begun=begun, asked=asked) for one in Phase)
    return Path(phases, tuple(_step(one, met=met, begun=begun) for one in PathStep))


def _phase(
    phase: Phase, *, evidence: PathEvidence, met: frozenset[Need], begun: frozenset[Need], asked: frozenset[Need]
) -> PhaseFacts:
    needs = [need for need in NEEDS[phase] if need in asked]
    there = tuple(need for need in needs if need in met)
    missing = tuple(need for need in needs if need not in met)
    before = tuple(need for need in OPENED_BY[phase] if need not in met)
    if not missing:
        state = PathState.GOING if phase is Phase.EXECUTION else PathState.DONE
    elif there or begun & set(needs):
        state = PathState.IN_PART
    elif evidence.is_signed and phase is not Phase.EXECUTION:
        state = PathState.PASSED_OVER
    else:
        state = PathState.CLOSED if before else PathState.OPEN
    return PhaseFacts(phase, state, there, missing, before if state is PathState.CLOSED else ())


def _step(step: PathStep, *, met: frozenset[Need], begun: frozenset[Need]) -> StepFacts:
    needs = STEP_NEEDS[step]
    there = tuple(need for need in needs if need in met)
    missing = tuple(need for need in needs if need not in met)
    lacking = PathState.IN_PART if there or begun & set(needs) else PathState.MISSING
    return StepFacts(step, lacking if missing else PathState.DONE, there, missing)


def _met(known: PathEvidence) -> frozenset[Need]:
    """Return what is recorded in full."""
    sides = {one.side for one in known.actors}
    said = {
        Need.CITY_CHOSEN: known.city_chosen_on is not None and is_before(known, known.city_chosen_on),
        Need.INTENT_AGREED: known.intent_on is not None and is_before(known, known.intent_on),
        Need.OWN_ACTORS: TieSide.OWN in sides,
        Need.OTHER_ACTORS: TieSide.OTHER in sides,
        Need.AREAS_NAMED: bool(known.areas),
        Need.COMMITTEES: bool(known.areas) and known.areas <= known.areas_with_committee,
        Need.PLAN_MADE: known.plan is not None,
        Need.ACTIVITIES_PLANNED: known.plan is not None and known.plan.activity_count > 0,
        Need.ASSESSED_BEFORE: any(is_before(known, on) for on in known.reach_assessed_on),
        Need.SIGNED: known.is_signed,
        Need.BACKED: known.has_backing,
        Need.REGISTERED: known.is_registered,
        Need.ACTIVITIES_DONE: any(is_after(known, on) for on in known.activities_on),
        Need.ASSESSED_DURING: any(is_after(known, on) for on in known.assessed_on),
        Need.BEYOND_GOVERNMENT: _beyond_government(known.actors) == set(TieSide),
        Need.OWN_RESOURCES: any(one.resources for one in known.actors if one.side is TieSide.OWN),
        Need.OTHER_RESOURCES: any(one.resources for one in known.actors if one.side is TieSide.OTHER),
        Need.SESSIONS_HELD: known.session_count > 0,
        Need.BOTH_WAYS: _is_both_ways(known.directions),
    }
    return frozenset(need for need, is_there in said.items() if is_there)


def _begun(known: PathEvidence) -> frozenset[Need]:
    """Return what is recorded in part."""
    said = {
        Need.COMMITTEES: bool(known.areas_with_committee),
        Need.BEYOND_GOVERNMENT: bool(_beyond_government(known.actors)),
        Need.BOTH_WAYS: bool(known.directions & (_TO_THERE | _FROM_THERE)),
    }
    return frozenset(need for need, is_there in said.items() if is_there)


def is_before(known: PathEvidence, on: dt.date) -> bool:
    """Say whether a day surely came before the signature; of one signed on an unknown day nobody can say it."""
    return not known.is_signed or (known.signed_on is not None and on <= known.signed_on)


def is_after(known: PathEvidence, on: dt.date) -> bool:
    """Say whether a day surely came after the signature; of one signed on an unknown day nobody can say it."""
    last = known.signed_until or known.signed_on
    return known.is_signed and last is not None and on > last


def _beyond_government(actors: Iterable[ActorFacts]) -> set[TieSide]:
    return {one.side for one in actors if one.kind in BEYOND_GOVERNMENT}


def _is_both_ways(directions: frozenset[Direction]) -> bool:
    return Direction.MUTUAL in directions or bool(directions & _TO_THERE and directions & _FROM_THERE)
