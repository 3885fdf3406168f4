"""What is planned for a year: planned, changed, cancelled, its progress said, what was done linked to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.actions.plans import held, held_programme, refuse, tell
from hermanar.cooperation.models import Activity, AnnualProgramme, PlannedActivity, PlannedDone
from hermanar.cooperation.queries import of_office
from hermanar.cooperation.queries.plans import planned_of, span_of_plan
from hermanar.cooperation.rules import plans as law
from hermanar.cooperation.rules.plans import PlanFault
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.cooperation.vocabulary.plans import Demand
from hermanar.cooperation.vocabulary.plans import PlanRefusal as Why
from hermanar.foundation.access import Actor
from hermanar.foundation.editing import claim


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    """Something the parties mean to do."""

    title: str
    kind: ActivityKind
    area: AreaOfCooperation
    demand: Demand
    starts_on: dt.date
    ends_on: dt.date
    title_en: str = ""
    objective: str = ""
    objective_en: str = ""
    times: int = 1
    responsible_own: str = ""
    responsible_counterpart: str = ""


@transaction.atomic
def plan_activity(programme: UUID, draft: PlannedDraft, *, by: Actor, key: UUID) -> PlannedActivity:
    """Plan something for the year of a programme; the same form sent twice plans it once.

    Raises as every verb of a plan: NotAllowedError, PlanRefusedError, EditConflictError, DoesNotExist.
    """
    kept = held_programme(programme, by=by)
    if sent := PlannedActivity.objects.filter(pk=key).first():
        if sent.programme_id != kept.pk:
            raise PlannedActivity.DoesNotExist(str(key))
        return sent
    made = PlannedActivity(id=key, programme=kept, **_checked(draft, kept))
    made.save(force_insert=True)
    tell("plan.activity_planned", kept.plan, by=by)
    return made


@transaction.atomic
def change_planned(planned: UUID, draft: PlannedDraft, *, by: Actor, version: int) -> PlannedActivity:
    """Change what is planned and not cancelled. Raises as every verb of a plan."""
    kept = _held(planned, by=by)
    return _moved(kept, "plan.activity_changed", by=by, version=version, **_checked(draft, kept.programme))


@transaction.atomic
def state_progress(planned: UUID, *, percent: int | None, by: Actor, version: int, note: str = "") -> PlannedActivity:
    """Say how far something has come beyond what is noted as done; None says nothing. Raises as every verb here."""
    kept = _held(planned, by=by)
    refuse(*law.refused_percent(percent))
    said = {"stated_percent": percent, "progress_note": note.strip()}
    return _moved(kept, "plan.progress_stated", by=by, version=version, **said)


@transaction.atomic
def cancel_planned(planned: UUID, *, reason: str, by: Actor, version: int, today: dt.date) -> PlannedActivity:
    """Cancel what will not be done, with the reason; it stays readable. Raises as every verb of a plan."""
    kept = _held(planned, by=by)
    if not reason.strip():
        refuse(PlanFault(Why.NO_REASON))
    if kept.links.exists():
        refuse(PlanFault(Why.HAS_DONE))
    said = {"cancelled_on": today, "cancel_reason": reason.strip()}
    return _moved(kept, "plan.activity_cancelled", by=by, version=version, **said)


@transaction.atomic
def link_done(planned: UUID, activity: UUID, *, by: Actor) -> PlannedActivity:
    """Say that something done under the same tie fulfils what was planned; said twice, it is kept once.

    Raises as every verb of a plan, and Activity.DoesNotExist.
    """
    kept = _held(planned, by=by)
    done = of_office(by.office).filter(pk=activity).first()
    if done is None:
        raise Activity.DoesNotExist(str(activity))
    refuse(*_unfit(kept, done))
    _link, is_new = PlannedDone.objects.get_or_create(planned=kept, activity=done)
    if is_new:
        tell("plan.done_linked", kept.programme.plan, by=by)
    return kept


@transaction.atomic
def unlink_done(planned: UUID, activity: UUID, *, by: Actor) -> PlannedActivity:
    """Take back that something done fulfils what was planned. Raises as every verb of a plan."""
    kept = _held(planned, by=by)
    count, _tables = kept.links.filter(activity=activity).delete()
    if count:
        tell("plan.done_unlinked", kept.programme.plan, by=by)
    return kept


def _unfit(kept: PlannedActivity, done: Activity) -> list[PlanFault]:
    plan = kept.programme.plan
    said = {"title": done.description_es}
    if done.agreement_id != plan.agreement_id:
        return [PlanFault(Why.OTHER_TIE, said)]
    if done.withdrawn_at:
        return [PlanFault(Why.WITHDRAWN, said)]
    if done.ended_on and done.ended_on < plan.starts_on:
        return [PlanFault(Why.DONE_BEFORE_PLAN, {**said, "day": done.ended_on, "first": plan.starts_on})]
    return []


def _held(planned: UUID, *, by: Actor) -> PlannedActivity:
    found = planned_of(by.office).filter(pk=planned).first()
    if found is None:
        raise PlannedActivity.DoesNotExist(str(planned))
    held(found.programme.plan_id, by=by)
    kept = PlannedActivity.objects.select_related("programme__plan").get(pk=planned)
    if kept.cancelled_on:
        refuse(PlanFault(Why.ACTIVITY_CANCELLED))
    return kept


def _moved(kept: PlannedActivity, code: str, *, by: Actor, version: int, **values: Any) -> PlannedActivity:
    claim(PlannedActivity.objects.filter(pk=kept.pk), version=version, **values)
    kept.refresh_from_db()
    tell(code, kept.programme.plan, by=by)
    return kept


def _checked(draft: PlannedDraft, programme: AnnualProgramme) -> dict[str, Any]:
    """Return the columns of something planned. Raises PlanRefusedError."""
    days = (draft.starts_on, draft.ends_on)
    plan = span_of_plan(programme.plan)
    refuse(*law.refused_planned(days, title=draft.title, times=draft.times, plan=plan, year=programme.year))
    return {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
