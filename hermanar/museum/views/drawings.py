"""What the ui draws of a city: rays for the rosette, arcs for the map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.rooms import SpotLine
from hermanar.catalogue.sheets import AgreementLine, ComparisonLine, PartyLine, PlaceLine, PlaceSheet
from hermanar.ui.geometry import bearing_and_distance, kilometres
from hermanar.ui.rosette import Ray, Stroke, pair_rosette
from hermanar.ui.worldmap import Spot

_NAMED = frozenset({"active", "dormant"})  # names at every tip would hide one another; the table beside has them all
STROKES: dict[str, Stroke] = {"active": "full", "dormant": "thin", "silent": "hairline", "unknown": "dotted"}

_ONLY_REPORTED = 4  # as the map counts strokes: full, thin, hairline, dotted, open


class Located(Protocol):
    """Anything with a position."""

    @property
    def latitude(self) -> float | None:
        """Degrees north."""

    @property
    def longitude(self) -> float | None:
        """Degrees east."""


def counterparts(line: AgreementLine, slug: str) -> list[PartyLine]:
    """Return the parties of a tie other than the city that looks."""
    return [party for party in line.parties if party.slug != slug]


def agreement_rays(home: Located, slug: str, lines: Iterable[AgreementLine]) -> list[Ray]:
    """Return a ray for each counterpart of each agreement of a city; who has no position has no ray."""
    return [
        ray
        for line in lines
        for party in counterparts(line, slug)
        if (ray := ray_to(home, party, stroke=STROKES[line.vitality], key=line.slug, is_named=line.vitality in _NAMED))
    ]


def reported_rays(home: Located, lines: Iterable[ComparisonLine]) -> list[Ray]:
    """Return an open ray for each tie that only a source reports: not confirmed by a document."""
    return [
        ray
        for line in lines
        if line.finding == "only_reported" and (ray := ray_to(home, line, stroke="open", key=line.counterpart_slug))
    ]


def ray_to(
    home: Located, other: PartyLine | ComparisonLine | SpotLine, *, stroke: Stroke, key: str, is_named: bool = False
) -> Ray | None:
    """Return the ray from one place to another, or None when nobody knows where one of them is."""
    here, there = (home.latitude, home.longitude), (other.latitude, other.longitude)
    if None in here or None in there:
        return None
    bearing, distance = bearing_and_distance(*here, *there)  # type: ignore[arg-type]
    name = other.counterpart if isinstance(other, ComparisonLine) else other.name
    return Ray(bearing, distance, stroke, hue(other.country), key, name if is_named else "")


def distance_km(one: Located, other: Located) -> float | None:
    """Return the great-circle distance between two positions, if both are known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))  # type: ignore[arg-type]


def spot(place: PlaceLine | PartyLine | ComparisonLine) -> Spot | None:
    """Return where a place stands on the map, or None when nobody knows."""
    if place.latitude is None or place.longitude is None:
        return None
    name = place.counterpart if isinstance(place, ComparisonLine) else place.name
    return Spot(name=name, lat=place.latitude, lng=place.longitude, hue=hue(place.country))


def hue(country: str) -> str:
    """Return the key of the colour of a country's continent; Mexico's own is home."""
    return "home" if country == "MX" else read.continent_of(country).lower() or "home"


def city_ties(sheet: PlaceSheet) -> read.WorldTies:
    """Return the ties of one city as those of the world are: what is documented, and what only a list reports."""
    home = sheet.line
    strokes: dict[tuple[str, str, str, float, float], int] = {}
    for line in sheet.agreements:
        for party in counterparts(line, home.slug):
            _add(strokes, party.slug, party, list(STROKES).index(line.vitality))
    for compared in sheet.comparison:
        if compared.finding == "only_reported" and compared.counterpart_slug:
            _add(strokes, compared.counterpart_slug, compared, _ONLY_REPORTED)
    if home.latitude is None or home.longitude is None or not strokes:
        return read.WorldTies([], [])
    places = [(home.slug, home.name, home.country, home.latitude, home.longitude), *strokes]
    return read.WorldTies(places, [(0, number, stroke) for number, stroke in enumerate(strokes.values(), 1)])


def _add(strokes: dict[Any, int], slug: str, place: PartyLine | ComparisonLine, stroke: int) -> None:
    where = spot(place)
    if where is not None:
        key = (slug, where.name, place.country, where.lat, where.lng)
        strokes[key] = min(stroke, strokes.get(key, _ONLY_REPORTED))


def map_data(world: read.WorldTies) -> dict[str, object]:
    """Return every tie that can be drawn as the map reads it; what can be derived from the rest is left out."""
    places = [[slug, name, round(lat, 2), round(lng, 2), country] for slug, name, country, lat, lng in world.places]
    countries = sorted({country for _slug, _name, country, _lat, _lng in world.places})
    return {
        "prefix": reverse("museum:cities"),
        "hues": {country: hue(country) for country in countries},
        "places": places,
        "ties": [number for tie in sorted(world.ties) for number in tie],
    }


def facing(left: PartyLine, right: PartyLine, line: AgreementLine) -> SafeString | str:
    """Draw the two cities of a tie facing each other, or nothing when one has no position."""
    stroke = STROKES[line.vitality]
    there = ray_to(left, right, stroke=stroke, key=line.slug)
    back = ray_to(right, left, stroke=stroke, key=line.slug)
    if there is None or back is None:
        return ""
    label = _("Rosetas de %(left)s y %(right)s, una frente a otra") % {"left": left.name, "right": right.name}
    drawing = pair_rosette([there], [back], uid="par", label=label, joined=stroke, hue=hue(right.country))
    return mark_safe(drawing)  # noqa: S308 - ui escapes every text it writes


def legend() -> list[dict[str, str]]:
    """Return what the strokes of a rosette say."""
    return [
        {"stroke": "full", "text": _("activo: actividad con fecha en los últimos 24 meses")},
        {"stroke": "thin", "text": _("dormido: en los últimos 60")},
        {"stroke": "hairline", "text": _("en silencio: más antigua")},
        {"stroke": "dotted", "text": _("sin evidencia fechada")},
        {"stroke": "open", "text": _("solo lo reporta una lista")},
    ]
