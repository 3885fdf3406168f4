"""The ledger of reciprocity: given, received, done together; donations apart from work that goes both ways (D5.11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from hermanar.cooperation.vocabulary import ActivityKind, Asset, Balance, Direction, GiftKind, GiftSide, Side

# Ours, not a source's: from three to one on nobody in front of the drawing calls it even.
LEANING = 3
# What each kind of activity moves. A project may move anything, so no source is read into it.
ASSET_OF_ACTIVITY = {
    ActivityKind.DONATION: Asset.GOODS,
    ActivityKind.VISIT: Asset.PEOPLE,
    ActivityKind.ACADEMIC_COOPERATION: Asset.KNOWLEDGE,
    ActivityKind.STUDENT_EXCHANGE: Asset.PEOPLE,
    ActivityKind.ANNIVERSARY: Asset.PEOPLE,
    ActivityKind.CULTURE: Asset.PEOPLE,
    ActivityKind.TRAINING: Asset.KNOWLEDGE,
    ActivityKind.PROJECT: Asset.OTHER,
    ActivityKind.OTHER: Asset.OTHER,
}
# Who goes there gives of his time; who comes here brings it.
SIDE_OF_DIRECTION = {
    Direction.GIVEN: Side.GIVEN,
    Direction.OUTBOUND: Side.GIVEN,
    Direction.RECEIVED: Side.RECEIVED,
    Direction.INBOUND: Side.RECEIVED,
    Direction.MUTUAL: Side.TOGETHER,
    Direction.UNKNOWN: Side.UNKNOWN,
}
_OTHER_SIDE = {Side.GIVEN: Side.RECEIVED, Side.RECEIVED: Side.GIVEN}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the ledger; its value only where somebody told it, in the currency it was told in."""

    side: Side
    asset: Asset
    is_donation: bool = False
    value: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in one currency, and how many things it is of."""

    currency: str
    total: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Everything of one sort that went one way."""

    is_donation: bool
    asset: Asset
    side: Side
    count: int
    amounts: tuple[Amount, ...]  # one for each currency: they are never added to each other


@dataclass(frozen=True, slots=True)
class Ledger:
    """The cells that hold something, two-way work first, and what they add up to."""

    cells: tuple[Cell, ...]
    balance: Balance

    def count(self, side: Side, *, is_donation: bool) -> int:
        """Count what went one way, donations or work."""
        return sum(cell.count for cell in self.cells if cell.side is side and cell.is_donation == is_donation)


def entry_of_gift(kind: GiftKind, side: GiftSide, *, is_donation: bool, value: Decimal | None, currency: str) -> Entry:
    """Return a gift as the ledger counts it."""
    asset = Asset.MONEY if kind is GiftKind.MONEY else Asset.GOODS
    return Entry(Side(side.value), asset, is_donation, value, currency if value is not None else "")


def entry_of_activity(kind: ActivityKind, direction: Direction) -> Entry:
    """Return an activity as the ledger counts it."""
    return Entry(SIDE_OF_DIRECTION[direction], ASSET_OF_ACTIVITY[kind], kind is ActivityKind.DONATION)


def seen_from_other_side(entry: Entry) -> Entry:
    """Return an entry as the other party counts it: what one gave, the other received."""
    return replace(entry, side=_OTHER_SIDE.get(entry.side, entry.side))


def ledger_of(entries: Iterable[Entry]) -> Ledger:
    """Add entries up: by donation or work, by what was moved and by side; money by currency."""
    found: dict[tuple[bool, Asset, Side], list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.is_donation, entry.asset, entry.side].append(entry)
    cells = tuple(
        Cell(is_donation, asset, side, len(found[is_donation, asset, side]), _amounts(found[is_donation, asset, side]))
        for is_donation in (False, True)
        for asset in Asset
        for side in Side
        if (is_donation, asset, side) in found
    )
    return Ledger(cells, balance(cells))


def _amounts(entries: Iterable[Entry]) -> tuple[Amount, ...]:
    told: dict[str, list[Decimal]] = defaultdict(list)
    for entry in entries:
        if entry.value is not None:
            told[entry.currency].append(entry.value)
    return tuple(Amount(code, sum(values, Decimal(0)), len(values)) for code, values in sorted(told.items()))


def balance(cells: Iterable[Cell]) -> Balance:
    """Say whether a tie goes both ways; what is done together counts for both, a donation for neither."""
    every = list(cells)
    counts = {side: sum(cell.count for cell in every if cell.side is side and not cell.is_donation) for side in Side}
    given, received = counts[Side.GIVEN] + counts[Side.TOGETHER], counts[Side.RECEIVED] + counts[Side.TOGETHER]
    if not given and not received:
        if counts[Side.UNKNOWN]:
            return Balance.UNTOLD
        return Balance.DONATIONS_ONLY if every else Balance.EMPTY
    if not received:
        return Balance.ONLY_GIVEN
    if not given:
        return Balance.ONLY_RECEIVED
    if given >= LEANING * received:
        return Balance.LEANS_GIVEN
    return Balance.LEANS_RECEIVED if received >= LEANING * given else Balance.BOTH_WAYS
