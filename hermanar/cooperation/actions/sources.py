"""What the shipped sources tell of common life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.cooperation.actions.evidence import note
from hermanar.cooperation.models import Activity
from hermanar.cooperation.rules import check_has_begun
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Precision
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.calendar import PartialDate, public_day
from hermanar.foundation.models import Source
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
    reference: str = ""  # its name in the file it came from, by which a corrected row is known


@transaction.atomic
def record_activities(drafts: Sequence[ActivityDraft], *, by: Actor, today: dt.date | None = None) -> int:
    """Enter activities and return how many are new or changed; a dated one counts as evidence from now on.

    One with a reference is known by it; without, one that is told in the same words is kept already. Raises
    NotAllowedError, NotYetDoneError for one that begins after today, and KeyError for an unknown source.
    """
    require(by, Verb.RECORD_ACTIVITY)
    today = today or public_day()
    for draft in drafts:
        check_has_begun(draft.start.on, today)
    trail.hold(AGREEMENT_INDEX)
    sources = sources_by_key()
    written = [draft.agreement_id for draft in drafts if _write(draft, sources[draft.source_key])]
    if written:
        note(written)
        trail.record("activity.recorded", by=by, content=[str(agreement) for agreement in written])
    return len(written)


def _write(draft: ActivityDraft, source: Source) -> bool:
    """Write an activity unless it is kept as it is, and say whether anything was written."""
    values = {
        "kind": draft.kind.value,
        "direction": draft.direction.value,
        "started_on": draft.start.on,
        "ended_on": draft.end.last,
        "precision": (Precision.REPORTED if draft.is_report_date else Precision(draft.start.precision.value)).value,
        "description_es": draft.description_es,
        "description_en": draft.description_en,
        "source": source,
        "passage": draft.passage,
    }
    told = {name: values[name] for name in ("kind", "description_es", "source")}
    known = {"reference": draft.reference} if draft.reference else told
    kept = Activity.objects.filter(agreement=draft.agreement_id, office=None, **known).first()
    if kept is None:
        Activity.objects.create(agreement_id=draft.agreement_id, reference=draft.reference, **values)
        return True
    if not draft.reference or all(getattr(kept, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    return True
