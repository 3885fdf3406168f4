"""One ray of a rosette taken by itself: which way a city lies, how far, and whether the tie lives."""

from __future__ import annotations

from html import escape
from math import cos, radians, sin

from hermanar.ui.rosette import Ray, radius_share
from hermanar.ui.svg import number

_EDGE, _INNER, _WIDE = 44.0, 5.0, {"full": 7.0, "thin": 4.5}


def needle(ray: Ray) -> str:
    """Return the needle as a small drawing that says nothing by itself: the words stand beside it."""
    angle, reach = radians(ray.bearing), _INNER + (_EDGE - _INNER) * radius_share(ray.distance_km)
    tip = (reach * sin(angle), -reach * cos(angle))
    foot = (_INNER * sin(angle), -_INNER * cos(angle))
    return (
        '<svg class="needle" viewBox="-50 -50 100 100" width="100" height="100" aria-hidden="true">'
        f'<circle class="needle__edge" r="{number(_EDGE)}"/><path class="needle__north" d="M0-44v-6"/>'
        f'<g class="ray ray--{ray.stroke} hue-{escape(ray.hue)}">{_stem(ray, angle, foot, tip)}'
        f'<circle class="{"tip tip--open" if ray.stroke == "open" else "tip"}" cx="{number(tip[0])}"'
        f' cy="{number(tip[1])}" r="{5 if ray.stroke in _WIDE else 3.6}"/></g>'
        '<circle class="needle__home" r="3.4"/></svg>'
    )


def _stem(ray: Ray, angle: float, foot: tuple[float, float], tip: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = foot, tip
    wide = _WIDE.get(ray.stroke)
    if wide is None:
        return f'<path class="stem" d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"/>'
    x, y = x1 + (x2 - x1) * 0.3, y1 + (y2 - y1) * 0.3
    dx, dy = wide * cos(angle), wide * sin(angle)
    points = ((x1, y1), (x + dx, y + dy), (x2, y2), (x - dx, y - dy))
    return f'<path class="blade-dark" d="M{"L".join(f"{number(px)} {number(py)}" for px, py in points)}z"/>'
