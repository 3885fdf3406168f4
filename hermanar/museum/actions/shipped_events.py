"""The feasts that come with the product: entered once, mended while nobody changed them, public from the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from hermanar.foundation.access import Actor
from hermanar.foundation.models import Source, uuid7
from hermanar.museum.actions.events import EventDraft, mend_event, propose_event, publish_event, record_event
from hermanar.museum.models import Event
from hermanar.museum.queries.events import draft_content
from hermanar.museum.vocabulary.events import EventKind, EventState


@transaction.atomic
def load_events(rows: Iterable[Mapping[str, str]], *, by: Actor) -> dict[str, int]:
    """Enter the shipped feasts by their reference; what a person edited stays. Return how many of which sort."""
    done = {"entered": 0, "changed": 0, "kept": 0, "unchanged": 0}
    sources = dict(Source.objects.values_list("key", "pk"))
    for row in rows:
        draft = _draft(row, sources)
        known = Event.objects.filter(reference=row["reference"]).first()
        if known is None:
            _enter(draft, row, by=by)
            done["entered"] += 1
        elif known.edited_at:
            done["kept"] += 1
        elif draft_content(known) == draft_content(draft):
            done["unchanged"] += 1
        else:
            mend_event(known.pk, draft, by=by, version=known.version)
            Event.objects.filter(pk=known.pk).update(edited_at=None)  # no person did
            done["changed"] += 1
    return done


def _enter(draft: EventDraft, row: Mapping[str, str], *, by: Actor) -> None:
    made = record_event(draft, office=None, by=by, key=uuid7(), reference=row["reference"])
    if row["state"] == EventState.PROPOSED:
        made = propose_event(made.pk, by=by, version=made.version)
    publish_event(made.pk, by=by, version=made.version)
    Event.objects.filter(pk=made.pk).update(edited_at=None)  # no person did


def _draft(row: Mapping[str, str], sources: Mapping[str, object]) -> EventDraft:
    return EventDraft(
        title=row["title_es"],
        title_en=row["title_en"],
        kind=EventKind(row["kind"]),
        description=row["description_es"],
        description_en=row["description_en"],
        every_years=int(row["every_years"]) if row["every_years"] else None,
        city=row["city"],
        organiser=row["organiser"],
        source=sources[row["source"]],  # type: ignore[arg-type]
        passage=row["passage"],
        as_of=row["as_of"],
    )
