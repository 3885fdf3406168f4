"""Cooperation projects: recorded, mended, cancelled, shown to the public; their goals and what was done in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation, Stage
from hermanar.cooperation.actions.ties import own_tie
from hermanar.cooperation.models import Project, ProjectActivity, ProjectStage, ProjectTarget, ProjectVersion
from hermanar.cooperation.queries.goals import goals
from hermanar.cooperation.queries.project_contents import project_values
from hermanar.cooperation.queries.projects import linkable, projects_of, share_of
from hermanar.cooperation.rules import budgets
from hermanar.cooperation.rules import projects as law
from hermanar.cooperation.vocabulary import (
    ContributionSide,
    CycleStage,
    Modality,
    Principle,
    ProjectDirection,
    Scheme,
    SubModality,
)
from hermanar.cooperation.vocabulary import ProjectRefusal as Why
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, can, require_in
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.offices.models import Office


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """A project as a person tells it; what is not known stays empty."""

    title_es: str
    agreement: UUID | None = None
    title_en: str = ""
    summary_es: str = ""
    summary_en: str = ""
    beneficiaries: str = ""
    area: AreaOfCooperation | None = None
    direction: ProjectDirection | None = None
    scheme: Scheme | None = None
    modality: Modality | None = None
    sub_modality: SubModality | None = None
    principles: Sequence[Principle] = ()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    budget: Decimal | None = None
    currency: str = ""
    responsible: str = ""
    counterpart_responsible: str = ""
    register_number: str = ""


@transaction.atomic
def record_project(
    draft: ProjectDraft, *, office: UUID, by: Actor, key: UUID, conceived_on: dt.date | None, today: dt.date
) -> Project:
    """Keep a project of an office, at its conception; the same form sent twice keeps it once.

    Raises NotAllowedError, ProjectRefusedError, and Agreement.DoesNotExist for a tie of another office.
    """
    require_in(by, Verb.KEEP_PROJECTS, office=office)
    trail.hold(chain=str(office))
    if sent := Project.objects.filter(pk=key).first():
        if sent.office_id != office:
            raise Project.DoesNotExist(str(key))
        return sent
    tie = own_tie(draft.agreement, office=office)
    found = _refused(draft, tie)
    if conceived_on is None:
        refuse(*found, Why.NO_CONCEPTION)
        raise AssertionError  # `refuse` has raised
    so_far = law.CycleFacts(began=())
    refuse(*found, *law.refused_stage(CycleStage.CONCEPTION, on=conceived_on, so_far=so_far, today=today))
    kept_office = Office.objects.get(pk=office)
    made = Project(id=key, office=kept_office, agreement=tie, recorded_at=timezone.now(), **_columns(draft))
    made.save(force_insert=True)
    ProjectStage.objects.create(project=made, number=1, stage=CycleStage.CONCEPTION, began_on=conceived_on)
    return _keep(made, "project.recorded", by=by)


@transaction.atomic
def mend_project(project: UUID, *, by: Actor, version: int, mended: ProjectDraft) -> Project:
    """Put what is true in place of what was written; what was written stays as a version.

    A public project that goes to another tie is no longer shown: it was shown on the page of the first.
    Raises NotAllowedError, Project.DoesNotExist, EditConflictError, ProjectRefusedError, Agreement.DoesNotExist.
    """
    kept = held_project(project, by=by, version=version)
    tie = kept.agreement if mended.agreement == kept.agreement_id else own_tie(mended.agreement, office=kept.office_id)
    refuse(*_refused(mended, None if tie == kept.agreement else tie), *_refused_beside(kept, mended, tie=tie))
    published_at = kept.published_at if tie == kept.agreement else None
    return settle(kept, "project.mended", by=by, agreement=tie, published_at=published_at, **_columns(mended))


@transaction.atomic
def cancel_project(
    project: UUID, *, by: Actor, version: int, cancelled_on: dt.date, reason: str, today: dt.date
) -> Project:
    """End a project that will not go through its cycle, or should not stand; it stays readable. Raises as mend."""
    kept = held_project(project, by=by, version=version, verb=Verb.CANCEL_PROJECT)
    last = kept.stages.order_by("-number").values_list("began_on", flat=True)[0]
    refuse(*law.refused_cancellation(cancelled_on, reason=reason, last=last, today=today))
    values = {"cancelled_on": cancelled_on, "cancel_reason": reason.strip(), "published_at": None}
    return settle(kept, "project.cancelled", by=by, **values)


@transaction.atomic
def publish_project(project: UUID, *, by: Actor, version: int) -> Project:
    """Let the public see a project on the page of its agreement. Raises as `mend_project`."""
    kept = held_project(project, by=by, version=version, verb=Verb.PUBLISH_PROJECT)
    is_tie_public = kept.agreement is not None and kept.agreement.published_at is not None
    is_demonstration, has_summary = kept.office.is_demonstration, bool(kept.summary_es)
    refuse(
        *law.refused_to_show(
            is_demonstration=is_demonstration, is_tie_public=is_tie_public, has_summary=has_summary
        )
    )  # fmt: skip
    return settle(kept, "project.published", by=by, published_at=timezone.now())


@transaction.atomic
def unpublish_project(project: UUID, *, by: Actor, version: int) -> Project:
    """Hide a project from the public; in the office it stays. Raises as `mend_project`."""
    kept = held_project(project, by=by, version=version, verb=Verb.PUBLISH_PROJECT)
    return settle(kept, "project.unpublished", by=by, published_at=None)


@transaction.atomic
def set_targets(project: UUID, *, by: Actor, version: int, codes: Collection[str]) -> Project:
    """Say which goals and targets of the 2030 Agenda a project contributes to. Raises as `mend_project`."""
    kept = held_project(project, by=by, version=version)
    wanted = {code.strip().lower() for code in codes}
    if wanted - goals().keys():
        refuse(Why.NO_SUCH_TARGET)
    kept.targets.exclude(code__in=wanted).delete()
    there = set(kept.targets.values_list("code", flat=True))
    ProjectTarget.objects.bulk_create(ProjectTarget(project=kept, code=code) for code in sorted(wanted - there))
    return settle(kept, "project.targets_set", by=by)


@transaction.atomic
def link_activities(
    project: UUID, *, by: Actor, version: int, activities: Collection[UUID], is_outside_known: bool = False
) -> Project:
    """Say which activities of the office belong to a project; one outside its dates is asked about.

    Raises as `mend_project`.
    """
    kept = held_project(project, by=by, version=version)
    wanted = set(activities)
    there = set(kept.activity_links.values_list("activity", flat=True))
    added = list(linkable(kept).filter(pk__in=wanted - there))
    if len(added) < len(wanted - there):
        refuse(Why.ACTIVITY_OF_OTHER)
    span = {"starts_on": kept.starts_on, "ends_on": kept.ends_on}
    if not is_outside_known and any(law.lies_outside((one.started_on, one.ended_on), **span) for one in added):
        refuse(Why.ACTIVITY_OUTSIDE)
    kept.activity_links.exclude(activity__in=wanted).delete()
    ProjectActivity.objects.bulk_create(ProjectActivity(project=kept, activity=one) for one in added)
    return settle(kept, "project.activities_linked", by=by)


def project_said(project: Project) -> ProjectDraft:
    """Return a project that was kept as it was told."""
    told: dict[str, Any] = {name: getattr(project, name) for name in _AS_TOLD}
    choices: dict[str, Any] = {
        name: make(getattr(project, name)) if getattr(project, name) else None for name, make in _CHOICES
    }
    principles = tuple(Principle(code) for code in project.principles)
    return ProjectDraft(agreement=project.agreement_id, principles=principles, **told, **choices)


_CHOICES = (
    ("area", AreaOfCooperation), ("direction", ProjectDirection), ("scheme", Scheme), ("modality", Modality),
    ("sub_modality", SubModality),
)  # fmt: skip
_AS_TOLD = (
    "title_es", "title_en", "summary_es", "summary_en", "beneficiaries", "starts_on", "ends_on", "budget", "currency",
    "responsible", "counterpart_responsible", "register_number",
)  # fmt: skip


# ── what the verbs of a project share ────────────────────────────────────────────────────────────────────────────────


def held_project(project: UUID, *, by: Actor, version: int | None, verb: Verb = Verb.KEEP_PROJECTS) -> Project:
    """Return a project of the actor's office that stands, locked with its chain, at the version that was read.

    None is the version that stands under the lock, for who adds beside what others write.
    Raises Project.DoesNotExist for another office's, NotAllowedError, EditConflictError, and ProjectRefusedError once
    it was cancelled, or while it is public for who may not decide what the public reads.
    """
    known = projects_of(by.office).filter(pk=project).first()
    if known is None:
        raise Project.DoesNotExist(str(project))
    require_in(by, verb, office=known.office_id)
    trail.hold(chain=str(known.office_id))  # every verb of the office waits here, so nothing read below can move
    kept = projects_of(by.office).get(pk=project)
    if version is not None and kept.version != version:
        raise EditConflictError(str(project))
    if kept.cancelled_on:
        refuse(Why.CANCELLED)
    if kept.published_at and verb is Verb.KEEP_PROJECTS and not can(by, Verb.PUBLISH_PROJECT):
        refuse(Why.IS_PUBLIC)
    return kept


def is_sent_again(rows: models.Manager[Any], *, key: UUID, version: int | None) -> bool:
    """Say whether what somebody adds is there already, seen under the lock: the same form was sent twice."""
    return version is None and rows.filter(pk=key).exists()


def settle(kept: Project, code: str, *, by: Actor, **values: Any) -> Project:
    """Write values under the next version, keep what the project says now and tell the trail; return it read again."""
    claim(Project.objects.filter(pk=kept.pk), version=kept.version, **values)
    return _keep(kept, code, by=by)


def refuse(*refusals: Why) -> None:
    """Raise ProjectRefusedError when there is a reason."""
    if refusals:
        raise law.ProjectRefusedError(refusals)


def _keep(kept: Project, code: str, *, by: Actor) -> Project:
    fresh = Project.objects.select_related("agreement", "office").get(pk=kept.pk)
    values = project_values(fresh)
    ProjectVersion.objects.create(
        project=fresh, number=fresh.version, code=code, values=values, at=timezone.now(), by_user_id=by.user
    )
    trail.record(code, by=by, subject=str(fresh.pk), content=values, chain=str(fresh.office_id))
    return fresh


def _refused(draft: ProjectDraft, tie: Agreement | None) -> list[Why]:
    facts = law.ProjectFacts(
        title=draft.title_es,
        direction=draft.direction,
        scheme=draft.scheme,
        modality=draft.modality,
        sub_modality=draft.sub_modality,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        budget=draft.budget,
        currency=draft.currency,
    )
    found = law.refused_project(facts)
    return [*found, Why.TIE_ABANDONED] if tie is not None and tie.stage == Stage.ABANDONED else found


def _refused_beside(kept: Project, mended: ProjectDraft, *, tie: Agreement | None) -> list[Why]:
    """Return what the rest of a project does not allow its particulars to say."""
    found = []
    shares = [share_of(one) for one in kept.contributions.all()]
    if mended.currency != kept.currency and any(one.rate for one in shares):
        found.append(Why.CURRENCY_IN_USE)
    else:
        found += budgets.refused_sum(budgets.sum_of(shares, budget=mended.budget, currency=mended.currency))
    if tie is None and any(one.side is ContributionSide.COUNTERPART for one in shares):
        found.append(Why.NO_TIE)
    if tie is not None and kept.activity_links.exclude(activity__agreement=tie).exists():
        found.append(Why.ACTIVITY_OF_OTHER)
    is_executed = law.CYCLE.index(CycleStage(kept.stage)) >= law.CYCLE.index(CycleStage.EXECUTION)
    if is_executed and not (mended.starts_on and mended.ends_on):
        found.append(Why.NO_DATES)
    stays_public = kept.published_at and tie == kept.agreement
    if stays_public and not mended.summary_es.strip():
        found.append(Why.NO_SUMMARY)
    if stays_public and (tie is None or tie.published_at is None):
        found.append(Why.NO_PUBLIC_TIE)
    return found


def _columns(draft: ProjectDraft) -> dict[str, Any]:
    """Return a draft as the table keeps it."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
    del told["agreement"]
    choices = {name: told[name] or "" for name, _make in _CHOICES}
    order = [one.value for one in Principle if one in draft.principles]
    return {**told, **choices, "principles": order}
