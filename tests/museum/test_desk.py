"""The editors' desk: who comes in, where each may work, and what becomes of what they send."""

from __future__ import annotations

import datetime as dt
import re
import struct
import zlib
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageFile
from wagtail.models import Collection, GroupPagePermission, Page
from wagtail.permissions import page_permission_policy

from hermanar.foundation.access import APPROVES, EDITS, NotAllowedError, Role, desk_group
from hermanar.foundation.models import User
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.actions.rooms import (
    RoomExistsError,
    dismiss_editor,
    enrol,
    group_of,
    keep_museum,
    name_editor,
    open_room,
)
from hermanar.museum.models import HallPage, Picture, RoomPage, StoryPage
from tests.cast import gather, person
from tests.museum.rooms import GPS, approver, every_kind, photo, published_room, stored
from tests.workspace.signing_in import client_of


@pytest.fixture
def cast(db):
    return gather()


def user_of(actor):
    return User.objects.get(pk=actor.user)


def a_room(cast, *, office=None):
    host = (cast.guanajuato if office is None else cast.leon).slug
    director = user_of(cast.at(office or cast.office, Role.DIRECTOR))
    lay_out()
    return open_room(cast.ashland.slug, host, by=approver(director, host))


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_desk_asks_for_the_house_s_own_sign_in(cast):
    for path in ("/cms/", "/cms/login/", "/cms/password_reset/"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/cuenta/")


def test_the_desk_asks_for_a_second_factor(cast):
    answer = client_of(cast.of(Role.MUSEUM_EDITOR), shown=False).get("/cms/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/cuenta/")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MUSEUM_EDITOR, 200), (Role.COORDINATOR, 200), (Role.DIRECTOR, 200), (Role.ADMINISTRATOR, 200),
        (Role.ANALYST, 403), (Role.READER, 403), (Role.COMMITTEE_MEMBER, 403),
    ],
)  # fmt: skip
def test_roles_open_the_desk(cast, role, status):
    assert client_of(cast.of(role)).get("/cms/").status_code == status


def test_the_desk_has_its_own_policy_and_the_public_pages_keep_theirs(cast):
    desk = client_of(cast.of(Role.DIRECTOR)).get("/cms/")
    assert "'unsafe-inline'" in desk["Content-Security-Policy"]
    assert desk["Cache-Control"] == "private, no-store"
    assert "unsafe" not in Client().get("/salud/")["Content-Security-Policy"]


def test_a_role_that_ended_closes_the_desk(cast):
    editor = cast.of(Role.MUSEUM_EDITOR)
    client_of(editor).get("/cms/")
    assert user_of(editor).groups.filter(name=desk_group(EDITS, cast.guanajuato.slug)).exists()
    user_of(editor).memberships.update(ended_at=timezone.now())
    assert client_of(editor).get("/cms/").status_code == 403
    assert not user_of(editor).groups.exists()


def test_a_new_room_is_one_question(cast):
    lay_out()
    client = client_of(cast.of(Role.MUSEUM_EDITOR))
    assert "Nueva sala" in client.get("/cms/").content.decode()
    answer = client.post("/cms/museo/nueva-sala/", {"place": "Ashland", "host": cast.guanajuato.slug})
    room = RoomPage.objects.get(locale__language_code="es")
    assert answer["Location"] == edit_url(room)
    assert (room.title, room.place, room.live) == ("Ashland", cast.ashland.slug, False)
    assert [piece["type"] for piece in room.body.raw_data] == ["record", "map"]
    assert client.get(edit_url(room)).status_code == 200
    assert RoomPage.objects.filter(locale__language_code="en", live=False).count() == 1
    again = client.post("/cms/museo/nueva-sala/", {"place": "Ashland", "host": cast.guanajuato.slug})
    assert again["Location"] == edit_url(room)


@pytest.mark.parametrize("place", ["", "Nadie conoce esta ciudad", "\x00", "x" * 5000, "<script>"])
def test_a_city_that_is_none_is_refused_in_words(cast, place):
    lay_out()
    answer = client_of(cast.of(Role.MUSEUM_EDITOR)).post(
        "/cms/museo/nueva-sala/", {"place": place, "host": cast.guanajuato.slug}
    )
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert not RoomPage.objects.exists()


def test_nobody_opens_a_room_of_another_city(cast):
    lay_out()
    with pytest.raises(NotAllowedError):
        open_room(cast.ashland.slug, cast.leon.slug, by=user_of(cast.of(Role.DIRECTOR)))
    room = a_room(cast)
    with pytest.raises(RoomExistsError):
        open_room(cast.ashland.slug, cast.guanajuato.slug, by=room.owner)


