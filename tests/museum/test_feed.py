"""What is new, as Atom: by a real parser, with everything a stranger may have written in it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from defusedxml import ElementTree

from hermanar.foundation.access import CONSOLE
from hermanar.museum.actions.events import mend_event, unpublish_event
from hermanar.museum.models import Event
from tests.museum.going import draft, event

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(visitor, path="/novedades.atom"):
    response = visitor.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(node, path):
    return node.findtext(path, namespaces=ATOM)


def test_feed_tells_what_is_new_with_lasting_signs(visitor, world):
    made = event(title="Concierto «ñ» & <b>", title_en="Concert")
    feed = read(visitor)
    (entry,) = feed.findall("a:entry", ATOM)
    assert text(entry, "a:title") == "Concierto «ñ» & <b>"
    sign = text(entry, "a:id")
    assert sign == f"urn:uuid:{made.pk}"
    for name in ("a:updated", "a:published"):
        assert dt.datetime.fromisoformat(text(entry, name)).tzinfo
    assert text(feed, "a:updated") == text(entry, "a:updated")
    assert visitor.get(urlsplit(entry.find("a:link", ATOM).get("href")).path).status_code == 200
    mend_event(made.pk, draft(title="Otro"), by=CONSOLE, version=made.version)
    (again,) = read(visitor, "/en/novedades.atom").findall("a:entry", ATOM)
    assert text(again, "a:id") == sign
    assert text(again, "a:published") == text(entry, "a:published")


def test_feed_without_news_is_a_feed(visitor, world):
    feed = read(visitor)
    assert not feed.findall("a:entry", ATOM)
    assert text(feed, "a:updated")


def test_unpublished_is_not_in_the_feed(visitor, world):
    event(title="CanarioZutano", is_published=False)
    taken = event(title="CanarioMengano")
    unpublish_event(taken.pk, by=CONSOLE, version=taken.version)
    assert b"Canario" not in visitor.get("/novedades.atom").content


def test_feed_holds_what_xml_cannot_say(visitor, world):
    made = event(title="Limpio", description="]]></summary>&#0;")
    Event.objects.filter(pk=made.pk).update(title="Malo \x01\x0b\ufffe ]]> &amp;")
    assert text(read(visitor).find("a:entry", ATOM), "a:title") == "Malo  ]]> &amp;"


def test_feed_is_answered_unchanged(visitor, world):
    event()
    first = visitor.get("/novedades.atom")
    assert visitor.get("/novedades.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert visitor.get("/novedades.atom?x=1").status_code == 422
