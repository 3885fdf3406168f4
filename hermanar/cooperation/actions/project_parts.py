"""What is in a project besides itself: who takes part, what each puts in, risks and lessons.

Each verb writes one of them, or takes it out, under the version of the project; what it said stays in the versions.
Who adds something has read none of what others write at the same time, and gives None for the version.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction

from hermanar.cooperation.actions.projects import held_project, is_sent_again, refuse, settle
from hermanar.cooperation.models import Contribution, Lesson, Partner, Project, Risk
from hermanar.cooperation.queries.projects import budget_of
from hermanar.cooperation.rules import budgets
from hermanar.cooperation.vocabulary import (
    ContributionSide,
    Degree,
    LessonKind,
    PartnerKind,
    PartnerRole,
    Resource,
)
from hermanar.cooperation.vocabulary import ProjectRefusal as Why
from hermanar.directory.models import Country
from hermanar.foundation.access import Actor
from hermanar.foundation.words import fold
from hermanar.offices.rules import is_iati_identifier


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """An organisation that takes part."""

    name: str
    kind: PartnerKind
    role: PartnerRole
    country: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class ContributionDraft:
    """What a party puts in."""

    side: ContributionSide
    resource: Resource
    description: str
    partner: UUID | None = None
    on: dt.date | None = None
    amount: Decimal | None = None
    currency: str = ""
    rate: Decimal | None = None
    rate_on: dt.date | None = None
    rate_source: str = ""
    people: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class RiskDraft:
    """Something that may go wrong."""

    what: str
    likelihood: Degree
    impact: Degree
    response: str
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """Something that was learnt."""

    kind: LessonKind
    text: str


@transaction.atomic
def keep_partner(project: UUID, draft: PartnerDraft, *, by: Actor, version: int | None, key: UUID) -> Project:
    """Add an organisation under a new key, or change the one that has it.

    Raises NotAllowedError, Project.DoesNotExist, EditConflictError, ProjectRefusedError; and Partner.DoesNotExist for
    the key of another project's.
    """
    kept = held_project(project, by=by, version=version)
    if is_sent_again(kept.partners, key=key, version=version):
        return kept
    found = [] if draft.name.strip() else [Why.NO_DESCRIPTION]
    others = kept.partners.filter(role=draft.role).exclude(pk=key).values_list("name", flat=True)
    if fold(draft.name) in {fold(name) for name in others}:
        found.append(Why.PARTNER_TWICE)
    if draft.country and not Country.objects.filter(pk=draft.country).exists():
        found.append(Why.UNKNOWN_COUNTRY)
    if draft.identifier.strip() and not is_iati_identifier(draft.identifier.strip()):
        found.append(Why.BAD_IDENTIFIER)
    refuse(*found)
    _write(Partner, kept, draft, key=key)
    return settle(kept, "project.partner_kept", by=by)


@transaction.atomic
def keep_contribution(project: UUID, draft: ContributionDraft, *, by: Actor, version: int | None, key: UUID) -> Project:
    """Add what a party puts in under a new key, or change the one that has it; money over the budget is refused.

    Raises as `keep_partner`.
    """
    kept = held_project(project, by=by, version=version)
    if is_sent_again(kept.contributions, key=key, version=version):
        return kept
    if draft.partner and not kept.partners.filter(pk=draft.partner).exists():
        raise Partner.DoesNotExist(str(draft.partner))
    share = _share(draft)
    found = budgets.refused_share(share, has_tie=kept.agreement_id is not None, budget_currency=kept.currency)
    refuse(*found)
    _write(Contribution, kept, draft, key=key)
    refuse(*budgets.refused_sum(budget_of(kept)))
    return settle(kept, "project.contribution_kept", by=by)


@transaction.atomic
def keep_risk(project: UUID, draft: RiskDraft, *, by: Actor, version: int | None, key: UUID) -> Project:
    """Add a risk under a new key, or change the one that has it. Raises as `keep_partner`."""
    kept = held_project(project, by=by, version=version)
    if is_sent_again(kept.risks, key=key, version=version):
        return kept
    refuse(
        *([] if draft.what.strip() else [Why.NO_RISK]), *([] if draft.response.strip() else [Why.NO_RESPONSE])
    )  # fmt: skip
    _write(Risk, kept, draft, key=key)
    return settle(kept, "project.risk_kept", by=by)


@transaction.atomic
def keep_lesson(project: UUID, draft: LessonDraft, *, by: Actor, version: int | None, key: UUID) -> Project:
    """Add a lesson under a new key, or change the one that has it. Raises as `keep_partner`."""
    kept = held_project(project, by=by, version=version)
    if is_sent_again(kept.lessons, key=key, version=version):
        return kept
    refuse(*([] if draft.text.strip() else [Why.NO_LESSON]))
    _write(Lesson, kept, draft, key=key)
    return settle(kept, "project.lesson_kept", by=by)


@transaction.atomic
def take_out_part(project: UUID, key: UUID, *, part: type[Part], by: Actor, version: int) -> Project:
    """Take a partner, a contribution, a risk or a lesson out of a project; the versions keep what it said.

    Raises as `keep_partner`; a partner that puts something in stays.
    """
    kept = held_project(project, by=by, version=version)
    one = part.objects.filter(project=kept, pk=key).first()
    if one is None:
        raise part.DoesNotExist(str(key))
    if isinstance(one, Partner) and one.contributions.exists():
        refuse(Why.PARTNER_IN_USE)
    one.delete()
    return settle(kept, f"project.{part._meta.model_name}_taken_out", by=by)


def _share(draft: ContributionDraft) -> budgets.Share:
    told = {name: value for name, value in asdict(draft).items() if name != "partner"}
    return budgets.Share(**told, is_partner_named=draft.partner is not None)


def _write(model: type[models.Model], kept: Project, draft: Any, *, key: UUID) -> None:
    """Write one part of a project from its draft, under its key."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
    if "partner" in told:
        told["partner_id"] = told.pop("partner")
    rows = model._default_manager  # noqa: SLF001  no model hides rows
    if rows.filter(pk=key).exists():
        if not rows.filter(pk=key, project=kept).update(**told):
            raise model.DoesNotExist(str(key))  # type: ignore[attr-defined]
        return
    rows.create(pk=key, project=kept, **told)


Part = Partner | Contribution | Risk | Lesson
