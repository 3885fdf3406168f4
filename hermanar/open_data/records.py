"""Rows as JSON, JSON-LD and GeoJSON: schema.org's words where it has them, a few of our own where not."""

from __future__ import annotations

from typing import Any

from hermanar.catalogue.sheets import (
    AgreementLine,
    AgreementSheet,
    ComparisonLine,
    FigureLine,
    PartyLine,
    PlaceLine,
    PlaceSheet,
)
from hermanar.open_data.plain import plain

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "hermanar": "urn:hermanar:vocabulary:",
    "kind": "hermanar:kind",
    "regime": "hermanar:regime",
    "scope": "hermanar:scope",
    "stage": "hermanar:stage",
    "force": "hermanar:force",
    "vitality": "hermanar:vitality",
    "registered": "hermanar:registered",
    "lacks_backing": "hermanar:lacksBacking",
    "areas": "hermanar:areas",
    "parties": {"@id": "hermanar:party", "@type": "@id"},
    "statements": "hermanar:statements",
    "reports": "hermanar:reports",
    "finding": "hermanar:finding",
}


def json_of(row: Any) -> Any:
    """Return a row as plain JSON; a pair of a city and its comparison becomes one object."""
    if isinstance(row, tuple):
        city, compared = row
        return {"city": city.name, "city_id": city.id, **plain(compared)}
    return plain(row)


def _party(line: PartyLine, base: str) -> dict[str, Any]:
    return {
        "@id": f"{base}ciudades/{line.slug}/",
        "@type": "Place",
        "name": line.name,
        "identifier": line.id,
        "hermanar:role": line.role,
    }


def agreement_node(line: AgreementLine, base: str) -> dict[str, Any]:
    """Return an agreement as a node of linked data."""
    return {
        "@id": f"{base}acuerdos/{line.slug}/",
        "@type": ["hermanar:Agreement", "CreativeWork"],
        "name": line.title,
        "url": f"{base}acuerdos/{line.slug}/",
        **({"dateCreated": line.signed_on} if line.signed_on else {}),
        "parties": [_party(one, base) for one in line.parties],
        **{
            name: getattr(line, name)
            for name in ("kind", "regime", "scope", "stage", "force", "vitality", "registered", "lacks_backing")
        },
        "areas": list(line.areas),
        "citation": [f"urn:hermanar:source:{key}" for key in line.sources],
    }


def place_node(line: PlaceLine, base: str) -> dict[str, Any]:
    """Return a place as a node of linked data."""
    node: dict[str, Any] = {
        "@id": f"{base}ciudades/{line.slug}/",
        "@type": "AdministrativeArea" if line.kind in {"municipality", "state", "region"} else "City",
        "name": line.name,
        "identifier": line.id,
        "address": {"@type": "PostalAddress", "addressCountry": line.country, "addressRegion": line.distinction},
    }
    if line.latitude is not None and line.longitude is not None:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": line.latitude, "longitude": line.longitude}
    return node


def node_of(row: Any, base: str) -> dict[str, Any]:
    """Return any row as a node of linked data."""
    if isinstance(row, AgreementLine):
        return agreement_node(row, base)
    if isinstance(row, PlaceLine):
        return place_node(row, base)
    if isinstance(row, FigureLine):
        return {
            "@id": f"urn:hermanar:figure:{row.key}", "@type": "Observation", "name": row.label, "value": row.value,
            "unitText": row.unit, "observationDate": row.as_of, "citation": row.source.title,
        }  # fmt: skip
    if isinstance(row, tuple) and isinstance(row[1], ComparisonLine):
        return {"@type": "hermanar:Comparison", "about": f"{base}ciudades/{row[0].slug}/", **_worded(json_of(row))}
    return {"@type": "hermanar:Row", **_worded(json_of(row))}


def _worded(values: dict[str, Any]) -> dict[str, Any]:
    """Put our own words in our own vocabulary, so that none is taken for schema.org's."""
    return {f"hermanar:{name}": value for name, value in values.items()}


def sheet_document(sheet: AgreementSheet | PlaceSheet, base: str) -> dict[str, Any]:
    """Return the linked data of one record, with every statement, contradictory ones side by side."""
    if isinstance(sheet, AgreementSheet):
        node = agreement_node(sheet.line, base)
        node["reports"] = [_worded(plain(one)) for one in sheet.reports]
    else:
        node = place_node(sheet.line, base)
        node["sameAs"] = [f"urn:{one}" for one in sheet.identifiers]
        node["alternateName"] = [{"@value": one.name, "@language": one.language or "und"} for one in sheet.names]
        node["subjectOf"] = [f"{base}acuerdos/{one.slug}/" for one in sheet.agreements]
    node["statements"] = [_worded(plain(one)) for one in sheet.statements]
    return {"@context": CONTEXT, **node}


def feature_of(row: Any, base: str) -> dict[str, Any]:
    """Return a row as a GeoJSON feature: a point, a line between two places, or nothing where no position is known."""
    if isinstance(row, PlaceLine):
        points = [(row.longitude, row.latitude)]
        values: dict[str, Any] = {**plain(row), "url": f"{base}ciudades/{row.slug}/"}
    elif isinstance(row, AgreementLine):
        points = [(one.longitude, one.latitude) for one in row.parties]
        values = {**plain(row), "url": f"{base}acuerdos/{row.slug}/"}
    else:
        points = [(row.longitude_one, row.latitude_one), (row.longitude_other, row.latitude_other)]
        values = plain(row)
    known = [list(point) for point in points if None not in point]
    geometry: dict[str, Any] | None = None
    if len(known) == 1:
        geometry = {"type": "Point", "coordinates": known[0]}
    elif known:
        geometry = {"type": "LineString", "coordinates": known}
    return {"type": "Feature", "geometry": geometry, "properties": values}
