"""What a room draws: the way, the walk, the clocks, the light, the years, the towers, the two rosettes."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.catalogue.rooms import RoomSheet, SideSheet
from hermanar.catalogue.sheets import PartyLine
from hermanar.museum.rules.rooms import short_name
from hermanar.museum.views.drawings import STROKES, agreement_rays, distance_km, hue, ray_to
from hermanar.ui import reach
from hermanar.ui.clocks import Clock, Day, two_clocks, two_days
from hermanar.ui.globe import route
from hermanar.ui.latitudes import Latitude, latitudes
from hermanar.ui.ribbon import Done, ribbon
from hermanar.ui.rosette import Ray, pair_rosette
from hermanar.ui.skyline import Tower, people_per_window, skyline
from hermanar.ui.sun import Light, daylight, offset_hours, shared
from hermanar.ui.worldmap import Spot

_LONG_MINUTES = 120
_NOON = 12
_ALIKE_DEGREES = 2.5


def name_of(party: PartyLine) -> str:
    """Return the name of a city as its door and its drawings bear it."""
    return short_name(party.name, written=party.written)


def drawings(sheet: RoomSheet) -> dict[str, Any]:
    """Return every drawing that the known facts of a room allow; what nobody knows is not drawn."""
    home, there = sheet.home, sheet.there
    found: dict[str, Any] = {"years": _years(sheet), "skyline": _skyline(home, there)}
    distance = distance_km(home.party, there.party)
    if distance is None:
        return found
    return {
        **found,
        "distance": distance,
        "route": _route(sheet, distance),
        **_walk(distance),
        **_sun(home.party, there.party, distance=distance),
        **_hours(home, there, on=sheet.agreement.as_of),
        "pair": _pair(sheet),
        **_latitudes(sheet),
    }


def _safe(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308 - ui escapes every text it writes


def _spot(party: PartyLine, stroke: str = "hairline") -> Spot:
    return Spot(name_of(party), party.latitude or 0.0, party.longitude or 0.0, hue(party.country), stroke)  # type: ignore[arg-type]


def _names(sheet: RoomSheet) -> dict[str, str]:
    return {"home": name_of(sheet.home.party), "there": name_of(sheet.there.party)}


def _route(sheet: RoomSheet, distance: float) -> SafeString:
    home, there = sheet.home.party, sheet.there.party
    told = _("El camino más corto de %(home)s a %(there)s") % _names(sheet)
    description = _("%(km)s kilómetros sobre el globo, vistos desde encima de su punto medio.") % {
        "km": f"{round(distance):,}"
    }
    drawn = route(
        _spot(home),
        _spot(there, STROKES[sheet.agreement.line.vitality]),
        uid="ruta",
        label=told,
        description=description,
        with_states=home.country == there.country == "MX",
    )
    return _safe(drawn)


def _walk(distance: float) -> dict[str, Any]:
    days = reach.days_on_foot(distance)
    label = _("Un punto por cada día a pie: %(days)d") % {"days": days}
    return {"days": days, "walk": _safe(reach.walk(days, uid="camino", label=label))}


def _sun(home: PartyLine, there: PartyLine, *, distance: float) -> dict[str, Any]:
    """Return how long sound would take, and by how much the sun's noon comes later there."""
    hours = reach.hours_of_sound(distance)
    sound = max(1, round(hours * 60))
    minutes = reach.minutes_of_sun(home.longitude or 0.0, there.longitude or 0.0)
    return {
        **_amount("sound", sound),
        "sun_minutes": minutes,
        **_amount("sun", abs(minutes)),
    }


def _amount(name: str, minutes: int) -> dict[str, str]:
    """Return minutes as a figure with its unit: up to two hours as minutes, then as hours."""
    if minutes < _LONG_MINUTES:
        return {name: f"{minutes}", f"{name}_unit": ngettext("minuto", "minutos", minutes)}
    return {name: f"{minutes / 60:.1f}", f"{name}_unit": _("horas")}


