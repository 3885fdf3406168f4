"""The committees of an office in its dossier: who is in them, what waits, whom to write to abroad, signed minutes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Committee
from hermanar.cooperation.queries import committees_of, seats_of
from hermanar.foundation.models import Document, TrailEntry
from hermanar.offices.models import Office

Row = dict[str, Any]


def known_committees(
    office: Office, *, as_of: dt.date, until: dt.datetime
) -> tuple[dict[str, list[Row]], list[tuple[Document, str]]]:
    """Return what the committees of an office add to each section of a dossier, and their papers.

    That a committee was there yet is read from the trail; who was in it and what was done, from the days that are told.
    """
    rows: dict[str, list[Row]] = {"members": [], "open_matters": [], "contacts": []}
    papers: list[tuple[Document, str]] = []
    chain = TrailEntry.objects.filter(chain=str(office.pk), code="committee.founded", at__lte=until)
    there = set(chain.values_list("subject", flat=True))
    for kept in committees_of(office.pk).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=as_of)):
        if str(kept.pk) in there:
            rows["members"] += _members(kept, as_of)
            rows["open_matters"] += _tasks(kept, as_of)
            if kept.peer_contact:
                since = kept.founded_on.isoformat() if kept.founded_on else ""
                peer = {"file": kept.name, "party": kept.peer_name, "contact": kept.peer_contact, "language": ""}
                rows["contacts"].append(peer | {"since": since})
    for kept in committees_of(office.pk):
        sessions = kept.sessions.filter(minutes__uploaded_at__lte=until).select_related("minutes").order_by("on")
        papers += [(session.minutes, kept.name) for session in sessions if session.minutes]
    return rows, papers


def _members(kept: Committee, as_of: dt.date) -> list[Row]:
    everyone = list(kept.members.select_related("stands_for"))
    there = {seat.key for seat in seats_of(everyone) if seat.is_there(as_of)}
    found = []
    for one in everyone:
        if one.pk in there:
            post = _("suplente de %(of)s") % {"of": one.stands_for.name} if one.stands_for else one.post
            role = f"{kept.name}: {post or one.get_sector_display()}"
            found.append({"name": one.name, "email": "", "role": role, "since": one.began_on.isoformat()})
    return found


def _tasks(kept: Committee, as_of: dt.date) -> list[Row]:
    waiting = kept.tasks.filter(Q(done_on__isnull=True) | Q(done_on__gt=as_of), given_on__lte=as_of)
    return [
        {
            "file": kept.name,
            "what": _("Tarea de un comité: %(what)s") % {"what": task.what},
            "detail": task.owner.name,
            "since": task.given_on.isoformat(),
        }
        for task in waiting.select_related("owner")
    ]
