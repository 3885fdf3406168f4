"""Labels to print for doors and works: name, number of the audio guide, and a code that opens the right page."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.gifts import WorkLine
from hermanar.foundation.papers.typesetting import typeset
from hermanar.museum import works
from hermanar.museum.audio_guide import Stop, stops
from hermanar.museum.models import RoomPage
from hermanar.museum.queries.rooms import room_at
from hermanar.museum.views.day import today
from hermanar.museum.views.drawings import STROKES, ray_to
from hermanar.museum.views.room_drawings import name_of
from hermanar.museum.views.tables import location
from hermanar.ui.rosette import emblem

_TEMPLATE = Path(__file__).with_name("labels.typ")
# Tagged and for archives, as every paper of the house.
_STANDARDS = ("a-2a", "ua-1")
MOST = 120


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label; texts of both languages, for it hangs for everybody."""

    address: str
    name: str
    number: str = ""
    detail: str = ""
    other: str = ""  # the same in English, where it differs
    needle: str = ""  # which way the city lies
    needle_said: str = ""


def room_labels(slugs: Iterable[str], *, site: str) -> list[Label]:
    """Return the labels of these rooms; one that is closed has none."""
    open_now = dict(RoomPage.objects.filter(live=True).order_by("-path").values_list("slug", "title"))
    numbers = {stop.room: stop for stop in _stops() if stop.room}
    return [_room(slug, open_now[slug], numbers.get(slug), site) for slug in slugs if slug in open_now]


def _room(slug: str, title: str, stop: Stop | None, site: str) -> Label:
    room = room_at(slug)
    found = {code: read.room(room.agreement, today=today(), language=code) if room else None for code in ("es", "en")}
    number = str(stop.number) if stop else ""
    address = f"{site}/q/s/{slug}/"
    spanish, english = found["es"], found["en"]
    if spanish is None or english is None:
        return Label(address, title, number)
    home, there = spanish.home.party, spanish.there.party
    ray = ray_to(home, there, stroke=STROKES[spanish.agreement.line.vitality], key=slug)
    with translation.override("es"):
        said = _("Hacia dónde está %(city)s desde %(home)s") % {"city": name_of(there), "home": home.name}
        where = location(there)
    with translation.override("en"):
        where_en = location(english.there.party)
    other = ", ".join(dict.fromkeys((name_of(english.there.party), where_en)))
    same = other == f"{name_of(there)}, {where}"
    return Label(address, name_of(there), number, where, "" if same else other, emblem([ray]) if ray else "", said)


def work_labels(lines: Iterable[WorkLine], *, site: str) -> list[Label]:
    """Return the labels of these works."""
    numbers = {stop.work.code: stop.number for stop in _stops() if stop.work}
    with translation.override("es"):
        return [
            Label(
                f"{site}/q/o/{line.code}/", line.title, str(numbers.get(line.code, "")),
                f"{works.way_said(line)}. {works.when_said(line)}.".replace("..", "."),
            )
            for line in lines
        ]  # fmt: skip


def _stops() -> tuple[Stop, ...]:
    with translation.override("es"):
        return stops()


def sheet_of(labels: list[Label], *, is_large: bool = False) -> bytes:
    """Return the labels as a PDF, eight on a page or two large ones."""
    with translation.override("es"):
        title, say = _("Etiquetas del museo"), _("Ábrala en su teléfono")
    say_en = "Open it on your phone"
    told = [{**asdict(one), "svg": code_of(one.address), "say": say, "say_en": say_en} for one in labels[:MOST]]
    data = json.dumps({"title": title, "labels": told, "large": is_large}, ensure_ascii=False)
    return typeset(
        _TEMPLATE.read_bytes(), inputs={"labels": data}, made_at=dt.datetime.now(dt.UTC), standards=_STANDARDS
    )


def code_of(address: str) -> str:
    """Draw the square code of an address, with the free margin that readers need; it bears a scratched corner."""
    drawing = io.BytesIO()
    import segno  # noqa: PLC0415  (only who asks for a code waits for it)

    segno.make(address, error="q", micro=False).save(drawing, kind="svg", scale=4, border=4, xmldecl=False)
    return drawing.getvalue().decode()
