"""Pages that editors make: every kind of piece, few questions, and nothing that they should not tell."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Filter
from wagtail.models import Page

from hermanar.agreements.models import Agreement, Listing
from hermanar.foundation.models import User
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.models import ExhibitionPage, Pair, RoomPage, RoutePage, StoryPage, TextPage
from hermanar.museum.models.media import Picture, PictureRendition
from hermanar.museum.queries.pieces import _SPECS
from hermanar.museum.views.pieces import SHOWN_BY
from tests import factories as make
from tests.museum.rooms import every_kind, listed, picture, published_pair, published_room, stored

MOST_QUERIES = 12
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def house(db):
    """Return two cities with an agreement, and an editor."""
    guanajuato = make.place(
        "Guanajuato", state=make.state("Guanajuato", "inegi:11"), slug="guanajuato", identifier="inegi:11015"
    )  # fmt: skip
    ashland = make.place("Ashland", code="US", slug="ashland")
    agreement = make.agreement(guanajuato, ashland)
    editor = User.objects.create_user("editora", "editora@example.org", "una clave larga")
    return {"city": "ashland", "host": "guanajuato", "agreement": agreement.slug, "by": editor}


def room_with(house, pieces, **values):
    return published_room(house["city"], house["host"], by=house["by"], pieces=pieces, **values)


def test_sizes_of_pictures_are_made_when_a_page_is_published_and_by_one_at_a_time(house, client, monkeypatch):
    one = picture()
    room_with(house, [("picture", {"picture": one.pk, "alt": "Se ve", "caption": ""})])
    assert PictureRendition.objects.filter(image=one).exists()

    made, sizes = [], Picture.create_renditions

    def make(self, *filters):
        made.append(self.pk)
        return sizes(self, *filters)

    @contextmanager
    def after_another():
        """Whoever held the lock before made all of them."""
        sizes(one, *(Filter(spec=spec) for spec in _SPECS))
        yield

    PictureRendition.objects.all().delete()
    monkeypatch.setattr(Picture, "create_renditions", make)
    monkeypatch.setattr("hermanar.museum.queries.pieces.alone", after_another, raising=False)
    assert "srcset" in client.get("/salas/ashland/").content.decode()
    assert made == []


def all_kinds(house, **values):
    return every_kind(city=house["city"], host=house["host"], agreement=house["agreement"], **values)


def test_a_room_shows_every_kind_of_piece(house, client):
    room_with(house, all_kinds(house, words="Palabras del museo"), lede="Dos valles")
    answer = client.get("/salas/ashland/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert page.count("Palabras del museo") >= 16
    for wanted in (
        "<blockquote",
        "<details",
        "srcset=",
        "<audio",
        "<video",
        "worldmap",
        "timeline",
        "compare",
        "facing--turn",
        "figure__value",
    ):
        assert wanted in page, wanted
    for image in re.findall(r"<img [^>]*>", page):
        assert re.search(r'alt="[^"]+"', image)
        assert re.search(r'width="\d+" height="\d+"', image)
    assert "Ana Ruiz · CC BY 4.0" in page
    assert f'href="/acuerdos/{house["agreement"]}/"' in page


@pytest.mark.parametrize("count", [1, 16, 60])
def test_a_room_asks_as_little_whatever_it_shows(house, client, count):
    kinds = all_kinds(house)
    linked = lay_out()
    pieces = [("text", f'<p><a linktype="page" id="{linked.pk}">a</a></p>'), *kinds]
    room_with(house, (pieces * 5)[:count] if count > 1 else [pieces[0]])
    client.get("/salas/ashland/")  # sizes of pictures are made once
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/salas/ashland/").status_code == 200
    assert len(asked) == {1: 5, 16: 11, 60: 11}[count] <= MOST_QUERIES


def test_the_count_of_questions_sees_a_piece_that_asks_for_itself(house, client, monkeypatch):
    """A piece that reads its own record as it is shown must turn the count red."""
    one_by_one = lambda value, found: {"html": Page.objects.filter(pk=1).count()}  # noqa: E731
    monkeypatch.setitem(SHOWN_BY, "text", one_by_one)
    room_with(house, [("text", "<p>a</p>")] * 16)
    with CaptureQueriesContext(connection) as asked:
        client.get("/salas/ashland/")
    assert len(asked) > MOST_QUERIES


def test_scripts_in_every_field_stay_words(house, client):
    room_with(house, all_kinds(house, words=SCRIPT), title=SCRIPT[:200], lede=SCRIPT)
    page = client.get("/salas/ashland/").content.decode()
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_an_address_that_runs_a_script_is_no_link(house, client):
    figure = dict(all_kinds(house)[10][1]) | {"url": "javascript:alert(1)"}
    room_with(house, [("figure", figure)])
    assert "javascript:" not in client.get("/salas/ashland/").content.decode()


def test_a_withdrawn_record_leaves_a_quiet_place(house, client):
    title = Listing.objects.get().title_es
    room_with(house, [("record", {"record": f"agreement:{house['agreement']}", "words": "lo dicho de él"})])
    assert title in client.get("/salas/ashland/").content.decode()
    Agreement.objects.update(published_at=None)
    Listing.objects.update(is_published=False)
    page = client.get("/salas/ashland/").content.decode()
    assert "ya no se muestra" in page
    assert title not in page
    assert "lo dicho de él" not in page


def test_a_comparison_withdrawn_leaves_a_quiet_place(house, client):
    pair = published_pair(places=("guanajuato", "ashland"), words="CANARIO")
    room_with(house, [("comparison", {"pair": pair.slug, "words": "lo dicho de ella"})])
    assert "CANARIO" in client.get("/salas/ashland/").content.decode()
    Pair.objects.update(published_at=None)
    page = client.get("/salas/ashland/").content.decode()
    assert "ya no se muestra" in page
    assert "CANARIO" not in page
    assert "lo dicho de ella" not in page


def test_pieces_whose_picture_or_page_is_gone_leave_the_page_whole(house, client):
    one = picture()
    room_with(house, [
        ("picture", {"picture": one.pk, "alt": "a", "caption": ""}),
        ("picture", {"picture": 987654, "alt": "a", "caption": ""}),
        ("sound", {"recording": "019a1ff8-6427-7377-8aef-000000000000", "caption": ""}),
        ("text", '<p>Sigue <a linktype="page" id="99999">aquí</a></p>'),
        ("text", f'<p>Lejos <a linktype="page" id="{"9" * 4_301}">allá</a></p>'),
        ("comparison", {"pair": "nadie", "words": ""}),
        ("comparison", {"pair": 7}),
        ("map", {"title": "Nadie", "origin": "nadie", "places": listed("tampoco")}),
        ("unknown", {"x": 1}),
    ])  # fmt: skip
    default_storage.delete(one.file.name)
    page = client.get("/salas/ashland/")
    assert page.status_code == 200
    assert "Sigue <a>aquí</a>" in page.content.decode()
    assert "Lejos <a>allá</a>" in page.content.decode()


def test_a_page_not_translated_says_so_and_keeps_its_language(house, client):
    room_with(house, [("text", "<p>Solo en español</p>")])
    page = client.get("/en/salas/ashland/").content.decode()
    assert 'lang="es"' in page
    assert "Solo en español" in page


def test_a_translation_older_than_its_original_says_so(house, client):
    room = room_with(house, [("text", "<p>Uno</p>")])
    english = RoomPage.objects.get(translation_key=room.translation_key, locale__language_code="en")
    english.body = stored([("text", "<p>One</p>")])
    english.save_revision().publish()
    assert "story-note" not in client.get("/en/salas/ashland/").content.decode()
    room.body = stored([("text", "<p>Dos</p>")])
    room.save_revision().publish()
    page = client.get("/en/salas/ashland/").content.decode()
    assert "story-note" in page
    assert "One" in page
    assert "story-note" not in client.get("/salas/ashland/").content.decode()


@pytest.mark.parametrize("path", ["/salas/ashland/", "/en/salas/ashland/"])
def test_what_is_not_published_is_nowhere(house, client, path):
    room = room_with(house, [("text", "<p>CANARIO</p>")])
    room.unpublish()
    assert client.get(path).status_code == 404
    assert "CANARIO" not in client.get("/salas/").content.decode()
    assert b"ashland" not in b"".join(client.get("/sitemap-salas.xml").streaming_content)


def test_a_published_room_is_in_the_sitemap(house, client):
    room_with(house, [])
    listed_there = b"".join(client.get("/sitemap-salas.xml").streaming_content).decode()
    assert "http://testserver/salas/ashland/</loc>" in listed_there
    assert "http://testserver/en/salas/ashland/</loc>" in listed_there


def test_a_route_leads_through_rooms(house, client):
    room = room_with(house, [])
    home = lay_out().get_parent()
    stops = stored([("stop", {"room": room.pk, "words": "Mire el reloj"}), ("stop", {"room": 999, "words": "No"})])
    route = home.add_child(instance=RoutePage(title="Del maíz al trigo", slug="maiz", stops=stops, locale=home.locale))
    assert route.live
    page = client.get("/maiz/").content.decode()
    assert '<a href="/salas/ashland/">Ashland</a>' in page
    assert "Mire el reloj" in page
    assert "cerrada por ahora" in page
    assert 'id="recorrido-mapa' in page
    for above in ("/", "/salas/"):
        assert 'href="/maiz/"' in client.get(above).content.decode()
    room.unpublish()
    assert "/salas/ashland/" not in client.get("/maiz/").content.decode()


def test_what_editors_tell_stands_on_the_home_page_and_in_the_hall(house, client):
    hall = lay_out()
    home = hall.get_parent().specific
    tell(home, "<p>Palabras de la portada</p>", lede="Entre")
    tell(hall, "<p>Palabras del vestíbulo</p>")
    for model, slug in ((StoryPage, "historia"), (ExhibitionPage, "exposicion"), (TextPage, "pagina")):
        home.add_child(instance=model(title=slug.upper(), slug=slug, lede=f"De {slug}", locale=home.locale))
    page = client.get("/").content.decode()
    for wanted in ("Palabras de la portada", "Entre", "HISTORIA", "De exposicion", 'href="/pagina/"'):
        assert wanted in page, wanted
    assert "Palabras del vestíbulo" not in page
    assert 'href="/salas/">Salas' not in page.partition("para-ver")[2].partition("</section>")[0]
    assert "Palabras del vestíbulo" in client.get("/salas/").content.decode()
    assert "Palabras de la portada" not in client.get("/?ciudad=ashland").content.decode()
    for path in ("/historia/", "/exposicion/", "/pagina/"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/salas/"])
def test_what_is_not_published_is_not_on_the_home_page_nor_in_the_hall(house, client, path):
    hall = lay_out()
    home = hall.get_parent().specific
    for page in (home, hall):
        page.body = stored([("text", "<p>CANARIO</p>")])
        page.save_revision()
    for model in (StoryPage, RoutePage):
        draft = model(title="CANARIO", slug=model.__name__.lower(), lede="CANARIO", live=False, locale=home.locale)
        home.add_child(instance=draft)
    assert "CANARIO" not in client.get(path).content.decode()


def tell(page, html, **values):
    """Write a text in a page and publish it."""
    for name, value in values.items():
        setattr(page, name, value)
    page.body = stored([("text", html)])
    page.save_revision().publish()


@pytest.mark.parametrize(
    "path", ["/nada/", "/es/", "/salas/" + "a/" * 40, "/" + "a" * 3000 + "/", "/salas/ashland/x/", "/bogotá/"]
)
def test_addresses_of_nothing_are_not_found(house, path):
    room_with(house, [])
    assert Client().get(path).status_code == 404


def test_pages_are_only_read(house, client):
    room_with(house, [])
    assert client.post("/salas/ashland/").status_code == 405
    assert client.get("/salas/ashland/?vista=1").status_code == 422


def test_the_ground_is_laid_once(db):
    hall = lay_out(host="guanajuato")
    assert lay_out(host="guanajuato").pk == hall.pk
    assert list(Page.objects.filter(depth__gt=1).order_by("path").values_list("url_path", flat=True)) == [
        "/es/", "/es/salas/", "/en/", "/en/salas/",
    ]  # fmt: skip