@pytest.mark.parametrize("language", ["es", "en"])
def test_editors_work_only_in_their_own_rooms(cast, language):
    own, others = a_room(cast), a_room(cast, office=cast.other_office)
    client = client_of(cast.of(Role.MUSEUM_EDITOR))
    for room, status in ((own, 200), (others, 302)):
        page = RoomPage.objects.get(translation_key=room.translation_key, locale__language_code=language)
        assert client.get(edit_url(page)).status_code == status
    home = lay_out().get_parent()
    assert client.get(edit_url(home)).status_code == 302
    pictures = reverse("wagtailimages:index")
    Picture.objects.create(
        title="De León", file=photo(), collection=Collection.objects.get(name=cast.leon.slug), author="A", licence="own"
    )
    assert "De León" not in client.get(pictures).content.decode()


def test_the_museum_s_own_city_keeps_home_and_hall(cast):
    keep_museum(cast.guanajuato.slug)
    keep_museum(cast.guanajuato.slug)
    hall = lay_out()
    for page in (hall, hall.get_parent()):
        assert client_of(cast.of(Role.DIRECTOR)).get(edit_url(page)).status_code == 200
        assert client_of(cast.at(cast.other_office, Role.DIRECTOR)).get(edit_url(page)).status_code == 302


def test_who_keeps_the_house_does_not_reach_into_the_rooms_of_another_city(cast):
    keep_museum(cast.guanajuato.slug)
    own, others = a_room(cast), a_room(cast, office=cast.other_office)
    story = others.add_child(instance=StoryPage(title="De León", slug="de-leon", locale=others.locale))
    keeper = client_of(cast.of(Role.DIRECTOR))
    assert keeper.get(edit_url(own)).status_code == 200
    for page in (others, story):
        assert keeper.get(edit_url(page)).status_code == 302
        for verb in ("delete", "unpublish", "move", "copy", "history", "view_draft", "preview_on_edit"):
            assert keeper.get(reverse(f"wagtailadmin_pages:{verb}", args=[page.pk])).status_code == 302, verb
        rights = Page.objects.get(pk=page.pk).permissions_for_user(user_of(cast.of(Role.DIRECTOR)))
        assert not rights.permissions
    hall = keeper.get(reverse("wagtailadmin_explore", args=[lay_out().pk])).content.decode()
    assert edit_url(own) in hall
    assert edit_url(others) not in hall


def test_a_page_of_every_kind_of_piece_opens_at_the_desk(cast):
    room = a_room(cast)
    pieces = every_kind(city=cast.ashland.slug, host=cast.guanajuato.slug, agreement="ninguno")
    room.body = stored(pieces)
    room.save_revision()
    page = client_of(cast.of(Role.MUSEUM_EDITOR)).get(edit_url(room))
    assert page.status_code == 200
    assert "Las campanas" in page.content.decode()


@pytest.mark.parametrize("role", [Role.MUSEUM_EDITOR, Role.DIRECTOR])
def test_the_hall_is_listed_however_many_rooms_a_person_has(cast, role):
    keep_museum(cast.guanajuato.slug)
    room, hall = a_room(cast), lay_out()
    rooms = [RoomPage(title=f"Sala {n}", slug=f"sala-{n}", host=room.host, place=f"c{n}") for n in range(70)]
    for one in rooms:
        one.locale = room.locale
        hall.add_child(instance=one)
    part = Group.objects.get(name=desk_group(APPROVES if role is Role.DIRECTOR else EDITS, room.host))
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__endswith="_page")
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=part, page=one, permission=right) for one in rooms for right in rights
    )
    listed = client_of(cast.of(role)).get(reverse("wagtailadmin_explore", args=[hall.pk]))
    assert listed.status_code == 200
    assert "Sala 1" in listed.content.decode()
    assert page_permission_policy.explorable_instances(user_of(cast.of(role))).filter(slug="sala-69").exists()


def test_nobody_takes_away_the_ground_nor_makes_a_room_by_hand(cast):
    keep_museum(cast.guanajuato.slug)
    room, hall, keeper = a_room(cast), lay_out(), client_of(cast.of(Role.DIRECTOR))
    for page in (hall, hall.get_parent()):
        for verb in ("delete", "unpublish", "move"):
            keeper.post(reverse(f"wagtailadmin_pages:{verb}", args=[page.pk]))
    copied = {"new_title": "b", "new_slug": "b", "new_parent_page": hall.pk}
    keeper.post(reverse("wagtailadmin_pages:copy", args=[room.pk]), copied)
    assert keeper.get(reverse("wagtailadmin_pages:add", args=["museum", "roompage", hall.pk])).status_code == 302
    assert list(Page.objects.filter(depth=3, live=True).values_list("pk", flat=True)) == [
        one.pk for one in HallPage.objects.order_by("path")
    ]
    assert RoomPage.objects.filter(locale=room.locale).count() == 1


