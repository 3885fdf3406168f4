"""The earth as seen from above the middle of a way: bare land, its lines, the shortest way between two cities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import acos, asin, cos, hypot, radians, sin

from hermanar.ui.geometry import EARTH_RADIUS_KM, Direction, Point, direction, great_circle, kilometres
from hermanar.ui.svg import number, picture, traced, words
from hermanar.ui.topology import shapes
from hermanar.ui.worldmap import MAPS, Spot

WIDTH, HEIGHT = 720.0, 520.0
_SHARE = 0.27  # of the width, for one half of the way
_WHOLE = HEIGHT * 0.475  # the radius at which all of the globe is in the picture
_NEAREST_KM = 560  # what the width shows at the least: nearer than that the outlines say nothing
_NEAR_KM = 3200  # from here on the finer outlines can be told from the coarse ones
_MARGIN = 6.0
_LEAST, _LEAST_AFAR = 1.6, 2.6
_STEP_KM = 120
_NOWHERE = 1e-9
_APART = 120.0  # names nearer to each other than that are written above and below

Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Outline:
    """A ring as directions from the centre of the earth, and the cap of the sphere that holds all of it."""

    ring: tuple[Direction, ...]
    centre: Direction
    reach: float  # radians from the centre to its farthest point

    @classmethod
    def of(cls, ring: tuple[Direction, ...]) -> Outline:
        """Return a ring with its cap."""
        sums = [sum(axis) for axis in zip(*ring, strict=True)]
        length = hypot(*sums) or 1.0
        centre = (sums[0] / length, sums[1] / length, sums[2] / length)
        return cls(ring, centre, max(angle(centre, at) for at in ring))


def angle(one: Direction, other: Direction) -> float:
    """Return the angle between two directions."""
    return acos(max(-1.0, min(1.0, one[0] * other[0] + one[1] * other[1] + one[2] * other[2])))


@lru_cache(maxsize=3)
def _outlines(name: str) -> tuple[Outline, ...]:
    """Return the outlines of a file; read once per process."""
    found = (tuple(direction(lat, lng) for lng, lat in ring) for _id, rings in shapes(MAPS / name) for ring in rings)
    return tuple(Outline.of(ring) for ring in found)


class View:
    """An orthographic view: the place beneath the eye, how large the earth is drawn, and where in which picture."""

    def __init__(
        self, centre: Point, radius: float, *, size: tuple[float, float] = (WIDTH, HEIGHT), at: Point | None = None
    ) -> None:
        lat, lng = centre
        phi, lam = radians(lat), radians(lng)
        self.radius, self.size = radius, size
        self.at = at or (size[0] / 2, size[1] / 2)
        self._far = max(hypot(self.at[0] - x, self.at[1] - y) for x in (0, size[0]) for y in (0, size[1]))
        self.out = direction(lat, lng)
        self.east = (-sin(lam), cos(lam), 0.0)
        self.north = (-sin(phi) * cos(lam), -sin(phi) * sin(lam), cos(phi))

    def place(self, at: Direction) -> Point | None:
        """Return the point of a place; what lies on the far side is set on the edge, the antipode nowhere."""
        east, north = self.east, self.north
        x = at[0] * east[0] + at[1] * east[1]
        y = at[0] * north[0] + at[1] * north[1] + at[2] * north[2]
        if not self.sees(at):
            length = hypot(x, y)
            if length < _NOWHERE:
                return None
            x, y = x / length, y / length
        return self.at[0] + x * self.radius, self.at[1] - y * self.radius

    def sees(self, at: Direction) -> bool:
        """Tell whether a place is on this side of the earth."""
        out = self.out
        return at[0] * out[0] + at[1] * out[1] + at[2] * out[2] > 0

    def may_show(self, outline: Outline) -> bool:
        """Tell whether any of an outline can be in the picture."""
        corner = min(1.0, self._far / self.radius)
        return angle(self.out, outline.centre) < outline.reach + asin(corner)


def route(start: Spot, end: Spot, *, uid: str, label: str, description: str = "", with_states: bool = False) -> str:
    """Draw the shortest way between two cities on bare land; `with_states` adds the limits of Mexico's."""
    lat, lng = middle((start.lat, start.lng), (end.lat, end.lng))
    arc = kilometres((start.lat, start.lng), (end.lat, end.lng)) / EARTH_RADIUS_KM
    radius = _radius(arc)
    view = View((lat, lng), radius)
    ends = [_on(view, spot) for spot in (start, end)]
    line = shortest_way(view, (start.lat, start.lng), (end.lat, end.lng))
    ground = _ground(round(lat, 1), round(lng, 1), round(radius), with_states)
    body = (
        f'<g class="route__ground">{ground}</g>'
        f'<path class="route__way arc--{end.stroke} hue-{escape(end.hue)}" d="{line}"/>'
        f"{_end(ends[0], start, 'route__home')}{_end(ends[1], end, 'route__there')}{_names((start, end), ends)}"
    )
    return picture(body, kind="route", box=(WIDTH, HEIGHT), uid=uid, label=label, description=description)


