"""What is new, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.museum.queries.news import NewsLine, news
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public

_ATOM = "http://www.w3.org/2005/Atom"
_EARLIEST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
# What XML cannot hold, however it is written.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN = 60


@public()
def feed(request: HttpRequest) -> HttpResponse:
    """Give the newest of the museum to who follows it."""
    site = f"{request.scheme}://{request.get_host()}"
    lines = news(language=language())[:_SHOWN]
    response = HttpResponse(_written(lines, site=site), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _written(lines: list[NewsLine], *, site: str) -> bytes:
    ET.register_namespace("", _ATOM)
    here = f"{site}{reverse('museum:feed')}"
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language()})
    _add(root, "title", _("Lo nuevo en el museo de las ciudades hermanas"))
    _add(root, "id", here)
    _add(root, "updated", _moment(max((line.changed_at for line in lines), default=_EARLIEST)))
    _link(root, here, rel="self", kind="application/atom+xml")
    _link(root, f"{site}{reverse('museum:agenda')}", rel="alternate", kind="text/html")
    author = ET.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", "Hermanar")
    for line in lines:
        entry = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _add(entry, "title", line.title)
        _add(entry, "id", line.sign)
        _add(entry, "published", _moment(line.published_at))
        _add(entry, "updated", _moment(line.changed_at))
        _link(entry, f"{site}{line.path}", rel="alternate", kind="text/html")
        _add(entry, "summary", line.summary)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_XML.sub("", text)


def _link(parent: ET.Element, href: str, *, rel: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"href": href, "rel": rel, "type": kind})


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
