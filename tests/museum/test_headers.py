"""What every answer carries."""

from __future__ import annotations

import gzip
import json

import pytest

from hermanar.catalogue import read

pytestmark = pytest.mark.alike

PAGES = [
    "/",
    "/mapa/",
    "/acuerdos/",
    "/ciudades/",
    "/ciudades/guanajuato/",
    "/observatorio/",
    "/datos/",
    "/nada/",
    "/en/",
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_set_no_cookie_and_carry_no_token(client, world, page):
    response = client.get(page)
    assert not response.cookies
    assert "Set-Cookie" not in response
    assert "csrf" not in response.content.decode().lower()


@pytest.mark.row(23)
@pytest.mark.parametrize("page", PAGES)
def test_pages_say_what_a_browser_may_do(client, world, page):
    response = client.get(page)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"] == "no-cache"


def test_page_is_packed_and_not_sent_twice(client, world):
    first = client.get("/acuerdos/", headers={"accept-encoding": "gzip"})
    assert "Acuerdos" in gzip.decompress(first.content).decode()
    again = client.get("/acuerdos/", headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_streams_are_left_as_they_are(client, world):
    response = client.get("/datos/acuerdos.csv", headers={"accept-encoding": "gzip"})
    assert response.streaming
    assert "Content-Encoding" not in response


def test_map_of_the_world_is_packed_once_and_follows_every_change(client, world):
    from tests import factories as make  # noqa: PLC0415

    plain = client.get("/mapa/datos.json")
    packed = client.get("/mapa/datos.json", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    again = client.get("/mapa/datos.json", headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert again.status_code == 304
    make.agreement(world.places["guanajuato"], world.places["umea"], signed="2002")
    assert client.get("/mapa/datos.json")["ETag"] != plain["ETag"]


def test_map_says_when_it_draws_only_the_newest(client, world, monkeypatch):
    address = "/mapa/?ciudad=guanajuato"
    assert "acuerdos más recientes" not in client.get(address).text
    monkeypatch.setattr(read, "MOST_DRAWN", 2)
    assert "dibuja los 2 acuerdos más recientes" in client.get(address).text


def test_map_of_a_city_draws_its_ties_with_their_life(client, world):
    found = json.loads(client.get("/mapa/datos.json?ciudad=guanajuato").content)
    names = [place[1] for place in found["places"]]
    ties = list(zip(*[iter(found["ties"])] * 3, strict=True))
    assert found["prefix"] == "/ciudades/"
    assert names[0] == "Guanajuato"
    assert sorted(names[1:]) == ["Alcalá de Henares", "Ashland", "León"]
    assert {names[other]: stroke for _home, other, stroke in ties}["León"] == 3
    assert found["hues"] == {"ES": "eu", "MX": "home", "US": "na"}


def test_map_of_a_city_without_ties_is_empty(client, world):
    assert json.loads(client.get("/mapa/datos.json?ciudad=abejones").content)["places"] == []
