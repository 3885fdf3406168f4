"""Load the shipped facts of who and where: bulk, by natural keys, repeatable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from hermanar.directory.actions.adding import (
    BATCH,
    bump_places,
    create_places,
    identified,
    write_names,
)
from hermanar.directory.actions.gazetteer import PlaceRow, read_gazetteer, rows_of
from hermanar.directory.models import Country, Identifier, Load, Place, PlaceName
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.models import Source, SourceKind
from hermanar.foundation.planner import count_anew

READER = "3"  # raise it when the files are read otherwise, so that a load takes notice
FILES = (
    "countries.csv", "states.csv", "municipalities.csv", "mexican_places.csv", "cities.csv", "regions.csv",
    "translations.csv", "alternative_names.csv",
)  # fmt: skip
SOURCES = {
    "inegi": (
        "Catálogo de entidades y municipios (INEGI, 2020 y 2025)",
        "Catalogue of states and municipalities (INEGI, 2020 and 2025)",
        "INEGI, libre uso con atribución",
    ),
    "geonames": ("GeoNames: ciudades desde 5,000 habitantes", "GeoNames: cities from 5,000 inhabitants", "CC BY 4.0"),
    "natural-earth": (
        "Natural Earth 4.0: lugares poblados", "Natural Earth 4.0: populated places", "Dominio público",
    ),
    "alternative-names": (
        "Nombres alternativos reunidos para este directorio", "Alternative names gathered for this directory",
        "CC BY 4.0",
    ),
}  # fmt: skip
UPDATED = (
    "kind", "name", "name_es", "name_en", "region", "region_code", "head_town", "population", "population_year",
    "latitude", "longitude", "time_zone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DirectoryReport:
    """What a load did and what the directory holds after it."""

    is_unchanged: bool
    created: int
    updated: int
    kept: tuple[str, ...]  # identifiers of places a person edited, which the files would have changed
    countries: int
    places: int
    names: int
    identifiers: int
    touched: frozenset[UUID] | None  # places that were there and are told of otherwise now; None: any may be


def load_directory(data_dir: Path, *, by: Actor) -> DirectoryReport:
    """Load countries, states, municipalities, cities and their names from `data_dir`/places.

    Files that have not changed since the last load are not read again. `by` is who loads.
    """
    require(by, Verb.ADD_PLACE)
    folder = data_dir / "places"
    digest = digest_of([folder / name for name in FILES], salt=READER)
    if Load.objects.filter(name="directory", digest=digest).exists():
        return _report(is_unchanged=True, created=0, updated=0, kept=(), touched=frozenset())
    with transaction.atomic():
        sources = _sources()
        last_name = PlaceName.objects.aggregate(last=Max("pk"))["last"] or 0
        countries = set(Country.objects.values_list())
        _load_countries(folder)
        rows = read_gazetteer(folder)
        known = identified(row.key for row in rows) if Place.objects.exists() else {}
        made = create_places([row for row in rows if row.key not in known], sources=sources, known=known)
        changed, kept = _update(rows, known=known, sources=sources)
        touched = None
        if countries == set(Country.objects.values_list()):
            touched = _touched(changed, last_name=last_name, old={place.pk for place in known.values()})
        Load.objects.update_or_create(name="directory", defaults={"digest": digest})
        bump_places()
        trail.record("directory.loaded", by=by, content=digest)
        count_anew(Country, Place, PlaceName, Identifier)
    return _report(is_unchanged=False, created=len(made), updated=len(changed), kept=kept, touched=touched)


def digest_of(paths: Sequence[Path], *, salt: str = "") -> str:
    """Return one digest of files and of the way they are read."""
    digest = hashlib.sha256(salt.encode())
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _touched(changed: Sequence[Place], *, last_name: int, old: set[UUID]) -> frozenset[UUID]:
    """Return the places there were that have other facts or one more name, and those inside them."""
    own = {place.pk for place in changed}
    own |= old.intersection(PlaceName.objects.filter(pk__gt=last_name).values_list("place", flat=True))
    ordered = sorted(own)
    inside: set[UUID] = set()
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        inside.update(Place.objects.filter(Q(state__in=some) | Q(part_of__in=some)).values_list("pk", flat=True))
    return frozenset(own | inside)


def _report(
    *, is_unchanged: bool, created: int, updated: int, kept: tuple[str, ...], touched: frozenset[UUID] | None
) -> DirectoryReport:
    return DirectoryReport(
        is_unchanged, created, updated, kept, Country.objects.count(), Place.objects.count(),
        PlaceName.objects.count(), Identifier.objects.count(), touched,
    )  # fmt: skip


def _sources() -> dict[str, Source]:
    return {
        key: Source.objects.update_or_create(
            key=key,
            defaults={"kind": SourceKind.CATALOGUE, "title_es": es, "title_en": en, "licence": licence},
        )[0]
        for key, (es, en, licence) in SOURCES.items()
    }


def _load_countries(folder: Path) -> None:
    Country.objects.bulk_create(
        [
            Country(
                code=row["iso2"], code3=row["iso3"], numeric=row["num"], name_es=row["nombre_es_mx_cldr"],
                name_en=row["nombre_en"], continent=row["continente"],
            )
            for row in rows_of(folder / "countries.csv")
        ],
        update_conflicts=True, unique_fields=["code"],
        update_fields=["code3", "numeric", "name_es", "name_en", "continent"],
    )  # fmt: skip


def _update(
    rows: Sequence[PlaceRow], *, known: dict[str, Place], sources: dict[str, Source]
) -> tuple[list[Place], tuple[str, ...]]:
    """Bring places that are there up to date and return them; what a person edited wins and is told."""
    changed: list[Place] = []
    kept: list[str] = []
    held = [(known[row.key], row) for row in rows if row.key in known]
    for place, row in held:
        if all(getattr(place, field) == getattr(row, field) for field in UPDATED):
            continue
        if place.edited_at is not None:
            kept.append(row.key)
            continue
        for field in UPDATED:
            setattr(place, field, getattr(row, field))
        changed.append(place)
    Place.objects.bulk_update(changed, UPDATED, batch_size=BATCH // 20)
    if held:
        write_names(held, sources=sources)
    return changed, tuple(kept)
