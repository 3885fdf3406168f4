"""What the office hears of its counterpart elsewhere: what is due, what it hands over, what its trail proves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from hermanar.agreements.actions import end_guest
from hermanar.console.proving import flaws
from hermanar.cooperation import actions
from hermanar.cooperation.actions import TakeIn
from hermanar.cooperation.models import GuestEntry
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import public_day
from hermanar.workspace.dossier import known_on
from hermanar.workspace.due import due_lines
from tests.guests import DrivenGuest

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(standing_cast):
    return DrivenGuest(standing_cast)


def of_guest(lines):
    return [line for line in lines if line.title == "Lo que contó la contraparte, por recibir"]


def test_what_waits_is_due_until_it_is_answered(guest):
    first, second = guest.tells(), guest.tells("2026-03-01", "Books")
    office = guest.cast.office
    assert [line.why for line in of_guest(due_lines(office))] == [first.description, "Books"]
    assert of_guest(due_lines(guest.cast.other_office)) == []
    actions.give_back(first.pk, by=guest.file.by, version=1, reason="¿Qué día?")
    actions.take_in(second.pk, by=guest.file.by, version=1, words=TakeIn("Libros"))
    assert of_guest(due_lines(office)) == []


def test_dossier_says_who_took_part_and_what_waited(guest):
    entry = guest.tells()
    today = public_day()
    rows = known_on(guest.cast.office, today).rows
    assert [row["contact"] for row in rows["contacts"]] == [f"Ann Mayor <{guest.guest.email}>"]
    assert [row["what"] for row in rows["open_matters"] if "contraparte" in row["what"]] == [
        f"Lo que contó la contraparte, por recibir: {entry.description}"
    ]
    before = known_on(guest.cast.office, today - dt.timedelta(days=1)).rows
    assert before["contacts"] == []
    assert before["open_matters"] == []
    actions.take_back(entry.pk, by=guest.by, version=1)
    end_guest(guest.guest.pk, by=guest.cast.of(Role.DIRECTOR))
    after = known_on(guest.cast.office, today).rows
    assert after["contacts"] == []
    assert not [row for row in after["open_matters"] if "contraparte" in row["what"]]


def test_verify_finds_what_was_changed_behind_the_trail(guest):
    entry = guest.tells()
    call_command("verify")
    GuestEntry.objects.filter(pk=entry.pk).update(participants={"US": 9})
    [found] = flaws([])
    assert (
        found.sentence
        == f"{guest.file.now.number}: algo que contó la contraparte no dice lo que la bitácora guardó de ello"
    )
    with pytest.raises(CommandError):
        call_command("verify")
    GuestEntry.objects.filter(pk=entry.pk).delete()
    assert [one.sentence for one in flaws([])] == ["falta algo que la contraparte contó y que la bitácora guardó"]
