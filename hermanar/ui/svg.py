"""The frame that every drawing shares: an SVG that is named, described and painted by classes alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import hypot


def number(value: float) -> str:
    """Write a coordinate with one decimal at most."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def words(text: str, at: tuple[float, float], *, kind: str, anchor: str = "middle") -> str:
    """Write a text into a drawing; `kind` is the class by which the style sheet dresses it."""
    place = f'x="{number(at[0])}" y="{number(at[1])}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(text)}</text>'


def picture(body: str, *, kind: str, box: tuple[float, float], uid: str, label: str, description: str = "") -> str:
    """Return a drawing of this width and height that scales with its place; `uid` must be unique in the page."""
    width, height, uid = number(box[0]), number(box[1]), escape(uid)
    told = f'<desc id="{uid}-d">{escape(description)}</desc>' if description else ""
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-labelledby="{uid}-t{f" {uid}-d" if told else ""}"><title id="{uid}-t">{escape(label)}</title>{told}'
        f"{body}</svg>"
    )


def traced(points: Sequence[tuple[float, float]], least: float, *, digits: int = 1) -> str:
    """Return a line in steps relative to each other, leaving out steps too small to be seen."""
    x, y = (round(value, digits) for value in points[0])
    parts = [f"M{number(x)} {number(y)}l"]
    for i, (px, py) in enumerate(points[1:], 2):
        if hypot(px - x, py - y) < least and i < len(points):
            continue
        dx, dy = round(px - x, digits), round(py - y, digits)
        parts.append(f"{number(dx)} {number(dy)} ")
        x, y = x + dx, y + dy
    return "".join(parts).replace(" -", "-").rstrip()
