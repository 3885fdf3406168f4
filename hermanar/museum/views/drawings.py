"""What the ui draws of a city: rays for the rosette, arcs for the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

from hermanar.catalogue import read
from hermanar.catalogue.sheets import AgreementLine, ComparisonLine, PartyLine
from hermanar.ui.geometry import bearing_and_distance
from hermanar.ui.rosette import Ray, Stroke, pair_rosette, rosette

_STROKES: dict[str, Stroke] = {"active": "full", "dormant": "thin", "silent": "hairline", "unknown": "dotted"}


class Located(Protocol):
    """Anything with a position."""

    latitude: float | None
    longitude: float | None


def counterparts(line: AgreementLine, slug: str) -> list[PartyLine]:
    """Return the parties of a tie other than the city that looks."""
    return [party for party in line.parties if party.slug != slug]


def agreement_rays(home: Located, slug: str, lines: Iterable[AgreementLine]) -> list[Ray]:
    """Return a ray for each counterpart of each agreement of a city; who has no position has no ray."""
    return [
        ray
        for line in lines
        for party in counterparts(line, slug)
        if (ray := _ray(home, party, _STROKES[line.vitality], line.slug))
    ]


def reported_rays(home: Located, lines: Iterable[ComparisonLine]) -> list[Ray]:
    """Return an open ray for each tie that only a source reports: not confirmed by a document."""
    return [
        ray
        for line in lines
        if line.finding == "only_reported" and (ray := _ray(home, line, "open", line.counterpart_slug))
    ]


def _ray(home: Located, other: PartyLine | ComparisonLine, stroke: Stroke, key: str) -> Ray | None:
    here, there = (home.latitude, home.longitude), (other.latitude, other.longitude)
    if None in here or None in there:
        return None
    bearing, distance = bearing_and_distance(*here, *there)  # type: ignore[arg-type]
    hue = read.continent_of(other.country).lower() if other.country != "MX" else "home"
    name = other.name if isinstance(other, PartyLine) else other.counterpart
    return Ray(bearing, distance, stroke, hue or "home", key, name)


def distance_km(one: Located, other: Located) -> float | None:
    """Return the great-circle distance between two positions, if both are known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    _bearing, distance = bearing_and_distance(one.latitude, one.longitude, other.latitude, other.longitude)  # type: ignore[arg-type]
    return distance


def drawn(rays: Sequence[Ray], label: str, size: int = 640) -> SafeString:
    """Draw a rosette; ui escapes every text it writes."""
    return mark_safe(rosette(rays, size=size, label=label))  # noqa: S308


__all__ = ["agreement_rays", "counterparts", "distance_km", "drawn", "pair_rosette", "reported_rays"]
