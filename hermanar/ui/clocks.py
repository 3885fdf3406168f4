"""Two cities' clocks at one moment, and the light of their day on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from hermanar.ui.sun import Light
from hermanar.ui.svg import number, picture, words

_WIDTH, _DIAL = 720.0, 118.0
_LEFT, _RIGHT, _ROW, _TOP = 12.0, 708.0, 74.0, 44.0
_DAY = 24


@dataclass(frozen=True, slots=True)
class Clock:
    """A city's clock: minutes since midnight, what is written below it."""

    name: str
    minutes: int

    @property
    def told(self) -> str:
        """Return the time as it is written."""
        return f"{self.minutes // 60 % _DAY:02}:{self.minutes % 60:02}"


@dataclass(frozen=True, slots=True)
class Day:
    """A city's daylight in hours of universal time."""

    name: str
    light: Light
    hue: str = "home"


def two_clocks(left: Clock, right: Clock, *, uid: str, label: str, description: str = "") -> str:
    """Draw two dials side by side."""
    body = _dial(left, _WIDTH * 0.25) + _dial(right, _WIDTH * 0.75)
    return picture(body, kind="clocks", box=(_WIDTH, 2 * _DIAL + 116), uid=uid, label=label, description=description)


def _dial(clock: Clock, x: float) -> str:
    y = _DIAL + 12
    ticks = "".join(
        _line(x, y, 30 * hour, (_DIAL - (20 if hour % 3 == 0 else 11), _DIAL - 4), "clock__tick") for hour in range(12)
    )
    hands = _line(x, y, clock.minutes / 2, (-14, 62), "clock__hour")
    hands += _line(x, y, clock.minutes * 6, (-18, 96), "clock__minute")
    return (
        f'<g class="clock"><circle class="clock__face" cx="{number(x)}" cy="{number(y)}" r="{number(_DIAL)}"/>{ticks}'
        f'{hands}<circle class="clock__pin" cx="{number(x)}" cy="{number(y)}" r="5"/>'
        f"{words(clock.told, (x, y + _DIAL + 52), kind='clock__told')}"
        f"{words(clock.name, (x, y + _DIAL + 92), kind='clock__name')}</g>"
    )


def _line(x: float, y: float, angle: float, reach: tuple[float, float], kind: str) -> str:
    east, north = sin(radians(angle)), cos(radians(angle))
    (x1, y1), (x2, y2) = ((x + east * far, y - north * far) for far in reach)
    return f'<line class="{kind}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>'


def two_days(days: Sequence[Day], *, offset: float, uid: str, label: str, description: str = "") -> str:
    """Draw the daylight of cities as bars below one another, on the twenty-four hours of clocks ahead by `offset`."""
    height = _TOP + _ROW * len(days) + 8
    scale = (_RIGHT - _LEFT) / _DAY
    hours = "".join(
        f'<line class="days__hour" x1="{number(_LEFT + hour * scale)}" y1="{number(_TOP - 12)}"'
        f' x2="{number(_LEFT + hour * scale)}" y2="{number(height - 8)}"/>'
        + words(f"{hour}", (_LEFT + hour * scale, _TOP - 20), kind="days__told", anchor=_anchor(hour))
        for hour in range(0, _DAY + 1, 6)
    )
    rows = "".join(_bars(day, _TOP + _ROW * row, offset, scale) for row, day in enumerate(days))
    return picture(hours + rows, kind="days", box=(_WIDTH, height), uid=uid, label=label, description=description)


def _anchor(hour: int) -> str:
    return "start" if hour == 0 else "end" if hour == _DAY else "middle"


def _bars(day: Day, y: float, offset: float, scale: float) -> str:
    """Return the bar of a day, in two pieces where midnight cuts it."""
    begin = (day.light.rise + offset) % _DAY
    end = begin + day.light.hours
    pieces = [(begin, min(end, _DAY)), *([(0.0, end - _DAY)] if end > _DAY else [])]
    bars = "".join(
        f'<rect class="days__light" x="{number(_LEFT + first * scale)}" y="{number(y + 30)}"'
        f' width="{number((last - first) * scale)}" height="20"/>'
        for first, last in pieces
        if last > first
    )
    night = (
        f'<rect class="days__night" x="{number(_LEFT)}" y="{number(y + 30)}" width="{number(_RIGHT - _LEFT)}"'
        ' height="20"/>'
    )
    name = words(day.name, (_LEFT, y + 20), kind="days__name", anchor="start")
    return f'<g class="hue-{day.hue}">{night}{bars}{name}</g>'
