"""The cycle of a project: stage by stage, each with its date; wrong dates are mended, a wrong stage is taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hermanar.cooperation.actions.projects import held_project, refuse, settle
from hermanar.cooperation.models import Project, ProjectStage
from hermanar.cooperation.queries.projects import budget_of, is_measured
from hermanar.cooperation.rules import budgets
from hermanar.cooperation.rules import projects as law
from hermanar.cooperation.vocabulary import CycleStage
from hermanar.cooperation.vocabulary import ProjectRefusal as Why
from hermanar.foundation.access import Actor


@transaction.atomic
def advance_project(
    project: UUID,
    *,
    by: Actor,
    version: int,
    stage: CycleStage,
    on: dt.date,
    today: dt.date,
    note: str = "",
    is_gap_known: bool = False,
) -> Project:
    """Let a project come to the next stage of its cycle.

    Before it is carried out, money that does not add up to the budget is asked about. Raises as `mend_project`.
    """
    kept = held_project(project, by=by, version=version)
    began = list(kept.stages.values_list("began_on", flat=True))
    facts = law.CycleFacts(
        began=began,
        has_dates=bool(kept.starts_on and kept.ends_on),
        is_measured=is_measured(kept),
        has_lesson=kept.lessons.exists(),
    )
    found = law.refused_stage(stage, on=on, so_far=facts, today=today)
    if stage is CycleStage.EXECUTION and not is_gap_known:
        found += budgets.asked_of_sum(budget_of(kept))
    refuse(*found)
    ProjectStage.objects.create(project=kept, number=len(began) + 1, stage=stage, began_on=on, note=note.strip())
    return settle(kept, "project.stage_begun", by=by, stage=stage)


@transaction.atomic
def mend_stage(
    project: UUID, *, by: Actor, version: int, number: int, on: dt.date, today: dt.date, note: str = ""
) -> Project:
    """Mend when a stage began, between the one before and the one after. Raises as `mend_project`."""
    kept = held_project(project, by=by, version=version)
    began = list(kept.stages.values_list("began_on", flat=True))
    if not 1 <= number <= len(began):
        raise ProjectStage.DoesNotExist(str(number))
    refuse(*law.refused_stage_date(number, on=on, began=began, today=today))
    kept.stages.filter(number=number).update(began_on=on, note=note.strip())
    return settle(kept, "project.stage_mended", by=by)


@transaction.atomic
def take_stage_back(project: UUID, *, by: Actor, version: int) -> Project:
    """Take back the last stage, noted by mistake; that it was noted stays in the versions. Raises as `mend_project`."""
    kept = held_project(project, by=by, version=version)
    last = kept.stages.order_by("-number")[0]
    if last.number == 1:
        refuse(Why.FIRST_STAGE)
    last.delete()
    return settle(kept, "project.stage_taken_back", by=by, stage=law.CYCLE[last.number - 2])
