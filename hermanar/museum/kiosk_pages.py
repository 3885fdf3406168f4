"""The pages of a kiosk: all it has, each made whole and closed upon itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.rooms import HostSheet
from hermanar.catalogue.sheets import AgreementLine
from hermanar.museum.audio_guide import Stop, stops
from hermanar.museum.models import RoomPage
from hermanar.museum.queries.kiosks import Hall
from hermanar.museum.queries.pages import opened
from hermanar.museum.queries.rooms import room_at, rooms, story_of
from hermanar.museum.rules.enclosure import enclosed
from hermanar.museum.rules.kiosks import MOST_ROOMS, Candidate, first_rooms
from hermanar.museum.views.addresses import Doors
from hermanar.museum.views.day import today
from hermanar.museum.views.drawings import agreement_rays
from hermanar.museum.views.pages import page_context, told
from hermanar.museum.views.rooms import door_of, room_context
from hermanar.ui.rosette import Ray, rosette

LANGUAGES = {"es": "Español", "en": "English"}


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it is sent, and the addresses it needs to be shown."""

    html: str
    assets: tuple[str, ...]


class KioskPages:
    """A kiosk at one site: which pages it has, and each of them."""

    def __init__(self, hall: Hall, *, site: str) -> None:
        self.hall, self.site = hall, site
        self.base = f"/kiosco/{hall.slug}/"
        self._doors: dict[str, list[dict[str, Any]]] = {}
        self._stops: dict[str, tuple[Stop, ...]] = {}

    @cached_property
    def sheet(self) -> HostSheet | None:
        """Return the city with its ties, in the house's language: for what does not depend on it."""
        return self._sheet("es")

    def _sheet(self, code: str) -> HostSheet | None:
        slugs = [room.agreement for room in rooms() if room.host == self.hall.host]
        found = read.hosts(slugs, cities=[self.hall.host], today=today(), language=code)
        return next((one for one in found if one.party.slug == self.hall.host), None)

    @cached_property
    def room_slugs(self) -> tuple[str, ...]:
        """Return the rooms it shows: those chosen that are open, or those the house chooses."""
        open_now = set(RoomPage.objects.filter(live=True, host=self.hall.host).values_list("slug", flat=True))
        seen = {slug for slug, _line in self._told_rooms(self.sheet)}
        shipped = {room.slug for room in rooms()}
        open_now -= {slug for slug in open_now if slug in shipped and slug not in seen}
        if self.hall.rooms:
            return tuple(slug for slug in self.hall.rooms if slug in open_now)
        return first_rooms(self._candidates(), most=MOST_ROOMS)

    def _told_rooms(self, sheet: HostSheet | None) -> list[tuple[str, AgreementLine]]:
        doors = Doors()
        pairs = [(doors.slug(line), line) for line in sheet.lines] if sheet else []
        return [(slug, line) for slug, line in pairs if slug]

    def _candidates(self) -> list[Candidate]:
        if self.sheet is None:
            return []
        doors = Doors()
        return [
            Candidate(slug, lives=door["lives"], has_story=bool(story_of(slug)), km=door["km"])
            for slug, line in self._told_rooms(self.sheet)
            for door in [door_of(self.sheet.party, line, doors)]
        ]

    # ── what there is ────────────────────────────────────────────────────────────────────────────────────────────────

    def paths(self) -> list[str]:
        """Return the addresses of all its pages."""
        found = [self.base]
        for code in LANGUAGES:
            found += [self.home(code), *(self.room_url(code, slug) for slug in self.room_slugs), self.audio(code)]
            found += [self.stop_url(code, stop.number) for stop in self.stops(code)]
        return found

    def home(self, code: str) -> str:
        """Return where the doors are."""
        return f"{self.base}{code}/"

    def room_url(self, code: str, slug: str) -> str:
        """Return where a room is."""
        return f"{self.base}{code}/salas/{slug}/"

    def audio(self, code: str) -> str:
        """Return where the audio guide is."""
        return f"{self.base}{code}/audio/"

    def stop_url(self, code: str, number: int) -> str:
        """Return where a stop is."""
        return f"{self.base}{code}/audio/{number}/"

    def stops(self, code: str) -> tuple[Stop, ...]:
        """Return the stops before its rooms and before the works of its city."""
        if code not in self._stops:
            with translation.override(code):
                found = stops(self.hall.host)
            self._stops[code] = tuple(one for one in found if one.work or one.room in self.room_slugs)
        return self._stops[code]

    def doors(self, code: str) -> list[dict[str, Any]]:
        """Return its doors in the order of its rooms."""
        if code not in self._doors:
            with translation.override(code):
                self._doors[code] = self._doors_in(code)
        return self._doors[code]

    def _doors_in(self, code: str) -> list[dict[str, Any]]:
        sheet, doors = self._sheet(code), Doors()
        shown: dict[str, dict[str, Any]] = {}
        for slug, line in self._told_rooms(sheet):
            if slug in self.room_slugs and sheet:
                shown[slug] = {**door_of(sheet.party, line, doors), "key": line.slug}
        numbers = {stop.room: stop.number for stop in self.stops(code)}
        titles = dict(RoomPage.objects.filter(live=True, slug__in=self.room_slugs).values_list("slug", "title"))
        plain = {"life": "unknown", "lives": False, "wall": "plaster", "needle": "", "where": "", "key": "", "km": None}
        return [
            {**plain, "name": titles.get(slug, slug), **shown.get(slug, {}), "url": self.room_url(code, slug),
             "stop": numbers.get(slug)}
            for slug in self.room_slugs
        ]  # fmt: skip

    # ── each page ────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> Made:
        """Make what calls from across the hall: the rosette, and one touch for each language."""
        sheet = self.sheet
        rays = agreement_rays(sheet.party, sheet.party.slug, sheet.lines) if sheet else []
        context = {
            "city": sheet.party.name if sheet else self.hall.title,
            "rosette": self._rosette(rays),
            "doors": self.doors("es"),
            "entrances": [self._entrance(code, sheet) for code in LANGUAGES],
        }
        return self._made("museum/kiosk/start.html", context, code="es")

    def _rosette(self, rays: list[Ray]) -> SafeString | str:
        if not rays:
            return ""
        label = _("La roseta de la ciudad: un rayo por cada ciudad hermana, hacia donde está")
        return mark_safe(rosette(rays, uid="roseta", label=label, letters=""))  # noqa: S308 - ui escapes what it writes

    def _entrance(self, code: str, sheet: HostSheet | None) -> dict[str, Any]:
        with translation.override(code):
            total = sheet.total if sheet else 0
            counted = translation.ngettext("%(n)d ciudad hermana", "%(n)d ciudades hermanas", total) % {"n": total}
            return {"code": code, "name": LANGUAGES[code], "url": self.home(code), "say": _("Toque para entrar"),
                    "counted": counted}  # fmt: skip

    def hall_page(self, code: str) -> Made:
        """Make the wall of doors."""
        title = (self.hall.title_en if code == "en" else "") or self.hall.title
        return self._made("museum/kiosk/hall.html", {"title": title, "doors": self.doors(code)}, code=code)

    def room_page(self, code: str, slug: str) -> Made | None:
        """Make a room, or nothing where it is not one of the kiosk's."""
        if slug not in self.room_slugs:
            return None
        with translation.override(code):
            context = _record_room(slug, code) or _written_room(slug, code)
        if context is None:
            return None
        at = self.room_slugs.index(slug)
        following = self.doors(code)[(at + 1) % len(self.room_slugs)]
        stop = next((one for one in self.stops(code) if one.room == slug), None)
        more = {"following": following if following["url"] != self.room_url(code, slug) else None,
                "stop": stop, "stop_url": self.stop_url(code, stop.number) if stop else "",
                "short": f"/q/s/{slug}/"}  # fmt: skip
        return self._made(context["template"], {**context, **more}, code=code, path=f"salas/{slug}/")

    def audio_page(self, code: str) -> Made:
        """Make the numbered tiles of the audio guide."""
        told_stops = [{"stop": one, "url": self.stop_url(code, one.number)} for one in self.stops(code)]
        return self._made("museum/kiosk/audio.html", {"stops": told_stops}, code=code, path="audio/")

    def stop_page(self, code: str, number: int) -> Made | None:
        """Make a stop: its sound, its words, the next."""
        found = self.stops(code)
        stop = next((one for one in found if one.number == number), None)
        if stop is None:
            return None
        following = found[(found.index(stop) + 1) % len(found)]
        kind = "o" if stop.work else "s"
        context = {
            "stop": stop,
            "following": {"stop": following, "url": self.stop_url(code, following.number)},
            "room_url": self.room_url(code, stop.room) if stop.room else "",
            "short": f"/q/{kind}/{stop.work.code if stop.work else stop.room}/",
        }
        return self._made("museum/kiosk/stop.html", context, code=code, path=f"audio/{number}/")

    def _made(self, template: str, context: dict[str, Any], *, code: str, path: str = "") -> Made:
        around = {
            "base": self.base,
            "home_url": self.home(code),
            "audio_url": self.audio(code) if self.stops(code) else "",
            "idle": self.hall.idle_seconds,
            "languages": [
                {"code": one, "name": name, "url": f"{self.home(one)}{path}", "current": one == code}
                for one, name in LANGUAGES.items()
            ],
        }
        with translation.override(code):
            if short := context.get("short"):
                around["code_drawn"] = qr_drawing(f"{self.site}{short}")
            html = render_to_string(template, {**around, **context})
        page, assets = enclosed(html, lead=self._lead(code))
        return Made(page, assets)

    def _lead(self, code: str) -> Callable[[str], str]:
        """Return what says where a link may lead: within the kiosk; a room of the museum is its own, if it has it."""

        def lead(address: str) -> str:
            if address.startswith(("#", self.base)):
                return address
            steps = address.partition("#")[0].removeprefix("/en").strip("/").split("/")
            is_room = len(steps) == 2 and steps[0] == "salas" and steps[1] in self.room_slugs  # noqa: PLR2004
            return self.room_url(code, steps[1]) if is_room else ""

        return lead


