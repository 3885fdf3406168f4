"""The walls of the desk: what one city's people may do, nobody else's can, whatever address is asked."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from hermanar.foundation.access import APPROVES, INVITED, Role, desk_group
from hermanar.foundation.models import User
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.actions.rooms import group_of, keep_museum, name_editor, open_room
from hermanar.museum.models import Picture, RoomPage
from hermanar.site import desk_door
from hermanar.workspace.desk_rights import DeskRights, desk_rights
from tests.cast import gather, person
from tests.museum.rooms import approver, photo
from tests.workspace.signing_in import client_of

SECRET = "SECRETO DE LEON"
WHO = ("guest", "editor", "director", "foreign_editor", "foreign_director")
HOSTS, OTHERS = ("director",), ("foreign_editor", "foreign_director")


@pytest.fixture
def cast(db):
    return gather()


@pytest.fixture
def rooms(cast):
    """Return the room of León and the one of Guanajuato, whose city keeps the house."""
    keep_museum(cast.guanajuato.slug)
    return [a_room(cast, cast.other_office, cast.leon.slug), a_room(cast, cast.office, cast.guanajuato.slug)]


def a_room(cast, office, host):
    lay_out()
    return open_room(cast.ashland.slug, host, by=approver(user_of(cast.at(office, Role.DIRECTOR)), host))


def user_of(actor):
    return User.objects.get(pk=actor.user)


def guest_of(room, cast, monkeypatch):
    """Return a browser of whom León asked into its room; a tie gives that part."""
    guest = person("editora@ashland.example.org")
    name_editor(room, guest, by=user_of(cast.at(cast.other_office, Role.DIRECTOR)))
    given = DeskRights(frozenset(), frozenset({desk_group(INVITED, room.host, room.place)}))
    monkeypatch.setattr(desk_door, "desk_rights", lambda key: given if key == guest.pk else desk_rights(key))
    return client_of(guest)


@pytest.fixture
def clients(cast, rooms, monkeypatch):
    """Return a browser for each part in the room of León: those of León, and those of Guanajuato."""
    made = {"guest": guest_of(rooms[0], cast, monkeypatch)}
    for name, office in (("", cast.other_office), ("foreign_", cast.office)):
        made[f"{name}editor"] = client_of(cast.at(office, Role.MUSEUM_EDITOR))
        made[f"{name}director"] = client_of(cast.at(office, Role.DIRECTOR))
    return made


def english(room):
    return RoomPage.objects.get(translation_key=room.translation_key, locale__language_code="en")


def is_let_in(answer):
    """Say whether the desk answered; it leads whoever may not to its first page, or says no."""
    return answer.status_code == 200 or (answer.status_code == 302 and answer["Location"] != "/cms/")


def name_secretly(room):
    for page in (room, english(room)):
        RoomPage.objects.filter(pk=page.pk).update(title=SECRET, draft_title=SECRET)
    source = TranslationSource.objects.get(object_id=room.translation_key)
    source.update_from_db()
    return source


def address(name, room, source):
    translation = Translation.objects.get(source=source)
    segment = StringSegment.objects.filter(source=source).first()
    return reverse(f"wagtail_localize:{name}", args={
        "submit_page_translation": [room.pk],
        "submit_snippet_translation": ["museum", "recording", "1"],
        "update_translations": [source.pk],
        "edit_string_translation": [translation.pk, segment.pk],
        "edit_override": [translation.pk, 1],
        "convert_to_alias": [english(room).pk],
        "snippets_api_listing": ["museum", "course"],
        "snippets_api_detail": ["museum", "course", "1"],
        "javascript_catalog": [], "translations_report": [], "translations_report_results": [],
    }.get(name, [translation.pk]))  # fmt: skip


OWN = ("guest", "editor", "director")
TRANSLATING = [  # address, how it is asked, who is let in
    ("submit_page_translation", "get", OWN),
    ("submit_snippet_translation", "get", ()),
    ("update_translations", "get", OWN),
    ("update_translations", "post", OWN),
    ("edit_string_translation", "post", OWN),
    ("edit_override", "post", ()),  # a room has none
    ("download_pofile", "get", OWN),
    ("upload_pofile", "post", OWN),
    ("machine_translate", "post", ()),
    ("preview_translation", "get", OWN),
    ("convert_to_alias", "get", HOSTS),
    ("translations_report", "get", ()),
    ("translations_report_results", "get", ()),
    ("snippets_api_listing", "get", ()),
    ("snippets_api_detail", "get", ()),
    ("stop_translation", "post", OWN),
]


def test_translations_are_reached_by_who_works_in_that_room(clients, rooms):
    source, found = name_secretly(rooms[0]), []
    for name, how, allowed in TRANSLATING:
        for who in reversed(WHO):
            answer = getattr(clients[who], how)(address(name, rooms[0], source), {"value": "x"})
            told = SECRET in answer.content.decode()
            if is_let_in(answer) != (who in allowed) or (told and who in OTHERS):
                found.append((name, how, who, answer.status_code, told))
    assert not found


def test_every_address_of_translating_is_in_the_table():
    from wagtail_localize.wagtail_hooks import register_admin_urls  # noqa: PLC0415 (its names)

    names = {one.name for one in register_admin_urls()[0].url_patterns}
    assert names == {name for name, _how, _who in TRANSLATING} | {"javascript_catalog"}


def test_a_translation_is_published_by_who_publishes_that_room(clients, rooms, django_capture_on_commit_callbacks):
    source = name_secretly(rooms[0])
    for who in reversed(("director", *(one for one in WHO if one not in HOSTS))):
        with django_capture_on_commit_callbacks(execute=True):
            clients[who].post(address("update_translations", rooms[0], source), {"publish_translations": "on"})
        assert english(rooms[0]).live is (who in HOSTS), who
    assert Client().get(f"/en/salas/{rooms[0].slug}/").status_code == 200
