"""Statements and sources: every fact keeps who says it and when it held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.models import Source, Statement


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """What a source says of a field, before the record it speaks of has a key."""

    field: str
    value: str
    source_key: str
    passage: str = ""
    as_of: str = ""
    value_en: str = ""


def sources_by_key() -> dict[str, Source]:
    """Return every source by its stable key."""
    return {source.key: source for source in Source.objects.all()}


def source_of(key: str) -> Source:
    """Return a source by its stable key; raise KeyError when it is not known."""
    source = Source.objects.filter(key=key).first()
    if source is None:
        raise KeyError(key)
    return source


@transaction.atomic
def record_sources(rows: Sequence[Mapping[str, str]], *, by: Actor) -> int:
    """Enter or update sources by their `key` and return how many the rows name. Raises NotAllowedError."""
    require(by, Verb.RECORD_SOURCE)
    trail.hold()
    known = sources_by_key()
    written = []
    for row in rows:
        kept = known.get(row["key"])
        if kept is None or any(getattr(kept, name) != value for name, value in row.items()):
            Source.objects.update_or_create(key=row["key"], defaults=dict(row))
            written.append(dict(row))
    if written:
        trail.record("source.recorded", by=by, content=written)
    return len(rows)


@transaction.atomic
def replace_statements(drafts: Mapping[UUID, Sequence[StatementDraft]], *, by: Actor) -> int:
    """Enter what sources say of each subject in place of what the same sources said of it, and return how many.

    What other sources said stays. Raises NotAllowedError, and KeyError for a source that does not exist.
    """
    require(by, Verb.STATE_FACTS)
    trail.hold()
    sources = sources_by_key()
    fresh = [row for subject, said in drafts.items() for row in prepare(subject, said, sources)]
    speaking = {row.source.pk for row in fresh}
    kept = Statement.objects.filter(subject__in=list(drafts), source__in=speaking)
    if {_content(row) for row in kept.select_related("source")} == {_content(row) for row in fresh}:
        return len(fresh)
    kept.delete()
    Statement.objects.bulk_create(fresh)
    trail.record("facts.stated", by=by, content=sorted(_content(row) for row in fresh))
    return len(fresh)


def _content(row: Statement) -> tuple[str, ...]:
    return (str(row.subject), row.field, row.value, row.value_en, row.source.key, row.passage, row.as_of)


def prepare(subject: UUID, drafts: Iterable[StatementDraft], sources: Mapping[str, Source]) -> list[Statement]:
    """Turn drafts into rows about a subject; raise KeyError when a source is not known."""
    return [
        Statement(
            subject=subject,
            field=draft.field,
            value=draft.value,
            value_en=draft.value_en,
            source=sources[draft.source_key],
            passage=draft.passage,
            as_of=draft.as_of,
        )
        for draft in drafts
    ]


def state(subject: UUID, drafts: Iterable[StatementDraft]) -> None:
    """Keep what sources say of a record beside what they said before; part of a verb, in its transaction.

    Raises KeyError when a source is not known.
    """
    for draft in drafts:
        Statement.objects.get_or_create(
            subject=subject,
            field=draft.field,
            value=draft.value,
            source=source_of(draft.source_key),
            passage=draft.passage,
            as_of=draft.as_of,
            defaults={"value_en": draft.value_en},
        )


def stated_about(subjects: Iterable[UUID]) -> dict[UUID, list[Statement]]:
    """Return the statements about each subject, oldest claim first, contradictory ones side by side."""
    found: dict[UUID, list[Statement]] = defaultdict(list)
    rows = Statement.objects.filter(subject__in=list(subjects)).select_related("source")
    for row in rows.order_by("field", "as_of", "source__key"):
        found[row.subject].append(row)
    return found
