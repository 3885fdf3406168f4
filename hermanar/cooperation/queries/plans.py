"""Reads of work plans; each begins with the office they belong to."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, QuerySet

from hermanar.cooperation.models import AnnualProgramme, PlannedActivity, PlannedDone, WorkPlan
from hermanar.cooperation.rules.gradual import RENEW_MONTHS, Hint, renewal_advice
from hermanar.cooperation.rules.plans import (
    PlannedFacts,
    ProgrammeState,
    Progress,
    ResourceLine,
    Span,
    StaffLine,
)
from hermanar.cooperation.vocabulary.plans import Demand, PlanContent, PlanSide, ResourceKind
from hermanar.foundation.calendar import months_later
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest

REOPENED = "plan.reopened"  # in the trail: it was changed after the counterpart had agreed to it


def plans_of(office: UUID | None) -> QuerySet[WorkPlan]:
    """Return the work plans of an office, the newest first; None has none."""
    if office is None:
        return WorkPlan.objects.none()
    return WorkPlan.objects.filter(office=office).select_related("agreement", "office").order_by("-starts_on", "pk")


def agreed_plans(tie: UUID) -> QuerySet[WorkPlan]:
    """Return the plans of a tie that its counterpart has agreed to: what both sides share."""
    return WorkPlan.objects.filter(agreement=tie, agreed_on__isnull=False).select_related("agreement", "office")


def reopened_plans(tie: UUID) -> list[WorkPlan]:
    """Return the plans of a tie that were changed after its counterpart agreed, and wait for its agreement again."""
    waiting = WorkPlan.objects.filter(agreement=tie, agreed_on__isnull=True).select_related("agreement", "office")
    return [one for one in waiting if was_reopened(one)]


def was_reopened(plan: WorkPlan) -> bool:
    """Say whether a plan waits for agreement because it was changed after it had been agreed."""
    if plan.agreed_on:
        return False
    told = TrailEntry.objects.filter(chain=str(plan.office_id), subject=str(plan.pk), code=REOPENED)
    return told.exists()


def programmes_of(office: UUID | None) -> QuerySet[AnnualProgramme]:
    """Return the annual programmes of an office's plans."""
    found = AnnualProgramme.objects.filter(plan__in=plans_of(office).order_by().values("pk"))
    return found.select_related("plan__agreement", "plan__office").order_by("plan", "year")


def planned_of(office: UUID | None) -> QuerySet[PlannedActivity]:
    """Return what an office and its counterparts plan, in the order of its days."""
    found = PlannedActivity.objects.filter(programme__plan__in=plans_of(office).order_by().values("pk"))
    return found.select_related("programme__plan__agreement").order_by("starts_on", "ends_on", "pk")


def span_of_plan(plan: WorkPlan) -> Span:
    """Return the days of a plan."""
    return plan.starts_on, plan.ends_on


def progress_by_planned(planned: Iterable[PlannedActivity], *, until: dt.date | None = None) -> dict[UUID, Progress]:
    """Return how far each has come, in one question; what was withdrawn proves nothing, what is told twice is one.

    As it stood on a past day `until`, only what had begun by then was done.
    """
    known = {one.pk: one for one in planned}
    rows = PlannedDone.objects.filter(planned__in=known, activity__withdrawn_at__isnull=True)
    if until:
        rows = rows.filter(activity__started_on__lte=until)
    done: dict[UUID, set[UUID]] = defaultdict(set)
    for key, activity, same in rows.order_by("pk").values_list("planned", "activity", "activity__same_as"):
        done[key].add(same or activity)
    return {key: Progress(len(done[key]), one.times, one.stated_percent) for key, one in known.items()}


def facts_by_planned(
    planned: Iterable[PlannedActivity], *, progress: Mapping[UUID, Progress] | None = None
) -> dict[UUID, PlannedFacts]:
    """Return what goes on of these as the rules look at it; what was cancelled is left out."""
    going = [one for one in planned if one.cancelled_on is None]
    progress = progress_by_planned(going) if progress is None else progress
    return {
        one.pk: PlannedFacts(
            key=one.pk,
            title=one.title,
            days=(one.starts_on, one.ends_on),
            demand=Demand(one.demand),
            area=one.area,
            progress=progress[one.pk],
            responsible_own=one.responsible_own,
            responsible_counterpart=one.responsible_counterpart,
        )
        for one in going
    }


def staff_lines(programme: AnnualProgramme) -> list[StaffLine]:
    """Return the people assigned to a programme as the rules look at them."""
    return [
        StaffLine(PlanSide(one.side), one.profile, one.count, one.stay, one.profile_en, one.stay_en)
        for one in programme.staff.all()
    ]


