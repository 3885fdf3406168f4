"""The earth seen from far away, turned so that two places both look at the reader: paths for an SVG."""

from __future__ import annotations

from functools import lru_cache
from math import cos, hypot, radians, sin

from hermanar.ui.geometry import Point, great_circle
from hermanar.ui.topology import shapes
from hermanar.ui.worldmap import MAPS

_PICTURE = 800
_EDGE = 0.998  # beyond it a point is behind the rim
_LEAST = 3.4  # shorter steps are hardly seen, and many cards stand on one page


@lru_cache(maxsize=1)
def _rings() -> list[list[Point]]:
    found = shapes(MAPS / "countries-110m.json")
    return [[(lat, lng) for lng, lat in ring] for _number, rings in found for ring in rings]


class Globe:
    """An orthographic view: `centre` is the place in the middle, `at` the point of the picture it falls on."""

    def __init__(self, centre: Point, *, radius: float, at: Point) -> None:
        self.radius, self.at = radius, at
        self._lat, self._lng = radians(centre[0]), radians(centre[1])

    def _turned(self, place: Point) -> tuple[float, float, float]:
        """Return a place as the reader sees it: to the right, up, and towards them (below 0 is the far side)."""
        phi, turn = radians(place[0]), radians(place[1]) - self._lng
        x = cos(phi) * sin(turn)
        y = cos(self._lat) * sin(phi) - sin(self._lat) * cos(phi) * cos(turn)
        z = sin(self._lat) * sin(phi) + cos(self._lat) * cos(phi) * cos(turn)
        return x, y, z

    def plot(self, place: Point) -> Point:
        """Return the point of a place; one on the far side falls on the rim."""
        x, y, z = self._turned(place)
        if z < 0:
            length = hypot(x, y) or 1.0
            x, y = x / length * _EDGE, y / length * _EDGE
        return self.at[0] + x * self.radius, self.at[1] - y * self.radius

    def land(self) -> str:
        """Return the countries of the near side as one path."""
        parts = []
        for ring in _rings():
            if all(self._turned(place)[2] < 0 for place in ring[::4]):
                continue
            points = [self.plot(place) for place in ring]
            if _is_seen(points):
                parts.append(_path(points, is_closed=True))
        return "".join(parts)

    def graticule(self) -> str:
        """Return meridians and parallels of the near side, thirty degrees apart."""
        lines: list[list[Point]] = [[(lat, lng) for lat in range(-90, 91, 6)] for lng in range(-180, 180, 30)]
        lines += [[(lat, lng) for lng in range(-180, 181, 6)] for lat in range(-60, 61, 30)]
        return "".join(_path(part) for line in lines for part in self._near(line))

    def way(self, start: Point, end: Point) -> str:
        """Return the shortest way between two places."""
        return _path([self.plot(place) for place in great_circle(start, end)], least=0)

    def _near(self, line: list[Point]) -> list[list[Point]]:
        pieces: list[list[Point]] = [[]]
        for place in line:
            if self._turned(place)[2] > 0:
                pieces[-1].append(self.plot(place))
            elif pieces[-1]:
                pieces.append([])
        return [piece for piece in pieces if len(piece) > 1]


def _is_seen(points: list[Point]) -> bool:
    """Say whether anything of a ring can fall on a picture as large as any of ours."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return max(xs) > 0 and min(xs) < _PICTURE and max(ys) > 0 and min(ys) < _PICTURE


def middle(start: Point, end: Point) -> Point:
    """Return the place half way between two others."""
    way = great_circle(start, end)
    return way[len(way) // 2]


def _path(points: list[Point], *, is_closed: bool = False, least: float = _LEAST) -> str:
    kept = [points[0]]
    for point in points[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= least:
            kept.append(point)
    kept.append(points[-1])
    if is_closed and len(kept) < 4:
        return ""
    digits = 0 if is_closed else 1
    return "M" + "L".join(f"{x:.{digits}f} {y:.{digits}f}" for x, y in kept) + ("Z" if is_closed else "")