def test_the_sister_city_s_editor_works_in_one_room(cast):
    room, others = a_room(cast), a_room(cast, office=cast.other_office)
    guest, director = person("editor@ashland.example.org"), user_of(cast.of(Role.DIRECTOR))
    name_editor(room, guest, by=director)
    rooms = set(guest.groups.values_list("name", flat=True))
    assert enrol(guest.pk, groups=set(), rooms=rooms)
    assert room.permissions_for_user(guest).can_edit()
    assert not room.permissions_for_user(guest).can_publish()
    assert not others.permissions_for_user(guest).can_edit()
    assert not enrol(guest.pk, groups=set(), rooms=set())  # the tie is over
    assert not guest.groups.exists()
    name_editor(room, guest, by=director)
    dismiss_editor(room, guest, by=director)
    assert not guest.groups.exists()
    with pytest.raises(NotAllowedError):
        name_editor(room, guest, by=user_of(cast.at(cast.other_office, Role.DIRECTOR)))


def test_only_who_approves_names_editors(cast):
    room = a_room(cast)
    page = f"/cms/museo/sala/{room.pk}/editores/"
    assert client_of(cast.of(Role.MUSEUM_EDITOR)).get(page).status_code == 404
    director = client_of(cast.of(Role.DIRECTOR))
    person("invitada@example.org")
    assert director.post(page, {"email": "nadie@example.org"}).status_code == 200
    assert director.post(page, {"email": "invitada@example.org"}).status_code == 302
    assert "invitada@example.org" in director.get(page).content.decode()


def test_an_editor_sends_for_review_and_the_director_publishes(cast):
    room = a_room(cast)
    editor, director = client_of(cast.of(Role.MUSEUM_EDITOR)), client_of(cast.of(Role.DIRECTOR))
    form = form_of(editor.get(edit_url(room)))
    editor.post(edit_url(room), form | {"title": "Ashland, de cerca", "action-publish": "1"})
    assert not RoomPage.objects.get(pk=room.pk).live
    editor.post(edit_url(room), form | {"title": "Ashland, de cerca", "action-submit": "1"})
    state = RoomPage.objects.get(pk=room.pk).current_workflow_task_state
    assert state is not None
    assert Client().get(f"/salas/{room.slug}/").status_code == 404
    approval = reverse("wagtailadmin_pages:workflow_action", args=[room.pk, "approve", state.pk])
    assert editor.post(approval).status_code in {302, 403}
    assert not RoomPage.objects.get(pk=room.pk).live
    director.post(approval)
    assert RoomPage.objects.get(pk=room.pk).live
    assert "Ashland, de cerca" in Client().get(f"/salas/{room.slug}/").content.decode()


