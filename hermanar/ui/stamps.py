"""Stamps: small signs drawn with few strokes, each in a box of 24 by 24."""

from __future__ import annotations

STAMPS = {
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
    "moon": "M15 3a9 9 0 1 0 6 14A8 8 0 0 1 15 3zM5 4v2M4 5h2",
    "mountain": "M2 20 9 7l4 7 3-4 6 10zM7 11l2 2 2-2",
    "wave": "M2 9c3-4 5-4 8 0s5 4 8 0 3-2 4-2M2 15c3-4 5-4 8 0s5 4 8 0 3-2 4-2",
    "bird": "M3 8c4-3 7-1 9 3 2-4 5-6 9-3-4 0-7 3-9 8-2-5-5-8-9-8z",
    "flower": "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 9c-3-7 3-7 0 0M12 15c-3 7 3 7 0 0"
    "M9 12c-7-3-7 3 0 0M15 12c7-3 7 3 0 0",
    "house": "M3 11 12 4l9 7M5 10v10h14V10M10 20v-6h4v6",
    "heart": "M12 20C4 14 2 10 4 7s6-3 8 1c2-4 6-4 8-1s0 7-8 13z",
    "star": "M12 3l2.6 6 6.4.6-4.8 4.3 1.4 6.4-5.6-3.4-5.6 3.4 1.4-6.4L3 9.6l6.4-.6z",
    "note": "M9 18V5l10-2v13M9 18a3 2.4 0 1 1-6 0 3 2.4 0 0 1 6 0zM19 16a3 2.4 0 1 1-6 0 3 2.4 0 0 1 6 0z",
    "book": "M12 6C9 4 5 4 3 5v14c2-1 6-1 9 1 3-2 7-2 9-1V5c-2-1-6-1-9 1zM12 6v14",
    "hand": "M7 12V6a1.5 1.5 0 0 1 3 0V4a1.5 1.5 0 0 1 3 0v2a1.5 1.5 0 0 1 3 0v2a1.5 1.5 0 0 1 3 0"
    "v6c0 4-3 7-6 7-4 0-5-2-8-7-1-2 1-3 2-1.5z",
}


def stamp(code: str, *, x: float, y: float, size: float = 58) -> str:
    """Draw one stamp with its toothed edge, its upper left corner at a point; unknown codes draw nothing."""
    sign = STAMPS.get(code)
    if sign is None:
        return ""
    scale = size * 0.62 / 24
    inset = size * 0.19
    return (
        f'<g class="stamp" transform="translate({x:.0f} {y:.0f})"><rect width="{size:.0f}" height="{size:.0f}"/>'
        f'<path transform="translate({inset:.1f} {inset:.1f}) scale({scale:.2f})" d="{sign}"/></g>'
    )
