"""The day's light at a place: when the sun rises and sets, to some two minutes (the almanac's short formula)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import acos, cos, degrees, pi, radians, sin, tan
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HORIZON = radians(-0.833)  # the disc's upper edge, lifted by the air
_DAY, _NOON, _MINUTES = 24, 12, 60
_DEGREES_PER_HOUR = 15


@dataclass(frozen=True, slots=True)
class Light:
    """From when to when there is daylight, in hours of universal time; a whole day and none have no edges."""

    rise: float
    noon: float
    set: float

    @property
    def hours(self) -> float:
        """Return how long it lasts."""
        return self.set - self.rise


def daylight(lat: float, lng: float, *, on: dt.date) -> Light:
    """Return the light of a day; near the poles it may last all of it, or not come."""
    turn = 2 * pi / 365 * (on.timetuple().tm_yday - 1)
    # Spencer (1971): the equation of time in minutes and the sun's declination, by Fourier series.
    equation = 229.18 * (
        0.000075 + 0.001868 * cos(turn) - 0.032077 * sin(turn) - 0.014615 * cos(2 * turn) - 0.040849 * sin(2 * turn)
    )
    declination = (
        0.006918 - 0.399912 * cos(turn) + 0.070257 * sin(turn) - 0.006758 * cos(2 * turn) + 0.000907 * sin(2 * turn)
    )
    noon = _NOON - lng / _DEGREES_PER_HOUR - equation / _MINUTES
    phi = radians(max(-89.9, min(89.9, lat)))
    reach = sin(_HORIZON) / (cos(phi) * cos(declination)) - tan(phi) * tan(declination)
    half = degrees(acos(max(-1.0, min(1.0, reach)))) / _DEGREES_PER_HOUR
    return Light(noon - half, noon, noon + half)


def shared(one: Light, other: Light) -> float:
    """Return for how many hours both places have light at the same time."""
    return sum(max(0.0, min(one.set, other.set + turn) - max(one.rise, other.rise + turn)) for turn in (-_DAY, 0, _DAY))


def offset_hours(zone: str, *, at: dt.datetime) -> float | None:
    """Return how far a zone's clocks are ahead of universal time at a moment, or None for a zone nobody knows."""
    try:
        ahead = at.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return None if ahead is None else ahead.total_seconds() / 3600
