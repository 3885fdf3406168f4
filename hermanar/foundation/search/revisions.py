"""Which commit an index stands at: numbers that commit in order, each with a mark that no other history has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from hermanar.foundation.models import Change, Revision, uuid7

KEPT_REVISIONS = 1_000
KEPT_ROWS = 100_000
_EVERY = 100  # revisions between two prunings, so that a verb rarely pays for it


@dataclass(frozen=True, slots=True)
class Position:
    """The commit and the day an index stands at."""

    epoch: str  # the database it was derived from
    number: int
    mark: str  # of the last change: a copy put back may reach the same number by another way
    day: str


def bump(name: str) -> tuple[int, UUID]:
    """Count one more commit to a part of the registry and return its number and mark.

    The update locks the row to the end of the caller's transaction, so revisions become visible in their order.
    """
    Revision.objects.get_or_create(name=name)
    mark = uuid7()
    Revision.objects.filter(name=name).update(number=F("number") + 1, mark=mark)
    return Revision.objects.values_list("number", flat=True).get(name=name), mark


def prune(name: str, *, number: int) -> None:
    """Forget, once in a while, changes so old that whoever still lacks them had better derive everything again.

    The database does not know its followers: any machine may keep an index, and one that has been away for longer than
    this finds the revision it stands at gone and rebuilds.
    """
    if number % _EVERY:
        return
    oldest = number - KEPT_REVISIONS
    rows = Change.objects.filter(index=name).order_by("-number").values_list("number", flat=True)
    surplus = next(iter(rows[KEPT_ROWS : KEPT_ROWS + 1]), 0)
    Change.objects.filter(index=name, number__lte=min(max(oldest, surplus), number - 1)).delete()


def standing(name: str, *, day: dt.date) -> Position:
    """Return where an index of this name should stand."""
    row = Revision.objects.filter(name=name).values_list("epoch", "number", "mark")[:1]
    epoch, number, mark = next(iter(row), ("", 0, ""))
    return Position(str(epoch), number, str(mark), day.isoformat())


def changed_between(name: str, position: Position, wanted: Position) -> set[UUID] | None:
    """Return the records changed since a position; None when they are all of them or no longer known.

    The change a position stands at must still be there under the same mark: only then do the later ones follow it.
    """
    if position == wanted:
        return set()
    if position.epoch != wanted.epoch or position.number > wanted.number:
        return None
    rows = Change.objects.filter(index=name, number__gte=position.number, number__lte=wanted.number)
    numbers: set[int] = set()
    subjects: set[UUID] = set()
    follows = position.number == 0
    for number, subject, mark in rows.values_list("number", "subject", "mark").iterator():
        if number == position.number:
            follows = follows or str(mark) == position.mark
            continue
        if subject is None:
            return None
        numbers.add(number)
        subjects.add(subject)
    return subjects if follows and len(numbers) == wanted.number - position.number else None
