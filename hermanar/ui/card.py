"""A page as a picture to be sent to a friend: a painted wall with few words, beside a drawing made from its data."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin

from hermanar.ui.rosette import GROUND, INK, PAINT, Ray, bare
from hermanar.ui.svg import number

WIDTH, HEIGHT = 1200, 630
WALLS = {
    "ochre": "#e6aa35", "plaster": "#e9e1d0", "cochineal": PAINT["na"], "cantera": PAINT["sa"], "cobalt": PAINT["eu"],
    "rose": PAINT["as"],
}  # fmt: skip
_LIGHT = frozenset({"ochre", "plaster"})
_WALL = 540
_SIZES = ((84, 10), (64, 14), (50, 19), (40, 24))  # of the letters, and how many fit in a line
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; `drawing` fills a field of 572 by 572 around its own middle."""

    kind: str
    title: str
    subtitle: str
    drawing: str
    wall: str = "ochre"


def card(told: Card) -> str:
    """Return the picture of a card, 1200 by 630, as a file of its own."""
    paint = INK if told.wall in _LIGHT else GROUND
    size, lines = _set(told.title)
    last = 150 + size * 0.82 + (len(lines) - 1) * size * 1.08
    title = "".join(
        f'<text x="56" y="{number(150 + size * 0.82 + place * size * 1.08)}" font-size="{size}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    under = "".join(
        f'<text x="58" y="{number(last + 52 + place * 34)}" font-size="27">{escape(line)}</text>'
        for place, line in enumerate(textwrap.wrap(told.subtitle, 38)[:2])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f'<rect width="{_WALL}" height="{HEIGHT}" fill="{WALLS.get(told.wall, WALLS["ochre"])}"/>'
        f'<g transform="translate({(WIDTH + _WALL) // 2} {HEIGHT // 2})">{told.drawing}</g>'
        f'<g font-family="Libertinus Serif, Newsreader, Georgia, serif" fill="{paint}">'
        f'<text x="58" y="92" font-size="27">{escape(told.kind)}</text>{title}{under}'
        '<text x="58" y="574" font-size="27">Hermanar</text></g></svg>'
    )


def _set(title: str) -> tuple[int, list[str]]:
    """Return the largest letters in which a title fits, and its lines."""
    for size, width in _SIZES:
        lines = textwrap.wrap(title, width, break_long_words=False) or [""]
        if len(lines) * size <= 300 and max(map(len, lines)) <= width:
            return size, lines
    size, width = _SIZES[-1]
    lines = textwrap.wrap(title, width)
    return size, lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]}…"]


def rays(drawn: Sequence[Ray]) -> str:
    """Draw ties as rays from one city."""
    return (
        f'<circle r="270" fill="none" stroke="{INK}" stroke-opacity=".25"/>{bare(drawn, 266, 16, 2.2)}'
        f'<circle r="8" fill="{GROUND}" stroke="{INK}" stroke-width="2.4"/>'
    )


def question() -> str:
    """Draw a question that is put to two cities."""
    face = '<text y="72" font-family="Libertinus Serif" font-size="210" text-anchor="middle" fill="{ink}">?</text>'
    return "".join(
        f'<g transform="translate({x} 0)"><circle r="132" fill="{fill}" stroke="{PAINT["eu"]}" stroke-width="3"/>'
        f"{face.format(ink=ink)}</g>"
        for x, fill, ink in ((-142, GROUND, INK), (142, PAINT["eu"], GROUND))
    )


def lessons(minutes: Sequence[int]) -> str:
    """Draw lessons as strokes side by side, each as tall as it is long."""
    most, wide = max(minutes, default=1) or 1, 480 / max(1, len(minutes))
    return (
        "".join(
            f'<rect x="{number(-240 + place * wide + wide * 0.2)}" y="{number(220 - 420 * one / most)}" '
            f'width="{number(wide * 0.6)}" height="{number(420 * one / most)}" fill="{PAINT["eu"]}"/>'
            for place, one in enumerate(minutes)
        )
        + f'<path d="M-260 221H260" stroke="{INK}" stroke-width="2"/>'
    )


def days(count: int, offset: int, first: int, last: int) -> str:
    """Draw a month as dots, the days of an event full; `offset` is the weekday of its first day."""
    dots = []
    for day in range(1, count + 1):
        place = day - 1 + offset
        x, y = -246 + 82 * (place % 7), -205 + 82 * (place // 7)
        is_in = first <= day <= last
        style = (
            f'fill="{PAINT["na"]}"' if is_in else f'fill="none" stroke="{INK}" stroke-opacity=".55" stroke-width="2"'
        )
        dots.append(f'<circle cx="{x}" cy="{y}" r="{30 if is_in else 24}" {style}/>')
    return "".join(dots)


def year() -> str:
    """Draw the twelve months of a feast of which nobody has told the day."""
    return "".join(
        f'<circle cx="{number(220 * sin(turn))}" cy="{number(-220 * cos(turn))}" r="30" fill="none" stroke="{INK}" '
        'stroke-width="2.4" stroke-dasharray="3 7"/>'
        for turn in (2 * pi * month / 12 for month in range(12))
    )


def framed(svg: str, *, width: int, height: int) -> str:
    """Put a drawing of its own size into the field."""
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    scale = min(600 / width, 572 / height)
    return f'<g transform="scale({scale:.4f}) translate({number(-width / 2)} {number(-height / 2)})">{inside}</g>'
