"""Work plans and their annual programmes: made, changed, filled with what D2.8 asks of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.models import AnnualProgramme, PlannedActivity, ProgrammeResource, ProgrammeStaff, WorkPlan
from hermanar.cooperation.queries.plans import REOPENED, plan_content, plans_of, programmes_of, span_of_plan
from hermanar.cooperation.rules import plans as law
from hermanar.cooperation.rules.plans import PlanFault, PlanRefusedError, ResourceLine, StaffLine
from hermanar.cooperation.vocabulary.plans import PlanRefusal as Why
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import claim

# Progress and what was done are not among them: they tell how the plan goes, and leave it as it was agreed.
_CHANGES_WHAT_WAS_AGREED = {
    "plan.programme_added", "plan.programme_changed", "plan.staff_kept", "plan.resources_kept",
    "plan.activity_planned", "plan.activity_changed", "plan.activity_cancelled",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A work plan as the parties write it."""

    starts_on: dt.date
    ends_on: dt.date
    purpose: str = ""
    purpose_en: str = ""
    agreed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeTexts:
    """What a programme says in words; of lists, one thing to a line."""

    objectives: str = ""
    objectives_en: str = ""
    duties_own: str = ""
    duties_own_en: str = ""
    duties_counterpart: str = ""
    duties_counterpart_en: str = ""
    evaluation: str = ""
    evaluation_en: str = ""
    other: str = ""
    other_en: str = ""


@transaction.atomic
def make_plan(agreement: UUID, draft: PlanDraft, *, by: Actor, today: dt.date, key: UUID) -> WorkPlan:
    """Make the work plan of a tie of the office; the same form sent twice makes it once.

    Raises NotAllowedError, PlanRefusedError, and Agreement.DoesNotExist for a tie of another office.
    """
    tie = for_office(by.office).filter(pk=agreement).first() if by.office else None
    if tie is None or tie.office is None:
        raise Agreement.DoesNotExist(str(agreement))
    require_in(by, Verb.KEEP_PLANS, office=tie.office_id)
    trail.hold(chain=str(tie.office_id))
    if sent := WorkPlan.objects.filter(pk=key).first():
        if sent.office_id != tie.office_id:
            raise WorkPlan.DoesNotExist(str(key))
        return sent
    if tie.stage == Stage.ABANDONED:
        refuse(PlanFault(Why.TIE_ABANDONED))
    _check_days(draft, tie.pk, today=today)
    made = WorkPlan.objects.create(id=key, office=tie.office, agreement=tie, **_stripped(draft))
    tell("plan.made", made, by=by)
    return made


@transaction.atomic
def change_plan(plan: UUID, draft: PlanDraft, *, by: Actor, version: int, today: dt.date) -> WorkPlan:
    """Change what a plan says of itself; its programmes and activities must stay within its days.

    Raises as every verb of a plan: NotAllowedError, PlanRefusedError, EditConflictError, WorkPlan.DoesNotExist.
    """
    kept = held(plan, by=by)
    _check_days(draft, kept.agreement_id, today=today, but=kept.pk)
    going = PlannedActivity.objects.filter(programme__plan=kept, cancelled_on__isnull=True).order_by("starts_on", "pk")
    planned = [(one.title, (one.starts_on, one.ends_on)) for one in going]
    years = kept.programmes.values_list("year", flat=True)
    refuse(*law.left_out((draft.starts_on, draft.ends_on), years=years, planned=planned))
    values = _stripped(draft)
    is_other = any(getattr(kept, name) != value for name, value in values.items() if name != "agreed_on")
    is_agreed_still = kept.agreed_on is not None and kept.agreed_on == draft.agreed_on  # the same day was sent along
    claim(WorkPlan.objects.filter(pk=kept.pk), version=version, **values)
    kept.refresh_from_db()
    tell("plan.changed", kept, by=by)
    if is_other and is_agreed_still:
        _reopen(kept, by=by)
    return kept


@transaction.atomic
def add_programme(plan: UUID, *, year: int, by: Actor, key: UUID) -> AnnualProgramme:
    """Add the programme of a year of the plan; the same form sent twice adds it once. Raises as every verb here."""
    kept = held(plan, by=by)
    if sent := AnnualProgramme.objects.filter(pk=key).first():
        if sent.plan_id != kept.pk:
            raise AnnualProgramme.DoesNotExist(str(key))
        return sent
    taken = kept.programmes.values_list("year", flat=True)
    refuse(*law.refused_year(span_of_plan(kept), year=year, taken=taken))
    made = AnnualProgramme.objects.create(id=key, plan=kept, year=year)
    tell("plan.programme_added", kept, by=by)
    return made


@transaction.atomic
def change_programme(programme: UUID, texts: ProgrammeTexts, *, by: Actor, version: int) -> AnnualProgramme:
    """Write what a programme says in words. Raises as every verb of a plan."""
    kept = held_programme(programme, by=by)
    return _moved(kept, "plan.programme_changed", by=by, version=version, **_stripped(texts))


