"""What a committee gives its members to do: given, changed, given to another, done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from hermanar.cooperation.actions.committees import held, refuse, tell
from hermanar.cooperation.models import Committee, CommitteeMember, Decision, Task
from hermanar.cooperation.queries import seats_of, tasks_of
from hermanar.cooperation.rules import committees as law
from hermanar.cooperation.vocabulary import CommitteeRefusal as Why
from hermanar.foundation.access import Actor, NotAllowedError, Verb, can
from hermanar.foundation.editing import claim


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What has to be done, by whom, until when."""

    what: str
    owner: UUID
    due_on: dt.date | None = None
    decision: UUID | None = None
    note: str = ""


@transaction.atomic
def give_task(committee: UUID, draft: TaskDraft, *, by: Actor, key: UUID, today: dt.date) -> Task:
    """Give a member something to do; the same form sent twice does it once. Raises as every verb of a committee."""
    kept = held(committee, by=by)
    if sent := Task.objects.filter(pk=key).first():
        if sent.committee_id != kept.pk:
            raise Task.DoesNotExist(str(key))
        return sent
    decision = _decision_of(kept, draft.decision)
    given_on = decision.session.on if decision else today
    values = _checked(kept, draft, given_on=given_on, today=today)
    made = Task.objects.create(id=key, committee=kept, given_on=given_on, decision=decision, **values)
    tell("committee.task_given", made, by=by, office=kept.office_id)
    return made


@transaction.atomic
def change_task(task: UUID, draft: TaskDraft, *, by: Actor, version: int, today: dt.date) -> Task:
    """Change a task that is not done, or give it to another member. Raises as every verb of a committee."""
    one = _found(task, by=by)
    kept = held(one.committee_id, by=by)
    one.refresh_from_db()
    values = _checked(kept, draft, given_on=one.given_on, today=today)
    claim(Task.objects.filter(pk=task), version=version, **values)
    one.refresh_from_db()
    tell("committee.task_changed", one, by=by, office=kept.office_id)
    return one


@transaction.atomic
def finish_task(task: UUID, *, by: Actor, version: int, done_on: dt.date | None, note: str, today: dt.date) -> Task:
    """Note the day on which a task was done, or that it is not done after all; its owner may do so for one's own.

    Raises as every verb of a committee.
    """
    one = _found(task, by=by)
    keeps = can(by, Verb.KEEP_COMMITTEES)
    verb = Verb.KEEP_COMMITTEES if keeps else Verb.DO_OWN_TASKS
    kept = held(one.committee_id, by=by, verb=verb, even_ended=True)
    one.refresh_from_db()
    if not keeps and (by.user is None or one.owner.user_id != by.user):
        raise NotAllowedError(str(task))
    refuse(*law.refused_task(given_on=one.given_on, due_on=None, done_on=done_on, today=today))
    claim(Task.objects.filter(pk=task), version=version, done_on=done_on, note=note.strip())
    one.refresh_from_db()
    tell("committee.task_done" if done_on else "committee.task_reopened", one, by=by, office=kept.office_id)
    return one


def _found(task: UUID, *, by: Actor) -> Task:
    one = tasks_of(by.office).filter(pk=task).first()
    if one is None:
        raise Task.DoesNotExist(str(task))
    return one


def _decision_of(kept: Committee, decision: UUID | None) -> Decision | None:
    if decision is None:
        return None
    found = kept.decisions.select_related("session").filter(pk=decision).first()
    if found is None:
        raise Decision.DoesNotExist(str(decision))
    return found


def _checked(kept: Committee, draft: TaskDraft, *, given_on: dt.date, today: dt.date) -> dict[str, Any]:
    """Return the columns of a task. Raises CommitteeRefusedError, and CommitteeMember.DoesNotExist."""
    owner = kept.members.filter(pk=draft.owner).first()
    if owner is None:
        raise CommitteeMember.DoesNotExist(str(draft.owner))
    found = [] if draft.what.strip() else [Why.NO_WORDS]
    found += law.refused_task(given_on=given_on, due_on=draft.due_on, done_on=None, today=today)
    [seat] = seats_of([owner])
    if not seat.is_there(today):
        found.append(Why.OWNER_GONE)
    refuse(*found)
    return {"what": draft.what.strip(), "owner": owner, "due_on": draft.due_on, "note": draft.note.strip()}
