"""The ledger of an office and of a tie, as its pages draw it and as tables take it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.catalogue import read
from hermanar.cooperation.queries import TieLedger, ledger_of_tie
from hermanar.cooperation.rules import Cell, Ledger
from hermanar.cooperation.vocabulary import Side
from hermanar.foundation.tables import Column
from hermanar.ui.templatetags.ui import in_language
from hermanar.workspace.lines import counterpart_of


def drawn(ledger: Ledger, *, left: str, right: str) -> dict[str, Any]:
    """Return a ledger as the page of an office shows it."""
    sheet = read.ledger_sheet(ledger)
    return {
        "balance": ledger.balance,
        "groups": read.drawn(sheet),
        "sides": read.sides_said(sheet, left=left, right=right),
    }


def drawn_for(tie: Agreement) -> dict[str, Any]:
    """Return the ledger of a tie, its sides by their names."""
    own = tie.office.place_id if tie.office else None
    parties = list(tie.parties.select_related("place__country"))
    is_told_apart = len({party.place.name for party in parties}) < len(parties)  # León and León
    names = {
        is_own: [
            f"{party.place.name}, {in_language(party.place.country, 'name')}" if is_told_apart else party.place.name
            for party in parties
            if (party.place_id == own) is is_own
        ]
        for is_own in (True, False)
    }
    left, right = names[True] or [_("La oficina")], names[False] or [_("La contraparte")]
    said = [_("%(place)s dio") % {"place": ", ".join(side)} for side in (left, right)]
    return drawn(ledger_of_tie(tie), left=said[0], right=said[1])


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie in the ledger of the office."""

    tie: TieLedger
    counterpart: str

    def _count(self, side: Side, *, is_donation: bool = False) -> int:
        return self.tie.ledger.count(side, is_donation=is_donation)

    @property
    def cells(self) -> list[int]:
        """Return the numbers of its row: given, received, together, donated, received as donation."""
        return [
            self._count(Side.GIVEN),
            self._count(Side.RECEIVED),
            self._count(Side.TOGETHER),
            self._count(Side.GIVEN, is_donation=True),
            self._count(Side.RECEIVED, is_donation=True),
        ]


def tie_lines(ties: Iterable[TieLedger]) -> list[TieLine]:
    """Return ties as lines."""
    return [TieLine(one, counterpart_of(one.agreement)) for one in ties]


@dataclass(frozen=True, slots=True)
class CellRow:
    """One sort of thing that went one way in one tie."""

    line: TieLine
    cell: Cell


def cell_rows(lines: Iterable[TieLine]) -> Iterator[CellRow]:
    """Yield every cell of every tie."""
    for line in lines:
        for cell in line.tie.ledger.cells:
            yield CellRow(line, cell)


def columns() -> tuple[Column, ...]:
    """Return the columns of the ledger as a table, in the reader's language."""
    return (
        Column(_("acuerdo"), lambda row: row.line.tie.agreement.number),
        Column(_("contraparte"), lambda row: row.line.counterpart),
        Column(_("donación"), lambda row: _("sí") if row.cell.is_donation else _("no")),
        Column(_("qué"), lambda row: str(row.cell.asset.label)),
        Column(_("sentido"), lambda row: str(row.cell.side.label)),
        Column(_("cuántos"), lambda row: row.cell.count),
        Column(
            _("valor conocido, por moneda"),
            lambda row: "; ".join(f"{one.total:.2f} {one.currency}" for one in row.cell.amounts),
        ),
    )