@transaction.atomic
def keep_staff(programme: UUID, lines: Sequence[StaffLine], *, by: Actor, version: int) -> AnnualProgramme:
    """Keep who is assigned to a programme in place of who was. Raises as every verb of a plan."""
    kept = held_programme(programme, by=by)
    refuse(*law.refused_staff(lines))
    claim(AnnualProgramme.objects.filter(pk=kept.pk), version=version)
    kept.staff.all().delete()
    rows = [ProgrammeStaff(programme=kept, position=at, **_stripped(line)) for at, line in enumerate(lines, start=1)]
    ProgrammeStaff.objects.bulk_create(rows)
    return _told(kept, "plan.staff_kept", by=by)


@transaction.atomic
def keep_resources(
    programme: UUID, lines: Sequence[ResourceLine], *, totals: Mapping[str, Decimal], by: Actor, version: int
) -> AnnualProgramme:
    """Keep the resources of a programme in place of those that were; totals must add up, each currency by itself.

    Raises as every verb of a plan.
    """
    kept = held_programme(programme, by=by)
    refuse(*law.refused_resources(lines, totals=totals, year=kept.year))
    said = {currency: f"{total:.2f}" for currency, total in totals.items()}
    claim(AnnualProgramme.objects.filter(pk=kept.pk), version=version, totals=said)
    kept.resources.all().delete()
    rows = [ProgrammeResource(programme=kept, position=at, **_stripped(line)) for at, line in enumerate(lines, start=1)]
    ProgrammeResource.objects.bulk_create(rows)
    return _told(kept, "plan.resources_kept", by=by)


# ── what the verbs of a plan share ───────────────────────────────────────────────────────────────────────────────────


def held(plan: UUID, *, by: Actor) -> WorkPlan:
    """Return a plan of the actor's office, locked to the end of the transaction.

    Raises WorkPlan.DoesNotExist for another office's, and NotAllowedError.
    """
    kept = plans_of(by.office).filter(pk=plan).first()
    if kept is None:
        raise WorkPlan.DoesNotExist(str(plan))
    require_in(by, Verb.KEEP_PLANS, office=kept.office_id)
    trail.hold(chain=str(kept.office_id))  # every verb of the office waits here, so nothing read below can move
    kept.refresh_from_db()
    return kept


def held_programme(programme: UUID, *, by: Actor) -> AnnualProgramme:
    """Return a programme with its plan, locked. Raises AnnualProgramme.DoesNotExist, and as `held`."""
    found = programmes_of(by.office).filter(pk=programme).first()
    if found is None:
        raise AnnualProgramme.DoesNotExist(str(programme))
    held(found.plan_id, by=by)
    return AnnualProgramme.objects.select_related("plan").get(pk=programme)


def refuse(*faults: PlanFault) -> None:
    """Raise PlanRefusedError when there is a reason."""
    if faults:
        raise PlanRefusedError(*faults)


def tell(code: str, plan: WorkPlan, *, by: Actor) -> None:
    """Enter a digest of all that a plan says into the office's chain: never a word of it.

    What the counterpart agreed to and is changed waits for its agreement again.
    """
    fresh = WorkPlan.objects.get(pk=plan.pk)
    trail.record(code, by=by, subject=str(plan.pk), content=plan_content(fresh), chain=str(plan.office_id))
    if fresh.agreed_on and code in _CHANGES_WHAT_WAS_AGREED:
        _reopen(fresh, by=by)


def _reopen(kept: WorkPlan, *, by: Actor) -> None:
    claim(WorkPlan.objects.filter(pk=kept.pk), version=kept.version, agreed_on=None)
    kept.refresh_from_db()
    tell(REOPENED, kept, by=by)


def _moved(kept: AnnualProgramme, code: str, *, by: Actor, version: int, **values: object) -> AnnualProgramme:
    claim(AnnualProgramme.objects.filter(pk=kept.pk), version=version, **values)
    return _told(kept, code, by=by)


def _told(kept: AnnualProgramme, code: str, *, by: Actor) -> AnnualProgramme:
    kept.refresh_from_db()
    tell(code, kept.plan, by=by)
    return kept


def _stripped(draft: PlanDraft | ProgrammeTexts | StaffLine | ResourceLine) -> dict[str, object]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}


def _check_days(draft: PlanDraft, agreement: UUID, *, today: dt.date, but: UUID | None = None) -> None:
    rows = WorkPlan.objects.filter(agreement=agreement).exclude(pk__in=[but] if but else []).order_by("starts_on")
    others = [span_of_plan(one) for one in rows]
    days = (draft.starts_on, draft.ends_on)
    refuse(*law.refused_plan(days, others=others, agreed_on=draft.agreed_on, today=today))
