"""The dossier of an office as long work: asked for by a page, made by a process of its own."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone, translation
from django_tasks import TaskContext, task

from hermanar.foundation import jobs
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.calendar import today_in
from hermanar.offices.actions import prepare_handover
from hermanar.offices.queries import acting, current_memberships
from hermanar.workspace.dossier.knowing import known_on
from hermanar.workspace.dossier.writing import make_dossier


@task(backend="jobs", takes_context=True)
def write_dossier(context: TaskContext, *, key: str, office: str, as_of: str, user: str) -> None:
    """Make the dossier of an office on a day and keep it as the handover of this key, once.

    Whoever asked must still be allowed to. Raises NotAllowedError, OfficeError.
    """
    membership = next((one for one in current_memberships(UUID(user)) if str(one.office_id) == office), None)
    if membership is None:
        raise NotAllowedError(office)
    by, day, at = acting(membership), dt.date.fromisoformat(as_of), membership.office
    told = jobs.progress_of(context)
    # A paper of the office: in its language, by its days.
    with (
        translation.override("es"),
        timezone.override(at.time_zone),
        make_dossier(known_on(at, day, told=told)) as dossier,
    ):
        prepare_handover(dossier, office=at.pk, as_of=day, by=by, today=today_in(at.time_zone), key=UUID(key))