def form_of(page):
    """Return what the form of a page would send as it is."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", page.content.decode()):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found[name[1]] = value[1] if value else ""
    return found | {"body-count": "0", "lede": ""}


def test_a_page_is_published_when_its_hour_comes(cast):
    room = a_room(cast)
    director = user_of(cast.of(Role.DIRECTOR))
    room.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = room.save_revision(user=director)
    revision.publish(user=director)
    call_command("publish_due")
    assert Client().get(f"/salas/{room.slug}/").status_code == 404
    past = timezone.now() - dt.timedelta(minutes=1)
    content = revision.content | {"go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    call_command("publish_due")
    assert Client().get(f"/salas/{room.slug}/").status_code == 200


def test_two_rooms_are_opened_one_after_another(cast):
    """Below a page each has its number: who opens one holds the hall."""
    holds = QuerySet.select_for_update
    with mock.patch.object(QuerySet, "select_for_update", autospec=True, side_effect=holds) as held:
        a_room(cast)
    assert Page in [call.args[0].model for call in held.call_args_list]


def test_previews_are_a_telephone_a_desktop_and_a_kiosk(cast):
    assert [(one["name"], one["device_width"]) for one in a_room(cast).preview_sizes] == [
        ("telephone", 360), ("desktop", 1280), ("kiosk", 1080),
    ]  # fmt: skip


def test_a_translation_opened_stands_beside_what_its_original_says_now(cast):
    room = a_room(cast)
    director = cast.of(Role.DIRECTOR)
    room.lede = "Dos valles"
    room.save_revision().publish()
    english = RoomPage.objects.get(translation_key=room.translation_key, locale__language_code="en")
    assert "Dos valles" in client_of(director).get(edit_url(english)).content.decode()
    room.lede = "Tres valles"
    room.save_revision().publish()
    assert "Tres valles" in client_of(director).get(edit_url(english)).content.decode()
    assert english.slug == room.slug


def send_picture(client, file, **given):
    collection = Collection.objects.exclude(depth=1).first()
    form = {
        "title": "Una calle", "file": file, "description": "Una calle", "author": "Ana", "licence": "own", "origin": "",
        "collection": collection.pk,
    }  # fmt: skip
    return client.post(reverse("wagtailimages:add"), form | given)


def test_a_picture_keeps_only_its_pixels(cast):
    a_room(cast)
    client = client_of(cast.of(Role.MUSEUM_EDITOR))
    assert send_picture(client, photo(place=True)).status_code == 302
    kept = Picture.objects.get()
    with default_storage.open(kept.file.name) as file, Image.open(file) as image:
        assert not image.getexif().get_ifd(GPS)
    assert (kept.width, kept.height) == (1200, 800)
    assert kept.file.name.startswith("originales/")
    assert Client().get(f"/medios/{kept.file.name}").status_code == 404


@pytest.mark.parametrize("absent", ["description", "author", "licence"])
def test_a_picture_without_its_rights_or_words_is_refused(cast, absent):
    a_room(cast)
    assert send_picture(client_of(cast.of(Role.MUSEUM_EDITOR)), photo(), **{absent: ""}).status_code == 200
    assert not Picture.objects.exists()


@pytest.mark.row(12)
def test_a_picture_that_is_too_large_or_none_is_refused(cast):
    a_room(cast)
    client = client_of(cast.of(Role.MUSEUM_EDITOR))
    svg = photo()
    svg.file.seek(0)
    svg.file.write(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>" + b" " * 5000)
    svg.file.seek(0)
    for file in (photo((8000, 6000), kind="PNG", name="a.png"), svg):
        assert send_picture(client, file).status_code == 200
    assert not Picture.objects.exists()


@pytest.mark.row(12)
def test_a_picture_of_500_megapixels_is_refused_before_its_pixels_are_read(cast, monkeypatch):
    a_room(cast)
    client, read = client_of(cast.of(Role.MUSEUM_EDITOR)), []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: read.append(image.size) or load(image))
    small = photo((600, 400), kind="PNG", name="a.png")
    assert send_picture(client, small).status_code == 302
    assert (600, 400) in read  # the watch sees a picture that is read
    huge = bytearray(photo((600, 400), kind="PNG", name="b.png").read())
    huge[16:24] = struct.pack(">II", 25_000, 20_000)
    huge[29:33] = struct.pack(">I", zlib.crc32(bytes(huge[12:29])))
    sent = SimpleUploadedFile("b.png", bytes(huge), content_type="image/png")
    assert send_picture(client, sent).status_code == 200
    assert (25_000, 20_000) not in read
    assert Picture.objects.count() == 1


def test_suggestions_name_what_the_public_may_see(cast):
    a_room(cast)
    client = client_of(cast.of(Role.MUSEUM_EDITOR))
    labels = client.get("/cms/museo/registros/", {"clase": "city", "q": "Ashla"}).json()["labels"]
    assert labels[0].endswith(f" · {cast.ashland.slug}")
    for odd in ({}, {"clase": "nadie", "q": "x"}, {"clase": "any", "q": "\x00"}, {"clase": "gift", "q": "a" * 3000}):
        assert client.get("/cms/museo/registros/", odd).status_code == 200


def test_the_desk_speaks_the_reader_s_language(cast):
    client = client_of(cast.of(Role.DIRECTOR))
    assert '<html lang="es"' in client.get("/cms/").content.decode()
    assert client.get("/cms/account/").status_code == 200


@pytest.mark.row(12)
def test_a_portrait_is_not_taken(cast):
    """Wagtail would keep it as it came, without any bound, where pictures are kept."""
    client = client_of(cast.of(Role.MUSEUM_EDITOR))
    assert 'type="file"' not in client.get("/cms/account/").content.decode()
    sent = {"locale-preferred_language": "en", "avatar-avatar": photo((64, 64), place=True)}
    assert client.post("/cms/account/", sent).status_code in {200, 302}
    assert not (settings.MEDIA_ROOT / "avatar_images").exists()


@pytest.mark.row(13)
def test_media_gives_nothing_but_what_pages_show(db):
    for name in (
        "../secret.key",
        "imagenes/../../hermanar.sqlite3",
        "originales/a.jpg",
        "imagenes/nada.webp",
        "imagenes/",
    ):
        assert Client().get(f"/medios/{name}").status_code == 404


def test_an_approver_s_group_is_made_once(db):
    lay_out()
    assert group_of(APPROVES, "guanajuato").pk == group_of(APPROVES, "guanajuato").pk
    assert Page.objects.filter(depth=1).count() == 1


def test_published_rooms_are_there_for_all(cast):
    editor = user_of(cast.of(Role.DIRECTOR))
    room = published_room(cast.ashland.slug, cast.guanajuato.slug, by=editor)
    assert Client().get(f"/salas/{room.slug}/").status_code == 200
