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


APART = "#"  # between the key of a place as written and the row that has a place of its own
OPEN_REASONS = frozenset({
    Reason.SEVERAL, Reason.NO_POSITION, Reason.POSITION_CONTRADICTS, Reason.NAME_CONTRADICTS, Reason.NOBODY_NEAR,
    Reason.COUNTRY_UNKNOWN,
})  # fmt: skip
GIVEN_REASONS = frozenset({Reason.CORRECTED, Reason.OWN_IDENTIFIER})  # someone said which place it is


def told_by_partner(
    verdict: Verdict, reached: Collection[str], *, abroad: Collection[str] = (), is_known_here: bool = True
) -> Verdict:
    """Resolve a place left open by what rows with its name and partner say, if they agree on one place.

    Rows of its own country are believed first. Those that put the name `abroad` are believed only where the country
    this one says has no place of that name: then the country is a slip. A position alone proves no slip, for whoever
    looked it up may not have asked for the country: more than half of 24 such places are not where it lies.
    Nothing `abroad` is to be asked of a partner of like name, for towns are linked with namesakes in many countries.
    """
    if verdict.reason not in OPEN_REASONS:
        return verdict
    if len(set(reached)) == 1:
        return Verdict(Resolution.NAME_ONLY, next(iter(reached)), Reason.SAME_PARTNER)
    if not reached and not is_known_here and len(set(abroad)) == 1:
        return Verdict(Resolution.NAME_ONLY, next(iter(abroad)), Reason.COUNTRY_SLIP)
    return verdict


def told_by_writing(verdict: Verdict, known: Collection[str]) -> Verdict:
    """Resolve a part of a city by the one place it has where the source writes it in another order."""
    if verdict.place is None and verdict.reason in {*OPEN_REASONS, Reason.PART_OF_CITY} and len(set(known)) == 1:
        return Verdict(Resolution.NAME_ONLY, next(iter(known)), Reason.SAME_PART)
    return verdict


def told_exactly(verdict: Verdict, said: Collection[str]) -> Verdict:
    """Correct a plain name («Taizhou») by what the partner's own page says («Taizhou, Jiangsu»), if that is one place.

    A page that names both has two ties in mind, so only what stands on the other page is heard.
    """
    if verdict.reason in GIVEN_REASONS or verdict.place in said or len(set(said)) != 1:
        return verdict
    return Verdict(Resolution.NAME_ONLY, next(iter(said)), Reason.NAMED_EXACTLY)


def finding(*, has_agreement: bool, is_reported: bool, is_covered: bool) -> Finding:
    """Say where a tie stands; what a source did not set out to list is never missing from it."""
    if has_agreement and is_reported:
        return Finding.BOTH
    if is_reported:
        return Finding.ONLY_REPORTED
    return Finding.ONLY_AGREEMENT if is_covered else Finding.OUT_OF_COVERAGE
