"""The rooms that ship: from the documented facts alone, each with who says so; the hall counts as the API does."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest

import hermanar
from hermanar.agreements.models import Agreement
from hermanar.foundation.models import Source
from hermanar.museum.actions.shipped import Opened, open_shipped_rooms
from hermanar.museum.models import RoomPage
from hermanar.museum.queries.rooms import rooms, sentences

pytestmark = [pytest.mark.usefixtures("facts"), pytest.mark.alike]
PREFIXES = ["", "/en"]
MOST_QUERIES, MOST_OF_THE_HALL = 25, 14  # in both, six of the index, which remembers nothing in a test's transaction


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    assert response.cookies == {}
    return response.content.decode()


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.mark.django_db
def test_hall_counts_as_the_api_does(client):
    counted = json.loads(client.get("/api/v1/statistics?host=Guanajuato").content)
    text = html(client, "/salas/")
    assert counted["total"] == 34
    assert "34 ciudades hermanas" in text
    assert text.count('<li class="door ') == counted["total"]
    shown = dict(re.findall(r'hall__count--(\w+)"><dt>[^<]*</dt><dd>(\d+)</dd>', text))
    assert {life: int(count) for life, count in shown.items() if count != "0"} == counted["by_vitality"]
    for life, count in shown.items():
        assert text.count(f"door--{life}") == int(count)


@pytest.mark.django_db
def test_every_door_leads_to_a_room_and_each_room_to_the_next(client):
    doors = re.findall(r'<li class="door [^>]*><a href="([^"]+)"', html(client, "/salas/"))
    assert sorted(doors) == sorted(f"/salas/{room.slug}/" for room in rooms())
    walked, at = [], doors[0]
    while at not in walked:
        walked.append(at)
        at = re.search(r'class="room-next"><a href="([^"]+)"', html(client, at))[1]
    assert len(walked) == 34


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_room_is_whole_in_both_languages(client, prefix):
    for room in rooms():
        text = html(client, f"{prefix}/salas/{room.slug}/")
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), room.slug
        assert len(re.findall("<h1", text)) == 1
        assert 'style="' not in text
        assert not re.search(r"\bNone\b(?! of)", plain(text))
        assert 'class="route"' in text
        assert 'class="skyline"' in text
        assert text.count("<script") == 3  # the theme, what every page has, and data for machines: none of its own
        assert text.count('<script type="application/ld+json"') == 1
        assert len(text) < 140_000


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["ashland", "toledo", "dolores-hidalgo", "south-bend"])
def test_a_room_asks_few_questions(client, django_assert_max_num_queries, slug):
    html(client, f"/salas/{slug}/")
    with django_assert_max_num_queries(MOST_QUERIES):
        html(client, f"/salas/{slug}/")


@pytest.mark.django_db
def test_the_hall_asks_as_few_whatever_the_number_of_doors(client, django_assert_max_num_queries):
    html(client, "/salas/")
    with django_assert_max_num_queries(MOST_OF_THE_HALL):
        html(client, "/salas/")


@pytest.mark.django_db
def test_ashland_tells_its_story_and_who_says_each_sentence(client):
    text = html(client, "/salas/ashland/")
    told = [one for one in sentences() if one.room == "ashland"]
    assert len(told) == 12
    pieces = re.findall(r'<div class="piece prose"><p>([^<]+)</p><p><i>(.*?)</i></p></div>', text)
    assert [sentence for sentence, _who in pieces] == [one.text_es for one in told]
    titles = dict(Source.objects.values_list("key", "title_es"))
    assert all(titles[one.source] in unescape(who) for one, (_sentence, who) in zip(told, pieces, strict=True))
    assert "septiembre de 1969" in text
    assert "3,092" in text
    english = html(client, "/en/salas/ashland/")
    assert "Before the cities met" in english
    assert "Antes que las ciudades" not in english


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_what_an_editor_changed_stays():
    assert open_shipped_rooms() == Opened(made=0, mended=0, unchanged=68, kept=())
    touched, old = (RoomPage.objects.get(slug=slug, locale__language_code="es") for slug in ("ashland", "toledo"))
    touched.title = "Nuestra Ashland"
    touched.save_revision().publish()
    RoomPage.objects.filter(pk=old.pk).update(title="Tolédo")
    closed = RoomPage.objects.get(slug="umea", locale__language_code="es")
    closed.unpublish(log_action=False)
    RoomPage.objects.get(slug="tyler", locale__language_code="es").delete()
    assert open_shipped_rooms() == Opened(made=0, mended=1, unchanged=64, kept=("ashland", "tyler", "umea"))
    assert RoomPage.objects.get(pk=touched.pk).title == "Nuestra Ashland"
    assert RoomPage.objects.get(pk=old.pk).title == "Toledo"
    assert not RoomPage.objects.get(pk=closed.pk).live
    assert not RoomPage.objects.filter(slug="tyler", locale__language_code="es").exists()


@pytest.mark.django_db
def test_a_room_that_an_editor_closed_in_both_languages_has_no_door(client):
    for page in RoomPage.objects.filter(slug="umea"):
        page.unpublish(log_action=False)
    assert client.get("/salas/umea/").status_code == 404
    hall = html(client, "/salas/")
    assert 'href="/salas/umea/"' not in hall
    assert 'href="/acuerdos/guanajuato-umea/"' in hall  # the record is still the record
    assert "/salas/umea/" not in html(client, "/")


@pytest.mark.django_db
def test_a_room_of_one_language_says_so_in_the_other(client):
    RoomPage.objects.get(slug="ashland", locale__language_code="en").unpublish(log_action=False)
    text = html(client, "/en/salas/ashland/")
    assert '<div class="tale" lang="es">' in text


@pytest.mark.django_db
def test_what_the_other_side_says_is_told_and_silence_is_not_taken_for_an_answer(client):
    assert "reconoce el acuerdo" in plain(html(client, "/salas/toledo/"))
    assert "reconoce solo un acuerdo de cooperación" in plain(html(client, "/salas/umea/"))
    assert "Sin confirmar" in plain(html(client, "/salas/ashland/"))
    assert "que callen no dice nada" in plain(html(client, "/salas/morelia/"))  # no list looked for such ties
    assert "que callen no dice nada" not in plain(html(client, "/salas/umea/"))


@pytest.mark.django_db
def test_silent_rooms_stay_unpainted_and_say_what_is_missing(client):
    silent, alive = html(client, "/salas/sevilla/"), html(client, "/salas/ashland/")
    assert 'data-wall="plaster"' in silent
    assert 'data-wall="cochineal"' in alive
    assert "nadie ha dicho aquí desde cuándo" in silent
    assert "Cuándo se firmó" in silent


@pytest.mark.django_db
def test_rooms_are_found_from_map_home_record_and_sitemap(client):
    assert 'href="/salas/"' in re.search(r"<main.*</main>", html(client, "/mapa/"), re.DOTALL)[0]
    assert 'href="/salas/"' not in re.search(r"<main.*</main>", html(client, "/mapa/?ciudad=cancun"), re.DOTALL)[0]
    assert 'href="/salas/ashland/"' in html(client, "/")
    assert 'href="/salas/ashland/"' in html(client, "/acuerdos/guanajuato-ashland/")
    listed = b"".join(client.get("/sitemap-salas.xml").streaming_content).decode()
    assert all(f"/salas/{room.slug}/</loc>" in listed for room in rooms())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/salas/no-hay/", "/salas/%00/", "/salas/" + "a" * 3000 + "/", "/salas/<script>/"])
def test_no_room_is_a_page_that_says_so(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_rooms_take_no_form_and_no_unknown_parameter(client):
    assert client.post("/salas/ashland/").status_code == 405
    assert client.get("/salas/ashland/?x=1").status_code == 422
    assert client.get("/salas/?x=%00").status_code == 422


def test_shipped_files_name_only_what_exists(django_db_blocker):
    registry = Path(hermanar.__file__).parent / "data" / "registry"
    with (registry / "sources.csv").open(encoding="utf-8", newline="") as file:
        known = {row["key"] for row in csv.DictReader(file)}
    slugs = {room.slug for room in rooms()}
    with django_db_blocker.unblock():
        records = set(Agreement.objects.values_list("slug", flat=True))
    assert len(rooms()) == len(slugs) == len({room.agreement for room in rooms()}) == 34
    assert {room.agreement for room in rooms()} <= records
    with django_db_blocker.unblock():
        known_pages = set(RoomPage.objects.values_list("slug", "host", "place"))
    assert known_pages == {(room.slug, room.host, room.place) for room in rooms()}
    assert {one.room for one in sentences()} <= slugs
    assert len({(one.room, one.key) for one in sentences()}) == len(sentences())
    for one in sentences():
        assert one.source in known
        assert one.text_es
        assert one.text_en
