"""The walls of the desk: what one city's people may do, nobody else's can, whatever address is asked."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Collection
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from hermanar.foundation.access import GRANTED, INVITED, Role, Verb, desk_group
from hermanar.foundation.models import User
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.actions.rooms import keep_museum, name_editor, open_room
from hermanar.museum.actions.shipped import _taken_away
from hermanar.museum.desk.courses import CourseForm, LessonForm
from hermanar.museum.desk.exhibits import ExhibitForm
from hermanar.museum.models import Pair, Picture, Recording, RoomPage, StoryPage, TextPage
from hermanar.museum.queries import pages
from hermanar.museum.views import sitemap
from hermanar.site import desk_door
from hermanar.workspace.desk_rights import DeskRights, desk_rights
from tests.cast import person
from tests.museum.rooms import approver, photo, recording
from tests.museum.test_pair_desk import LIST, NEW, written
from tests.workspace.signing_in import client_of

SECRET = "SECRETO DE LEON"
_PO = b'msgid ""\nmsgstr ""\n"X-WagtailLocalize-TranslationID: another\\n"\n'
WHO = ("guest", "editor", "director", "foreign_editor", "foreign_director")
HOSTS, OTHERS = ("director",), ("foreign_editor", "foreign_director")


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
    return answer.status_code in {200, 201} or (answer.status_code == 302 and answer["Location"] != "/cms/")


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
    ("edit_string_translation", "put", OWN),
    ("edit_override", "put", ()),  # a room has none
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
            sent, kind = {"value": "x", "next": "/cms/account/"}, {}
            if name == "upload_pofile":
                sent["file"] = ContentFile(_PO, name="a.po")
            if how == "put":
                sent, kind = urlencode(sent), {"content_type": "application/x-www-form-urlencoded"}
            answer = getattr(clients[who], how)(address(name, rooms[0], source), sent, **kind)
            told = SECRET in answer.content.decode()
            if is_let_in(answer) != (who in allowed) or (told and who in OTHERS):
                found.append((name, how, who, answer.status_code, told))
    assert found == []


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


# ── what is not of one's own city ────────────────────────────────────────────────────────────────────────────────────


def a_picture(city):
    kept = Collection.objects.get(name=city.slug)
    return Picture.objects.create(title=SECRET, file=photo(), collection=kept, author="A", licence="own")


def test_no_list_tells_of_what_another_city_drafts(clients, rooms, cast):
    name_secretly(rooms[0])
    shown, hall = a_picture(cast.leon), lay_out()
    own = [f"/cms/choose-page/{hall.pk}/", "/cms/choose-page/search/?q=SECRETO", f"/cms/choose-page/{rooms[0].pk}/"]
    found = []
    for path, allowed in [
        *((path, OWN) for path in own),
        (f"/cms/choose-page/chosen-multiple/?id={rooms[0].pk}", ()),
        ("/cms/api/main/images/", ()), (f"/cms/api/main/images/{shown.pk}/", OWN),
        ("/cms/api/main/documents/", ()), ("/cms/api/main/documents/1/", ()), ("/cms/documents/", ()),
        ("/cms/documents/chooser/", ()),
    ]:  # fmt: skip
        for who in WHO:
            answer = clients[who].get(path)
            if (SECRET in answer.content.decode()) != (who in allowed) or (not allowed and is_let_in(answer)):
                found.append((path, who, answer.status_code))
    assert not found
    RoomPage.objects.filter(pk=rooms[0].pk).update(live=True, title="Ashland")  # published, and renamed in a draft
    assert SECRET not in clients["foreign_director"].get(own[0]).content.decode()


def test_who_was_asked_into_a_room_mends_only_the_pictures_they_sent(clients, cast):
    kept = a_picture(cast.leon)
    for who in ("guest", "foreign_director"):
        clients[who].post(reverse("wagtailimages:delete", args=[kept.pk]))
        assert Picture.objects.filter(pk=kept.pk).exists(), who
        assert not is_let_in(clients[who].get(reverse("wagtailimages:edit", args=[kept.pk])))
    assert is_let_in(clients["guest"].get(reverse("wagtailimages:add")))
    assert is_let_in(clients["editor"].get(reverse("wagtailimages:edit", args=[kept.pk])))


def test_a_public_pair_is_changed_by_who_approves_for_its_cities_or_for_the_house(clients, cast):
    ours = {"first-place": cast.leon.slug, "second-place": cast.ashland.slug}
    assert not is_let_in(clients["guest"].get(LIST))
    clients["guest"].post(NEW, written(cast, **ours))
    assert not Pair.objects.exists()
    clients["editor"].post(NEW, written(cast, **ours))
    kept = Pair.objects.get()
    address = f"{LIST}{kept.pk}/"
    clients["director"].post(address, written(cast, **ours, version=kept.version, publish="1"))
    kept.refresh_from_db()
    assert kept.published_at
    for who in ("guest", "editor", "foreign_editor"):
        clients[who].post(address, written(cast, **ours, version=kept.version, note="Otra cosa"))
        clients[who].post(address, written(cast, **ours, version=kept.version, withdraw="1"))
        assert Pair.objects.get().version == kept.version, who
    assert "solo la cambia quien aprueba" in clients["editor"].get(address).content.decode()
    own = {"first-place": cast.guanajuato.slug, "second-place": cast.ashland.slug, "slug": "otra"}
    clients["foreign_editor"].post(NEW, written(cast, **own))
    others = Pair.objects.get(slug="otra")
    clients["foreign_director"].post(f"{LIST}{others.pk}/", written(cast, **own, version=1, publish="1"))
    others.refresh_from_db()
    assert others.published_at
    clients["director"].post(f"{LIST}{others.pk}/", written(cast, **own, version=others.version, withdraw="1"))
    assert Pair.objects.get(slug="otra").published_at  # León is none of its cities
    clients["foreign_director"].post(address, written(cast, **ours, version=kept.version, withdraw="1"))
    assert not Pair.objects.get(pk=kept.pk).published_at  # Guanajuato keeps the house


def test_who_keeps_the_house_mends_a_recording_and_takes_it_away(clients, django_capture_on_commit_callbacks):
    kept = recording()
    name, mend, delete = kept.file.name, *(
        reverse(f"wagtailsnippets_museum_recording:{verb}", args=[kept.pk]) for verb in ("edit", "delete")
    )  # fmt: skip
    for who in OWN:
        assert not is_let_in(clients[who].get(mend)), who
        clients[who].post(delete)
    assert Recording.objects.filter(pk=kept.pk).exists()
    assert is_let_in(clients["foreign_director"].get(mend))
    given = Client().get(f"/medios/{name}")
    assert given.getvalue()
    assert "immutable" not in given["Cache-Control"]
    with django_capture_on_commit_callbacks(execute=True):
        clients["foreign_director"].post(delete)
    assert not Recording.objects.exists()
    assert Client().get(f"/medios/{name}").status_code == 404


# ── who one is there ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_works_in_rooms_may_do_what_the_desk_does_in_their_name():
    desk = {Verb.EDIT_ROOMS, Verb.KEEP_EXHIBITS, Verb.KEEP_COURSES, Verb.KEEP_BOARD}
    short = {role for role, verbs in GRANTED.items() if Verb.EDIT_ROOMS in verbs and not desk <= verbs}
    assert not short


def test_an_invitation_ends_with_its_tie_for_members_of_other_offices_too(rooms, cast):
    stranger, colleague = user_of(cast.of(Role.ANALYST)), user_of(cast.at(cast.other_office, Role.ANALYST))
    for person_there in (stranger, colleague):
        name_editor(rooms[0], person_there, by=user_of(cast.at(cast.other_office, Role.DIRECTOR)))
    assert desk_rights(stranger.pk).rooms == frozenset()
    assert client_of(stranger).get("/cms/").status_code == 403
    assert not stranger.groups.exists()
    assert desk_rights(colleague.pk).rooms == {desk_group(INVITED, rooms[0].host, rooms[0].place)}
    assert client_of(colleague).get("/cms/").status_code == 200


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_pages_below_a_closed_room_are_closed_with_it(rooms, monkeypatch):
    room = rooms[0]
    RoomPage.objects.filter(pk=room.pk).update(live=True)
    room.add_child(instance=StoryPage(title=SECRET, slug="una-historia", locale=room.locale, live=True))
    address = f"/salas/{room.slug}/una-historia/"
    assert SECRET in Client().get(address).content.decode()
    assert address in list(sitemap._pages_of_editors())
    for module in (pages, sitemap):
        monkeypatch.setattr(module, "closed_rooms", lambda: {f"/salas/{room.slug}/"})
    assert Client().get(address).status_code == 404
    assert address not in list(sitemap._pages_of_editors())


def test_a_room_taken_away_is_known_whatever_it_was_called(rooms):
    room = rooms[0]
    room.title = "La casa de enfrente"
    room.save_revision().publish()
    assert _taken_away() == set()
    DeletePageAction(RoomPage.objects.get(pk=room.pk), user=None).execute(skip_permission_checks=True)
    assert _taken_away() == {(room.host, room.place)}


@pytest.mark.parametrize(
    ("form", "slug"),
    [(ExhibitForm, "seleccion"), (CourseForm, "guia-para-escuelas"), (LessonForm, "prueba-final"),
     (LessonForm, "constancia")],
)  # fmt: skip
def test_an_address_that_the_house_answers_is_refused(form, slug):
    asked = object.__new__(form)
    asked.cleaned_data = {"slug": slug}
    with pytest.raises(ValidationError):
        asked.clean_slug()
    asked.cleaned_data = {"slug": "otra-cosa"}
    assert asked.clean_slug() == "otra-cosa"


def test_a_page_does_not_take_an_address_of_the_house(rooms, cast):
    home = lay_out().get_parent()
    keeper = client_of(cast.of(Role.DIRECTOR))
    add = reverse("wagtailadmin_pages:add", args=["museum", "textpage", home.pk])
    for language in ("es", "en"):
        for slug in ("agenda", "oficina", "cms", "gracias"):
            given = {"title": slug, "slug": slug, "lede": "", "body-count": "0", "action-save-draft": "1"}
            keeper.post(add, given, headers={"accept-language": language})
    assert list(TextPage.objects.values_list("slug", flat=True)) == ["gracias"]


@pytest.mark.parametrize(
    ("asked", "status", "given", "where"),
    [
        ("", 200, b"0123456789", None),
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_film_is_given_in_parts(db, asked, status, given, where):
    name = default_storage.save("grabaciones/partes.mp4", ContentFile(b"0123456789"))
    answer = Client().get(f"/medios/{name}", headers={"range": asked} if asked else {})
    content = answer.getvalue() if answer.streaming else answer.content
    default_storage.delete(name)
    assert (answer.status_code, content, answer.headers.get("Content-Range")) == (status, given, where)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Length"] == str(len(given))


@pytest.mark.parametrize("name", [f"imagenes/{'a' * 300}.webp", f"grabaciones/{'a' * 5_000}.mp3"])
def test_a_name_longer_than_any_file_has_is_not_there(db, name):
    there = default_storage.save(f"{name.partition('/')[0]}/corto.webp", ContentFile(b"0"))
    default_storage.delete(there)  # the folder stays
    assert Client(raise_request_exception=False).get(f"/medios/{name}").status_code == 404
