"""Reads of projects; each begins with the office they belong to."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from hermanar.cooperation.models import Activity, Contribution, Indicator, IndicatorValue, Project
from hermanar.cooperation.queries.goals import goal_place
from hermanar.cooperation.rules.budgets import Share, Sum, sum_of
from hermanar.cooperation.rules.indicators import IndicatorFacts, progress_of
from hermanar.cooperation.rules.lacks import Lacks, lacks_of
from hermanar.cooperation.vocabulary import (
    ContributionSide,
    CycleStage,
    Measure,
    Missing,
    Resource,
)

_NEWEST_FIRST = (F("started_on").desc(nulls_last=True), "-pk")
_WHAT = Coalesce("same_as", "pk")  # what an activity tells of: itself, or the one it tells again


def projects_of(office: UUID | None) -> QuerySet[Project]:
    """Return the projects of an office, the newest first; None has none."""
    if office is None:
        return Project.objects.none()
    found = Project.objects.filter(office=office).select_related("agreement", "office")
    return found.order_by("-recorded_at", "-pk")


def going_projects(office: UUID | None) -> QuerySet[Project]:
    """Return the projects of an office that nobody cancelled."""
    return projects_of(office).filter(cancelled_on__isnull=True)


def published_projects() -> QuerySet[Project]:
    """Return the projects the public may see: shown by a real office, of an agreement that is public."""
    shown = Project.objects.filter(published_at__isnull=False, cancelled_on__isnull=True)
    return shown.filter(office__is_demonstration=False, agreement__published_at__isnull=False)


def done_in(project: Project) -> QuerySet[Activity]:
    """Return what was done in a project, the newest first; what was withdrawn proves nothing, told twice is once."""
    found = Activity.objects.filter(project_links__project=project, withdrawn_at__isnull=True).annotate(what=_WHAT)
    first_told = Q(same_as__isnull=True) | Q(pk__lt=OuterRef("pk"))
    found = found.exclude(Q(same_as__isnull=False), Exists(found.filter(first_told, what=OuterRef("what"))))
    return found.select_related("agreement", "source").order_by(*_NEWEST_FIRST)


def linkable(project: Project) -> QuerySet[Activity]:
    """Return the activities that may belong to a project: of its agreement, or of any where it has none."""
    found = Activity.objects.filter(agreement__office=project.office_id, withdrawn_at__isnull=True)
    found = found.filter(same_as__isnull=True).select_related("agreement").order_by(*_NEWEST_FIRST)
    return found.filter(agreement=project.agreement_id) if project.agreement_id else found


def target_codes(project: Project) -> list[str]:
    """Return the goals and targets a project contributes to, in the order of the Agenda."""
    return sorted((one.code for one in project.targets.all()), key=goal_place)


def share_of(one: Contribution) -> Share:
    """Return a contribution as the rules look at it."""
    return Share(
        side=ContributionSide(one.side),
        resource=Resource(one.resource),
        description=one.description,
        is_partner_named=one.partner_id is not None,
        on=one.on,
        amount=one.amount,
        currency=one.currency,
        rate=one.rate,
        rate_on=one.rate_on,
        rate_source=one.rate_source,
        people=one.people,
        days=one.days,
    )


def budget_of(project: Project) -> Sum:
    """Return what the parties' money adds up to, beside the budget."""
    shares = [share_of(one) for one in project.contributions.all()]
    return sum_of(shares, budget=project.budget, currency=project.currency)


def facts_of(one: Indicator) -> IndicatorFacts:
    """Return an indicator as the rules look at it."""
    return IndicatorFacts(
        one.title_es, Measure(one.measure), one.unit, one.baseline, one.baseline_on, one.target, one.target_on
    )


def newest_value(one: Indicator) -> IndicatorValue | None:
    """Return what was measured last."""
    return max(one.values.all(), key=lambda value: value.on, default=None)


def progress_of_indicator(one: Indicator) -> Decimal | None:
    """Return how much of the way to its target an indicator has come, in hundredths; None: it is not known."""
    newest = newest_value(one)
    return progress_of(one.baseline, target=one.target, newest=newest.value if newest else None)


def missing_of(project: Project) -> list[Missing]:
    """Return what a project does not say yet, in the order of its page."""
    indicators = list(project.indicators.prefetch_related("values"))
    sum_ = budget_of(project)
    facts = Lacks(
        stage=CycleStage(project.stage),
        has_summary=bool(project.summary_es),
        has_direction=bool(project.direction and project.scheme),
        has_modality=bool(project.modality),
        has_dates=bool(project.starts_on and project.ends_on),
        has_english=bool(project.title_en and project.summary_en),
        has_partners=project.agreement_id is not None or project.partners.exists(),
        has_budget=project.budget is not None,
        has_contributions=project.contributions.exists(),
        gap=sum_.gap,
        unconverted=sum_.unconverted,
        has_targets=project.targets.exists(),
        indicators=len(indicators),
        without_target=sum(one.target is None for one in indicators),
        unmeasured=sum(newest_value(one) is None for one in indicators),
        has_risks=project.risks.exists(),
        has_activities=done_in(project).exists(),
        has_lessons=project.lessons.exists(),
    )
    return lacks_of(facts)


def is_measured(project: Project) -> bool:
    """Say whether anything was measured in a project."""
    return IndicatorValue.objects.filter(indicator__project=project).exists()


def with_counts(found: QuerySet[Project]) -> QuerySet[Project]:
    """Return projects with how many indicators, targets and activities each has, in the same question."""
    return found.annotate(
        indicator_count=Count("indicators", distinct=True),
        target_count=Count("targets", distinct=True),
        activity_count=Count(
            Coalesce("activities__same_as", "activities__pk"),
            filter=Q(activities__withdrawn_at__isnull=True),
            distinct=True,
        ),
    )
