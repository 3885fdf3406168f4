"""The list of an office's files: what it finds, what it asks of the database, and what nobody's parameter reaches."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hermanar.agreements.models import Agreement
from hermanar.foundation.access import Role
from hermanar.foundation.words import fold
from hermanar.workspace import views
from hermanar.workspace.urls import urlpatterns as office_patterns
from tests.workspace.filing import Desk
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db

VIEWS = [*Path(views.__path__[0]).glob("*.py"), *Path(views.__path__[0]).parent.glob("*.py")]


@pytest.fixture
def desk(cast):
    return Desk(cast)


def test_the_list_finds_filters_and_is_taken_away(desk):
    desk.open()
    page = reverse("workspace:files")
    assert desk.now.title_es in desk.client.get(page, {"q": "ashland"}).text
    assert desk.now.title_es in desk.client.get(page, {"regimen": "treaties_law", "etapa": "draft"}).text
    assert "Ningún expediente así" in desk.client.get(page, {"regimen": "between_mexican"}).text
    answer = desk.client.get(reverse("workspace:files_table", args=["csv"]))
    [heading, row] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = dict(zip(heading, row, strict=True))
    assert (told["número"], told["siguiente paso"]) == (desk.now.reference, "Informar a la Cancillería")
    assert desk.client.get(reverse("workspace:files_table", args=["xlsx"])).content.startswith(b"PK")


@pytest.mark.parametrize("asked", ["LEÓN", "león", "leon", "CORUÑA acuerdo", "{number}", "a\x00 coruña"])
def test_the_list_is_searched_without_case_and_accents(desk, asked):
    desk.open()
    number = desk.now.number
    Agreement.objects.filter(pk=desk.key).update(title_es="Acuerdo con León")
    desk.now.parties.filter(role="counterpart").update(name_as_written="A Coruña")
    other = desk.key
    desk.open()
    Agreement.objects.filter(pk=desk.key).update(title_es="Otro")
    answer = desk.client.get(reverse("workspace:files"), {"q": asked.format(number=number)})
    assert [str(key) in answer.text for key in (other, desk.key)] == [True, False]


def test_the_list_is_searched_by_every_name_of_the_other_city(desk):
    name = desk.cast.ashland.names.first()
    desk.cast.ashland.names.create(name="Łódź", folded=fold("Łódź"), kind=name.kind, language="pl", source=name.source)
    desk.open()
    for asked in ("ŁÓDŹ", "lodz", "łódź ashland", "·"):
        assert str(desk.key) in desk.client.get(reverse("workspace:files"), {"q": asked}).text, asked
    assert "Ningún expediente así" in desk.client.get(reverse("workspace:files"), {"q": "łódź regalo"}).text


def test_no_parameter_of_a_page_of_the_office_reaches_the_database_raw(desk):
    """PostgreSQL refuses the sign that no text may hold; SQLite takes it."""
    desk.open()
    named = [one.name for one in office_patterns if one.name and not one.pattern.converters]
    places = [reverse(f"workspace:{name}") for name in named] + [desk.address("text"), desk.address("compare")]
    asked = {found for file in VIEWS for found in re.findall(r'GET\.get\w*\("(\w+)"', file.read_text())}
    assert {"q", "idioma", "expediente", "vuelve"} <= asked
    for role in (Role.DIRECTOR, Role.ANALYST):
        client = client_of(desk.cast.of(role))
        for place in places:
            for odd in ("\x00", "a\x00b", "9" * 4_301):
                assert client.get(place, dict.fromkeys(asked, odd)).status_code < 500, (place, odd)
    steward = client_of(desk.cast.at(desk.cast.ministry, Role.REGISTRY_STEWARD))
    for name in ("texto", "estado", "oficina"):
        assert steward.get(reverse("workspace:register"), {name: "a\x00"}).status_code == 200


def test_the_list_asks_no_more_for_ten_files_than_for_one(desk):
    desk.open()
    page, table = reverse("workspace:files"), reverse("workspace:files_table", args=["csv"])
    asked = []
    for count in (0, 9):
        for _again in range(count):
            desk.open()
        for address in (page, table):
            desk.client.get(address)  # what is kept ready is ready then
            with CaptureQueriesContext(connection) as seen:
                answer = desk.client.get(address)
                assert answer.getvalue().decode().count("Informar a la Cancillería") > count
            asked.append(len(seen))
    assert asked[:2] == asked[2:]
