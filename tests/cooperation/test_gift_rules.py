"""Gifts by rule: everything that is wrong is said at once, and each rule is seen to refuse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from hermanar.cooperation.rules import (
    GiftFacts,
    PlaceFacts,
    circulated_in,
    currency_refusal,
    known_currencies,
    refused_gift,
    refused_place,
    refused_to_publish,
    span_of,
)
from hermanar.cooperation.vocabulary import GiftRefusal, Keeping, Purpose
from hermanar.foundation.calendar import parse_partial

TODAY = dt.date(2026, 11, 21)
SINCE = dt.date(1969, 1, 1)
R = GiftRefusal


def facts(on="2005", **values):
    first = {"is_donation": False, "purpose": None, "value": None, "currency": "", "tie_since": SINCE,
             "is_early": False}  # fmt: skip
    return GiftFacts(on=parse_partial(on), **{**first, **values})


@pytest.mark.parametrize(
    ("gift", "refusals"),
    [
        (facts(), []),
        (facts(""), []),
        (facts("2026-11-21"), []),
        (facts("2026-11"), []),
        (facts("2026-11-22"), [R.FUTURE_DATE]),
        (facts("2027"), [R.FUTURE_DATE]),
        (facts(is_donation=True), [R.NO_PURPOSE]),
        (facts(is_donation=True, purpose=Purpose.FOOD_AID), []),
        (facts(purpose=Purpose.PEACE), [R.PURPOSE_OF_GIFT]),
        (facts(value=Decimal("0.01"), currency="MXN"), []),
        (facts(value=Decimal(0), currency="MXN"), [R.NOT_ABOVE_ZERO]),
        (facts(value=Decimal(-5), currency="MXN"), [R.NOT_ABOVE_ZERO]),
        (facts(value=Decimal(10) ** 12, currency="MXN"), [R.VALUE_TOO_LARGE]),
        (facts(value=Decimal(5)), [R.NO_CURRENCY]),
        (facts(currency="MXN"), [R.NO_VALUE]),
        (facts(value=Decimal(5), currency="XYZ"), [R.UNKNOWN_CURRENCY]),
        (facts("1985", value=Decimal(5), currency="MXN"), [R.CURRENCY_OF_OTHER_YEAR]),
        (facts("", value=Decimal(5), currency="MXP"), []),
        (facts("1968-12-31"), [R.BEFORE_TIE]),
        (facts("1968-12-31", is_early=True), []),
        (facts("1969"), []),
        (facts("1960", tie_since=None), []),
        (facts(has_photograph=True), [R.NO_ALTERNATIVE, R.NO_RIGHTS]),
        (facts(has_photograph=True, alternative="Una placa", rights="La oficina"), []),
        (
            facts("2027-01", is_donation=True, value=Decimal(1), currency=""),
            [R.FUTURE_DATE, R.NO_PURPOSE, R.NO_CURRENCY],
        ),
    ],
)
def test_gift_is_refused_for_everything_that_is_wrong(gift, refusals):
    assert refused_gift(gift, today=TODAY) == refusals


@pytest.mark.parametrize(
    ("said", "given", "refusals"),
    [
        (PlaceFacts(Keeping.KEPT, "Sala de cabildo"), "2005", []),
        (PlaceFacts(Keeping.KEPT), "2005", [R.NO_PLACE]),
        (PlaceFacts(Keeping.UNKNOWN), "", []),
        (PlaceFacts(Keeping.LOST, "Bodega"), "2005", [R.PLACE_UNSOUGHT]),
        (PlaceFacts(Keeping.LOST, since=parse_partial("2004")), "2005", [R.BEFORE_GIVEN]),
        (PlaceFacts(Keeping.LOST, since=parse_partial("2005")), "2005-06", []),
        (PlaceFacts(Keeping.LOST, since=parse_partial("2027")), "2005", [R.KEPT_IN_FUTURE]),
    ],
)
def test_place_is_refused_for_everything_that_is_wrong(said, given, refusals):
    assert refused_place(said, given=parse_partial(given), today=TODAY) == refusals


@pytest.mark.parametrize(
    ("code", "year", "refusal"),
    [
        ("MXP", 1992, None),
        ("MXP", 1993, R.CURRENCY_OF_OTHER_YEAR),
        ("MXN", 1992, R.CURRENCY_OF_OTHER_YEAR),
        ("MXN", 1993, None),
        ("EUR", 1998, R.CURRENCY_OF_OTHER_YEAR),
        ("EUR", 1999, None),
        ("ESP", 2002, None),
        ("ESP", 2003, R.CURRENCY_OF_OTHER_YEAR),
        ("USD", 1800, None),
        ("MXN", None, None),
        ("MXV", 2020, R.UNKNOWN_CURRENCY),  # a unit of account, not money
        ("XAU", 2020, R.UNKNOWN_CURRENCY),
        ("mxn", 2020, R.UNKNOWN_CURRENCY),
        ("", None, R.UNKNOWN_CURRENCY),
    ],
)
def test_currency_is_that_of_its_year(code, year, refusal):
    assert currency_refusal(code, year=year) == refusal


def test_currency_of_a_country_and_year_is_known():
    assert circulated_in("MX", 1985) == ["MXP"]
    assert circulated_in("MX", 2026) == ["MXN"]
    assert circulated_in("ES", 2000) == ["ESP", "EUR"] or circulated_in("ES", 2000) == ["EUR", "ESP"]
    assert circulated_in("QQ", 2000) == []
    assert span_of("MXP")[1] == 1992
    assert span_of("MXN") == (1993, None)


def test_currencies_of_today_are_known():
    assert {"MXN", "USD", "EUR", "JPY", "CAD", "CNY", "GBP"} <= known_currencies()


@pytest.mark.parametrize(
    ("is_demonstration", "is_tie_public", "refusals"),
    [(False, True, []), (False, False, [R.TIE_NOT_PUBLIC]), (True, True, [R.DEMONSTRATION])],
)
def test_gift_is_published_of_a_real_office_and_a_public_tie(is_demonstration, is_tie_public, refusals):
    assert refused_to_publish(is_demonstration=is_demonstration, is_tie_public=is_tie_public) == refusals
