"""How pages are told elsewhere: JSON-LD that a processor reads, cards that are pictures, a feed and calendars."""

from __future__ import annotations

import io
import json
import re

import feedparser
import pytest
from django.test import Client
from icalendar import Calendar
from PIL import Image
from pyld import jsonld

from hermanar.museum.actions import exhibits
from hermanar.museum.linked import written
from hermanar.museum.models import ExhibitionPage, RoomPage
from hermanar.museum.rules.exhibits import ExhibitDraft
from tests.museum.going import event, in_days
from tests.museum.lessons import draft as course_draft
from tests.museum.lessons import entered
from tests.museum.planted import Museum, pair_draft
from tests.museum.voices import PROBLEM

pytestmark = pytest.mark.django_db
SCRIPT = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u2028&"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
OPEN_GRAPH = re.compile(r'<meta property="(og:[a-z:_]+)" content="([^"]*)"')
SCHEMA = "https://schema.org/"
# What schema.org's own context says of the terms used here, without asking the network for it.
CONTEXT = {"@context": {"@vocab": SCHEMA, **{
    name: {"@id": f"{SCHEMA}{name}", "@type": "@id"} for name in ("url", "item", "image", "license", "eventStatus")
}}}  # fmt: skip
PAGES = {
    "/coleccion/una-obra/": ("VisualArtwork", "obra/una-obra", 3),
    "/comparar/panaderia/": ("Quiz", "comparacion/panaderia", 3),
    "/cursos/un-curso/": ("Course", "curso/un-curso", 3),
    "/cursos/un-curso/leccion-1/": ("LearningResource", "curso/un-curso", 4),
    "/dialogo/la-basura/": ("QAPage", "pregunta/la-basura", 3),
}


def local(url, _options):
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT, "contentType": "application/ld+json"}


def nodes_of(html):
    """Read the linked data of a page as a processor does; by type."""
    [block] = BLOCK.findall(html)
    graph = jsonld.flatten(jsonld.expand(json.loads(block), {"documentLoader": local}))
    return {kind.removeprefix(SCHEMA): node for node in graph for kind in node.get("@type", ())}


@pytest.fixture
def museum(cast):
    """One page of every kind, with a script in every word that a person may write."""
    made = Museum(cast)
    room = RoomPage.objects.get(pk=made.room.pk)
    page = ExhibitionPage(
        title=f"Muestra {SCRIPT}"[:200], slug="una-muestra", lede=SCRIPT, locale=room.locale, live=False
    )
    made.publish_page(room.add_child(instance=page))
    gift = made.shown_gift(title_es=f"Óleo {SCRIPT}", kind="artwork", story_es=SCRIPT)
    kept = exhibits.keep_exhibit(gift.pk, by=made.of(), draft=ExhibitDraft(slug="una-obra", story=SCRIPT))
    exhibits.publish_exhibit(gift.pk, by=made.of(), version=kept.version)
    pair_draft(made, "panaderia")()
    entered(course_draft("un-curso", title=f"Curso {SCRIPT}", summary=SCRIPT))
    made.event = event(title=f"Feria {SCRIPT}", description=SCRIPT.replace("\u2028", ""), city=made.home.slug)
    return made


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def test_each_page_says_what_it_is_in_linked_data(museum, visitor):
    room = f"sala/{museum.room.slug}"
    pages = {
        **PAGES,
        museum.address: ("WebPage", room, 3),
        f"{museum.address}una-muestra/": ("ExhibitionEvent", room, 4),
        f"/agenda/{museum.event.slug}/": ("Event", f"evento/{museum.event.slug}", 3),
    }
    for address, (kind, card, depth) in pages.items():
        answer = visitor.get(address)
        html = answer.content.decode()
        assert answer.status_code == 200, address
        nodes = nodes_of(html)
        assert {kind, "Museum", "WebSite", "SearchAction", "BreadcrumbList"} <= nodes.keys(), address
        assert len(nodes["BreadcrumbList"][f"{SCHEMA}itemListElement"]) == depth, address
        assert "<script>alert" not in html
        assert "onerror=alert(2)>" not in html
        graph = dict(OPEN_GRAPH.findall(html))
        assert graph["og:image"] == f"http://testserver/tarjetas/{card}.png", address
        assert graph["og:url"] == f"http://testserver{address}"
        policy = answer["Content-Security-Policy"]
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
        assert not answer.cookies


def test_what_is_known_is_said_and_no_answer_is_told(museum, visitor):
    work = nodes_of(visitor.get("/coleccion/una-obra/").content.decode())
    assert work["VisualArtwork"][f"{SCHEMA}name"][0]["@value"].startswith("Óleo </script>")
    assert work["GiveAction"][f"{SCHEMA}startTime"] == [{"@value": "2005"}]
    quiz = nodes_of(visitor.get("/comparar/panaderia/").content.decode())["Quiz"]
    assert "Tres personas" not in json.dumps(quiz)
    shown = nodes_of(visitor.get(f"/agenda/{museum.event.slug}/").content.decode())["Event"]
    assert shown[f"{SCHEMA}startDate"] == [{"@value": in_days(10).isoformat()}]
    assert nodes_of(visitor.get(f"/en/acuerdos/{museum.tie.slug}/").content.decode())["City"]


@pytest.mark.parametrize("text", [SCRIPT, "<!--<script>", "]]>", "\u2029", "&lt;/script&gt;"])
def test_no_text_ends_the_block_that_holds_it(text):
    block = written([{"@type": "Thing", "name": text}])
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block)["@graph"][0]["name"] == text


def test_cards_are_pictures_asked_for_anew_each_time(museum, visitor):
    kinds = [card for _kind, card, _depth in PAGES.values()]
    kinds += [
        f"sala/{museum.room.slug}",
        f"evento/{museum.event.slug}",
        f"ciudad/{museum.home.slug}",
        f"acuerdo/{museum.tie.slug}",
    ]
    for card in dict.fromkeys(kinds):
        answer = visitor.get(f"/tarjetas/{card}.png")
        assert answer.status_code == 200, card
        assert answer["Content-Type"] == "image/png"
        assert answer["Cache-Control"] == "no-cache"
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
        again = visitor.get(f"/tarjetas/{card}.png", headers={"If-None-Match": answer.get("ETag", "-")})
        assert again.status_code == 304, card
    for gone in ("sala/nada", "obra/nada", "secreto/ashland", "evento/nada", "curso/nada", f"sala/{PROBLEM.slug}"):
        assert visitor.get(f"/tarjetas/{gone}.png").status_code == 404, gone


def test_feed_and_calendars_pass_their_readers(museum, visitor):
    feed = feedparser.parse(visitor.get("/novedades.atom").content)
    assert not feed.bozo
    assert [entry.title.startswith("Feria") for entry in feed.entries] == [True]
    assert feed.entries[0].link == f"http://testserver/agenda/{museum.event.slug}/"
    for path in ("/agenda.ics", f"/agenda/{museum.event.slug}.ics"):
        [one] = Calendar.from_ical(visitor.get(path).content).walk("VEVENT")
        assert one.decoded("DTSTART") == in_days(10)
