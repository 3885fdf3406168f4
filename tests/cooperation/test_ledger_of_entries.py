"""What an office enters of common life, in the ledger: once, unless withdrawn, and from the side that tells it."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from hermanar.agreements.models import Agreement
from hermanar.catalogue import read
from hermanar.cooperation.actions import (
    EntryDraft,
    publish_activity,
    record_activity,
    unpublish_activity,
    withdraw_activity,
)
from hermanar.cooperation.models import Activity
from hermanar.cooperation.queries import documented_donations, ledger_of_tie, ledgers_of_office
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Side
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import parse_partial
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def director(cast):
    return cast.of(Role.DIRECTOR)


@pytest.fixture
def tie(cast):
    """Return a public agreement of the office of Guanajuato, with one donation that a source tells of."""
    made = make.agreement(cast.guanajuato, cast.ashland)
    Agreement.objects.filter(pk=made.pk).update(office=cast.office)
    make.activity(made, "2005", kind=ActivityKind.DONATION, description="Equipo dental")
    Activity.objects.update(direction="received")
    return Agreement.objects.select_related("office").get(pk=made.pk)


def entered(tie, director, on="2026-05-03", **values):
    first = {"kind": ActivityKind.DONATION, "direction": Direction.GIVEN, "description_es": "Libros"}
    told = {name: values.pop(name, value) for name, value in first.items()}
    draft = EntryDraft(start=parse_partial(on), end=parse_partial(on), **told)
    return record_activity(tie.pk, by=director, entry=draft, key=uuid4(), today=TODAY, **values)


def counts(tie):
    book = ledger_of_tie(tie)
    return [book.count(side, is_donation=True) for side in (Side.GIVEN, Side.RECEIVED)]


def in_public(tie):
    sheet = read.agreement(tie.slug, today=TODAY, language="es")
    return sorted((one.side, one.count) for one in sheet.ledger.lines)


def test_entry_counts_for_its_office_until_it_is_withdrawn(cast, tie, director):
    made = entered(tie, director)
    assert counts(tie) == [1, 1]
    assert made.pk in documented_donations([tie])
    withdraw_activity(made.pk, by=director, version=1, reason="Fue otra ciudad")
    assert counts(tie) == [0, 1]
    assert made.pk not in documented_donations([tie])
    assert ledgers_of_office(cast.office)[0].count(Side.GIVEN, is_donation=True) == 0


def test_entry_told_as_the_same_as_another_counts_once(tie, director):
    source = Activity.objects.get()
    made = entered(tie, director, "2005-06-01", direction=Direction.RECEIVED, same_as=source.pk)
    assert made.same_as_id == source.pk
    assert counts(tie) == [0, 1]
    assert set(documented_donations([tie])) == {source.pk}


def test_public_ledger_has_what_the_office_shows_and_as_long_as_it_does(tie, director):
    made = entered(tie, director)
    assert in_public(tie) == [("received", 1)]
    publish_activity(made.pk, by=director, version=1)
    assert in_public(tie) == [("given", 1), ("received", 1)]
    unpublish_activity(made.pk, by=director, version=2)
    assert in_public(tie) == [("received", 1)]
    publish_activity(made.pk, by=director, version=3)
    withdraw_activity(made.pk, by=director, version=4, reason="Fue otra ciudad")
    assert in_public(tie) == [("received", 1)]


def test_what_an_office_on_the_other_side_enters_is_told_from_its_side(cast, director):
    made = make.agreement(cast.ashland, cast.guanajuato)
    Agreement.objects.filter(pk=made.pk).update(office=cast.office)
    tie = Agreement.objects.select_related("office").get(pk=made.pk)
    mine = entered(tie, director)
    assert counts(tie) == [1, 0]
    assert [one.side for one in documented_donations([tie]).values()] == ["given"]
    publish_activity(mine.pk, by=director, version=1)
    assert in_public(tie) == [("received", 1)]  # as the declaring party reads it
