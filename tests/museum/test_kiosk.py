"""The screen of a hall: whole in both languages, closed upon itself, kept as a copy that holds nothing private."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.cache import cache
from PIL import Image

from hermanar.museum.models import RoomPage
from hermanar.museum.rules.enclosure import best_of, enclosed
from hermanar.museum.rules.kiosks import MOST_BYTES, Candidate, first_rooms, fitting

pytestmark = [pytest.mark.usefixtures("facts"), pytest.mark.django_db, pytest.mark.alike]
BASE = "/kiosco/guanajuato/"
HREF = re.compile(r"<a\b[^>]*\shref=\"([^\"]*)\"")
KEPT = re.compile(r"/(?:kiosco/guanajuato/|static/|medios/|mapa/tierra\.svg$|iiif/)")


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.content[:400])
    assert response.cookies == {}
    return response.content.decode()


def entries_of(client):
    """Return what the copy holds: addresses with their digests."""
    text = html(client, f"{BASE}sw.js")
    told = json.loads(re.search(r"self\.KIOSK_COPY = (\{.*\});\n", text)[1])
    return {one["url"]: one["revision"] for one in told["entries"]}, told["version"]


@pytest.fixture
def copy(client):
    cache.clear()
    return entries_of(client)[0]


def test_every_page_is_whole_and_none_leads_out(client, copy):
    pages = [url for url in copy if url.startswith(BASE) and url.endswith("/")]
    assert sum("/es/salas/" in url for url in pages) == sum("/en/salas/" in url for url in pages) == 10
    assert f"{BASE}es/audio/19/" in pages  # of Ashland
    size = 0
    for url in pages:
        text = html(client, url)
        size += len(text.encode())
        assert {link.partition("#")[0] for link in HREF.findall(text)} <= {*pages, ""}, url
        assert not re.search(r'<(form(?! method="dialog")|iframe|object|embed)\b|mailto:|target=', text), url
        assert 'style="' not in text
        assert len(re.findall("<h1", text)) == 1, url
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), url
        code = "en" if f"{BASE}en/" in url else "es"
        assert f'<html lang="{code}"' in text
    assert size < MOST_BYTES / 5
    assert "Ashland" in html(client, f"{BASE}es/salas/ashland/")
    # What a screen keeps is the kiosk's own and what every visitor is given: nothing of an office or an account.
    assert all(KEPT.match(url) for url in copy), copy
    for name in ("site", "kiosk", "serif-latin"):
        assert any(name in url and url.startswith("/static/") for url in copy), name


def test_pages_are_strict_and_send_nothing(client):
    response = client.get(BASE)
    policy = response["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy
    worker = client.get(f"{BASE}sw.js")
    assert worker["Cache-Control"] == "no-cache"
    assert worker["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in worker
    closed = client.get("/kiosco/nada/sw.js").text
    assert "unregister()" in closed  # a screen that kept a kiosk forgets it when it is closed
    assert "KIOSK_COPY" not in closed
    about = json.loads(client.get(f"{BASE}manifest.webmanifest").content)
    assert about["scope"] == about["start_url"] == BASE
    for icon in about["icons"]:
        drawn = Image.open(io.BytesIO(client.get(icon["src"]).content))
        assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
    assert client.get(f"{BASE}icono-9999.png").status_code == 404


def test_copy_changes_with_its_content_alone(client):
    before, version = entries_of(client)
    assert entries_of(client) == (before, version)
    page = RoomPage.objects.get(slug="ashland", locale__language_code="es")
    page.body = [{"type": "text", "value": '<p>Una voz <a href="https://example.org/">de allá</a></p>'}]
    page.save_revision().publish()
    after, newer = entries_of(client)
    assert newer != version
    changed = {url for url in after if before.get(url) != after[url]}
    assert f"{BASE}es/salas/ashland/" in changed
    assert f"{BASE}es/salas/umea/" not in changed
    told = html(client, f"{BASE}es/salas/ashland/")
    assert "<span>de allá</span>" in told
    assert "example.org" not in told
    page.unpublish()
    other = RoomPage.objects.get(slug="ashland", locale__language_code="en")
    other.unpublish()
    gone, _version = entries_of(client)
    assert not any("ashland" in url for url in gone)
    assert client.get(f"{BASE}es/salas/ashland/").status_code == 404
    assert sum("/es/salas/" in url for url in gone) == 10  # the next takes its place


@pytest.mark.parametrize(
    "address",
    [
        "/kiosco/nada/", f"{BASE}fr/", f"{BASE}es/salas/nada/", f"{BASE}es/audio/998/",
        "/kiosco/nada/manifest.webmanifest", f"{BASE}es/salas/%00/", "/q/s/%00/", "/q/o/nada/",
        f"{BASE}es/audio/99999999999999999999/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_like_any_page(client, address):
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in {404, 405}


def test_enclosure_closes_whatever_is_written():
    page = (
        '<a href="https://x.org">uno <b>dos</b></a><a href="/in/">tres</a><a href="javascript:x">y</a>'
        '<svg viewBox="0 0 1 1"><a href="/fuera/"><path d="M0 0"/></a><use href="/mapa/tierra.svg#t"/></svg>'
        '<form action="/y" class="c" data-ask><a href="/y" data-again>w</a></form>'
        '<form action="/x"><button>b</button></form><iframe src="/x">no</iframe><a>z</a>'
        '<img src="/m/l.webp" srcset="/m/s.webp 480w, /m/m.webp 960w, /m/l.webp 1600w" sizes="1px" alt="&lt;a&gt;">'
        "<!-- <a href='/y/'> -->&amp;&#8212;"
    )
    made, assets = enclosed(page, lead=lambda to: to if to.startswith("/in/") else "")
    assert made == (
        '<span>uno <b>dos</b></span><a href="/in/">tres</a><span>y</span>'
        '<svg viewBox="0 0 1 1"><g><path d="M0 0"/></g><use href="/mapa/tierra.svg#t"/></svg>'
        '<form method="dialog" class="c" data-ask><button type="button" class="go" data-again>w</button></form>'
        '<button>b</button><span>z</span><img src="/m/m.webp" alt="&lt;a&gt;">&amp;&#8212;'
    )
    assert assets == ("/mapa/tierra.svg", "/m/m.webp")
    assert best_of("/a 100w, /b 300w") == "/b"
    assert best_of("nothing") == ""


def test_rules_of_rooms_and_weights():
    far, near, told, alive = (
        Candidate("far", lives=False, has_story=False, km=9.0), Candidate("near", lives=False, has_story=False, km=1.0),
        Candidate("told", lives=False, has_story=True, km=8.0), Candidate("alive", lives=True, has_story=False, km=9.9),
    )  # fmt: skip
    assert first_rooms([far, near, told, alive], most=3) == ("alive", "told", "near")
    assert fitting(10, [("a", 5), ("b", 9), ("c", 4)], most=20) == ({"a", "c"}, ["b"])
