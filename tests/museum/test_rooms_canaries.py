"""What no one may see is in no room: unpublished agreements, gifts and activities, offices of the example."""

from __future__ import annotations

import uuid

import pytest

from hermanar.agreements.models import Agreement, Listing
from hermanar.cooperation.actions import publish_gift
from hermanar.cooperation.models import Activity
from hermanar.foundation.access import Role
from hermanar.foundation.models import Revision
from hermanar.museum.actions import shipped
from hermanar.museum.models import RoomPage
from hermanar.museum.queries import rooms
from hermanar.museum.views import rooms as room_views
from hermanar.offices.models import Office
from tests import cast as people
from tests import factories as make
from tests.cooperation_acts import a_gift, noted

pytestmark = pytest.mark.django_db
ROOM = "/salas/ashland/"


@pytest.fixture
def cast(db):
    return people.gather()


@pytest.fixture
def tie(cast, monkeypatch):
    """Return a public agreement of Guanajuato's office that has a room; another is hidden, and has one too."""
    hidden = make.agreement(cast.guanajuato, cast.leon, is_published=False, title_es="Acuerdo oculto")
    made = make.agreement(cast.guanajuato, cast.ashland)
    Agreement.objects.filter(pk=made.pk).update(office=cast.office)
    kept = (
        rooms.Room("ashland", made.slug, cast.guanajuato.slug, cast.ashland.slug),
        rooms.Room("leon", hidden.slug, cast.guanajuato.slug, cast.leon.slug),
    )
    monkeypatch.setattr(rooms, "rooms", lambda: kept)
    for module in (shipped, room_views):
        monkeypatch.setattr(module, "rooms", lambda: kept)
    done = shipped.open_shipped_rooms()
    assert (done.made, done.kept) == (2, ())
    return Agreement.objects.get(pk=made.pk)


def texts(client):
    pages = [client.get(address) for address in (ROOM, "/salas/", f"/en{ROOM}", "/en/salas/", "/sitemap-salas.xml")]
    return " ".join((b"".join(page.streaming_content) if page.streaming else page.content).decode() for page in pages)


def test_hidden_agreement_has_no_door_and_no_room(client, tie):
    text = texts(client)
    assert "Acuerdo oculto" not in text
    assert "/salas/leon/" not in text
    assert "León" not in text
    assert client.get("/salas/leon/").status_code == 404


def test_gift_and_activity_are_there_once_they_are_published(client, cast, tie):
    kept = a_gift(cast, tie, story_es="Secreto del regalo")
    done = noted(cast, tie, on="2026-05-01", description_es="Secreto de la actividad")
    assert "Secreto" not in texts(client)
    assert "placa de plata" not in texts(client)
    publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1)
    text = texts(client)
    assert "Secreto del regalo" in text
    assert "Secreto de la actividad" not in text
    assert "Sala de cabildo" not in text
    Activity.objects.filter(pk=done.pk).update(published_at=tie.published_at)
    assert "Secreto de la actividad" in texts(client)


def test_only_a_real_office_that_gave_an_address_is_named(client, cast, tie):
    assert "mailto:" not in texts(client)
    Office.objects.filter(pk=cast.office.pk).update(email="hermanas@guanajuato.example", is_demonstration=True)
    assert "hermanas@guanajuato.example" not in texts(client)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=False)
    assert "mailto:hermanas@guanajuato.example" in client.get(ROOM).content.decode()


def test_scripts_in_a_record_are_only_text(client, cast, tie):
    kept = a_gift(cast, tie, title_es="<script>alert(1)</script>")
    publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1)
    assert "<script>alert" not in client.get(ROOM).content.decode()


def test_a_room_whose_record_was_withdrawn_is_closed_and_has_no_door(client, tie):
    page = RoomPage.objects.get(slug="ashland", locale__language_code="es")
    assert page.live
    with_door = texts(client)
    assert ROOM in with_door
    withdraw(tie)
    assert client.get(ROOM).status_code == 404
    assert ROOM not in b"".join(client.get("/sitemap-salas.xml").streaming_content).decode()
    hall = client.get("/salas/").content.decode()
    assert ROOM not in hall
    assert "Ashland" not in hall


def withdraw(tie):
    Agreement.objects.filter(pk=tie.pk).update(published_at=None)
    Listing.objects.filter(agreement=tie.pk).update(is_published=False)
    for revision in Revision.objects.all():  # as every verb that hides something does
        Revision.objects.filter(pk=revision.pk).update(epoch=uuid.uuid4())
