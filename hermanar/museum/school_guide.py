"""The guide for schools: one lesson of the museum's facts, the same for the page and for the paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import hypot

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.catalogue.sheets import PartyLine, PlaceSheet
from hermanar.museum.views.drawings import counterparts, hue
from hermanar.ui.geometry import bearing_and_distance
from hermanar.ui.worldmap import plot

_MOST, _APART = 8, 46  # places to find, and how far from each other on the picture
_SPOKEN = 500  # kilometres beyond which a distance is told in hundreds


@dataclass(frozen=True, slots=True)
class Find:
    """A sister city to find on the map by its distance and direction."""

    number: int
    name: str
    country: str
    kilometres: int
    direction: str
    point: tuple[float, float]
    lat: float
    lng: float
    hue: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What the class knows of the city."""

    city: str
    home: tuple[float, float]
    sister_count: int
    country_count: int
    finds: tuple[Find, ...]
    active: str  # how many a source called active; empty when none said so
    active_as_of: str
    active_by: str
    today: dt.date


def guide_of(sheet: PlaceSheet, *, today: dt.date) -> Guide | None:
    """Return the guide of a city, or None when its place on the map is not known."""
    line = sheet.line
    if line.latitude is None or line.longitude is None:
        return None
    others = {party.id: party for one in sheet.agreements for party in counterparts(one, line.slug)}
    said = next((figure for figure in sheet.figures if "active" in figure.key), None)
    return Guide(
        city=line.name,
        home=plot(line.latitude, line.longitude),
        sister_count=len(others),
        country_count=len({party.country for party in others.values()}),
        finds=_finds((line.latitude, line.longitude), list(others.values())),
        active=said.value if said else "",
        active_as_of=said.as_of if said else "",
        active_by=said.stated_by if said else "",
        today=today,
    )


def _finds(home: tuple[float, float], others: list[PartyLine]) -> tuple[Find, ...]:
    """Choose cities that stand apart on the picture, the nearest country's first, and tell how far and which way."""
    chosen: list[tuple[float, PartyLine]] = []
    taken = [plot(*home)]
    for party in sorted(others, key=lambda one: (one.country == "MX", one.name)):
        if party.latitude is None or party.longitude is None:
            continue
        point = plot(party.latitude, party.longitude)
        if len(chosen) < _MOST and all(hypot(point[0] - x, point[1] - y) >= _APART for x, y in taken):
            taken.append(point)
            chosen.append((bearing_and_distance(*home, party.latitude, party.longitude)[1], party))
    return tuple(
        _find(number, far, party, home=home)
        for number, (far, party) in enumerate(sorted(chosen, key=lambda one: one[0]), 1)
    )


def _find(number: int, far: float, party: PartyLine, *, home: tuple[float, float]) -> Find:
    assert party.latitude is not None
    assert party.longitude is not None
    return Find(
        number=number,
        name=party.name,
        country=party.country_name,
        kilometres=int(round(far, -2 if far > _SPOKEN else -1)),
        direction=_direction(home, (party.latitude, party.longitude)),
        point=plot(party.latitude, party.longitude),
        lat=party.latitude,
        lng=party.longitude,
        hue=hue(party.country),
    )


def _direction(home: tuple[float, float], there: tuple[float, float]) -> str:
    names = (
        _("al norte"), _("al noreste"), _("al este"), _("al sureste"),
        _("al sur"), _("al suroeste"), _("al oeste"), _("al noroeste"),
    )  # fmt: skip
    bearing = bearing_and_distance(*home, *there)[0]
    return names[round(bearing / 45) % 8]


# ── what is told and asked ───────────────────────────────────────────────────────────────────────────────────────────


def told(guide: Guide) -> tuple[str, ...]:
    """Tell what a sister city is, and how it stands with this city's own."""
    counted = {"city": guide.city, "n": guide.sister_count, "countries": guide.country_count}
    own = _("%(city)s tiene %(n)d hermanamientos, con lugares de %(countries)d países (México incluido).") % counted
    first = _(
        "Dos ciudades se hermanan cuando sus gobiernos firman un acuerdo para conocerse, visitarse y trabajar juntas. "
        "No hace falta que se parezcan ni que estén cerca: basta con que cada una tenga algo que enseñar y algo "
        "que aprender."
    )
    if not guide.active:
        return first, own
    lived = ngettext(
        "Firmar no basta: según %(who)s (%(year)s), solo %(n)s seguía activo.",
        "Firmar no basta: según %(who)s (%(year)s), solo %(n)s seguían activos.",
        int(guide.active),
    ) % {"year": guide.active_as_of, "who": guide.active_by, "n": guide.active}
    return first, f"{own} {lived}"


def plan_of_class() -> tuple[tuple[str, str], ...]:
    """Return the class step by step: minutes, and what is done."""
    return (
        (_("5 min"), _("Pregunte quién conoce otra ciudad y en qué se parece a la suya. Anote tres palabras.")),
        (_("10 min"), _("Lean en voz alta «¿Qué es una ciudad hermana?» y comenten qué les sorprende.")),
        (_("15 min"), _("En parejas, encuentren las ciudades del mapa con las pistas de distancia y rumbo.")),
        (_("10 min"), _("Respondan las preguntas; comparen las respuestas de dos parejas.")),
        (_("10 min"), _("Cada quien escribe una postal a la ciudad que eligió.")),
    )


def questions(guide: Guide) -> tuple[str, ...]:
    """Return what the class is asked; none has one right answer only."""
    return (
        _("¿Qué podría aprender %(city)s de la ciudad que elegiste? ¿Y esa ciudad de la tuya?") % {"city": guide.city},
        _("Elige algo de todos los días (la basura, ir a la escuela, una fiesta). ¿Cómo crees que se hace allá?"),
        _("¿Por qué crees que muchos hermanamientos se quedan en el papel? Propón una cosa para despertar uno."),
        _("Si vinieran de visita, ¿qué tres lugares les enseñarías y por qué?"),
    )


def clue(find: Find) -> str:
    """Return what leads to a city on the map."""
    told_far = f"{find.kilometres:,}"
    return _("a unos %(far)s km %(direction)s") % {"far": told_far, "direction": find.direction}
