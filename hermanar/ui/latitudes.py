"""Cities on one meridian: who lives as far from the equator as whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hermanar.ui.svg import number, picture, words

_WIDTH, _HEIGHT, _LINE = 960.0, 190.0, 96.0
_LEFT, _RIGHT = 48.0, 912.0
_STEP, _NAMED = 10, 20
_CLEAR = 56


@dataclass(frozen=True, slots=True)
class Latitude:
    """A city and its degrees north; the named ones are those that the page is about."""

    name: str
    lat: float
    hue: str = "home"
    is_named: bool = False


def latitudes(cities: Sequence[Latitude], *, uid: str, label: str, description: str = "") -> str:
    """Draw a scale of latitudes from south to north with a mark for each city."""
    values = [city.lat for city in cities]
    first = int(min(values, default=0) // _STEP) * _STEP
    last = max(first + _STEP, -int(-max(values, default=_STEP) // _STEP) * _STEP)

    def x(lat: float) -> float:
        return _LEFT + (lat - first) / (last - first) * (_RIGHT - _LEFT)

    def is_clear(lat: int) -> bool:
        """Tell whether no line of a named city below the scale runs through what is written here."""
        return all(abs(x(city.lat) - x(lat)) > _CLEAR for city in named[1::2])

    named = sorted((city for city in cities if city.is_named), key=lambda city: city.lat)
    scale = "".join(
        f'<line class="latitudes__step" x1="{number(x(lat))}" y1="{number(_LINE - 6)}" x2="{number(x(lat))}"'
        f' y2="{number(_LINE + 6)}"/>'
        + (
            words(_written(lat), (x(lat), _LINE + 36), kind="latitudes__told")
            if lat % _NAMED == 0 and is_clear(lat)
            else ""
        )
        for lat in range(first, last + 1, _STEP)
    )
    line = f'<path class="latitudes__line" d="M{number(_LEFT)} {number(_LINE)}H{number(_RIGHT)}"/>'
    quiet = "".join(
        f'<line class="latitudes__city hue-{city.hue}" x1="{number(x(city.lat))}" y1="{number(_LINE - 16)}"'
        f' x2="{number(x(city.lat))}" y2="{number(_LINE)}"/>'
        for city in cities
        if not city.is_named
    )
    shown = "".join(_named(city, x(city.lat), row) for row, city in enumerate(named))
    body = line + scale + quiet + shown
    return picture(body, kind="latitudes", box=(_WIDTH, _HEIGHT), uid=uid, label=label, description=description)


def _named(city: Latitude, x: float, row: int) -> str:
    """Return a city with its name, every other one below the line so that neighbours do not write over each other."""
    is_above = row % 2 == 0
    foot, text = (_LINE - 52, _LINE - 62) if is_above else (_LINE + 52, _LINE + 84)
    side = "start" if x < _WIDTH * 0.2 else "end" if x > _WIDTH * 0.8 else "middle"
    return (
        f'<g class="hue-{city.hue}"><line class="latitudes__city latitudes__city--named" x1="{number(x)}"'
        f' y1="{number(foot)}" x2="{number(x)}" y2="{number(_LINE)}"/>'
        f"{words(city.name, (x, text), kind='latitudes__name', anchor=side)}</g>"
    )


def _written(lat: int) -> str:
    return "0°" if lat == 0 else f"{abs(lat)}° {'N' if lat > 0 else 'S'}"
