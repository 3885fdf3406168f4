"""A printed ribbon of the years of a tie: a stripe for each, painted where something dated was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hermanar.ui.svg import number, picture, words

_WIDTH, _TOP, _FOOT, _HEIGHT = 960.0, 30.0, 118.0, 158.0
_FEW, _SOME = 14, 40


@dataclass(frozen=True, slots=True)
class Done:
    """Something with a date: the first and last year, and whether it is life or only an act of law."""

    first: int
    last: int
    is_life: bool = True


def ribbon(done: Sequence[Done], *, since: int, until: int, uid: str, label: str, description: str = "") -> str:
    """Draw the years from `since` to `until`; years of life are painted, an act of law is a mark above its year."""
    count = max(1, until - since + 1)
    wide = _WIDTH / count
    alive = {year for one in done if one.is_life for year in range(one.first, one.last + 1)}
    stripes = "".join(
        f'<rect class="ribbon__year{" ribbon__year--done" if since + place in alive else ""}"'
        f' x="{number(place * wide)}" y="{number(_TOP)}" width="{number(max(1.2, wide - min(3.0, wide / 4)))}"'
        f' height="{number(_FOOT - _TOP)}"/>'
        for place in range(count)
    )
    acts = sorted({one.first for one in done if not one.is_life and since <= one.first <= until})
    marks = "".join(_act((year - since + 0.5) * wide) for year in acts)
    named = "".join(
        words(f"{year}", (_at(year, since, wide), _FOOT + 28), kind="ribbon__told", anchor=_anchor(year, since, until))
        for year in _named(since, until)
    )
    return picture(
        stripes + marks + named, kind="years", box=(_WIDTH, _HEIGHT), uid=uid, label=label, description=description
    )


def _act(x: float) -> str:
    return f'<path class="ribbon__act" d="M{number(x)} {number(_TOP - 4)}l-7-9 7-9 7 9z"/>'


def _at(year: int, since: int, wide: float) -> float:
    return (year - since + 0.5) * wide


def _anchor(year: int, since: int, until: int) -> str:
    return "start" if year == since else "end" if year == until else "middle"


def _named(since: int, until: int) -> list[int]:
    """Return the years that are written: the first, the last, and round ones that stand clear of both."""
    span = until - since
    step = 1 if span < _FEW // 2 else 5 if span < _FEW * 2 else 10 if span < _SOME * 3 else 50
    clear = max(1, span // 9)
    round_ones = range(since - since % step + step, until, step)
    return sorted({since, until, *(year for year in round_ones if year - since > clear and until - year > clear)})
