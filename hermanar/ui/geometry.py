"""The round earth, briefly: distance, bearing and great circles; a plane for it (Equal Earth)."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
HALF_ROUND_KM = pi * EARTH_RADIUS_KM
Point = tuple[float, float]
Direction = tuple[float, float, float]

# Equal Earth projection: Šavrič, Patterson and Jenny (2018), doi 10.1080/13658816.2018.1504949
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
_NO_WAY, _EVERY_WAY = 1e-9, 1e-6  # the same place; antipodes, between which every way is the shortest


def kilometres(start: Point, end: Point) -> float:
    """Return the distance between two places (lat, lng) over the earth."""
    phi1, phi2, turn = radians(start[0]), radians(end[0]), radians(end[1] - start[1])
    chord = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def bearing_and_distance(lat1: float, lng1: float, lat2: float, lng2: float) -> tuple[float, float]:
    """Return the compass bearing of departure (0 north, 90 east) and the distance in kilometres."""
    phi1, phi2, turn = radians(lat1), radians(lat2), radians(lng2 - lng1)
    east = sin(turn) * cos(phi2)
    north = cos(phi1) * sin(phi2) - sin(phi1) * cos(phi2) * cos(turn)
    return degrees(atan2(east, north)) % 360, kilometres((lat1, lng1), (lat2, lng2))


def equal_earth(lat: float, lng: float) -> Point:
    """Return the plane point of a place: x grows east, y grows north, the world 5.42 wide and 2.64 high."""
    t = asin(_M * sin(radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = radians(lng) * cos(t) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    return x, t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def direction(lat: float, lng: float) -> Direction:
    """Return where a place lies as seen from the centre of the earth."""
    phi, lam = radians(lat), radians(lng)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def great_circle(start: Point, end: Point, step_km: float = 250) -> list[Point]:
    """Return places (lat, lng) along the shortest way, both ends included."""
    distance = kilometres(start, end)
    arc = distance / EARTH_RADIUS_KM
    if arc < _NO_WAY or pi - arc < _EVERY_WAY:
        return [start, end]
    steps = max(2, round(distance / step_km))
    a, b = direction(*start), direction(*end)
    places = []
    for i in range(steps + 1):
        before, after = sin(arc * (1 - i / steps)) / sin(arc), sin(arc * i / steps) / sin(arc)
        x, y, z = (before * p + after * q for p, q in zip(a, b, strict=True))
        places.append((degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))))
    return places
