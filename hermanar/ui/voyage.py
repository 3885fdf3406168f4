"""A thing that went from one city to another, drawn from its data alone, where nobody may show a photograph of it.

The sign is what was given; it is engraved with one stroke for each hundred kilometres it went, and the strokes lie in
the direction it went. Broken strokes: nobody knows when. Below, the years since 1900 with what is known of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import cos, radians, sin

from hermanar.ui.rosette import GROUND, INK, PAINT

WIDTH, HEIGHT = 960, 720
_FIRST_YEAR = 1900
_KM_A_STROKE = 100
_FEWEST, _MOST = 6, 120
_CENTRE = (480, 300)
_REACH = 270  # of the strokes from the centre
_RIBBON = (60, 900, 640)  # from, to, height
# What was given, as one closed outline; even-odd, so that what lies inside another is hollow.
SIGNS = {
    "artwork": "M230 80H730V520H230ZM290 140V460H670V140Z",
    "plaque": "M480 60A240 240 0 1 1 479.9 60ZM480 130A170 170 0 1 0 480.1 130ZM480 200A100 100 0 1 1 479.9 200Z",
    "book": "M480 130C400 80 290 80 210 110V470C290 440 400 440 480 490C560 440 670 440 750 470V110C670 80 560 80 480 130ZM472 190H488V440H472Z",
    "equipment": "M380 60H580V200H720V400H580V540H380V400H240V200H380ZM440 120V260H300V340H440V480H520V340H660V260H520V120Z",
    "vehicle": "M190 150H560V220H680L770 320V430H712A72 72 0 0 0 568 430H392A72 72 0 0 0 248 430H190ZM600 260V320H712L658 260Z"
    "M320 382A48 48 0 1 1 319.9 382ZM640 382A48 48 0 1 1 639.9 382Z",
    "money": "M400 120A180 180 0 1 1 399.9 120ZM400 180A120 120 0 1 0 400.1 180ZM590 160A180 180 0 0 1 590 440A225 225 0 0 0 590 160Z",
    "other": "M240 150H720V500H240ZM440 150V285H240V325H440V500H520V325H720V285H520V150Z"
    "M480 140C440 40 340 50 350 100C356 132 420 140 480 140ZM480 140C520 40 620 50 610 100C604 132 540 140 480 140Z",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voyage:
    """What is drawn; what is None nobody knows."""

    kind: str
    bearing: float | None  # degrees from north, from the giver to the receiver
    distance_km: float | None
    hue: str
    first_year: int | None
    last_year: int | None
    this_year: int


def stroke_count(distance_km: float | None) -> int:
    """Return how many strokes a distance is engraved with."""
    return max(_FEWEST, min(_MOST, round((distance_km or 0) / _KM_A_STROKE)))


def voyage(told: Voyage, *, uid: str, label: str, alone: bool = False) -> str:
    """Return the drawing as an SVG element; `alone` paints it itself, where no style sheet reaches."""
    uid = escape(uid)
    ink = PAINT.get(told.hue, INK) if alone else "currentColor"
    size = f' width="{WIDTH}" height="{HEIGHT}"' if alone else ""
    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>' if alone else ""
    sign = SIGNS.get(told.kind, SIGNS["other"])
    return (
        f'<svg{space} class="voyage hue-{escape(told.hue)}" viewBox="0 0 {WIDTH} {HEIGHT}"{size} role="img"'
        f' aria-labelledby="{uid}-t"><title id="{uid}-t">{escape(label)}</title>{ground}'
        f'<clipPath id="{uid}-c"><path clip-rule="evenodd" d="{sign}"/></clipPath>'
        f'<path d="{_strokes(told)}" clip-path="url(#{uid}-c)" fill="none" stroke="{ink}" stroke-width="{_width(told)}"'
        f'{_broken(told)}/><path d="{sign}" fill="none" stroke="{ink}" stroke-width="2.5" stroke-linejoin="round"/>'
        f"{_ribbon(told, ink)}</svg>"
    )


def _width(told: Voyage) -> str:
    gap = 2 * _REACH / stroke_count(told.distance_km)
    return f"{min(9.0, max(1.6, gap * 0.42)):.1f}"


def _broken(told: Voyage) -> str:
    return "" if told.first_year else ' stroke-dasharray="14 9"'


def _strokes(told: Voyage) -> str:
    """Return parallel strokes over the sign, in the direction it went; without one they lie level."""
    angle = radians(90 if told.bearing is None else told.bearing)
    along, across = (sin(angle), -cos(angle)), (cos(angle), sin(angle))
    count = stroke_count(told.distance_km)
    gap = 2 * _REACH / count
    parts = []
    for number in range(count):
        off = -_REACH + gap * (number + 0.5)
        x, y = _CENTRE[0] + across[0] * off, _CENTRE[1] + across[1] * off
        ends = [(x + along[0] * far, y + along[1] * far) for far in (-420, 420)]
        parts.append("M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*ends[0], *ends[1]))
    return "".join(parts)


def _ribbon(told: Voyage, ink: str) -> str:
    """Return the years, ten by ten, and what is known of the work's own: a year, a span, or that nobody knows."""
    left, right, y = _RIBBON
    span = max(told.this_year, _FIRST_YEAR + 10) - _FIRST_YEAR

    def at(year: float) -> float:
        return left + (right - left) * (min(max(year, _FIRST_YEAR), told.this_year) - _FIRST_YEAR) / span

    ticks = "".join(
        f"M{at(year):.0f} {y}v{16 if year % 50 == 0 else 8}" for year in range(_FIRST_YEAR, told.this_year + 1, 10)
    )
    base = f'<path d="M{left} {y}H{right}{ticks}" fill="none" stroke="{ink}" stroke-width="1.5"/>'
    if told.first_year is None:
        return f'{base}<path d="M{left} {y - 14}H{right}" fill="none" stroke="{ink}" stroke-width="3" stroke-dasharray="1 11" stroke-linecap="round"/>'
    first, last = at(told.first_year), at((told.last_year or told.first_year) + 1)
    return f'{base}<rect x="{first:.0f}" y="{y - 30}" width="{max(8, last - first):.0f}" height="30" fill="{ink}"/>'
