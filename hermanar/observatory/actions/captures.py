"""The shipped captures: the world list and the Mexican list, read into facts."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from hermanar.directory.models import Load
from hermanar.foundation.access import Actor
from hermanar.observatory.actions.atlas import Atlas
from hermanar.observatory.actions.facts import (
    CaptureFacts,
    CaptureRows,
    Correction,
    PlaceFacts,
    SuggestedPlace,
    TieFacts,
)
from hermanar.observatory.actions.recording import CaptureReport, load_capture
from hermanar.observatory.models import Capture
from hermanar.observatory.rules import Geocode

READER = "4"  # raise it when files are read or resolved otherwise
WORLD, MEXICO_2026, MEXICO_2023 = "mundo-wikipedia-2026", "mexico-wikipedia-2026", "mexico-wikipedia-2023"
DISTANCE = re.compile(r"(\d+) ?km")
HOMONYMS = re.compile(r"(\d+) homonimos")
FILES = ("world_places.csv", "world_ties.csv", "mexico_ties.csv", "corrections.csv")


def load_captures(data_dir: Path, *, by: Actor) -> tuple[CaptureReport, ...]:
    """Load the captures of `data_dir`/ties, older ones first; what has not changed is not read again."""
    folder = data_dir / "ties"
    digest = _digest(folder)
    keys = (MEXICO_2023, MEXICO_2026, WORLD)
    is_unchanged = Capture.objects.filter(key__in=keys, digest=digest).count() == len(keys)
    atlas = None if is_unchanged else Atlas()
    reports = []
    for read in (_mexico_2023, _mexico_2026, _world):  # older first; the world list hears the Mexican one
        rows = read(folder, digest)
        corrections = _corrections(folder, rows.facts.key)
        reports.append(load_capture(rows, corrections=corrections, by=by, atlas=atlas))
    return tuple(reports)


def _digest(folder: Path) -> str:
    """One digest of the files, of the reader and of the directory they are resolved in."""
    digest = hashlib.sha256(READER.encode())
    for load in Load.objects.filter(name="directory"):
        digest.update(load.digest.encode())
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _corrections(folder: Path, capture: str) -> dict[str, Correction]:
    return {
        row["key"]: Correction(row["place"], row["reason_es"], row["reason_en"], row["source"])
        for row in _rows(folder / "corrections.csv")
        if row["capture"] == capture
    }


def _evidence(quality: str) -> tuple[Geocode, float | None, int]:
    """Read what the file says of a suggestion: geocode, distance, homonyms."""
    distance, homonyms = DISTANCE.search(quality), HOMONYMS.search(quality)
    km = float(distance[1]) if distance else None
    count = int(homonyms[1]) if homonyms else 2 if "homonimos" in quality else 1
    if quality.startswith(("A:", "nombre+cerca")):
        return Geocode.NEAR, None, count
    return (Geocode.FAR if km is not None or "lejano" in quality else Geocode.NONE), km, count


def _world(folder: Path, digest: str) -> CaptureRows:
    facts = CaptureFacts(
        key=WORLD, source="wikipedia-hermanamientos-mundo", digest=digest, captured_on="2026", origin="wikipedia",
        title_es="Wikipedia: listas de ciudades hermanas del mundo (Hekman, 2026)",
        title_en="Wikipedia: lists of sister cities of the world (Hekman, 2026)",
        coverage_es=(
            "Las listas de ciudades hermanas de Wikipedia en inglés, por país. No abarcan los lazos entre dos ciudades "
            "mexicanas."
        ),
        coverage_en=(
            "English Wikipedia's lists of sister cities by country. They do not cover ties between two Mexican cities."
        ),
    )  # fmt: skip
    places = [_node(row) for row in _rows(folder / "world_places.csv")]
    ties = [
        TieFacts(number, row["nodo_a"], row["nodo_b"])
        for number, row in enumerate(_rows(folder / "world_ties.csv"), start=2)
    ]
    return CaptureRows(facts, places, ties)


def _node(row: dict[str, str]) -> PlaceFacts:
    geocode, km, homonyms = _evidence(row["calidad"])
    position = (float(row["lat"]), float(row["lng"])) if row["lat"] else None
    suggested = None
    if row["geonameid"] and position and row["iso2"] != "MX":
        suggested = SuggestedPlace(row["nombre_geonames"], row["admin1"], int(row["poblacion"] or 0) or None, *position)
    own = position if position and not row["geonameid"] else (None, None)  # else the position is GeoNames'
    return PlaceFacts(
        key=row["nodo"], name=row["nombre"], country_as_written=row["pais_fuente"], country=row["iso2"],
        hints=(f"geonames:{row['geonameid']}",) if row["geonameid"] else (), geocode=geocode, hint_km=km,
        homonyms=homonyms, latitude=own[0], longitude=own[1], suggested=suggested,
    )  # fmt: skip


def _mexico_2026(folder: Path, digest: str) -> CaptureRows:
    return _mexico(
        folder, captured="2026", facts=_mexico_facts(MEXICO_2026, digest=digest, captured="2026", author="Hekman"),
    )  # fmt: skip


def _mexico_2023(folder: Path, digest: str) -> CaptureRows:
    return _mexico(
        folder, captured="2023", facts=_mexico_facts(MEXICO_2023, digest=digest, captured="2023", author="TheKompot"),
    )  # fmt: skip


def _mexico_facts(key: str, *, digest: str, captured: str, author: str) -> CaptureFacts:
    return CaptureFacts(
        key=key, source="wikipedia-hermanamientos-mexico", digest=digest, captured_on=captured, origin="wikipedia",
        title_es="Wikipedia: ciudades hermanas de México",
        title_en="Wikipedia: sister cities of Mexico",
        coverage_es=(
            "Lazos con un extremo en México y el otro en el extranjero, según Wikipedia en inglés "
            f"({author}, {captured}). "
            "No abarca los lazos entre dos ciudades mexicanas."
        ),
        coverage_en=(
            f"Ties with one end in Mexico and the other abroad, after English Wikipedia ({author}, {captured}). "
            "It does not cover ties between two Mexican cities."
        ),
    )  # fmt: skip


def _mexico(folder: Path, *, captured: str, facts: CaptureFacts) -> CaptureRows:
    """Read the rows that the file says stand in this capture; a place is written once per way it is given."""
    known = {
        (row["nombre"], row["pais_fuente"], row["geonameid"]): _node(row) for row in _rows(folder / "world_places.csv")
    }
    mark = f"wikipedia-{captured}"
    places: dict[str, PlaceFacts] = {}
    ties = []
    for number, row in enumerate(_rows(folder / "mexico_ties.csv"), start=2):
        marks = row["fuentes"].split(";")
        if mark not in marks:
            continue
        one, other = _mexican_end(row), _foreign_end(row, known)
        places[one.key], places[other.key] = one, other
        also = ";".join(item for item in marks if item != mark)
        ties.append(TieFacts(number, one.key, other.key, also_in=also))
    return CaptureRows(facts, list(places.values()), ties)


def _mexican_end(row: dict[str, str]) -> PlaceFacts:
    match = row["mx_match"]
    geocode, km, homonyms = _evidence(match)
    return PlaceFacts(
        key=f"{row['mx_nombre']}|{row['cvegeo']}", name=row["mx_nombre"], country_as_written="Mexico", country="MX",
        hints=(f"inegi:{row['cvegeo']}",) if row["cvegeo"] else (),
        geocode=Geocode.NEAR if match.startswith("nombre+") else geocode, hint_km=km, homonyms=homonyms,
        is_vouched=match.startswith("asignado a mano"),
    )  # fmt: skip


def _foreign_end(row: dict[str, str], known: dict[tuple[str, str, str], PlaceFacts]) -> PlaceFacts:
    identifier, name, country = row["otro_geonameid"], row["otro_nombre"], row["otro_pais"]
    key = f"{name}|{country}|{identifier or row['otro_lat'] + ' ' + row['otro_lng']}".strip()
    twin = known.get((name, country, identifier))  # the world list's own evidence of the same place
    geocode, km, homonyms = _evidence(row["otro_match"])
    if twin is not None and geocode is Geocode.FAR and km is None:
        km = twin.hint_km
    suggested, position = None, (float(row["otro_lat"]), float(row["otro_lng"])) if row["otro_lat"] else None
    if identifier and position:
        inhabitants = twin.suggested.inhabitants if twin is not None and twin.suggested is not None else None
        suggested = SuggestedPlace(row["otro_nombre_geonames"], row["otro_admin1"], inhabitants, *position)
    own = position if position and not identifier else (None, None)
    return PlaceFacts(
        key=key, name=name, country_as_written=country, country=row["otro_iso2"],
        hints=(f"geonames:{identifier}",) if identifier else (), geocode=geocode, hint_km=km, homonyms=homonyms,
        latitude=own[0], longitude=own[1], suggested=suggested,
    )  # fmt: skip
