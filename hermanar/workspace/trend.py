"""What was measured of an indicator over time, as the points of a small drawing; the table beside it says the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from hermanar.cooperation.models import Indicator

WIDTH, HEIGHT = 300, 90
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 292, 8, 82


@dataclass(frozen=True, slots=True)
class Trend:
    """Places in the drawing: where it began, what was measured, where the target stands."""

    line: str  # the points of a polyline
    points: tuple[tuple[str, str], ...]
    begins: tuple[str, str] | None  # the baseline
    target: tuple[str, str] | None


def trend_of(one: Indicator) -> Trend | None:
    """Return the drawing of an indicator; fewer than two known points draw nothing."""
    measured = [(value.on, value.value) for value in one.values.all()]
    base = [(one.baseline_on, one.baseline)] if one.baseline_on and one.baseline is not None else []
    goal = [(one.target_on, one.target)] if one.target_on and one.target is not None else []
    known = [*base, *measured, *goal]
    if len({on for on, _value in known}) < 2 or not measured:  # noqa: PLR2004  two points make a line
        return None
    scale = _Scale.of(known)
    drawn = [scale.place(*one) for one in [*base, *measured]]
    return Trend(
        line=" ".join(",".join(place) for place in drawn),
        points=tuple(scale.place(*one) for one in measured),
        begins=drawn[0] if base else None,
        target=scale.place(*goal[0]) if goal else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    days: int
    low: Decimal
    height: Decimal

    @classmethod
    def of(cls, known: list[tuple[dt.date, Decimal]]) -> _Scale:
        days, values = [on for on, _value in known], [value for _on, value in known]
        return cls(min(days), (max(days) - min(days)).days, min(values), (max(values) - min(values)) or Decimal(1))

    def place(self, on: dt.date, value: Decimal) -> tuple[str, str]:
        across = _LEFT + (_RIGHT - _LEFT) * (on - self.first).days / self.days
        share = float((value - self.low) / self.height)
        return f"{across:.1f}", f"{_BOTTOM - (_BOTTOM - _TOP) * share:.1f}"
