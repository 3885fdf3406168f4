"""The work plans of an office in its dossier: what is planned and not done yet is what the next administration owes."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from hermanar.cooperation.queries import planned_of
from hermanar.cooperation.queries.plans import progress_by_planned
from hermanar.foundation.models import TrailEntry
from hermanar.offices.models import Office

Row = dict[str, Any]


def planned_matters(office: Office, *, as_of: dt.date, until: dt.datetime) -> list[Row]:
    """Return what was planned and not done, of the plans that were there by a moment.

    That a plan was there is read from the trail; what it says is what it says today, and `limits` names that.
    """
    chain = TrailEntry.objects.filter(chain=str(office.pk), code="plan.made", at__lte=until)
    there = [UUID(subject) for subject in chain.values_list("subject", flat=True)]
    going = planned_of(office.pk).filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=as_of))
    planned = list(going.filter(programme__plan__in=there))
    progress = progress_by_planned(planned)
    return [
        {
            "file": one.programme.plan.agreement.number,
            "what": _("Del plan de trabajo: %(what)s") % {"what": one.title},
            "detail": " / ".join(part for part in (one.responsible_own, one.responsible_counterpart) if part),
            "since": one.starts_on.isoformat(),
        }
        for one in planned
        if not progress[one.pk].is_done
    ]
