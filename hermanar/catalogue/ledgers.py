"""What the public may know of who gave what to whom; part of an agreement's sheet."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class AmountLine:
    """A sum in one currency, of how many things; currencies are never added to each other."""

    currency: str  # ISO 4217
    total: str  # exact, two decimals
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class LedgerLine:
    """Everything of one sort that went one way, seen from the declaring side."""

    is_donation: bool
    asset: str  # money, goods, people, knowledge, other
    side: str  # given, received, together, unknown
    count: int
    amounts: tuple[AmountLine, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class GiftLine:
    """A gift that an office shows."""

    kind: str
    side: str
    is_donation: bool
    purpose: str
    title: str
    title_language: str
    on: str | None
    value: str
    currency: str
    story: str
    story_language: str
    source: str


@dataclasses.dataclass(frozen=True, slots=True)
class LedgerSheet:
    """The ledger of reciprocity of a tie: documented activities, and the gifts an office has published."""

    balance: str
    lines: tuple[LedgerLine, ...]
    gifts: tuple[GiftLine, ...] = ()