def middle(start: Point, end: Point) -> Point:
    """Return the place half way between two others."""
    way = great_circle(start, end, _STEP_KM)
    return way[len(way) // 2]


def shortest_way(view: View, start: Point, end: Point) -> str:
    """Return the shortest way between two places as a path; nothing where they are one."""
    seen = [point for at in great_circle(start, end, _STEP_KM) if (point := view.place(direction(*at)))]
    return traced(seen, 0) if len(seen) > 1 else ""


def _radius(arc: float) -> float:
    """Return how large the earth is drawn so that a way of this angle fills the picture, and neither less nor more."""
    half = sin(min(arc / 2, radians(90)))
    wanted = WIDTH * _SHARE / max(half, _NOWHERE)
    return max(_WHOLE, min(wanted, WIDTH / (_NEAREST_KM / EARTH_RADIUS_KM)))


def _on(view: View, spot: Spot) -> Point:
    return view.place(direction(spot.lat, spot.lng)) or (WIDTH / 2, HEIGHT / 2)


def _end(at: Point, spot: Spot, kind: str) -> str:
    return f'<circle class="{kind} hue-{escape(spot.hue)}" cx="{number(at[0])}" cy="{number(at[1])}" r="8"/>'


def _names(spots: Sequence[Spot], ends: Sequence[Point]) -> str:
    """Write each name on the outer side of its city; names of near neighbours above and below."""
    (x1, y1), (x2, y2) = ends
    if abs(x1 - x2) < _APART:
        upper = 0 if y1 <= y2 else 1
        places = [(x, y - 20) if number == upper else (x, y + 36) for number, (x, y) in enumerate(ends)]
        return "".join(words(spot.name, at, kind="route__name") for spot, at in zip(spots, places, strict=True))
    sides = (("end", -16) if x1 < x2 else ("start", 16), ("end", -16) if x2 < x1 else ("start", 16))
    return "".join(
        words(spot.name, _inside((x + shift, y + 7), spot.name, side), kind="route__name", anchor=side)
        for spot, (x, y), (side, shift) in zip(spots, ends, sides, strict=True)
    )


def _inside(at: Point, name: str, side: str) -> Point:
    """Return where a name begins so that its other end stays in the picture, above its city if need be."""
    long = 15.0 * len(name)
    x, y = at
    if side == "end" and x < long:
        return long, y - 26
    if side == "start" and x + long > WIDTH:
        return WIDTH - long, y - 26
    return at


@lru_cache(maxsize=128)
def _ground(lat: float, lng: float, radius: int, with_states: bool) -> str:
    view = View((lat, lng), radius)
    near = WIDTH / radius * EARTH_RADIUS_KM < _NEAR_KM
    sea = f'<circle class="route__sea" cx="{number(WIDTH / 2)}" cy="{number(HEIGHT / 2)}" r="{number(radius)}"/>'
    land = land_of(view, *(("countries-50m.json", _LEAST) if near else ("countries-110m.json", _LEAST_AFAR)))
    states = land_of(view, "mx-estados.topojson", _LEAST) if with_states else ""
    lines = "" if near and with_states else f'<path class="route__lines" d="{graticule(view)}"/>'
    return f'{sea if radius < WIDTH else ""}{lines}<path class="route__land" d="{land}"/>' + (
        f'<path class="route__states" d="{states}"/>' if states else ""
    )


def land_of(view: View, name: str, least: float) -> str:
    """Return what a view shows of the outlines of a file, as one path; what is smaller than `least` is left out."""
    parts = []
    for outline in _outlines(name):
        if not view.may_show(outline):
            continue
        cut = _framed([point for at in outline.ring if (point := view.place(at))], view.size)
        if len(cut) > 2 and _extent(cut) > least:
            parts.append(f"{traced(cut, least, digits=0)}z")
    return "".join(parts)


def _extent(ring: Ring) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _framed(ring: Ring, size: tuple[float, float]) -> Ring:
    """Return what of a ring lies in the picture, edge by edge (Sutherland and Hodgman)."""
    low, right, foot = -_MARGIN, size[0] + _MARGIN, size[1] + _MARGIN
    for axis, limit, keeps in (
        (0, low, lambda value: value >= low),
        (0, right, lambda value: value <= right),
        (1, low, lambda value: value >= low),
        (1, foot, lambda value: value <= foot),
    ):
        ring = _cut(ring, axis, limit, keeps)
    return ring


def _cut(ring: Ring, axis: int, limit: float, keeps: Callable[[float], bool]) -> Ring:
    kept: Ring = []
    for number_, here in enumerate(ring):
        before = ring[number_ - 1]
        if keeps(here[axis]) != keeps(before[axis]):
            share = (limit - before[axis]) / (here[axis] - before[axis])
            kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
        if keeps(here[axis]):
            kept.append(here)
    return kept


def graticule(view: View, step: int = 15) -> str:
    """Return meridians and parallels of the near side, so many degrees apart."""
    lines = [[(float(lat), float(lng)) for lat in range(-80, 81, 4)] for lng in range(-180, 180, step)]
    lines += [[(float(lat), float(lng)) for lng in range(-180, 181, 4)] for lat in range(step - 90, 90, step)]
    return "".join(piece for line in lines for piece in _pieces(view, line))


def _pieces(view: View, line: Ring) -> list[str]:
    """Return the stretches of a line that are on this side of the earth and in the picture."""
    found: list[Ring] = [[]]
    width, height = view.size
    for at in line:
        towards = direction(*at)
        point = view.place(towards) if view.sees(towards) else None
        if point and -width < point[0] < 2 * width and -height < point[1] < 2 * height:
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [traced(piece, 0, digits=0) for piece in found if len(piece) > 1]