def _span(minutes: int) -> str:
    """Write a span of time: 45 min, 1 h 26 min, 8 h."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}\N{NO-BREAK SPACE}h"] if hours else []
    return " ".join([*parts, *([f"{rest}\N{NO-BREAK SPACE}min"] if rest or not hours else [])])


def _hours(home: SideSheet, there: SideSheet, *, on: dt.date) -> dict[str, Any]:
    """Return the two clocks at noon of the host and the light of the day; nothing where a zone is not known."""
    noon = _noon(home.time_zone, on)
    ahead = offset_hours(home.time_zone, at=noon) if noon else None
    other = offset_hours(there.time_zone, at=noon) if noon else None
    if ahead is None or other is None:
        return {}
    minutes = round((_NOON + other - ahead) * 60)
    names = {"home": name_of(home.party), "there": name_of(there.party)}
    here, away = Clock(names["home"], _NOON * 60), Clock(names["there"], minutes % (24 * 60))
    label = _("Cuando en %(home)s son las %(one)s, en %(there)s son las %(other)s") % {
        **names, "one": here.told, "other": away.told,
    }  # fmt: skip
    return {
        "time_gap": _span(abs(minutes - _NOON * 60)) if minutes != _NOON * 60 else "",
        "is_later_there": minutes > _NOON * 60,
        "clocks": _safe(two_clocks(here, away, uid="relojes", label=label)) if minutes != _NOON * 60 else "",
        "clocks_told": label,
        **_light(home, there, on=on, ahead=ahead),
    }


def _noon(zone: str, on: dt.date) -> dt.datetime | None:
    try:
        return dt.datetime.combine(on, dt.time(_NOON), ZoneInfo(zone)) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _light(home: SideSheet, there: SideSheet, *, on: dt.date, ahead: float) -> dict[str, Any]:
    lights = [_daylight(side, on) for side in (home, there)]
    hours = [_span(round(light.hours * 60)) for light in lights]
    both = shared(*lights)
    names = {"home": name_of(home.party), "there": name_of(there.party)}
    label = _("La luz de este día en %(home)s y en %(there)s, en el reloj de %(home)s") % names
    description = _("%(home)s: %(one)s de luz; %(there)s: %(other)s.") % {**names, "one": hours[0], "other": hours[1]}
    days = [
        Day(name_of(side.party), light, hue(side.party.country))
        for side, light in zip((home, there), lights, strict=True)
    ]
    return {
        "light": _safe(two_days(days, offset=ahead, uid="luz", label=label, description=description)),
        "light_shared": _span(round(both * 60)),
        "light_hours": hours,
    }


def _daylight(side: SideSheet, on: dt.date) -> Light:
    return daylight(side.party.latitude or 0.0, side.party.longitude or 0.0, on=on)


def _skyline(home: SideSheet, there: SideSheet) -> dict[str, Any] | None:
    if not home.population or not there.population:
        return None
    towers = [Tower(name_of(one.party), one.population or 0, hue(one.party.country)) for one in (home, there)]
    people = people_per_window([tower.population for tower in towers])
    label = _("Los habitantes de %(home)s y de %(there)s como torres") % {
        "home": towers[0].name, "there": towers[1].name,
    }  # fmt: skip
    description = "; ".join(f"{tower.name}: {tower.population:,}" for tower in towers)
    return {
        "drawing": _safe(skyline(towers, uid="torres", label=label, description=description)),
        "people": people,
        "sides": [home, there],
    }


def _years(sheet: RoomSheet) -> dict[str, Any] | None:
    """Return the ribbon of the tie's years, from the first dated thing on; nothing when nothing has a date."""
    record, until = sheet.agreement, sheet.agreement.as_of.year
    done = [
        Done(_year(one.started_on), _year(one.ended_on or one.started_on))
        for one in record.activities
        if one.started_on
    ]
    acts = [Done(_year(act.on), _year(act.on), is_life=False) for act in record.acts if act.on]
    if record.line.signed_on:
        signed = _year(record.line.signed_on)
        acts.append(Done(signed, signed, is_life=False))
    if not done and not acts:
        return None
    since = min(one.first for one in (*done, *acts))
    alive = sorted({year for one in done for year in range(one.first, min(one.last, until) + 1)})
    label = _("Los años del lazo, de %(since)d a %(until)d") % {"since": since, "until": until}
    told = ", ".join(map(str, alive)) or _("ninguno")
    description = _("Años en que consta algo hecho: %(years)s.") % {"years": told}
    drawn = ribbon(
        [*done, *acts], since=min(since, until), until=until, uid="anos", label=label, description=description
    )
    return {"drawing": _safe(drawn), "since": since, "count": max(1, until - since + 1), "alive": len(alive)}


def _year(date: str | None) -> int:
    return int((date or "0")[:4])


def _pair(sheet: RoomSheet) -> SafeString:
    home, there = sheet.home, sheet.there
    own = agreement_rays(home.party, home.party.slug, home.ties)
    others: list[Ray] = agreement_rays(there.party, there.party.slug, there.ties)
    others += [ray for one in there.reported if (ray := ray_to(there.party, one, stroke="open", key=one.slug))]
    plain = [[_unnamed(ray) for ray in rays] for rays in (own, others)]
    stroke = STROKES[sheet.agreement.line.vitality]
    label = _("Rosetas de %(left)s y %(right)s, una frente a otra") % {
        "left": name_of(home.party),
        "right": name_of(there.party),
    }
    description = _("%(own)d rayos de una y %(others)d de la otra.") % {"own": len(own), "others": len(others)}
    return _safe(
        pair_rosette(
            *plain, uid="par", label=label, description=description, joined=stroke, hue=hue(there.party.country)
        )
    )


def _unnamed(ray: Ray) -> Ray:
    return Ray(ray.bearing, ray.distance_km, ray.stroke, ray.hue, ray.key)


def _latitudes(sheet: RoomSheet) -> dict[str, Any]:
    """Return the sister cities of the host on one scale, and which of them live as far north as this one."""
    home, there = sheet.home.party, sheet.there.party
    cities = [Latitude(name_of(one), one.latitude or 0.0, hue(one.country), is_named=True) for one in (home, there)]
    others = {
        party.slug: party
        for line in sheet.home.ties
        for party in line.parties
        if party.slug not in {home.slug, there.slug} and party.latitude is not None
    }
    rest = [Latitude(name_of(one), one.latitude or 0.0, hue(one.country)) for one in others.values()]
    alike = sorted(
        (party for party in others.values() if _is_alike(party, there)),
        key=lambda party: abs((party.latitude or 0.0) - (there.latitude or 0.0)),
    )
    label = _("%(home)s, %(there)s y las demás ciudades hermanas, de sur a norte") % _names(sheet)
    return {
        "latitudes": _safe(latitudes([*rest, *cities], uid="latitudes", label=label)),
        "alike": alike,
    }


def _is_alike(one: PartyLine, other: PartyLine) -> bool:
    return abs((one.latitude or 0.0) - (other.latitude or 0.0)) <= _ALIKE_DEGREES
