"""The audio guide as it is heard: what editors wrote, and for a room that ships without a stop, its known facts."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.gifts import WorkLine
from hermanar.catalogue.read.gifts import work_by_code, work_line
from hermanar.catalogue.sheets import AgreementLine, PartyLine
from hermanar.museum.models import AudioStop, Recording
from hermanar.museum.queries.audio import kept_stops
from hermanar.museum.queries.kiosks import open_slugs
from hermanar.museum.queries.rooms import room_at, rooms, story_of
from hermanar.museum.views.addresses import Doors
from hermanar.museum.views.day import language, today
from hermanar.museum.views.drawings import distance_km
from hermanar.museum.views.room_drawings import name_of
from hermanar.museum.views.sayings import foreign
from hermanar.museum.views.tables import location


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop: its number, before what it stands, its words, its sound if there is one."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    room: str = ""
    work: WorkLine | None = None
    lang: str = ""  # of title and words, where it is not the reader's
    sound: Recording | None = None
    sound_lang: str = ""
    is_from_records: bool = False  # its words are the records' own, written anew at each visit

    @property
    def url(self) -> str:
        """Return the page that tells all of what the stop stands before."""
        return (
            reverse("museum:exhibit", args=[self.work.slug]) if self.work else reverse("museum:room", args=[self.room])
        )


def stops(host: str = "") -> tuple[Stop, ...]:
    """Return the stops that can be heard today, by number; of one city or of all."""
    kept = kept_stops(host=host)
    doors = Doors()
    told = {stop.room for stop in kept}
    found = [*_of_records(doors, told=told, host=host), *filter(None, (_of_editors(one) for one in kept))]
    return tuple(sorted(found, key=lambda stop: stop.number))


def stop_at(number: int) -> Stop | None:
    """Return the stop of a number."""
    return next((stop for stop in stops() if stop.number == number), None)


def _of_editors(kept: AudioStop) -> Stop | None:
    """Return a stop that an editor wrote; nothing while the public may not see what it stands before."""
    work = None
    if kept.work:
        found = work_by_code(kept.work)
        work = work_line(found, language=language()) if found else None
    if (kept.work and work is None) or (kept.room and not _is_open(kept.room, kept.host)):
        return None
    is_english = language() == "en" and bool(kept.text_en)
    spoken = (kept.recording_en or kept.recording) if is_english else kept.recording
    return Stop(
        kept.number,
        (kept.title_en or kept.title) if is_english else kept.title,
        tuple(part.strip() for part in (kept.text_en if is_english else kept.text).split("\n\n") if part.strip()),
        room=kept.room,
        work=work,
        lang="" if is_english else foreign("es"),
        sound=spoken,
        sound_lang=foreign(spoken.language) if spoken else "",
    )


def _is_open(slug: str, host: str) -> bool:
    """Say whether the public may enter a room: published, and of one that ships its record too."""
    room = room_at(slug)
    return slug in open_slugs(host) and (room is None or room.agreement in read.seen([room.agreement]))


def _of_records(doors: Doors, *, told: set[str], host: str) -> list[Stop]:
    """Return a stop for each open room that ships and that no editor wrote one for."""
    numbers = {room.slug: number for number, room in enumerate(rooms(), 1)}
    wanted = [room for room in rooms() if (not host or room.host == host) and room.slug not in told]
    slugs = [room.agreement for room in wanted if room.slug in doors.rooms.values()]
    made = []
    for sheet in read.hosts(slugs, today=today(), language=language()) if slugs else ():
        for line in sheet.lines:
            slug = doors.slug(line)
            if slug in numbers and slug not in told and line.slug in slugs:
                made.append(_from_record(numbers[slug], slug, sheet.party, line))
    return made


def _from_record(number: int, slug: str, home: PartyLine, line: AgreementLine) -> Stop:
    there = next((party for party in line.parties if party.slug != home.slug), line.parties[-1])
    words = {"name": name_of(there), "home": home.name, "where": location(there)}
    told = [_("%(name)s, %(where)s.") % words]
    if (km := distance_km(home, there)) is not None:
        told.append(_("Está a %(km)s kilómetros de %(home)s por el camino más corto.") % {**words, "km": f"{km:,.0f}"})
    kind = read.word("kind", line.kind)
    if line.signed_on:
        day = read.written_date(line.signed_on)
        told.append(_("%(kind)s desde %(day)s.") % {"kind": kind.capitalize(), "day": day})
    else:
        told.append(_("%(kind)s; nadie ha dicho aquí desde cuándo.") % {"kind": kind.capitalize()})
    told.append(_("Hoy consta: %(life)s.") % {"life": read.word("vitality", line.vitality)})
    story = tuple(one.text_en if language() == "en" else one.text_es for one in story_of(slug))
    return Stop(number, name_of(there), (" ".join(told), *story), room=slug, is_from_records=True)
