"""Reads of common life: what an office may see, what the public may see, what is evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from hermanar.cooperation.models import Activity
from hermanar.cooperation.rules import overlaps
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest


def standing() -> QuerySet[Activity]:
    """Return what nobody withdrew."""
    return Activity.objects.filter(withdrawn_at__isnull=True)


def counted() -> QuerySet[Activity]:
    """Return what a ledger counts: what nobody withdrew, told once."""
    return standing().filter(same_as__isnull=True)


def shown_to_public() -> QuerySet[Activity]:
    """Return what the public may see of published agreements: what sources tell, and what an office published."""
    published = Q(published_at__isnull=False, office__is_demonstration=False)
    return standing().filter(Q(office__isnull=True) | published)


def of_office(office: UUID | None) -> QuerySet[Activity]:
    """Return what was done under the agreements of an office, whoever tells it; None has none."""
    found = Activity.objects.filter(agreement__office=office)
    return found if office else found.none()


def entered_by(office: UUID | None) -> QuerySet[Activity]:
    """Return what an office entered itself: all that it may change."""
    return of_office(office).filter(office=office)


def evidence_of(agreements: Iterable[UUID], *, today: dt.date) -> dict[UUID, Activity]:
    """Return the activity on which each tie's life rests: the newest dated one that has begun, published or not.

    What is told of the same thing again moves nothing: otherwise the other side's day would stand for the one counted.
    """
    rows = counted().filter(agreement__in=list(agreements), started_on__lte=today)
    newest: dict[UUID, Activity] = {}
    for row in rows.order_by("ended_on", "-pk").select_related("source"):
        newest[row.agreement_id] = row
    return newest


def evidence_days(agreements: Any, *, today: dt.date) -> dict[UUID, dt.date]:
    """Return the day on which the evidence of each tie (`evidence_of`) ends, of keys or of the question for them."""
    rows = counted().filter(agreement__in=agreements, started_on__lte=today).order_by().values("agreement")
    return dict(rows.annotate(last=Max("ended_on")).values_list("agreement", "last"))


def evidence_day_on(agreement: UUID, *, on: dt.date, until: dt.datetime) -> dt.date | None:
    """Return what `evidence_days` gave for a tie on a day that ended at a moment: what is withdrawn since counted."""
    stood = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=until)
    rows = Activity.objects.filter(stood, agreement=agreement, same_as__isnull=True, started_on__lte=on)
    last: dt.date | None = rows.aggregate(last=Max("ended_on"))["last"]
    return last


def alike(agreement: UUID, *, kind: str, days: tuple[dt.date, dt.date]) -> list[Activity]:
    """Return what is told already of the same tie, of the same kind and on the same days."""
    rows = standing().filter(agreement=agreement, kind=kind, started_on__isnull=False, same_as__isnull=True)
    spans = ((row, row.started_on, row.ended_on) for row in rows.order_by("-ended_on", "pk").select_related("source"))
    return [row for row, start, end in spans if start and end and overlaps((start, end), days)]


# ── what the trail answers for ───────────────────────────────────────────────────────────────────────────────────────

ENTERED_COLUMNS = (
    "kind", "direction", "started_on", "ended_on", "precision", "description_es", "description_en", "place",
    "participants", "press",
)  # fmt: skip
_ENTERED = "activity.entered"


def activity_content(activity: Activity) -> dict[str, Any]:
    """Return what an activity says, as its versions keep it and the trail digests it."""
    told = {name: getattr(activity, name) for name in ENTERED_COLUMNS}
    days = {name: told[name].isoformat() if told[name] else None for name in ("started_on", "ended_on")}
    files = activity.files.filter(removed_at__isnull=True).select_related("document")
    said = [
        {
            "document": str(one.document_id),
            "digest": one.document.digest,
            "name": one.document.name,
            "alternative": one.alternative,
            "author": one.author,
            "rights": one.rights,
        }
        for one in files
    ]
    same = str(activity.same_as_id) if activity.same_as_id else None
    is_published = activity.published_at is not None
    # Told only of what is shared, so that what was digested before anything could be shared reads as it did.
    is_shared = {"is_shared": True} if activity.shared_at else {}
    return {**told, **is_shared, **days, "files": said, "same_as": same, "is_published": is_published,
            "withdrawn": activity.withdrawal_reason}  # fmt: skip


class UnlikeActivity(NamedTuple):
    """An activity that does not say what the trail kept of it: its office and the file, or only the office."""

    office: UUID
    file: str  # empty for one that is gone


def unlike_their_trail() -> list[UnlikeActivity]:
    """Return the activities of offices that do not say what the trail kept of them, and those that are gone."""
    rows = Activity.objects.filter(office__isnull=False).select_related("agreement").prefetch_related("versions")
    found, known = [], set()
    for one in rows.order_by("pk"):
        known.add(str(one.pk))
        entries = TrailEntry.objects.filter(chain=str(one.office_id), subject=str(one.pk)).order_by("number")
        digests = list(entries.values_list("content_digest", flat=True))
        now = keyed_digest(activity_content(one))
        before = {keyed_digest(version.values) for version in one.versions.all()}
        if not digests or digests[-1] != now or not before <= set(digests):
            found.append(UnlikeActivity(UUID(str(one.office_id)), one.agreement.number))
    entered = TrailEntry.objects.filter(code=_ENTERED).order_by("pk").values_list("chain", "subject")
    return found + [UnlikeActivity(UUID(chain), "") for chain, subject in entered if subject not in known]