def resource_lines(programme: AnnualProgramme) -> list[ResourceLine]:
    """Return the resources of a programme as the rules look at them."""
    return [
        ResourceLine(ResourceKind(one.kind), PlanSide(one.side), one.what, one.what_en, one.amount, one.currency)
        for one in programme.resources.all()
    ]


def totals_said(programme: AnnualProgramme) -> dict[str, Decimal]:
    """Return what the parties say that the money of a programme comes to."""
    return {currency: Decimal(total) for currency, total in sorted(programme.totals.items())}


def state_of(programme: AnnualProgramme, *, progress: Mapping[UUID, Progress] | None = None) -> ProgrammeState:
    """Return a programme as the rules look at it."""
    texts = {
        PlanContent.OBJECTIVES: programme.objectives,
        PlanContent.DUTIES_OWN: programme.duties_own,
        PlanContent.DUTIES_COUNTERPART: programme.duties_counterpart,
        PlanContent.EVALUATION: programme.evaluation,
    }
    kinds = Counter(line.kind.value for line in resource_lines(programme))
    planned = list(facts_by_planned(programme.activities.all(), progress=progress).values())
    return ProgrammeState(texts, len(staff_lines(programme)), kinds, planned)


def followed_plans(plans: Iterable[WorkPlan]) -> set[UUID]:
    """Return those of these plans after which another of the same tie comes, in one question."""
    known = list(plans)
    rows = WorkPlan.objects.filter(agreement__in={one.agreement_id for one in known}).order_by("starts_on")
    newest = dict(rows.values_list("agreement", "starts_on"))
    return {one.pk for one in known if newest[one.agreement_id] > one.ends_on}


def renewal_of(plan: WorkPlan, *, followed: bool, today: dt.date) -> Hint | None:
    """Return the advice to prepare what comes after a plan, when it is time and nothing comes after yet."""
    return renewal_advice(span_of_plan(plan), followed=followed, today=today)


@dataclass(frozen=True, slots=True)
class PlanDue:
    """Something due in a plan: an activity whose days are over and that nobody noted, or a period that ends."""

    plan: WorkPlan
    on: dt.date
    planned: PlannedActivity | None = None
    progress: Progress | None = None


def due_of_plans(office: UUID | None, *, today: dt.date) -> list[PlanDue]:
    """Return what is due in the plans of an office, what is longest over first."""
    over = list(planned_of(office).filter(cancelled_on__isnull=True, ends_on__lt=today))
    progress = progress_by_planned(over)
    found = [
        PlanDue(one.programme.plan, one.ends_on, one, progress[one.pk]) for one in over if not progress[one.pk].is_done
    ]
    going = list(plans_of(office).filter(ends_on__gte=today))
    followed = followed_plans(going)
    ends = [(plan, renewal_of(plan, followed=plan.pk in followed, today=today)) for plan in going]
    near = [plan for plan, hint in ends if hint and months_later(plan.ends_on, -RENEW_MONTHS) <= today]
    found += [PlanDue(plan, plan.ends_on) for plan in near]  # a plan of more than three years is only advised before
    return sorted(found, key=lambda one: (one.on, str(one.plan.pk)))


# ── what the trail answers for ───────────────────────────────────────────────────────────────────────────────────────


class UnlikePlan(NamedTuple):
    """A plan that does not say what the trail kept of it, or that is gone."""

    plan: UUID
    chain: str


def plan_content(plan: WorkPlan) -> dict[str, Any]:
    """Return all that is kept of a plan: its programmes, staff, resources, what is planned and what fulfils it."""
    return {
        **_columns(plan),
        "programmes": [
            {
                **_columns(programme),
                "staff": [_columns(one) for one in programme.staff.order_by("position")],
                "resources": [_columns(one) for one in programme.resources.order_by("position")],
                "activities": [
                    {**_columns(one), "done": sorted(str(link.activity_id) for link in one.links.all())}
                    for one in programme.activities.order_by("pk").prefetch_related("links")
                ],
            }
            for programme in plan.programmes.order_by("year")
        ],
    }


def _columns(row: Model) -> dict[str, str]:
    return {one.attname: str(getattr(row, one.attname)) for one in row._meta.concrete_fields if one.name != "version"}


def plans_unlike_their_trail() -> list[UnlikePlan]:
    """Return the plans that do not say what their last entry in the trail kept, and those that are gone."""
    last: dict[tuple[str, str], str] = {}
    entries = TrailEntry.objects.filter(code__startswith="plan.").order_by("chain", "number")
    for subject, chain, digest in entries.values_list("subject", "chain", "content_digest"):
        last[subject, chain] = digest
    found = [
        UnlikePlan(plan.pk, str(plan.office_id))
        for plan in WorkPlan.objects.order_by("pk")
        if last.pop((str(plan.pk), str(plan.office_id)), "") != keyed_digest(plan_content(plan))
    ]
    return found + [UnlikePlan(UUID(subject), chain) for subject, chain in sorted(last)]
