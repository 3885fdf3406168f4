"""Every pair of text and ground that the style sheet makes, by day and by night, is AA."""

import re

import pytest

from tests.ui.specimen import UI

SOURCE = (UI / "css" / "tokens.css").read_text(encoding="utf-8")
PAIRS = {name: (day, night) for name, day, night in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SOURCE)}
PAIRS |= {name: (both, both) for name, both in re.findall(r"--([\w-]+): (#\w{6});", SOURCE)}
INKS = ["ink", "ink-soft", "cobalt", "cochineal", "cantera", "ochre", "rose", "lake"]
WALLS = [
    ("on-light-wall", "wall-ochre"),
    ("on-light-wall", "wall-rose"),
    ("ink", "wall-plaster"),
    ("on-deep-wall", "wall-cobalt"),
    ("on-deep-wall", "wall-cochineal"),
    ("on-deep-wall", "wall-cantera"),
]
TEXTS = [(ink, ground) for ink in INKS for ground in ("ground", "sheet", "shade")] + WALLS + [("ground", "ink")]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("hour", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(ink, ground, hour):
    assert contrast(PAIRS[ink][hour], PAIRS[ground][hour]) >= 4.5


@pytest.mark.parametrize("hour", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(
    ("line", "ground"), [("rule-strong", "sheet"), ("rule-strong", "ground"), ("focus", "ground"), ("focus", "sheet")]
)
def test_borders_of_fields_and_focus_can_be_seen(line, ground, hour):
    assert contrast(PAIRS[line][hour], PAIRS[ground][hour]) >= 3
