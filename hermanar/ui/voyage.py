"""A thing that went from one city to another, drawn from its data alone, where nobody may show a photograph of it.

An engraving: one field of strokes in the direction it went, the closer the longer the way; where the strokes swell they
show what was given. Broken strokes: nobody knows when. Below, the years since 1900 with what is known of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import cos, log, radians, sin

from hermanar.ui.rosette import GROUND, INK, PAINT

WIDTH, HEIGHT = 960, 720
_FIRST_YEAR = 1900
_FIELD = (960, 600)  # of the strokes; the years stand below
_NEAR_KM, _FAR_KM = 150.0, 18_000.0
_WIDE, _NARROW = 24.0, 7.0  # between two strokes, near and far
_THIN = 1.1
_SMALL = 2.2
_RIBBON = (40, 920, 652)  # from, to, height
# What was given, as closed outlines; even-odd, so that what lies inside another is hollow.
SIGNS = {
    "artwork": "M210 60H750V540H210ZM290 140V460H670V140ZM350 400L450 240L520 340L570 280L630 400Z",
    "plaque": "M480 50A250 250 0 1 1 479.9 50ZM480 130A170 170 0 1 0 480.1 130ZM480 200A100 100 0 1 1 479.9 200Z",
    "book": "M480 130C400 70 280 70 170 100V500C280 470 400 470 480 530C560 470 680 470 790 500V100"
    "C680 70 560 70 480 130Z"
    "M468 200H492V450H468Z",
    "equipment": "M375 40H585V195H740V405H585V560H375V405H220V195H375Z"
    "M450 115V270H295V330H450V485H510V330H665V270H510V115Z",
    "vehicle": "M120 110H580V200H740L860 330V470H780A85 85 0 0 0 610 470H390A85 85 0 0 0 220 470H120Z"
    "M630 245V330H800L722 245ZM305 410A60 60 0 1 1 304.9 410ZM695 410A60 60 0 1 1 694.9 410Z",
    "money": "M370 60A240 240 0 1 1 369.9 60ZM370 140A160 160 0 1 0 370.1 140ZM345 200H395V400H345Z"
    "M640 102A240 240 0 0 1 640 498A310 310 0 0 0 640 102Z",
    "other": "M330 70H630V280H330ZM180 310H470V540H180ZM500 310H790V540H500Z"
    "M465 70V150H495V70ZM310 310V390H340V310ZM630 310V390H660V310Z",
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


def gap_of(distance_km: float | None) -> float:
    """Return how far apart the strokes of a way lie: near ways wide, far ones close."""
    km = min(max(distance_km or _NEAR_KM, _NEAR_KM), _FAR_KM)
    share = log(km / _NEAR_KM) / log(_FAR_KM / _NEAR_KM)
    return _WIDE - (_WIDE - _NARROW) * share


def voyage(told: Voyage, *, uid: str, label: str, alone: bool = False, is_small: bool = False) -> str:
    """Return the drawing as an SVG element; `alone` paints it itself, where no style sheet reaches.

    A small one has fewer strokes, in the same proportion: too close together they would run into one another.
    """
    uid = escape(uid)
    ink = PAINT.get(told.hue, INK) if alone else "currentColor"
    head = f' xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"' if alone else ""
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>' if alone else ""
    sign = SIGNS.get(told.kind, SIGNS["other"])
    gap = gap_of(told.distance_km) * (_SMALL if is_small else 1)
    strokes, broken = _strokes(told, gap), "" if told.first_year else f' stroke-dasharray="{gap * 1.6:.0f} {gap:.0f}"'
    return (
        f'<svg{head} class="voyage hue-{escape(told.hue)}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="{uid}-t"><title id="{uid}-t">{escape(label)}</title>{ground}<defs>'
        f'<path id="{uid}-s" d="{strokes}"{broken}/><clipPath id="{uid}-f"><path d="M0 0H{_FIELD[0]}V{_FIELD[1]}H0Z"/>'
        f'</clipPath><clipPath id="{uid}-c"><path clip-rule="evenodd" d="{sign}"/></clipPath></defs>'
        f'<g fill="none" stroke="{ink}"><g clip-path="url(#{uid}-f)" stroke-width="{_THIN}"><use href="#{uid}-s"/></g>'
        f'<g clip-path="url(#{uid}-c)" stroke-width="{gap * 0.66:.1f}"><use href="#{uid}-s"/></g></g>'
        f"{_ribbon(told, ink)}</svg>"
    )


def _strokes(told: Voyage, gap: float) -> str:
    """Return parallel strokes over the whole field, in the direction it went; without one they lie level."""
    angle = radians(90 if told.bearing is None else told.bearing)
    along, across = (sin(angle), -cos(angle)), (cos(angle), sin(angle))
    middle = (_FIELD[0] / 2, _FIELD[1] / 2)
    reach = abs(across[0]) * middle[0] + abs(across[1]) * middle[1]
    length = abs(along[0]) * middle[0] + abs(along[1]) * middle[1]
    parts = []
    for number in range(int(-reach // gap), int(reach // gap) + 1):
        x, y = (middle[at] + across[at] * gap * (number + 0.5) for at in (0, 1))
        dx, dy = along[0] * length, along[1] * length
        parts.append(f"M{x - dx:.0f} {y - dy:.0f}L{x + dx:.0f} {y + dy:.0f}")
    return "".join(parts)


def _ribbon(told: Voyage, ink: str) -> str:
    """Return the years, ten by ten, and what is known of the work's own: a year, a span, or that nobody knows."""
    left, right, y = _RIBBON
    span = max(told.this_year, _FIRST_YEAR + 10) - _FIRST_YEAR

    def at(year: float) -> float:
        return left + (right - left) * (min(max(year, _FIRST_YEAR), told.this_year) - _FIRST_YEAR) / span

    years = range(_FIRST_YEAR, told.this_year + 1, 10)
    ticks = "".join(f"M{at(year):.0f} {y}v{18 if year % 50 == 0 else 9}" for year in years)
    words = "".join(
        f'<text x="{at(year) + 6:.0f}" y="{y + 36}" font-size="26" fill="{ink}">{year}</text>'
        for year in years
        if year % 50 == 0
    )
    base = f'<path d="M{left} {y}H{right}{ticks}" fill="none" stroke="{ink}" stroke-width="1.5"/>{words}'
    if told.first_year is None:
        dots = f'd="M{left} {y - 14}H{right}" stroke-width="5" stroke-dasharray="0 12" stroke-linecap="round"'
        return f'{base}<path {dots} fill="none" stroke="{ink}"/>'
    first, last = at(told.first_year), at((told.last_year or told.first_year) + 1)
    return f'{base}<rect x="{first:.0f}" y="{y - 34}" width="{max(9, last - first):.0f}" height="34" fill="{ink}"/>'
