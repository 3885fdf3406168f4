"""The ledger by rule: what each thing counts for, money by currency, and what it adds up to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hermanar.cooperation.rules import (
    Amount,
    Entry,
    entry_of_activity,
    entry_of_gift,
    ledger_of,
    seen_from_other_side,
)
from hermanar.cooperation.rules.ledger import ASSET_OF_ACTIVITY, SIDE_OF_DIRECTION
from hermanar.cooperation.vocabulary import ActivityKind, Asset, Balance, Direction, GiftKind, GiftSide, Side

GAVE, GOT = Entry(Side.GIVEN, Asset.PEOPLE), Entry(Side.RECEIVED, Asset.GOODS)
BOTH, UNTOLD = Entry(Side.TOGETHER, Asset.KNOWLEDGE), Entry(Side.UNKNOWN, Asset.OTHER)
DONATED = Entry(Side.RECEIVED, Asset.GOODS, is_donation=True)


def money(side, value, currency, *, is_donation=False):
    return Entry(side, Asset.MONEY, is_donation, None if value is None else Decimal(value), currency)


@pytest.mark.parametrize(
    ("kind", "direction", "entry"),
    [
        ("donation", "received", DONATED),
        ("donation", "given", Entry(Side.GIVEN, Asset.GOODS, is_donation=True)),
        ("visit", "outbound", GAVE),
        ("visit", "inbound", Entry(Side.RECEIVED, Asset.PEOPLE)),
        ("academic_cooperation", "mutual", BOTH),
        ("student_exchange", "mutual", Entry(Side.TOGETHER, Asset.PEOPLE)),
        ("anniversary", "mutual", Entry(Side.TOGETHER, Asset.PEOPLE)),
        ("culture", "inbound", Entry(Side.RECEIVED, Asset.PEOPLE)),
        ("training", "given", Entry(Side.GIVEN, Asset.KNOWLEDGE)),
        ("project", "mutual", Entry(Side.TOGETHER, Asset.OTHER)),
        ("other", "unknown", UNTOLD),
    ],
)
def test_activity_counts_for_what_it_moves(kind, direction, entry):
    assert entry_of_activity(ActivityKind(kind), Direction(direction)) == entry


def test_every_kind_and_direction_has_its_place():
    assert set(ASSET_OF_ACTIVITY) == set(ActivityKind)
    assert set(SIDE_OF_DIRECTION) == set(Direction)


@pytest.mark.parametrize("kind", list(GiftKind))
def test_gift_is_money_or_goods(kind):
    entry = entry_of_gift(kind, GiftSide.GIVEN, is_donation=False, value=Decimal(5), currency="MXN")
    assert entry.asset is (Asset.MONEY if kind == "money" else Asset.GOODS)
    assert (entry.side, entry.currency) == (Side.GIVEN, "MXN")


@pytest.mark.parametrize(
    ("entries", "balance"),
    [
        ([], Balance.EMPTY),
        ([UNTOLD], Balance.UNTOLD),
        ([DONATED], Balance.DONATIONS_ONLY),
        ([DONATED, UNTOLD], Balance.UNTOLD),
        ([DONATED, seen_from_other_side(DONATED)], Balance.DONATIONS_ONLY),
        ([GAVE], Balance.ONLY_GIVEN),
        ([GAVE, DONATED], Balance.ONLY_GIVEN),
        ([GOT], Balance.ONLY_RECEIVED),
        ([BOTH], Balance.BOTH_WAYS),
        ([BOTH, DONATED, DONATED, DONATED], Balance.BOTH_WAYS),
        ([GAVE, GOT], Balance.BOTH_WAYS),
        ([GAVE, GAVE, GOT], Balance.BOTH_WAYS),
        ([GAVE, GAVE, GAVE, GOT], Balance.LEANS_GIVEN),
        ([GAVE, GOT, GOT, GOT], Balance.LEANS_RECEIVED),
        ([BOTH, GAVE, GAVE], Balance.LEANS_GIVEN),
        ([BOTH, BOTH, GAVE, GAVE], Balance.BOTH_WAYS),
    ],
)
def test_ledger_says_whether_a_tie_goes_both_ways(entries, balance):
    assert ledger_of(entries).balance is balance


def test_currencies_are_never_added_to_each_other():
    gave = [money(Side.GIVEN, "10.50", "MXN"), money(Side.GIVEN, "4", "USD"), money(Side.GIVEN, "0.50", "MXN"),
            money(Side.GIVEN, None, "")]  # fmt: skip
    cell = ledger_of(gave).cells[0]
    assert cell.count == 4
    assert cell.amounts == (Amount("MXN", Decimal("11.00"), 2), Amount("USD", Decimal(4), 1))


def test_donations_stand_apart_from_work():
    book = ledger_of([GAVE, GOT, DONATED, DONATED, money(Side.RECEIVED, 9, "USD", is_donation=True)])
    assert [(cell.is_donation, cell.asset, cell.side, cell.count) for cell in book.cells] == [
        (False, "goods", "received", 1),
        (False, "people", "given", 1),
        (True, "money", "received", 1),
        (True, "goods", "received", 2),
    ]
    assert book.count(Side.RECEIVED, is_donation=True) == 3
    assert book.count(Side.RECEIVED, is_donation=False) == 1


def test_both_parties_read_one_ledger_from_their_own_side():
    mine = [GAVE, GOT, BOTH, UNTOLD, DONATED]
    theirs = [seen_from_other_side(entry) for entry in mine]
    assert [entry.side for entry in theirs] == ["received", "given", "together", "unknown", "given"]
    assert [seen_from_other_side(entry) for entry in theirs] == mine
