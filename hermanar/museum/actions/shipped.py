"""The rooms that ship, made pages in both languages: safe to repeat, and what a person has touched is left alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import override
from wagtail.models import PageLogEntry

from hermanar.catalogue import read
from hermanar.catalogue.read.locators import locator
from hermanar.catalogue.sheets import PartyLine, SourceLine
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.actions.rooms import grant
from hermanar.museum.models import HallPage, RoomPage
from hermanar.museum.queries.pages import LANGUAGES
from hermanar.museum.queries.rooms import Room, Sentence, rooms, story_of
from hermanar.museum.rules.rooms import sentence_html, short_name
from hermanar.museum.views.day import today

Known = dict[tuple[str, str], RoomPage]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was done: pages made and mended, left as they were, and left to those who changed them."""

    made: int
    mended: int
    unchanged: int
    kept: tuple[str, ...]


@transaction.atomic
def open_shipped_rooms() -> Opened:
    """Make a published page of each room that ships whose record the public may see, and mend those untouched."""
    lay_out()
    halls = {hall.locale.language_code: hall for hall in HallPage.objects.select_related("locale")}
    known: Known = {(page.slug, page.locale.language_code): page for page in _pages()}
    slugs = [room.agreement for room in rooms()]
    lines = {language: read.lines_at(slugs, today=today(), language=language) for language in LANGUAGES}
    gone, done = _taken_away(), {"made": 0, "mended": 0, "unchanged": 0}
    kept: set[str] = set()
    for room in rooms():
        made = []
        for language in LANGUAGES:
            line = lines[language].get(room.agreement)
            ends = read.ends_of(line) if line else None
            if ends is None:
                continue
            page = known.get((room.slug, language))
            if page is None and _title(ends[1]) not in gone:
                made.append(_make(halls[language], room, ends=ends, known=known))
            elif page is None or page.latest_revision_id or not page.live:
                kept.add(room.slug)
            else:
                done["mended" if _mend(page, room, there=ends[1]) else "unchanged"] += 1
        done["made"] += len(made)
        if made:
            grant(made[0].host, made, place=made[0].place)
    return Opened(**done, kept=tuple(sorted(kept)))


def _pages() -> list[RoomPage]:
    return list(RoomPage.objects.filter(slug__in=[room.slug for room in rooms()]).select_related("locale"))


def _taken_away() -> set[str]:
    """Return the titles of rooms that a person deleted: they do not come back by themselves."""
    gone = PageLogEntry.objects.filter(action="wagtail.delete", content_type__model="roompage", deleted=True)
    return set(gone.values_list("label", flat=True))


def _make(hall: HallPage, room: Room, *, ends: tuple[PartyLine, PartyLine], known: Known) -> RoomPage:
    language = hall.locale.language_code
    page = RoomPage(
        title=_title(ends[1]), slug=room.slug, host=ends[0].slug, place=ends[1].slug, locale=hall.locale,
        body=_body(room, language), live=True,
    )  # fmt: skip
    if other := next((one for (slug, _code), one in known.items() if slug == room.slug), None):
        page.translation_key = other.translation_key
    HallPage.objects.get(pk=hall.pk).add_child(instance=page)
    known[room.slug, language] = page
    return page


def _mend(page: RoomPage, room: Room, *, there: PartyLine) -> bool:
    """Bring a page that nobody has touched to what ships now, and say whether anything was different."""
    wanted = _title(there), _body(room, page.locale.language_code)
    if (page.title, list(page.body.raw_data)) == wanted:
        return False
    page.title, page.body = wanted  # type: ignore[assignment]  # its pieces as they are stored
    page.save()
    return True


def _title(there: PartyLine) -> str:
    return short_name(there.name, written=there.written)


def _body(room: Room, language: str) -> list[dict[str, Any]]:
    """Return the story of a room as pieces; their identifiers follow from what they are, so that a repeat is equal."""
    told = story_of(room.slug)
    known = read.sources([one.source for one in told], language=language) if told else {}
    with override(language):
        return [
            {"type": "text", "value": _said(one, known[one.source], language), "id": _id(room, one.key)}
            for one in told
            if one.source in known
        ]


def _said(sentence: Sentence, source: SourceLine, language: str) -> str:
    return sentence_html(
        sentence.text_en if language == "en" else sentence.text_es,
        when=read.written_date(sentence.on) if sentence.on else "",
        title=source.title,
        address=source.address,
        published=read.written_date(source.published) if source.published else "",
        passage=locator(sentence.passage, language),
    )


def _id(room: Room, key: str) -> str:
    return str(UUID(bytes=hashlib.sha256(f"{room.slug}/{key}".encode()).digest()[:16], version=4))
