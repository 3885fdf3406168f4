"""The city's rosette: a ray for each tie, drawn as SVG from bearings and distances alone.

The angle is the compass bearing, the length the distance (compressed), the stroke the life of the tie, the hue a key
that the style sheet paints. Rays that would hide one another are fanned out by at most five degrees; the table beside
tells the bearing.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, log1p, radians, sin
from typing import Literal

from hermanar.ui.geometry import HALF_ROUND_KM, bearing_and_distance
from hermanar.ui.svg import number

__all__ = ["Ray", "bare", "bearing_and_distance", "emblem", "pair_rosette", "rosette", "social_card"]

Stroke = Literal["full", "thin", "hairline", "dotted", "open"]
STROKES: tuple[Stroke, ...] = ("full", "thin", "hairline", "dotted", "open")
RINGS_KM = (1000, 5000, 10000)
# For pictures that stand alone, where no style sheet reaches: the tokens by day.
PAINT = {
    "home": "#211a16", "na": "#a5173a", "sa": "#2f6a48", "eu": "#1d47a5",
    "as": "#a83e72", "af": "#8a5700", "oc": "#17686f", "an": "#5d5148",
}  # fmt: skip
GROUND, GLAZE, INK = "#f6f1e7", "#fdfaf3", "#211a16"
_COMPRESSION_KM = 250
_FAN_DEGREES = 5.0
_FAN_LIMIT = 160
_NEARLY_UPRIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Ray:
    """One tie as seen from the centre; `key` joins it to the row of a table, `label` is written at its tip."""

    bearing: float
    distance_km: float
    stroke: Stroke = "hairline"
    hue: str = "home"
    key: str = ""
    label: str = ""
    is_open: bool = False


def radius_share(distance_km: float) -> float:
    """Return where between centre (0) and antipode (1) a distance is drawn: near differences are seen, far ones fit."""
    return log1p(max(0.0, distance_km) / _COMPRESSION_KM) / log1p(HALF_ROUND_KM / _COMPRESSION_KM)


def _at(angle: float, radius: float) -> tuple[float, float]:
    return radius * sin(radians(angle)), -radius * cos(radians(angle))


def _fan(rays: Sequence[Ray], radii: Sequence[float], gap: float) -> list[float]:
    """Return the drawn angles: the bearings, pushed apart where tips would cover one another."""
    angles = [ray.bearing for ray in rays]
    if len(rays) > _FAN_LIMIT:
        return angles
    order = sorted(range(len(rays)), key=lambda i: (rays[i].bearing, rays[i].distance_km))
    for _ in range(24):
        for place, i in enumerate(order):
            for j in order[place + 1 :]:
                (xi, yi), (xj, yj) = _at(angles[i], radii[i]), _at(angles[j], radii[j])
                if hypot(xi - xj, yi - yj) >= gap or min(radii[i], radii[j]) <= 0:
                    continue
                angles[i] = max(rays[i].bearing - _FAN_DEGREES, angles[i] - 0.35)
                angles[j] = min(rays[j].bearing + _FAN_DEGREES, angles[j] + 0.35)
    return angles


def _blade(angle: float, inner: float, outer: float, width: float) -> tuple[str, str]:
    """Return the two halves of a compass point, the light and the dark, as path data."""
    tip, foot = _at(angle, outer), _at(angle, inner)
    waist = inner + (outer - inner) * 0.3
    x, y = _at(angle, waist)
    dx, dy = _at(angle + 90, width)
    point = [f"{number(px)} {number(py)}" for px, py in (foot, (x + dx, y + dy), tip, (x - dx, y - dy))]
    return f"M{point[0]}L{point[1]}L{point[2]}Z", f"M{point[0]}L{point[3]}L{point[2]}Z"


def _ray(ray: Ray, angle: float, inner: float, outer: float, unit: float) -> str:
    """Return one ray with its tip; classes only, painted by the style sheet."""
    (x1, y1), (x2, y2) = _at(angle, inner), _at(angle, outer)
    key = f' data-ray="{escape(ray.key)}"' if ray.key else ""
    parts = [f'<g class="ray ray--{ray.stroke} hue-{escape(ray.hue)}"{key}>']
    if ray.stroke == "full":
        light, dark = _blade(angle, inner, outer, 9 * unit)
        parts.append(f'<path class="blade-light" d="{light}"/><path class="blade-dark" d="{dark}"/>')
    elif ray.stroke == "thin":
        light, dark = _blade(angle, inner, outer, 4 * unit)
        parts.append(f'<path class="blade-light" d="{light}"/><path class="blade-light" d="{dark}"/>')
    else:
        parts.append(f'<line class="stem" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>')
    tip = "tip tip--open" if ray.is_open or ray.stroke == "open" else "tip"
    radius = (5 if ray.stroke == "full" else 3.1) * unit
    parts.append(f'<circle class="{tip}" cx="{number(x2)}" cy="{number(y2)}" r="{number(radius)}"/>')
    parts.append("</g>")
    return "".join(parts)


def _text(name: str, at: tuple[float, float], size: float, words: str, anchor: str = "middle") -> str:
    place = f'x="{number(at[0])}" y="{number(at[1])}" text-anchor="{anchor}" font-size="{number(size)}"'
    return f'<text class="{name}" {place}>{words}</text>'


def _label(ray: Ray, angle: float, outer: float, unit: float) -> str:
    x, y = _at(angle, outer + 15 * unit)
    east = sin(radians(angle))
    side = "middle" if abs(east) < _NEARLY_UPRIGHT else "start" if east > 0 else "end"
    return _text("ray-label", (x, y + 6 * unit), 22 * unit, escape(ray.label), side)


@functools.lru_cache(maxsize=16)
def _dial(edge: float, inner: float, unit: float, letters: str) -> str:
    """Return the engraved ground, the same under every rosette of a size: rings, ticks, the four letters."""
    radii = [inner + (edge - inner) * radius_share(km) for km in RINGS_KM]
    rings = "".join(f'<circle class="ring" r="{number(radius)}"/>' for radius in radii)
    if letters:
        for km, radius in zip(RINGS_KM, radii, strict=True):
            x, y = _at(249, radius)
            rings += _text("ring-label", (x, y), 12 * unit, f"{km:,}\u00a0km")
    ticks = []
    for angle in range(0, 360, 5):
        length = 14 if angle % 90 == 0 else 9 if angle % 45 == 0 else 4
        (x1, y1), (x2, y2) = _at(angle, edge), _at(angle, edge + length * unit)
        ticks.append(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}")
    marks = []
    for letter, angle in zip(letters, (0, 90, 180, 270), strict=False):
        x, y = _at(angle, edge + 27 * unit)
        marks.append(_text("cardinal", (x, y + 5 * unit), 15 * unit, letter))
    ground = f'{rings}<circle class="edge" r="{number(edge)}"/><path class="ticks" d="{"".join(ticks)}"/>'
    return f'<g class="dial">{ground}{"".join(marks)}</g>'


def rosette(
    rays: Sequence[Ray], *, uid: str, label: str, description: str = "", size: int = 640, letters: str = "NESO"
) -> str:
    """Return the rosette as an SVG element that scales with its place; `uid` must be unique in the page."""
    half, unit = size / 2, size / 640
    edge, inner = half - 40 * unit, 20 * unit
    outers = [inner + (edge - inner) * radius_share(ray.distance_km) for ray in rays]
    angles = _fan(rays, outers, 8.5 * unit)
    order = sorted(
        range(len(rays)), key=lambda i: (STROKES.index(rays[i].stroke), -rays[i].distance_km, rays[i].bearing)
    )
    drawn = "".join(_ray(rays[i], angles[i], inner, outers[i], unit) for i in order)
    named = "".join(_label(rays[i], angles[i], outers[i], unit) for i in order if rays[i].label)
    uid = escape(uid)
    return (
        f'<svg class="rosette" viewBox="{number(-half)} {number(-half)} {size} {size}" width="{size}" height="{size}"'
        ' role="img"'
        f' aria-labelledby="{uid}-t{f" {uid}-d" if description else ""}"><title id="{uid}-t">{escape(label)}</title>'
        + (f'<desc id="{uid}-d">{escape(description)}</desc>' if description else "")
        + f'{_dial(edge, inner, unit, letters)}<g class="rays">{drawn}</g>'
        f'<circle class="centre" r="{number(7 * unit)}"/>{named}</svg>'
    )


def pair_rosette(
    left: Sequence[Ray],
    right: Sequence[Ray],
    *,
    uid: str,
    label: str,
    description: str = "",
    joined: Stroke = "full",
    hue: str = "home",
) -> str:
    """Return two rosettes facing each other, joined by their common tie; each side has its own rays."""
    uid, gap = escape(uid), 250
    told = f'<desc id="{uid}-d">{escape(description)}</desc>' if description else ""
    sides = []
    for rays, x in ((left, -gap), (right, gap)):
        outers = [14 + 186 * radius_share(ray.distance_km) for ray in rays]
        angles = _fan(rays, outers, 6)
        body = "".join(_ray(ray, angles[i], 14, outers[i], 0.72) for i, ray in enumerate(rays))
        sides.append(
            f'<g transform="translate({x} 0)">{_dial(200, 14, 0.62, "")}<g class="rays">{body}</g>'
            '<circle class="centre" r="6"/></g>'
        )
    bridge = f'<g class="bridge ray--{joined} hue-{escape(hue)}"><path class="stem" d="M{-gap + 8} 0L{gap - 8} 0"/></g>'
    return (
        f'<svg class="rosette rosette--pair" viewBox="-470 -222 940 444" width="940" height="444"'
        f' role="img" aria-labelledby="{uid}-t{f" {uid}-d" if told else ""}">'
        f'<title id="{uid}-t">{escape(label)}</title>{told}{"".join(sides)}{bridge}</svg>'
    )


def bare(rays: Sequence[Ray], edge: float, inner: float, stroke: float, least: float = 0) -> str:
    """Return rays with their paint written on them, none shorter than a least share."""
    parts = []
    outers = [inner + (edge - inner) * max(least, radius_share(ray.distance_km)) for ray in rays]
    for ray, outer, angle in zip(rays, outers, _fan(rays, outers, 3.6 * stroke), strict=True):
        (x1, y1), (x2, y2) = _at(angle, inner), _at(angle, outer)
        paint = PAINT.get(ray.hue, INK)
        width = stroke * {"full": 3.2, "thin": 1.7, "hairline": 0.8, "dotted": 0.9, "open": 0.8}[ray.stroke]
        dash = f' stroke-dasharray="0 {number(stroke * 3)}"' if ray.stroke == "dotted" else ""
        line = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        parts.append(f'<line {line} stroke="{paint}" stroke-width="{width:.2f}" stroke-linecap="round"{dash}/>')
        hollow = ray.is_open or ray.stroke == "open"
        fill = f'fill="{GROUND}" stroke="{paint}" stroke-width="{stroke * 0.8:.2f}"' if hollow else f'fill="{paint}"'
        parts.append(f'<circle cx="{number(x2)}" cy="{number(y2)}" r="{number(stroke * 1.6)}" {fill}/>')
    return "".join(parts)


def _coarse(rays: Sequence[Ray]) -> list[Ray]:
    """Return the farthest ray of each twelfth of the compass, the living ones before the others."""
    best: dict[int, Ray] = {}
    for ray in sorted(rays, key=lambda ray: (STROKES.index(ray.stroke), -ray.distance_km)):
        best.setdefault(round(ray.bearing / 30) % 12, ray)
    return list(best.values())


def emblem(rays: Sequence[Ray], *, size: int = 32) -> str:
    """Return the rosette reduced to what a favicon can bear, as a file of its own."""
    body = bare(_coarse(rays), 16, 3.6, 0.95, 0.45)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -16 32 32" width="{size}" height="{size}">'
        f'<circle r="16" fill="{GROUND}"/>{body}<circle r="2.2" fill="none" stroke="{INK}" stroke-width="1.1"/></svg>'
    )


def plate(rays: Sequence[Ray], *, size: int = 240) -> str:
    """Return the rosette as a glazed plate that stands on a shelf, as a file of its own."""
    rim = "".join(
        f'<circle r="{radius}" fill="{fill}" stroke="{PAINT["eu"]}" stroke-width="{width}"/>'
        for radius, fill, width in ((117, GLAZE, 3.2), (111, "none", 0.8))
    )
    beads = "".join(
        f'<circle cx="{number(x)}" cy="{number(y)}" r="1.5"/>' for x, y in (_at(15 * i, 105) for i in range(24))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-120 -120 240 240" width="{size}" height="{size}">'
        f'{rim}<g fill="{PAINT["eu"]}" fill-opacity="0.55">{beads}</g>{bare(rays, 96, 7, 1.7)}'
        f'<circle r="5" fill="{GLAZE}" stroke="{INK}" stroke-width="2"/></svg>'
    )


def social_card(rays: Sequence[Ray], *, title: str, subtitle: str = "") -> str:
    """Return a picture of 1200 by 630 to be sent to a friend, as a file of its own."""
    size = max(30, min(92, 880 // max(1, len(title))))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630">'
        f'<rect width="1200" height="630" fill="{GROUND}"/><rect width="500" height="630" fill="#e6aa35"/>'
        f'<g transform="translate(850 315)"><circle r="286" fill="none" stroke="{INK}" stroke-opacity=".25"/>'
        f'{bare(rays, 284, 16, 2.2)}<circle r="8" fill="{GROUND}" stroke="{INK}" stroke-width="2.4"/></g>'
        f'<g font-family="Newsreader, Georgia, serif" fill="{INK}">'
        f'<text x="56" y="300" font-size="{size}">{escape(title)}</text>'
        f'<text x="58" y="360" font-size="30">{escape(subtitle)}</text>'
        '<text x="58" y="574" font-size="26">Hermanar</text></g></svg>'
    )
