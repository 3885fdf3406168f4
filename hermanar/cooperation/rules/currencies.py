"""Which currency was money in which year, from the dates that the Unicode CLDR keeps of each territory."""

from __future__ import annotations

import functools
import re
from collections import defaultdict

from babel.core import get_global

from hermanar.cooperation.vocabulary import GiftRefusal

_FIRST, _LAST = 0, 9999
_BY_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")


def plain_amount(text: str) -> str | None:
    """Return an amount as people write it (15,000.50 or $ 15 000.50) without its marks of thousands.

    None where a comma parts anything else: who writes 15000,50 may mean cents, and is asked.
    """
    figure = "".join(text.split()).removeprefix("$")
    if "," not in figure:
        return figure
    return figure.replace(",", "") if _BY_THOUSANDS.fullmatch(figure) else None


@functools.cache
def _spans() -> dict[str, list[tuple[str, int, int]]]:
    """Return where and from which year to which each currency was legal tender; units of account are not money."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for territory, rows in get_global("territory_currencies").items():
        for code, start, end, is_tender in rows:
            if is_tender:
                found[code].append((territory, start[0] if start else _FIRST, end[0] if end else _LAST))
    return dict(found)


def known_currencies() -> frozenset[str]:
    """Return the codes of all currencies that are or were money somewhere (ISO 4217 and its past codes)."""
    return frozenset(_spans())


def span_of(code: str) -> tuple[int | None, int | None]:
    """Return the first and the last year in which a currency was money anywhere; None where it has no such end."""
    spans = _spans()[code]
    first, last = min(first for _where, first, _last in spans), max(last for _where, _first, last in spans)
    return first if first != _FIRST else None, last if last != _LAST else None


def circulated_in(territory: str, year: int) -> list[str]:
    """Return the currencies of a territory in a year, the one that was money longest first."""
    found = [
        (first - last, code)
        for code, spans in _spans().items()
        for where, first, last in spans
        if where == territory and first <= year <= last
    ]
    return list(dict.fromkeys(code for _length, code in sorted(found)))


def currency_refusal(code: str, *, year: int | None) -> GiftRefusal | None:
    """Say why a currency cannot be that of something given in a year; of an unknown year any that ever was."""
    if code not in _spans():
        return GiftRefusal.UNKNOWN_CURRENCY
    if year is None or any(first <= year <= last for _where, first, last in _spans()[code]):
        return None
    return GiftRefusal.CURRENCY_OF_OTHER_YEAR
