"""The ledger of reciprocity as the public may read it, and as every page draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from hermanar.agreements.vocabulary import Role
from hermanar.catalogue.ledgers import AmountLine, GiftLine, LedgerLine, LedgerSheet
from hermanar.catalogue.read.labels import word
from hermanar.catalogue.read.lines import partial
from hermanar.cooperation.models import Gift
from hermanar.cooperation.queries import published_gifts
from hermanar.cooperation.rules import (
    Entry,
    Ledger,
    entry_of_activity,
    entry_of_gift,
    ledger_of,
    seen_from_other_side,
)
from hermanar.cooperation.vocabulary import ActivityKind, Asset, Direction, GiftKind, GiftSide
from hermanar.foundation.prepared import Prepared

_EXAMPLE = UUID(int=1)
_CENTS = Decimal("0.01")


def told(es: str, en: str, *, language: str) -> tuple[str, str]:
    """Return a text in the reader's language, or the other with the language it is in."""
    chosen, other = (en, es) if language == "en" else (es, en)
    return (chosen, language) if chosen else (other, "es" if language == "en" else "en")


class GiftRow(NamedTuple):
    """A published gift as the database gives it."""

    documented_as: UUID | str | None
    place: UUID | str | None  # of its office
    kind: str
    side: str
    is_donation: bool
    purpose: str
    title_es: str
    title_en: str
    on: Any
    precision: str
    value: Any
    currency: str
    story_es: str
    story_en: str
    source: str


_COLUMNS = ("documented_as_id", "office__place_id", *GiftRow._fields[2:])
_GIFTS = Prepared(
    lambda key: (
        published_gifts().filter(agreement=key).order_by(F("on").desc(nulls_last=True), "pk").values_list(*_COLUMNS)
    ),
    _EXAMPLE,
)


def gifts_of(key: UUID) -> list[GiftRow]:
    """Return the published gifts of an agreement, the latest first."""
    return [GiftRow(*row) for row in _GIFTS.rows(key)]


def public_ledger(
    gifts: Sequence[GiftRow],
    *,
    done: Iterable[Sequence[Any]],
    parties: Iterable[Mapping[str, Any]],
    language: str,
) -> LedgerSheet:
    """Return the ledger of an agreement from its gifts and activities (key, kind, direction, the office's place)."""
    others = {card["key"] for card in parties if card["role"] == Role.COUNTERPART}
    known = {_hex(gift.documented_as) for gift in gifts}
    entries = []
    for activity, kind, direction, place in done:
        if _hex(activity) not in known:
            entry = entry_of_activity(ActivityKind(kind), Direction(direction))
            entries.append(seen_from_other_side(entry) if _hex(place) in others else entry)
    shown = []
    for gift in gifts:
        entry = _entry(gift, is_other=_hex(gift.place) in others)
        entries.append(entry)
        shown.append(_line(gift, entry, language=language))
    return ledger_sheet(ledger_of(entries), gifts=shown)


def gift_as_read(key: UUID, *, language: str) -> GiftLine:
    """Return a gift as the public would read it, published or not: who publishes it sees that first."""
    gift = GiftRow(*Gift.objects.values_list(*_COLUMNS).get(pk=key))
    return _line(gift, _entry(gift, is_other=False), language=language)


def _hex(key: UUID | str | None) -> str:
    return (key if isinstance(key, UUID) else UUID(key)).hex if key else ""


def _entry(gift: GiftRow, *, is_other: bool) -> Entry:
    entry = entry_of_gift(
        GiftKind(gift.kind),
        GiftSide(gift.side),
        is_donation=bool(gift.is_donation),
        value=_exact(gift.value),
        currency=gift.currency,
    )
    return seen_from_other_side(entry) if is_other else entry


def _exact(value: Any) -> Decimal | None:
    """Return an amount to the cent: SQLite gives what is written in it as a number."""
    return None if value is None else Decimal(str(value)).quantize(_CENTS)


def _line(gift: GiftRow, entry: Entry, *, language: str) -> GiftLine:
    title, title_language = told(gift.title_es, gift.title_en, language=language)
    story, story_language = told(gift.story_es, gift.story_en, language=language)
    value = _exact(gift.value)
    return GiftLine(
        kind=gift.kind,
        side=entry.side.value,
        is_donation=bool(gift.is_donation),
        purpose=gift.purpose,
        title=title,
        title_language=title_language,
        on=partial(gift.on, gift.precision),
        value="" if value is None else str(value),
        currency=gift.currency,
        story=story,
        story_language=story_language,
        source=gift.source,
    )


def ledger_sheet(ledger: Ledger, *, gifts: Iterable[GiftLine] = ()) -> LedgerSheet:
    """Return a ledger as codes and exact figures."""
    lines = tuple(
        LedgerLine(
            cell.is_donation,
            cell.asset.value,
            cell.side.value,
            cell.count,
            tuple(AmountLine(one.currency, str(one.total.quantize(_CENTS)), one.count) for one in cell.amounts),
        )
        for cell in ledger.cells
    )
    return LedgerSheet(ledger.balance.value, lines, tuple(gifts))


# ── as pages draw it ─────────────────────────────────────────────────────────────────────────────────────────────────

_SIDES = {"left": "given", "right": "received", "both": "together", "unsided": "unknown"}


def drawn(sheet: LedgerSheet) -> list[dict[str, Any]]:
    """Return a ledger as the component of two facing sides takes it: work first, donations apart."""
    found = []
    for is_apart in (False, True):
        lines = {(one.asset, one.side): one for one in sheet.lines if one.is_donation == is_apart}
        rows = [_row(asset, lines) for asset in Asset if any(known == asset for known, _side in lines)]
        if rows:
            label = _("Donaciones, contadas aparte") if is_apart else _("Trabajo y regalos entre las dos partes")
            found.append({"label": label, "is_apart": is_apart, "rows": rows})
    return found


def sides_said(sheet: LedgerSheet, *, left: str, right: str) -> dict[str, str]:
    """Return the words of the sides; the last only where something went no one knows which way."""
    unsided = any(line.side == _SIDES["unsided"] for line in sheet.lines)
    return {
        "left": left,
        "right": right,
        "both": _("En común"),
        "unsided": _("No consta el sentido") if unsided else "",
    }


def _row(asset: Asset, lines: Mapping[tuple[Any, Any], LedgerLine]) -> dict[str, Any]:
    cells = {name: lines.get((asset.value, side)) for name, side in _SIDES.items()}
    counts = {name: line.count if line else 0 for name, line in cells.items()}
    said = {name: _cell(line) for name, line in cells.items()}
    label = word("asset", asset.value)
    return {"label": f"{label[:1].upper()}{label[1:]}", **counts, "cells": said}


def _cell(line: LedgerLine | None) -> dict[str, Any]:
    return {"count": line.count if line else 0, "amounts": [amount_said(one) for one in line.amounts] if line else []}


def amount_said(amount: AmountLine) -> str:
    """Write a sum with its currency: 15,000.00 MXN."""
    return f"{Decimal(amount.total):,.2f}\N{NO-BREAK SPACE}{amount.currency}"
