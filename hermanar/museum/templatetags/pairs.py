"""`{% pair sheet %}`: a question of two cities to guess, slide or turn, on its own page or inside a room."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hermanar.catalogue.named import NamedRecord
from hermanar.museum.queries.pairs import PairSheet
from hermanar.museum.rules.pairs import verdict
from hermanar.museum.views.drawings import hue
from hermanar.museum.vocabulary.pairs import THEME_IN_ADDRESS, Drawing, Mode, Theme
from hermanar.ui.facing import each_dot, facing
from hermanar.ui.templatetags.ui import thousands

register = template.Library()
HOME = "ochre"
_WALLS = {"na": "cochineal", "sa": "cantera", "eu": "cobalt", "as": "rose", "oc": "cantera", "af": "rose"}


@register.inclusion_tag("museum/pairs/_pair.html")
def pair(sheet: PairSheet, said: Decimal | None = None, level: int = 2) -> dict[str, Any]:
    """Show a pair that may be answered at once; with an answer, what is so; `level` is that of its heading."""
    start, truth = _start(sheet), sheet.sides[1].figure
    return {
        "sheet": sheet,
        "theme": Theme(sheet.theme),
        "theme_word": THEME_IN_ADDRESS[Theme(sheet.theme)],
        "level": level,
        "heading": f"h{level + 1}",
        "said": said,
        "is_answered": said is not None,
        "sides": [_told(sheet, number) for number in (0, 1)],
        "bounds": _bounds(sheet, start, said),
        "truth": figure_text(truth, sheet.drawing) if truth is not None else "",
        "tried": _drawn(sheet, start, whole=sheet.sides[1].whole, is_try=True),
        "scale": _scale(sheet),
        "outcomes": _outcomes(sheet, said),
        "said_text": figure_text(said, sheet.drawing) if said is not None and sheet.mode == Mode.GUESS else "",
        "each": thousands(_each(sheet)) if sheet.drawing == Drawing.PEOPLE else "",
        "right": sheet.choice if sheet.mode == Mode.SLIDE else None,
    }


def figure_text(figure: Decimal, drawing: str) -> str:
    """Write a figure as it is read: a year without comma, an hour as clocks show it, the rest in thousands."""
    plain = figure.normalize()
    text = f"{plain:f}"
    if drawing == Drawing.YEARS:
        return text
    if drawing == Drawing.CLOCK:
        return f"{int(figure)}:{round(figure % 1 * 60):02d}"
    return thousands(int(figure)) if figure == figure.to_integral_value() else text


@register.filter(name="wall")
def wall_of(place: NamedRecord | None) -> str:
    """Return the painted wall of the second city, by its continent; sisters of the same country are rose."""
    if place is None or place.country == "MX":
        return "rose"
    return _WALLS.get(hue(place.country), "cantera")


def _told(sheet: PairSheet, number: int) -> dict[str, Any]:
    side = sheet.sides[number]
    return {
        "side": side,
        "number": number,
        "name": side.place.title if side.place else _("Una ciudad que ya no está"),
        "wall": wall_of(side.place) if number else HOME,
        "figure": figure_text(side.figure, sheet.drawing) if side.figure is not None else "",
        "whole": thousands(int(side.whole)) if side.whole is not None else "",
        "drawn": _drawn(sheet, side.figure, whole=side.whole),
        "is_meant": sheet.choice == number,
    }


def _figures(sheet: PairSheet) -> list[Decimal]:
    return [side.figure for side in sheet.sides if side.figure is not None]


def _each(sheet: PairSheet) -> int:
    """Return what one dot stands for on both sides and under the visitor's hand."""
    return each_dot(max([*_figures(sheet), sheet.highest or Decimal(0)], default=Decimal(1)))


def _drawn(sheet: PairSheet, figure: Decimal | None, *, whole: Decimal | None, is_try: bool = False) -> SafeString:
    if not sheet.drawing or figure is None:
        return SafeString()
    figures = _figures(sheet)
    largest = min(figures) if sheet.drawing == Drawing.YEARS else max(figures)
    most = sheet.highest if is_try else largest
    return SafeString(facing(sheet.drawing, figure, whole=whole, most=most, each=_each(sheet)))  # numbers only


def _start(sheet: PairSheet) -> Decimal | None:
    """Return where the handle of a guess begins: in the middle, on a step."""
    lowest, highest, step = sheet.lowest, sheet.highest, sheet.step
    if sheet.mode != Mode.GUESS or lowest is None or highest is None or not step:
        return None
    return lowest + ((highest - lowest) / 2 // step) * step


def _bounds(sheet: PairSheet, start: Decimal | None, said: Decimal | None) -> list[str]:
    """Return lowest, highest, step, where the handle stands and the truth, as a field of a form writes them."""
    values = (sheet.lowest, sheet.highest, sheet.step, said if said is not None else start, sheet.sides[1].figure)
    if start is None or None in values:
        return []
    return [f"{value.normalize():f}" for value in values if value is not None]


def _scale(sheet: PairSheet) -> list[str]:
    """Return what is printed under the handle's way: its ends and its middle."""
    start = _start(sheet)
    if start is None or sheet.lowest is None or sheet.highest is None:
        return []
    return [figure_text(value, sheet.drawing) for value in (sheet.lowest, start, sheet.highest)]


def _outcomes(sheet: PairSheet, said: Decimal | None) -> list[dict[str, Any]]:
    """Return what may be said of an answer, one of them true: the script shows another one without asking again."""
    if sheet.mode == Mode.GUESS and sheet.sides[1].figure is not None and sheet.step:
        told = {"exact": _("¡Exacto!"), "close": _("¡Casi!"), "over": _("Es menos."), "under": _("Es más.")}
        fell = verdict(said, sheet.sides[1].figure, step=sheet.step) if said is not None else ""
    elif sheet.mode == Mode.SLIDE:
        told = {"exact": _("¡Así es!"), "over": _("Es la otra.")}
        fell = "" if said is None else "exact" if said == sheet.choice else "over"
    else:
        return []
    return [{"code": code, "text": text, "is_so": code == fell} for code, text in told.items()]
