"""Which rows tell one tie, and where a tie stands: pure functions."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from hermanar.foundation.words import fold
from hermanar.observatory.rules.places import Verdict, name_parts
from hermanar.observatory.vocabulary import Finding, Reason, Resolution


def tie_of(one: UUID | None, other: UUID | None) -> tuple[UUID, UUID] | None:
    """Return the pair two resolved ends make, in order: any rows of any source with this pair tell one tie."""
    if one is None or other is None or one == other:
        return None
    return (one, other) if one < other else (other, one)


def end_key(place: UUID | None, *, name: str, country: str) -> str:
    """Return what tells one end of a tie: its place, or the country, town and kind of area a source writes.

    Two rows that write an unresolved end alike and share the other end tell the same tie, wherever the end may be.
    """
    if place is not None:
        return str(place)
    parts = name_parts(name)
    return f"{country}:{parts.town}:{fold(parts.area_word) if '(' in name else ''}"


def pair_key(one: str, other: str) -> str:
    """Return what tells a tie from its ends' keys, in either order; nothing for a place tied to itself."""
    return "" if one == other else " | ".join(sorted((one, other)))


OPEN_REASONS = frozenset(
    {Reason.SEVERAL, Reason.NO_POSITION, Reason.POSITION_CONTRADICTS, Reason.NAME_CONTRADICTS, Reason.NOBODY_NEAR}
)


def told_by_partner(verdict: Verdict, reached: Collection[str]) -> Verdict:
    """Resolve a place left open by what rows of its namesakes with the same partner say, if they agree on one place."""
    if verdict.reason in OPEN_REASONS and len(set(reached)) == 1:
        return Verdict(Resolution.NAME_ONLY, next(iter(reached)), Reason.SAME_PARTNER)
    return verdict


def finding(*, has_agreement: bool, is_reported: bool, is_covered: bool) -> Finding:
    """Say where a tie stands; what a source did not set out to list is never missing from it."""
    if has_agreement and is_reported:
        return Finding.BOTH
    if is_reported:
        return Finding.ONLY_REPORTED
    return Finding.ONLY_AGREEMENT if is_covered else Finding.OUT_OF_COVERAGE