def _record_room(slug: str, code: str) -> dict[str, Any] | None:
    """Return a room that ships, with its record read live."""
    room = room_at(slug)
    found = opened(f"salas/{slug}/", language=code)
    if room is None or found is None or (found.page.host, found.page.place) != (room.host, room.place):
        return None
    sheet = read.room(room.agreement, today=today(), language=code)
    if sheet is None:
        return None
    context = {**room_context(room, sheet), **told(found)}
    context["pieces"] = _for_a_hall(context["pieces"])
    return {**context, "template": "museum/kiosk/room.html"}


def _written_room(slug: str, code: str) -> dict[str, Any] | None:
    """Return a room that editors opened themselves."""
    found = opened(f"salas/{slug}/", language=code)
    if found is None or (room_at(slug) and not isinstance(found.page, RoomPage)):
        return None
    context = page_context(found)
    context["pieces"] = _for_a_hall(context["pieces"])
    return {**context, "template": "museum/kiosk/page.html"}


def _for_a_hall(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the pieces as a kiosk shows them: of a film, its words, for films are too heavy to be kept."""
    films = {"museum/blocks/film.html": "museum/kiosk/_film.html"}
    return [{**piece, "template": films.get(piece["template"], piece["template"])} for piece in pieces]


def qr_drawing(address: str) -> SafeString:
    """Draw an address as a square code, for a telephone to read off the screen."""
    import segno  # noqa: PLC0415  (only who asks for a code waits for it)

    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=4, svgclass="qr", lineclass=None, omitsize=True, dark="#211a16", light="#ffffff"
    )
    label = _("Código para seguir en su teléfono: %(address)s") % {"address": address}
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1))  # noqa: S308
