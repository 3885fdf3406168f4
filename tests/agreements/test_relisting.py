"""Listings follow what they carry of places."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.agreements.actions import relist_all, relist_places
from hermanar.agreements.actions.listing import mark_changed
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.directory.models import PlaceName
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.models import Change
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def test_new_name_of_a_place_finds_its_agreements():
    toledo = make.place("Toledo", code="ES")
    make.agreement(make.place("Guanajuato"), toledo)
    assert read.agreements(Filters(q="toletum"), today=TODAY, language="es").count == 0
    PlaceName.objects.create(place=toledo, name="Toletum", folded="toletum", kind="former", source=make.source())
    toledo.name_es = "Toledo la Imperial"
    toledo.save()
    relist_all(by=CONSOLE)
    page = read.agreements(Filters(q="toletum"), today=TODAY, language="es")
    assert [party.name for party in page.items[0].parties] == ["Guanajuato", "Toledo la Imperial"]


def test_only_what_stands_on_a_changed_place_is_derived_again():
    toledo, host = make.place("Toledo", code="ES"), make.place("Guanajuato")
    touched = make.agreement(host, toledo)
    make.agreement(host, make.place("Ashland", code="US"))
    number = Change.objects.latest("number").number
    relist_places({toledo.pk}, by=CONSOLE)
    assert list(Change.objects.filter(number__gt=number).values_list("subject", flat=True)) == [touched.pk]
    relist_places(set(), by=CONSOLE)
    assert Change.objects.latest("number").number == number + 1
    relist_places(None, by=CONSOLE)
    assert Change.objects.filter(number=number + 2).count() == 2


def test_visitor_may_not_relist():
    for relist in (relist_all, lambda by: relist_places(set(), by=by)):
        with pytest.raises(NotAllowedError):
            relist(by=Actor("visitor", Role.PUBLIC))


def test_very_many_changes_are_told_as_one(monkeypatch):
    monkeypatch.setattr("hermanar.agreements.actions.listing._REREAD_ALL", 2)
    made = [make.agreement(make.place("Guanajuato"), make.place("Toledo", code="ES")).pk for _number in range(3)]
    before = Change.objects.count()
    mark_changed(made)
    assert list(Change.objects.values_list("subject", flat=True))[before:] == [None]
