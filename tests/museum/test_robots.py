"""What robots and browsers ask for."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from hermanar.museum.views import sitemap

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def located(response):
    text = b"".join(response.streaming_content) if response.streaming else response.content
    return [one.text for one in ET.fromstring(text).iterfind(".//s:loc", SPACE)]  # noqa: S314 (our own answer)


def test_robots_may_read_every_page_and_find_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /acuerdos/?\n" in text
    assert "Disallow: /\n" not in text


def test_sitemap_leads_to_every_record_in_both_languages(client, world, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 4)
    parts = located(client.get("/sitemap.xml"))
    assert parts[0] == "http://testserver/sitemap-paginas.xml"
    listed = [address for part in parts for address in located(client.get(part.removeprefix("http://testserver")))]
    assert len(listed) == len(set(listed))
    for slug in (one.slug for name, one in world.agreements.items() if name != "hidden"):
        assert f"http://testserver/acuerdos/{slug}/" in listed
        assert f"http://testserver/en/acuerdos/{slug}/" in listed
    assert f"http://testserver/acuerdos/{world.agreements['hidden'].slug}/" not in listed
    assert "http://testserver/ciudades/guanajuato/" in listed
    assert "http://testserver/ciudades/abejones/" not in listed
    assert all(client.get(address.removeprefix("http://testserver")).status_code == 200 for address in listed)


def test_sitemap_has_no_part_beyond_the_last(client, world):
    for address in ("/sitemap-acuerdos-0.xml", "/sitemap-acuerdos-2.xml", "/sitemap-ciudades-2.xml"):
        assert client.get(address).status_code == 404


def test_sitemap_parts_are_streamed(client, world):
    assert client.get("/sitemap-acuerdos-1.xml").streaming


@pytest.mark.parametrize(
    "address",
    ["/ciudades/guanajuato.svg", "/ciudades/guanajuato/tarjeta.svg", "/ciudades/abejones.svg", "/mapa/tierra.svg"],
)
def test_pictures_stand_alone(client, world, address):
    response = client.get(address)
    assert response["Content-Type"] == "image/svg+xml"
    # What is withdrawn from the public must not stay drawn; the earth stays as it is.
    assert response["Cache-Control"] == ("public, max-age=86400" if "tierra" in address else "no-cache")
    ET.fromstring(response.content)  # noqa: S314


def test_sign_and_manifest_are_there(client):
    assert client.get("/favicon.ico")["Location"].endswith("mark.svg")
    assert json.loads(client.get("/manifest.webmanifest").content)["start_url"] == "/"
