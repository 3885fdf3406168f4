"""How candidates are compared: weights and marks of the office, added up; who is chosen is never computed.

The first phase chooses the cities by criteria [002:173-177]; how much each weighs is the office's own judgement.
What is not marked stays unknown: it gives a range, and a candidate without all its marks has no place in the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from hermanar.cooperation.vocabulary.ties import TieRefusal as Why

HIGHEST_WEIGHT = 10
HIGHEST_MARK = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """What the marks of one candidate add up to, out of a hundred."""

    candidate: UUID
    low: Fraction  # when nothing of what is unknown counts for it
    high: Fraction  # when all of it does
    missing: int  # criteria that weigh and are not marked
    place: int | None = None  # in the order; None with marks missing

    @property
    def is_whole(self) -> bool:
        """Say whether every criterion that weighs is marked."""
        return self.missing == 0


def standing(candidate: UUID, *, weights: Mapping[UUID, int | None], marks: Mapping[UUID, int]) -> Standing | None:
    """Add up the marks of a candidate; None while no criterion weighs anything."""
    weighing = {criterion: weight for criterion, weight in weights.items() if weight}
    whole = sum(weighing.values()) * HIGHEST_MARK
    if not whole:
        return None
    known = sum(weight * marks[criterion] for criterion, weight in weighing.items() if criterion in marks)
    unknown = sum(weight for criterion, weight in weighing.items() if criterion not in marks)
    low, high = Fraction(100 * known, whole), Fraction(100 * (known + unknown * HIGHEST_MARK), whole)
    return Standing(candidate, low, high, sum(1 for criterion in weighing if criterion not in marks))


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """Return the standings in order: the whole ones by points, alike in one place, then the others."""
    whole = sorted((one for one in standings if one.is_whole), key=lambda one: (-one.low, str(one.candidate)))
    rest = sorted((one for one in standings if not one.is_whole), key=lambda one: (-one.high, str(one.candidate)))
    points = [one.low for one in whole]
    placed = [Standing(one.candidate, one.low, one.high, one.missing, points.index(one.low) + 1) for one in whole]
    return [*placed, *rest]


def refused_weight(weight: int | None) -> list[Why]:
    """Return why a weight cannot be; None: not weighed yet."""
    return [Why.WEIGHT_OUT_OF_RANGE] if weight is not None and not 0 <= weight <= HIGHEST_WEIGHT else []


def refused_mark(value: int | None, *, reason: str) -> list[Why]:
    """Return why a mark cannot be: it stands with its reason, or not at all."""
    if value is None:
        return [Why.REASON_WITHOUT_MARK] if reason.strip() else []
    found = [] if 0 <= value <= HIGHEST_MARK else [Why.VALUE_OUT_OF_RANGE]
    return found if reason.strip() else [*found, Why.MARK_WITHOUT_REASON]
