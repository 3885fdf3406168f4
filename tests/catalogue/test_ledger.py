"""The ledger the public reads: what sources document, and only the gifts a real office publishes."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.test import Client

from hermanar.agreements.models import Agreement
from hermanar.catalogue import read
from hermanar.catalogue.ledgers import AmountLine
from hermanar.cooperation.actions import publish_gift, withdraw_gift
from hermanar.cooperation.models import Activity
from hermanar.cooperation.vocabulary import ActivityKind, GiftKind, GiftSide, Purpose
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import parse_partial
from hermanar.offices.models import Office
from tests import factories as make
from tests.cooperation_acts import a_gift

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def tie(cast):
    """Return a public agreement that Guanajuato's office keeps, with one documented donation."""
    made = make.agreement(cast.guanajuato, cast.ashland)
    Agreement.objects.filter(pk=made.pk).update(office=cast.office)
    make.activity(made, "2005", kind=ActivityKind.DONATION, description="Equipo dental")
    Activity.objects.update(direction="received")
    return Agreement.objects.get(pk=made.pk)


def sheet_of(tie, language="es"):
    return read.agreement(tie.slug, today=TODAY, language=language)


def lines(tie):
    return [(one.is_donation, one.asset, one.side, one.count) for one in sheet_of(tie).ledger.lines]


def shown(cast, tie, **values):
    kept = a_gift(cast, tie, **values)
    return publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1)


def test_documented_donation_is_in_the_ledger_apart(tie):
    assert lines(tie) == [(True, "goods", "received", 1)]
    assert sheet_of(tie).ledger.balance == "donations_only"


def test_gift_is_there_once_it_is_published_and_until_it_is_withdrawn(cast, tie):
    kept = a_gift(cast, tie, story_es="Secreto")
    page = Client().get(f"/acuerdos/{tie.slug}/").text
    assert "Secreto" not in page
    assert "placa de plata" not in page
    assert lines(tie) == [(True, "goods", "received", 1)]
    publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1)
    assert lines(tie) == [(False, "goods", "received", 1), (True, "goods", "received", 1)]
    page = Client().get(f"/acuerdos/{tie.slug}/").text
    assert "Una placa de plata" in page
    assert "Secreto" in page
    assert "Sala de cabildo" not in page  # where it is kept is the office's to know
    withdraw_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=2, reason="Era de otra")
    assert lines(tie) == [(True, "goods", "received", 1)]


def test_undated_gifts_come_last_on_every_database(cast, tie):
    for on in ("", "2001", "2008"):
        shown(cast, tie, on=parse_partial(on))
    assert [one.on for one in sheet_of(tie).ledger.gifts] == ["2008", "2001", None]


def test_nothing_of_a_demonstration_is_public(cast, tie):
    shown(cast, tie)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert lines(tie) == [(True, "goods", "received", 1)]
    assert sheet_of(tie).ledger.gifts == ()


def test_money_is_exact_and_by_currency(cast, tie):
    for value, currency in (("12345678901.10", "MXN"), ("0.20", "MXN"), ("7", "USD")):
        shown(cast, tie, kind=GiftKind.MONEY, side=GiftSide.GIVEN, value=Decimal(value), currency=currency)
    [line] = [one for one in sheet_of(tie).ledger.lines if one.asset == "money"]
    assert line.amounts == (AmountLine("MXN", "12345678901.30", 2), AmountLine("USD", "7.00", 1))
    page = Client().get(f"/acuerdos/{tie.slug}/").text
    assert "12,345,678,901.30\N{NO-BREAK SPACE}MXN" in page


def test_donation_told_in_full_takes_the_place_of_the_documented_one(cast, tie):
    known = Activity.objects.get()
    told = {"is_donation": True, "purpose": Purpose.TECHNICAL, "documented_as": known.pk}
    shown(cast, tie, title_es="Un sillón", **told)
    assert lines(tie) == [(True, "goods", "received", 1)]
    assert [one.title for one in sheet_of(tie).ledger.gifts] == ["Un sillón"]


def test_gift_of_the_other_party_is_seen_from_the_declaring_side(cast, tie):
    tie.parties.filter(place=cast.ashland).update(role="declaring")
    tie.parties.filter(place=cast.guanajuato).update(role="counterpart")
    shown(cast, tie)
    from hermanar.agreements.actions import relist_places  # noqa: PLC0415  the listing repeats the roles
    from hermanar.foundation.access import CONSOLE  # noqa: PLC0415

    relist_places([cast.ashland.pk], by=CONSOLE)
    assert (False, "goods", "given", 1) in lines(tie)
    assert sheet_of(tie).ledger.gifts[0].side == "given"


def test_gift_told_in_one_language_says_which_in_the_other(cast, tie):
    shown(cast, tie, story_es="Llegó en tren", title_en="A silver plaque")
    [gift] = sheet_of(tie, "en").ledger.gifts
    assert (gift.title, gift.title_language, gift.story, gift.story_language) == (
        "A silver plaque", "en", "Llegó en tren", "es",
    )  # fmt: skip


def test_drawing_page_and_api_say_the_same_numbers(cast, tie):
    shown(cast, tie)
    make.activity(tie, "2020")
    sheet = sheet_of(tie)
    told = json.loads(Client().get(f"/api/v1/agreements/{tie.slug}").content)["ledger"]
    assert [(one["asset"], one["side"], one["count"]) for one in told["lines"]] == [
        (one.asset, one.side, one.count) for one in sheet.ledger.lines
    ]
    sides = {"left": "given", "right": "received", "both": "together", "unsided": "unknown"}
    drawn = sum(row[name] for group in read.drawn(sheet.ledger) for row in group["rows"] for name in sides)
    assert drawn == sum(one.count for one in sheet.ledger.lines) == 3
    page = Client().get(f"/acuerdos/{tie.slug}/").text
    assert "De ida y vuelta." in page
    assert "Guanajuato dio" in page
    assert "Donaciones, contadas aparte" in page


def test_agreement_without_anything_told_shows_no_ledger(cast):
    bare = make.agreement(cast.leon, cast.ashland)
    assert sheet_of(bare).ledger.balance == "empty"
    assert "reciprocidad" not in Client().get(f"/acuerdos/{bare.slug}/").text


def test_two_cities_of_one_name_are_told_apart(cast):
    namesake = make.place("León", code="ES")
    made = make.agreement(cast.leon, namesake)
    make.activity(made, "2020")
    page = Client().get(f"/acuerdos/{made.slug}/").text
    assert "León, México dio" in page
    assert "León, España dio" in page
