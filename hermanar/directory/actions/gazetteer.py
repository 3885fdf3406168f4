"""The shipped files read as rows: what the directory should hold, before anything is written."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hermanar.directory.rules import slug_of
from hermanar.directory.vocabulary import NameKind, PlaceKind
from hermanar.foundation.words import fold

MEXICO_CITY = "inegi:09"
TOO_FAR_KM = 60.0  # Natural Earth's point and GeoNames' for one city; further apart is a wrong crosswalk


@dataclass(slots=True)
class NameRow:
    """A name of a place and who gives it."""

    name: str
    language: str
    kind: str
    source: str


@dataclass(slots=True)
class PlaceRow:
    """A place as the files have it; `key` is its first identifier."""

    key: str
    kind: str
    name: str
    country: str
    source: str
    name_es: str = ""
    name_en: str = ""
    state: str = ""
    part_of: str = ""
    region: str = ""
    region_code: str = ""
    head_town: str = ""
    population: int | None = None
    population_year: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    time_zone: str = ""
    identifiers: list[str] = field(default_factory=list)
    names: list[NameRow] = field(default_factory=list)

    def bear(self, name: str, *, kind: str, source: str, language: str = "") -> None:
        """Add a name unless it is borne already."""
        if name and all((other.name, other.language) != (name, language) for other in self.names):
            self.names.append(NameRow(name[:200], language, kind, source))


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Read a CSV file with one header line."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_gazetteer(folder: Path) -> list[PlaceRow]:
    """Return every place of the files: states, municipalities, localities, cities abroad, with all their names."""
    places = _states(folder)
    _municipalities(folder, places)
    by_identifier = dict(places)
    _mexican_places(folder, by_identifier)
    _cities(folder, by_identifier)
    _translations(folder, by_identifier)
    _alternative_names(folder, by_identifier)
    return list({row.key: row for row in by_identifier.values()}.values())


def _number(text: str) -> int | None:
    return int(text) or None if text else None


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _states(folder: Path) -> dict[str, PlaceRow]:
    places = {}
    for row in rows_of(folder / "states.csv"):
        key = f"inegi:{row['region']}"
        place = PlaceRow(
            key, PlaceKind.STATE, row["state_name"], "MX", "inegi", population=_number(row["pop"]),
            population_year=2020, identifiers=[key],
        )  # fmt: skip
        place.bear(row["state_name"], kind=NameKind.OFFICIAL, source="inegi")
        place.bear(row["state_name_official"], kind=NameKind.OFFICIAL, source="inegi")
        if key != MEXICO_CITY:
            place.bear(f"Estado de {row['state_name']}", kind=NameKind.ALTERNATIVE, source="inegi", language="es")
        places[key] = place
    return places


def _municipalities(folder: Path, places: dict[str, PlaceRow]) -> None:
    points = defaultdict(list)
    for row in rows_of(folder / "municipalities.csv"):
        key, state = f"inegi:{row['cvegeo']}", f"inegi:{row['cve_ent']}"
        population = _number(row["pob_2020"])
        place = PlaceRow(
            key, PlaceKind.MUNICIPALITY, row["municipio"], "MX", "inegi", state=state, head_town=row["cabecera"],
            population=population, population_year=2020 if population else None,
            latitude=_degrees(row["lat"]), longitude=_degrees(row["lng"]), identifiers=[key],
        )  # fmt: skip
        place.bear(row["municipio"], kind=NameKind.OFFICIAL, source="inegi")
        place.bear(row["municipio_2020"], kind=NameKind.FORMER, source="inegi")
        place.bear(row["cabecera"], kind=NameKind.HEAD_TOWN, source="inegi")
        places[key] = place
        if place.latitude is not None and place.longitude is not None:
            points[state].append((place.latitude, place.longitude))
    for state, its in points.items():  # a state's point is the middle of its municipalities' points
        places[state].latitude = round(sum(point[0] for point in its) / len(its), 5)
        places[state].longitude = round(sum(point[1] for point in its) / len(its), 5)


def _mexican_places(folder: Path, places: dict[str, PlaceRow]) -> None:
    for row in rows_of(folder / "mexican_places.csv"):
        key, home = f"geonames:{row['geonameid']}", places[f"inegi:{row['clave']}"]
        if row["papel"] in {"head", "state"}:
            home.identifiers.append(key)
            home.bear(row["nombre"], kind=NameKind.ALTERNATIVE, source="geonames")
            home.time_zone = home.time_zone or row["zona_horaria"]
            if home.latitude is None or row["papel"] == "state":
                home.latitude, home.longitude = _degrees(row["lat"]), _degrees(row["lng"])
            places[key] = home
            continue
        place = PlaceRow(
            key, PlaceKind.LOCALITY, row["nombre"], "MX", "geonames", state=home.state or home.key, part_of=home.key,
            population=_number(row["poblacion"]), latitude=_degrees(row["lat"]), longitude=_degrees(row["lng"]),
            time_zone=row["zona_horaria"], identifiers=[key],
        )  # fmt: skip
        place.bear(row["nombre"], kind=NameKind.OFFICIAL, source="geonames")
        places[key] = place


def _cities(folder: Path, places: dict[str, PlaceRow]) -> None:
    regions = {(row["iso2"], row["admin1"]): row["nombre"] for row in rows_of(folder / "regions.csv")}
    for row in rows_of(folder / "cities.csv"):
        if row["iso2"] == "MX":
            continue
        key = f"geonames:{row['geonameid']}"
        places[key] = place = PlaceRow(
            key, PlaceKind.CITY, row["nombre"], row["iso2"], "geonames",
            region=regions.get((row["iso2"], row["admin1"]), ""), region_code=row["admin1"],
            population=_number(row["poblacion"]), latitude=float(row["lat"]), longitude=float(row["lng"]),
            time_zone=row["zona_horaria"], identifiers=[key],
        )  # fmt: skip
        place.bear(row["nombre"], kind=NameKind.OFFICIAL, source="geonames")


def _translations(folder: Path, places: dict[str, PlaceRow]) -> None:
    items_seen: set[str] = set()
    for row in rows_of(folder / "translations.csv"):
        place = places.get(f"geonames:{row['geonameid']}")
        if place is None or place.country != row["iso2"] or _is_far(place, row):
            continue
        if row["qid"] and row["qid"] not in items_seen and not _has_item(place):
            items_seen.add(row["qid"])
            place.identifiers.append(f"wikidata:{row['qid']}")
        for language in ("es", "en", "fr", "de", "pt"):
            name = row[f"nombre_{language}"]
            if not name or "(" in name or name.startswith(("Distrito ", "District ")):
                continue
            place.bear(name, kind=NameKind.TRANSLATION, source="natural-earth", language=language)
            if place.country != "MX":
                _translate(place, language=language, name=name)


def _translate(place: PlaceRow, *, language: str, name: str) -> None:
    if language == "es" and name != place.name:
        place.name_es = name
    if language == "en" and name != place.name:
        place.name_en = name


def _has_item(place: PlaceRow) -> bool:
    return any(identifier.startswith("wikidata:") for identifier in place.identifiers)


def _is_far(place: PlaceRow, row: dict[str, str]) -> bool:
    if place.latitude is None or place.longitude is None or place.kind == PlaceKind.STATE:
        return False
    north = (float(row["lat"]) - place.latitude) * 111.2
    east = (float(row["lng"]) - place.longitude) * 111.2 * math.cos(math.radians(place.latitude))
    return math.hypot(north, east) > TOO_FAR_KM


def _alternative_names(folder: Path, places: dict[str, PlaceRow]) -> None:
    for row in rows_of(folder / "alternative_names.csv"):
        place = places[row["identifier"]]
        place.bear(row["name"], kind=row["kind"], source="alternative-names", language=row["language"])
        if row["kind"] == NameKind.OFFICIAL:
            place.name = row["name"]
        if row["kind"] == NameKind.TRANSLATION:
            _translate(place, language=row["language"], name=row["name"])


def slug_candidates(place: PlaceRow, *, state_name: str, home_name: str) -> tuple[str, ...]:
    """Return what a place may call itself in its address, from the shortest to the surest."""
    name, number = (fold(place.name) if slug_of(fold(place.name)) else "lugar"), place.key.split(":")[1].lower()
    if place.kind == PlaceKind.STATE:
        return ("ciudad de mexico",) if place.key == MEXICO_CITY else (f"estado de {name}",)
    where = fold(state_name) if place.country == "MX" else place.country.lower()
    if place.kind == PlaceKind.LOCALITY:  # never the bare name: that is for governments
        return (f"{name} {fold(home_name)}", f"{name} {fold(home_name)} {where}", f"{name} {where} {number}")
    forms = [name, f"{name} {where}"]
    if place.region:
        forms.append(f"{name} {where} {fold(place.region)}")
    if place.head_town:
        forms.append(f"{name} {where} {fold(place.head_town)}")
    forms.append(f"{name} {where} {number}")
    return tuple(forms)
