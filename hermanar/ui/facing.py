"""Two figures facing each other, each drawn by the same measure: dots, daylight, a clock, a roof, lit windows, years.

The pieces carry what a script needs to draw another figure while a visitor guesses; the numbers stand beside in words.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import ceil

from hermanar.ui.svg import number as _n

DAY = 24
_DOT_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
_MOST_DOTS = 160
_DOTS_ABREAST, _WINDOWS_ABREAST, _PEOPLE_ABREAST = 16, 7, 4
_NOW = 2030  # where ribbons of years end


def facing(
    kind: str, figure: Decimal, *, whole: Decimal | None = None, most: Decimal | None = None, each: int = 1
) -> str:
    """Return the drawing of a figure as SVG, hidden from readers of the screen: the figure is told beside it.

    `most` is the largest figure it stands beside (of years the first), `each` what a dot stands for.
    """
    value, largest = float(figure), float(most if most is not None else figure)
    drawn: dict[str, Callable[[], str]] = {
        "people": lambda: _dots(value, largest, each),
        "daylight": lambda: _daylight(value),
        "clock": lambda: _clock(value),
        "roof": lambda: _roof(value, largest),
        "lit": lambda: _windows(value, float(whole or figure)),
        "years": lambda: _years(value, largest),
    }
    return drawn[kind]() if kind in drawn else ""


def each_dot(most: Decimal) -> int:
    """Return how many people one dot stands for, so that the larger side has not too many."""
    return next((step for step in _DOT_STEPS if float(most) / step <= _MOST_DOTS), _DOT_STEPS[-1])


def _svg(kind: str, inside: str, *, box: str = "0 0 320 320", data: str = "") -> str:
    return (
        f'<svg class="drawn drawn--{kind}" viewBox="{box}" aria-hidden="true" data-drawn="{kind}"{data}>{inside}</svg>'
    )


def _dots(value: float, most: float, each: int) -> str:
    shown, room = max(1, round(value / each)), max(1, round(most / each))
    dots = []
    for i in range(max(shown, room)):
        x, y = 10 + 20 * (i % _DOTS_ABREAST), 10 + 20 * (i // _DOTS_ABREAST)
        dots.append(f'<circle cx="{x}" cy="{y}" r="7"{"" if i < shown else _OFF}/>')
    height = 20 * ceil(max(shown, room) / _DOTS_ABREAST)
    return _svg("people", "".join(dots), box=f"0 0 320 {height}", data=f' data-each="{each}"')


_OFF = ' class="is-off"'


def _daylight(hours: float) -> str:
    """Draw a day as a ring with noon above: thick is light, thin is night."""
    ticks = "".join(
        f'<path d="M160 30v{10 if i % 6 else 22}" transform="rotate({i * 15} 160 160)"/>' for i in range(DAY)
    )
    turn = _n(-90 - hours / DAY * 180)
    light = (
        f'<circle class="light" cx="160" cy="160" r="104" pathLength="{DAY}" stroke-dasharray="{_n(hours)} {DAY}"'
        f' transform="rotate({turn} 160 160)"/>'
    )
    night = '<circle class="night" cx="160" cy="160" r="104"/>'
    return _svg("daylight", f'<g class="ticks">{ticks}</g>{night}{light}<circle class="sun" cx="160" cy="56" r="16"/>')


def _clock(hour: float) -> str:
    ticks = "".join(
        f'<path d="M160 24v{14 if i % 3 else 30}" transform="rotate({i * 30} 160 160)"/>' for i in range(12)
    )
    minutes = (hour % 1) * 360
    hands = (
        f'<path class="hand hand--hour" d="M160 172V86" transform="rotate({_n(hour % 12 * 30)} 160 160)"/>'
        f'<path class="hand" d="M160 178V44" transform="rotate({_n(minutes)} 160 160)"/>'
    )
    is_night = not 6 <= hour % DAY < 19
    dial = f'<circle class="dial{" is-night" if is_night else ""}" cx="160" cy="160" r="142"/>'
    return _svg("clock", f'{dial}<g class="ticks">{ticks}</g>{hands}<circle class="sun" cx="160" cy="160" r="9"/>')


def _person(x: float, y: float, share: float) -> str:
    """Draw a person, or the part of one that an average leaves, filled from the feet up."""
    body = '<circle cx="24" cy="16" r="13"/><path d="M24 33c-14 0-20 9-20 21v36h10v40h20V90h10V54c0-12-6-21-20-21z"/>'
    top = 130 * (1 - share)
    high = _n(130 * share)
    part = f'<svg y="{_n(top)}" width="48" height="{high}" viewBox="0 {_n(top)} 48 {high}">{body}</svg>'
    ghost = f'<g class="is-off">{body}</g>' if share < 1 else ""
    return f'<g transform="translate({_n(x)} {_n(y)})">{ghost}{part}</g>'


def _roof(value: float, most: float) -> str:
    abreast = min(_PEOPLE_ABREAST, max(1, ceil(most)))
    rows = ceil(max(1, ceil(value)) / abreast)
    width, height = 62 * abreast, 140 * rows
    left = (320 - width) / 2
    people = []
    for i in range(ceil(value)):
        share = min(1.0, value - i)
        people.append(_person(left + 62 * (i % abreast) + 7, 92 + 140 * (i // abreast), share))
    floor = 92 + height
    eaves = f"M{_n(left - 24)} 88L160 14L{_n(left + width + 24)} 88"
    walls = f"M{_n(left - 8)} 78V{floor}H{_n(left + width + 8)}V78"
    roof = f'<path class="line" d="{eaves}{walls}"/>'
    return _svg("roof", roof + "".join(people), box=f"0 0 320 {floor + 8}")


def _windows(value: float, whole: float) -> str:
    count = round(whole)
    panes = []
    for i in range(count):
        x, y = 8 + 45 * (i % _WINDOWS_ABREAST), 8 + 62 * (i // _WINDOWS_ABREAST)
        arch = f"M{x} {y + 50}V{y + 17}a17 17 0 0 1 34 0V{y + 50}z"
        panes.append(f'<path d="{arch}"{"" if i < round(value) else _OFF}/>')
    return _svg("lit", "".join(panes), box=f"0 0 320 {62 * ceil(count / _WINDOWS_ABREAST) + 4}")


def _years(year: float, latest: float) -> str:
    """Draw the years since as a printed ribbon: the longer, the older."""
    first = min(year, latest) // 10 * 10 - 20
    scale = 300 / max(1.0, _NOW - first)
    ticks = "".join(
        f'<path d="M{_n(10 + (decade - first) * scale)} 70v{26 if decade % 50 else 44}"/>'
        for decade in range(int(first), _NOW + 1, 10)
    )
    labels = "".join(
        f'<text x="{_n(10 + (century - first) * scale)}" y="138" text-anchor="middle">{century}</text>'
        for century in range(int(first), _NOW + 1)
        if century % 50 == 0
    )
    x = 10 + (year - first) * scale
    band = f'<path class="band" d="M{_n(x)} 20H310v44H{_n(x)}z"/>'
    return _svg("years", f'{band}<g class="ticks">{ticks}</g>{labels}', box="0 0 320 144")
