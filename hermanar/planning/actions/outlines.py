"""The outlines that come with the product: entered, mended, and questions withdrawn, never rewritten."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.models import Source
from hermanar.foundation.statements import sources_by_key
from hermanar.planning.models import Outline, OutlineSection, Question

Row = Mapping[str, str]
_OUTLINE = ("subject", "title_es", "title_en", "intro_es", "intro_en", "passage")
_SECTION = ("title_es", "title_en", "gist_es", "gist_en", "passage")
_MENDED = ("text_en", "beside", "passage")
_ASKED = ("text_es", "only_for")  # another one is another question


@dataclass(slots=True)
class LoadedOutlines:
    """What a load did to the questions."""

    entered: int = 0
    mended: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    told: list[str] = field(default_factory=list)  # what was written, for the trail


@transaction.atomic
def load_outlines(
    outlines: Sequence[Row], sections: Sequence[Row], *, questions: Sequence[Row], by: Actor
) -> LoadedOutlines:
    """Enter the shipped outlines and bring them up to date; may be repeated.

    A question that is reworded or gone is withdrawn: it stays with what was answered to it. Raises NotAllowedError,
    and KeyError for a source, an outline or a section that does not exist.
    """
    require_in(by, Verb.KEEP_OUTLINES, office=None)
    trail.hold()
    sources, now, done = sources_by_key(), timezone.now(), LoadedOutlines()
    kept: dict[str, Outline] = {}
    for position, row in enumerate(outlines):
        values = {name: row[name] for name in _OUTLINE} | {"position": position, "source": sources[row["source"]]}
        kept[row["key"]], is_new = Outline.objects.get_or_create(key=row["key"], defaults=values)
        _mend(kept[row["key"]], values, is_new=is_new, done=done)
    parts: dict[tuple[str, str], OutlineSection] = {}
    for position, row in enumerate(sections):
        values = {name: row[name] for name in _SECTION} | {"position": position, "source": sources[row["source"]]}
        part, is_new = OutlineSection.objects.get_or_create(
            outline=kept[row["outline"]], slug=row["slug"], defaults=values
        )
        _mend(part, values, is_new=is_new, done=done)
        parts[row["outline"], row["slug"]] = part
    asked: dict[UUID, list[Row]] = defaultdict(list)
    for row in questions:
        asked[parts[row["outline"], row["section"]].pk].append(row)
    for section in OutlineSection.objects.filter(outline__in=kept.values()):
        _bring_up_to_date(section, asked[section.pk], sources=sources, now=now, done=done)
    if done.told:
        trail.record("outline.loaded", by=by, content=done.told)
    return done


def _bring_up_to_date(
    section: OutlineSection,
    rows: Sequence[Row],
    *,
    sources: Mapping[str, Source],
    now: dt.datetime,
    done: LoadedOutlines,
) -> None:
    standing = {one.key: one for one in section.questions.filter(withdrawn_at__isnull=True)}
    for position, row in enumerate(rows):
        known = standing.pop(row["key"], None)
        values = {name: row[name] for name in _MENDED} | {"position": position, "source": sources[row["source"]]}
        if known and all(getattr(known, name) == row[name] for name in _ASKED):
            done.mended += _mend(known, values, is_new=False, done=done)
            done.unchanged += 1
            continue
        if known:
            _withdraw(known, now, done)
        asked = {name: row[name] for name in _ASKED}
        Question.objects.create(section=section, key=row["key"], entered_at=now, **asked, **values)
        done.told.append(f"{section.slug}.{row['key']}: {row['text_es']}")
        done.entered += 1
    for gone in standing.values():
        _withdraw(gone, now, done)


def _withdraw(question: Question, now: dt.datetime, done: LoadedOutlines) -> None:
    question.withdrawn_at = now
    question.save(update_fields=["withdrawn_at"])
    done.withdrawn += 1
    done.told.append(f"-{question.section.slug}.{question.key}")


def _mend(
    kept: Outline | OutlineSection | Question, values: Mapping[str, object], *, is_new: bool, done: LoadedOutlines
) -> bool:
    """Write what differs from the file, and say whether anything did; what is new was written already."""
    changed = [name for name, value in values.items() if getattr(kept, name) != value]
    for name in changed:
        setattr(kept, name, values[name])
    if changed:
        kept.save(update_fields=changed)
    if changed or is_new:
        done.told.append(f"{kept._meta.model_name} {kept}")
    return bool(changed)
