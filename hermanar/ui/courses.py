"""A course: one small picture of a value over time on a fixed scale; many of them side by side read as one.

A gap in what is known is a gap in the line: nothing is drawn through it. The figures stand in the table beside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 240, 72
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 232, 8, 64

Point = tuple[dt.date, Decimal | None]


def course(points: Sequence[Point], *, most: int, label: str) -> str:
    """Draw values one after the other, oldest first and evenly apart; None is a day on which nothing was known."""
    lines = "".join(
        f'<path class="course__rule" d="M{_LEFT} {_y(Decimal(step), most)}H{_RIGHT}"/>' for step in range(most + 1)
    )
    placed = [(_x(number, len(points)), value) for number, (_on, value) in enumerate(points)]
    stretches = "".join(
        f'<path class="course__line" d="M{x} {_y(value, most)}L{next_x} {_y(next_value, most)}"/>'
        for (x, value), (next_x, next_value) in pairwise(placed)
        if value is not None and next_value is not None
    )
    dots = "".join(
        f'<path class="course__gap" d="M{x} {_TOP}V{_BOTTOM}"/>'
        if value is None
        else f'<circle class="course__dot" cx="{x}" cy="{_y(value, most)}" r="4.5"/>'
        for x, value in placed
    )
    named = escape(label, quote=True)
    return (
        f'<svg class="course" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{named}">'
        f"{lines}{stretches}{dots}</svg>"
    )


def _x(number: int, count: int) -> str:
    share = number / (count - 1) if count > 1 else 0.5
    return f"{_LEFT + 6 + share * (_RIGHT - _LEFT - 12):.1f}"


def _y(value: Decimal, most: int) -> str:
    return f"{_BOTTOM - float(value) / most * (_BOTTOM - _TOP):.1f}"
