"""Places that no shipped list holds, added one by one or in bulk from a source that names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hermanar.directory.actions.gazetteer import NameRow, PlaceRow, slug_candidates
from hermanar.directory.models import Identifier, Place, PlaceName
from hermanar.directory.rules import SlugWish, chosen_slugs
from hermanar.directory.vocabulary import NameKind, PlaceKind, Scheme
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.models import Source, uuid7
from hermanar.foundation.rows import Row, columns_of, insert_rows
from hermanar.foundation.search import bump
from hermanar.foundation.words import fold

PLACES = "places"  # the revision that tells every process its table of names is old
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to add; without an identifier it gets one of ours."""

    name: str
    country: str
    kind: str = PlaceKind.CITY
    identifier: str = ""  # geonames:123
    state: str = ""  # identifier of the Mexican state
    part_of: str = ""
    region: str = ""
    region_code: str = ""
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    other_names: tuple[str, ...] = ()


def bump_places() -> None:
    """Tell every process that names changed."""
    bump(PLACES)


@transaction.atomic
def add_place(new: NewPlace, *, source: Source, by: Actor) -> Place:
    """Add one place that is not listed, or return the one that already has its identifier."""
    return add_places([new], source=source, by=by)[0]


@transaction.atomic
def add_places(new: Sequence[NewPlace], *, source: Source, by: Actor) -> list[Place]:
    """Add places in bulk; one whose identifier is known already is returned as it is.

    Raises NotAllowedError.
    """
    require(by, Verb.ADD_PLACE)
    keys = [item.identifier or f"{Scheme.HERMANAR}:{uuid7()}" for item in new]
    known = identified([*keys, *(item.state for item in new), *(item.part_of for item in new)])
    rows = [
        PlaceRow(
            key, item.kind, item.name, item.country, source.key, state=item.state, part_of=item.part_of,
            region=item.region, region_code=item.region_code, population=item.population or None,
            latitude=item.latitude, longitude=item.longitude, identifiers=[key],
            names=[
                NameRow(item.name, "", NameKind.OFFICIAL, source.key),
                *(NameRow(other, "", NameKind.ALTERNATIVE, source.key) for other in {*item.other_names} - {item.name}),
            ],
        )
        for key, item in zip(keys, new, strict=True)
        if key not in known
    ]  # fmt: skip
    known |= create_places(rows, sources={source.key: source}, known=known)
    if rows:
        bump_places()
        trail.record("place.added", by=by, content=[row.key for row in rows])
    return [known[key] for key in keys]


def identified(keys: Iterable[str]) -> dict[str, Place]:
    """Return the places that bear these identifiers."""
    wanted: dict[str, set[str]] = {}
    for key in keys:
        scheme, _, value = key.partition(":")
        if value:
            wanted.setdefault(scheme, set()).add(value)
    found = {}
    for scheme, values in wanted.items():
        ordered = sorted(values)
        for start in range(0, len(ordered), 500):
            query = Identifier.objects.filter(scheme=scheme, value__in=ordered[start : start + 500])
            found.update({f"{scheme}:{item.value}": item.place for item in query.select_related("place")})
    return found


def create_places(rows: Sequence[PlaceRow], *, sources: dict[str, Source], known: dict[str, Place]) -> dict[str, Place]:
    """Write new places with their names and identifiers; `known` are the places rows may refer to."""
    if not rows:
        return {}
    made: dict[str, Place] = {}
    slugs = _slugs(rows, known)
    for row in rows:
        made[row.key] = Place(slug=slugs[row.key], **_own(row.key), **_columns(row), source=sources[row.source])
    every = known | made
    for row in rows:
        made[row.key].state = every[row.state] if row.state else None
        made[row.key].part_of = every[row.part_of] if row.part_of else None
    in_order = {PlaceKind.STATE: 0, PlaceKind.MUNICIPALITY: 1}
    ordered = sorted(made.values(), key=lambda place: in_order.get(PlaceKind(place.kind), 2))
    insert_rows(Place, columns_of(Place), rows=[_row_of(place) for place in ordered])
    write_names(((made[row.key], row) for row in rows), sources=sources, are_new=True)
    return made


def _row_of(place: Place) -> Row:
    values = (getattr(place, column) for column in columns_of(Place))
    return tuple(value.hex if isinstance(value, UUID) else value for value in values)


def _slugs(rows: Sequence[PlaceRow], known: dict[str, Place]) -> dict[str, str]:
    called = {row.key: row.name for row in rows} | {key: place.name for key, place in known.items()}
    wishes = [
        SlugWish(
            row.key,
            slug_candidates(row, state_name=called.get(row.state, ""), home_name=called.get(row.part_of, "")),
            has_own_form=row.kind == PlaceKind.STATE,
        )
        for row in rows
    ]
    return chosen_slugs(wishes, Place.objects.values_list("slug", flat=True))


def _own(key: str) -> dict[str, UUID]:
    """Return the primary key of a place that bears one of our identifiers: the same number; of others, nothing."""
    scheme, _, value = key.partition(":")
    if scheme != Scheme.HERMANAR:
        return {}
    try:
        return {"id": UUID(value)}
    except ValueError:  # somebody else's identifier under our name
        return {}


def _columns(row: PlaceRow) -> dict[str, object]:
    return {
        "kind": row.kind, "name": row.name, "name_es": row.name_es, "name_en": row.name_en, "country_id": row.country,
        "region": row.region, "region_code": row.region_code, "head_town": row.head_town, "population": row.population,
        "population_year": row.population_year, "latitude": row.latitude, "longitude": row.longitude,
        "time_zone": row.time_zone,
    }  # fmt: skip


def write_names(pairs: Iterable[tuple[Place, PlaceRow]], *, sources: dict[str, Source], are_new: bool = False) -> None:
    """Write the names and identifiers of places; those that are there already stay as they are."""
    names: list[Row] = []
    identifiers: list[Row] = []
    # A file that changed brings few names that are not there: to ask for all of them costs less than to write them.
    named = set() if are_new else set(PlaceName.objects.values_list("place", "name", "language"))
    numbered = set() if are_new else set(Identifier.objects.values_list("scheme", "value"))
    told_by = {key: source.pk.hex for key, source in sources.items()}
    for place, row in pairs:
        key = place.pk.hex
        for name in row.names:
            if (bears := (place.pk, name.name, name.language)) not in named:
                named.add(bears)
                names.append((key, name.name, fold(name.name), name.language, str(name.kind), told_by[name.source]))
        for identifier in row.identifiers:
            scheme, _, value = identifier.partition(":")
            if (scheme, value) not in numbered:
                numbered.add((scheme, value))
                identifiers.append((key, scheme, value))
    insert_rows(PlaceName, columns_of(PlaceName, without=["id"]), rows=names)
    insert_rows(Identifier, columns_of(Identifier, without=["id"]), rows=identifiers)
