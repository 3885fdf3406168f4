"""What is recorded of a tie in every room, gathered for its path."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import file_facts
from hermanar.agreements.rules import FileFacts, is_signed, predates_treaties_law
from hermanar.agreements.vocabulary import AreaOfCooperation, Regime, Registered, Stage
from hermanar.cooperation.models import (
    Activity,
    Committee,
    CommitteeMember,
    PlannedActivity,
    SelectionDecision,
    Session,
    Stakeholder,
    TwinningRequest,
    WorkPlan,
)
from hermanar.cooperation.queries import committees_by_area, counted, sessions_of
from hermanar.cooperation.queries.requests import request_of_tie
from hermanar.cooperation.queries.selection import choice_of_tie
from hermanar.cooperation.queries.stakeholders import actor_facts, stakeholders_of
from hermanar.cooperation.rules.path import PathEvidence, PlanFacts
from hermanar.cooperation.vocabulary import Direction, SessionState
from hermanar.foundation.calendar import day_in
from hermanar.planning.models import Assessment
from hermanar.planning.vocabulary import REACH, AssessmentStage


@dataclass(slots=True)
class Gathered:
    """The records that the path of a tie rests on."""

    agreement: Agreement
    facts: FileFacts
    choice: SelectionDecision | None
    request: TwinningRequest | None
    areas: list[tuple[AreaOfCooperation, Committee | None]]
    manned: set[AreaOfCooperation]  # areas whose committee has members
    stakeholders: list[Stakeholder]
    plan: WorkPlan | None
    planned_count: int
    reach: list[Assessment]  # of the reach and limits of its areas, closed, the oldest first
    assessments: list[Assessment]  # of how the tie goes, closed, the oldest first
    draft: Assessment | None
    activities: list[Activity]  # dated and begun, the oldest first
    sessions: list[Session]
    evidence: PathEvidence = field(init=False)

    def __post_init__(self) -> None:
        self.evidence = _evidence(self)


def gathered(kept: Agreement, *, today: dt.date) -> Gathered:
    """Read what is recorded of a tie."""
    areas = committees_by_area(kept)
    plan = WorkPlan.objects.filter(agreement=kept).order_by("-starts_on", "pk").first()
    planned = PlannedActivity.objects.filter(programme__plan__agreement=kept, cancelled_on__isnull=True)
    assessments = (
        Assessment.objects.filter(agreement=kept, on__lte=today)
        .select_related("outline", "office")
        .order_by("on", "pk")
    )
    closed = assessments.filter(stage=AssessmentStage.CLOSED)
    activities = counted().filter(agreement=kept, started_on__lte=today, ended_on__isnull=False)
    stakeholders = stakeholders_of(kept.office_id).filter(agreement=kept, left_on__isnull=True)
    held = sessions_of(kept.office_id).filter(committee__agreement=kept, state=SessionState.HELD)
    return Gathered(
        agreement=kept,
        facts=file_facts(kept, today=today),
        choice=choice_of_tie(kept),
        request=request_of_tie(kept),
        areas=areas,
        manned=_manned(areas, today=today),
        stakeholders=list(stakeholders),
        plan=plan,
        planned_count=planned.count(),
        reach=list(closed.filter(outline__key=REACH)),
        assessments=list(closed.exclude(outline__key=REACH)),
        draft=assessments.filter(stage=AssessmentStage.DRAFT).first(),
        activities=list(activities.order_by("ended_on", "pk")),
        sessions=list(held.order_by("on", "pk")),
    )


def _manned(areas: list[tuple[AreaOfCooperation, Committee | None]], *, today: dt.date) -> set[AreaOfCooperation]:
    """Return the areas whose committee has somebody in it on the day."""
    committees = [kept.pk for _area, kept in areas if kept]
    there = CommitteeMember.objects.filter(committee__in=committees, stands_for__isnull=True, began_on__lte=today)
    members = there.exclude(ended_on__lte=today).values_list("committee", flat=True)
    manned = set(members)
    return {area for area, kept in areas if kept and kept.pk in manned}


def _evidence(found: Gathered) -> PathEvidence:
    kept, facts = found.agreement, found.facts
    stage = Stage(kept.stage)
    signed = is_signed(stage) and stage is not Stage.ABANDONED
    is_registered = stage is Stage.REGISTERED or kept.registered == Registered.YES
    is_older = predates_treaties_law(kept.signed_on, kept.signed_precision)
    # A past agreement is entered as its sources tell it: what the ministry did of it that none says is not missing.
    is_told = stage is not Stage.RECORDED or kept.registered != Registered.UNKNOWN
    chosen = [one for one in (_day(found.choice), found.request.answered_on if found.request else None) if one]
    return PathEvidence(
        city_chosen_on=min(chosen, default=None),
        intent_on=found.request.answered_on if found.request else None,
        areas=frozenset(area.value for area, _kept in found.areas),
        areas_with_committee=frozenset(area.value for area in found.manned),
        actors=actor_facts(found.stakeholders),
        plan=PlanFacts(found.plan.starts_on, found.planned_count) if found.plan else None,
        reach_assessed_on=tuple(closed_on(one) for one in found.reach),
        assessed_on=tuple(one.on for one in found.assessments),
        is_signed=signed,
        signed_on=kept.signed_on if signed else None,
        signed_until=kept.signed.last if signed else None,
        is_ministry_asked=facts.regime is Regime.TREATIES_LAW and not is_older and is_told,
        has_backing=facts.has_favourable_opinion or is_registered,
        is_registered=is_registered,
        activities_on=tuple(one.ended_on for one in found.activities if one.ended_on),
        directions=frozenset(Direction(one.direction) for one in found.activities),
        session_count=len(found.sessions),
    )


def closed_on(one: Assessment) -> dt.date:
    """Return the day on which an assessment was finished: what was begun before a signature may end after it."""
    return max(one.on, day_in(one.office.time_zone, one.ended_at)) if one.ended_at else one.on


def _day(choice: SelectionDecision | None) -> dt.date | None:
    return choice.on if choice else None
