"""A skyline of populations: a tower for each city, a window for each so many people, the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

from hermanar.ui.svg import number, picture, words

_MOST_WINDOWS = 220
_WIDTH, _AIR, _FOOT = 720.0, 12.0, 48.0  # above the highest tower, below the ground
_PANE = 9.0  # a window with the wall around it
_STEP = 15.0
_HIGHEST = 15  # windows above one another


@dataclass(frozen=True, slots=True)
class Tower:
    """A city and how many live in it."""

    name: str
    population: int
    hue: str = "home"


def people_per_window(populations: Sequence[int]) -> int:
    """Return the round number of people of one window by which the largest city still has a tower that can be read."""
    most = max(populations, default=0)
    if most <= _MOST_WINDOWS:
        return 1
    whole = 10 ** int(log10(most / _MOST_WINDOWS))
    return next(step * whole for step in (1, 2, 5, 10) if most <= _MOST_WINDOWS * step * whole)


def skyline(towers: Sequence[Tower], *, uid: str, label: str, description: str = "") -> str:
    """Draw the towers on one ground; a city of less than one window has a house with one."""
    people = people_per_window([tower.population for tower in towers])
    windows = [max(1, round(tower.population / people)) for tower in towers]
    share = _WIDTH / max(1, len(towers))
    ground = _AIR + max((_height(count) for count in windows), default=0)
    drawn = "".join(
        _tower(tower, count, middle=share * (place + 0.5), ground=ground)
        for place, (tower, count) in enumerate(zip(towers, windows, strict=True))
    )
    drawn += f'<path class="skyline__ground" d="M0 {number(ground)}H{number(_WIDTH)}"/>'
    box = (_WIDTH, ground + _FOOT)
    return picture(drawn, kind="skyline", box=box, uid=uid, label=label, description=description)


def _across(windows: int) -> int:
    return max(2, ceil(windows / _HIGHEST))


def _height(windows: int) -> float:
    return ceil(windows / _across(windows)) * _STEP + 14


def _tower(tower: Tower, windows: int, *, middle: float, ground: float) -> str:
    across = _across(windows)
    wide, high = across * _STEP + 8, _height(windows)
    left = middle - wide / 2
    panes = "".join(
        f'<rect class="skyline__pane" x="{number(left + 7 + place % across * _STEP)}"'
        f' y="{number(ground - (place // across + 1) * _STEP)}" width="{number(_PANE)}" height="{number(_PANE)}"/>'
        for place in range(windows)
    )
    return (
        f'<g class="hue-{tower.hue}"><rect class="skyline__wall" x="{number(left)}" y="{number(ground - high)}"'
        f' width="{number(wide)}" height="{number(high)}"/>{panes}'
        f"{words(tower.name, (middle, ground + 34), kind='skyline__name')}</g>"
    )
