"""Marks that are counted: so many of them in all, so many lit; one of thirty-four is seen before it is read."""

from __future__ import annotations

from html import escape

_STEP, _TALL, _SHORT = 14, 64, 40
_ROW = 40  # marks in one row


def tally(lit: int, total: int, *, label: str) -> str:
    """Draw `total` strokes, the first `lit` of them full; one stroke is as wide in every picture."""
    rows = -(-total // _ROW)
    strokes = "".join(_stroke(number, is_lit=number < lit) for number in range(total))
    named = escape(label, quote=True)
    box = f"0 0 {_STEP * _ROW} {rows * (_TALL + 8)}"
    return f'<svg class="tally" viewBox="{box}" role="img" aria-label="{named}">{strokes}</svg>'


def _stroke(number: int, *, is_lit: bool) -> str:
    row, column = divmod(number, _ROW)
    x, foot = column * _STEP + _STEP / 2, row * (_TALL + 8) + _TALL + 4
    top = foot - (_TALL if is_lit else _SHORT)
    return f'<path class="tally__{"lit" if is_lit else "dim"}" d="M{x:g} {foot}V{top}"/>'


def tally_picture(lit: int, total: int) -> str:
    """Draw the same for paper, where no style sheet reaches."""
    rows = -(-total // _ROW)
    wide, tall = _STEP * min(total, _ROW), rows * (_TALL + 8)
    strokes = "".join(_stroke(number, is_lit=number < lit) for number in range(total))
    strokes = strokes.replace('class="tally__lit"', 'stroke="#a5173a" stroke-width="7" stroke-linecap="round"')
    strokes = strokes.replace('class="tally__dim"', 'stroke="#5d5148" stroke-width="1.2" stroke-linecap="round"')
    size = f'viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none">{strokes}</svg>'
