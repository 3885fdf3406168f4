"""What is recorded of common life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from hermanar.agreements.actions import note_evidence
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.cooperation.models import Activity
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Precision
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.calendar import PartialDate
from hermanar.foundation.statements import sources_by_key


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """An activity as a source tells it; `reported` says the date is the report's."""

    agreement_id: UUID
    kind: ActivityKind
    direction: Direction
    start: PartialDate
    end: PartialDate
    description_es: str
    description_en: str
    source_key: str
    passage: str = ""
    is_report_date: bool = False


@transaction.atomic
def record_activities(drafts: Sequence[ActivityDraft], *, by: Actor) -> int:
    """Add the activities that are not yet kept and return how many; a dated one counts as evidence from now on."""
    require(by, Verb.RECORD_ACTIVITY)
    trail.hold(AGREEMENT_INDEX)
    sources = sources_by_key()
    added = []
    for draft in drafts:
        _row, is_new = Activity.objects.get_or_create(
            agreement_id=draft.agreement_id,
            kind=draft.kind,
            description_es=draft.description_es,
            source=sources[draft.source_key],
            defaults={
                "direction": draft.direction,
                "started_on": draft.start.on,
                "ended_on": draft.end.last,
                "precision": Precision.REPORTED if draft.is_report_date else Precision(draft.start.precision.value),
                "description_en": draft.description_en,
                "passage": draft.passage,
            },
        )
        if is_new:
            added.append(draft.agreement_id)
    if added:
        _note(added)
        trail.record("activity.recorded", by=by, content=[str(agreement) for agreement in added])
    return len(added)


def _note(agreements: Sequence[UUID]) -> None:
    rows = Activity.objects.filter(agreement__in=set(agreements)).values("agreement").annotate(newest=Max("ended_on"))
    note_evidence({row["agreement"]: row["newest"] for row in rows.order_by()})
