"""The world as server-drawn SVG: what is seen first, and all there is where no script runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from hermanar.ui.geometry import Point, equal_earth, great_circle
from hermanar.ui.rosette import Stroke
from hermanar.ui.svg import number, traced
from hermanar.ui.topology import Ring, shapes

MAPS = Path(__file__).resolve().parent.parent / "data" / "maps"
WIDTH = 960
_SCALE = WIDTH / 5.4133
_NORTH, _SOUTH = 83.7, -56.5
_TOP = equal_earth(_NORTH, 0)[1]
HEIGHT = round((_TOP - equal_earth(_SOUTH, 0)[1]) * _SCALE)
_ANTARCTICA = "010"
_HALF_TURN = 180


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map; `stroke` and `hue` say how its arc from the origin is drawn."""

    name: str
    lat: float
    lng: float
    hue: str = "home"
    stroke: Stroke = "hairline"
    url: str = ""
    key: str = ""


def plot(lat: float, lng: float) -> Point:
    """Return the point of a place on the picture."""
    x, y = equal_earth(lat, lng)
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE


def _unwound(ring: Ring) -> Ring:
    """Return the ring with longitudes that run on past the antimeridian instead of jumping to the other side."""
    turns, before, unwound = 0, ring[0][0], []
    for lng, lat in ring:
        turns += (before - lng > _HALF_TURN) - (lng - before > _HALF_TURN)
        before = lng
        unwound.append((lng + 360 * turns, lat))
    return unwound


def _inside(ring: Ring) -> Ring:
    """Return what of a ring lies on the picture, each way out and in set on its edge."""
    kept: Ring = []
    for i, (lng, lat) in enumerate(ring):
        around = (ring[i - 1][0], lng, ring[(i + 1) % len(ring)][0])
        if any(abs(near) <= _HALF_TURN for near in around):
            kept.append((max(-_HALF_TURN, min(_HALF_TURN, lng)), lat))
    return kept


def _cut(ring: Ring) -> list[Ring]:
    """Return the parts of a ring on the picture: two where it crosses the antimeridian, as Russia and Fiji do."""
    unwound = _unwound(ring)
    copies = ([(lng + shift, lat) for lng, lat in unwound] for shift in (-360, 0, 360))
    return [part for copy in copies if (part := _inside(copy))]


def _outline(ring: Ring, least: float) -> str:
    points = [plot(lat, lng) for lng, lat in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return f"{traced(points, least)}z" if max(max(xs) - min(xs), max(ys) - min(ys)) > least else ""


@lru_cache(maxsize=4)
def land(least: float = 1.1) -> str:
    """Return the countries as one path; projected once per process."""
    found = shapes(MAPS / "countries-110m.json")
    return "".join(
        _outline(part, least)
        for number, rings in found
        if number != _ANTARCTICA
        for ring in rings
        for part in _cut(ring)
    )


@lru_cache(maxsize=1)
def _graticule() -> str:
    lines = [[plot(lat, lng) for lat in range(-56, 84, 5)] for lng in range(-180, 181, 30)]
    lines += [[plot(lat, lng) for lng in range(-180, 181, 10)] for lat in (-30, 0, 30, 60)]
    return "".join(traced(line, 0) for line in lines)


@lru_cache(maxsize=4096)  # the ways from one museum to its cities, drawn on most of its pages
def _way(origin: Point, target: Point) -> str:
    """Return the great circle between two places, cut where it crosses the edge of the picture."""
    pieces: list[list[Point]] = [[]]
    before: float | None = None
    for lat, lng in great_circle(origin, target, 350):
        if before is not None and abs(lng - before) > _HALF_TURN:
            pieces.append([])
        pieces[-1].append(plot(lat, lng))
        before = lng
    return "".join(traced(piece, 0) for piece in pieces if len(piece) > 1)


def _arc(origin: Spot, target: Spot) -> str:
    key = f' data-ray="{escape(target.key)}"' if target.key else ""
    way = _way((origin.lat, origin.lng), (target.lat, target.lng))
    return f'<path class="arc arc--{target.stroke} hue-{escape(target.hue)}"{key} d="{way}"/>'


def _dot(spot: Spot) -> str:
    x, y = plot(spot.lat, spot.lng)
    size = "3.4" if spot.stroke == "full" else "2.1"
    kind = f"dot dot--{spot.stroke} hue-{escape(spot.hue)}"
    named = f"<title>{escape(spot.name)}</title>"
    return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{size}">{named}</circle>'


def worldmap(
    targets: Iterable[Spot],
    *,
    uid: str,
    label: str,
    origin: Spot | None = None,
    description: str = "",
    land_url: str = "",
) -> str:
    """Return the world with its dots and, where there is an origin, the ways that leave it.

    With `land_url` the countries are used from a file that the browser keeps (`…svg#id`) instead of being drawn here.
    """
    spots, uid = list(targets), escape(uid)
    arcs = "".join(_arc(origin, spot) for spot in spots) if origin else ""
    dots = "".join(_dot(spot) for spot in spots)
    centre = ""
    if origin:
        x, y = plot(origin.lat, origin.lng)
        centre = f'<circle class="origin" cx="{number(x)}" cy="{number(y)}" r="5"/>'
    ground = f'<use class="land" href="{escape(land_url)}"/>' if land_url else f'<path class="land" d="{land()}"/>'
    described = f'<desc id="{uid}-d">{escape(description)}</desc>' if description else ""
    return (
        f'<svg class="worldmap" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img"'
        f' aria-labelledby="{uid}-t{f" {uid}-d" if described else ""}"><title id="{uid}-t">{escape(label)}</title>'
        f"{described}"
        f'<path class="graticule" d="{_graticule()}"/>{ground}'
        f'<g class="arcs">{arcs}</g><g class="dots">{dots}</g>{centre}</svg>'
    )
