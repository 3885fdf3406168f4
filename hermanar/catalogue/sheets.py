"""What the public may know, as frozen dataclasses: page, card, map, API, file and sitemap show nothing else.

A field's metadata holds its Spanish and English heading, so that a file and a table never disagree on a name.
Keys are English; values are the codes of the vocabularies; dates are partial ISO dates (`1987`, `1987-12`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any


def _field(es: str, en: str, **kwargs: Any) -> Any:
    return dataclasses.field(metadata={"es": es, "en": en}, **kwargs)


@dataclasses.dataclass(frozen=True, slots=True)
class PartyLine:
    """A party as a list shows it; `name` is in the reader's language where known."""

    id: str = _field("identificador", "identifier")  # inegi:11015
    slug: str = _field("dirección", "slug")
    name: str = _field("nombre", "name")
    kind: str = _field("clase", "kind")
    role: str = _field("papel", "role")  # declaring, counterpart
    country: str = _field("país", "country")  # ISO 3166-1 alpha-2
    country_name: str = _field("nombre del país", "country name")
    state: str = _field("entidad federativa", "state")  # of Mexican parties
    region: str = _field("región", "region")
    written: str = _field("nombre en la fuente", "name as written")
    latitude: float | None = _field("latitud", "latitude")
    longitude: float | None = _field("longitud", "longitude")


@dataclasses.dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement as a row of a list."""

    slug: str = _field("dirección", "slug")
    title: str = _field("título", "title")
    kind: str = _field("tipo", "kind")
    regime: str = _field("régimen", "regime")
    scope: str = _field("alcance", "scope")
    parties: tuple[PartyLine, ...] = _field("partes", "parties")
    signed_on: str | None = _field("fecha de firma", "signed on")
    signed_precision: str = _field("precisión de la fecha", "precision of the date")
    stage: str = _field("etapa", "stage")
    force: str = _field("vigencia", "force")
    vitality: str = _field("vitalidad", "vitality")
    registered: str = _field("inscripción en el RAI", "in the ministry's register")
    areas: tuple[str, ...] = _field("áreas", "areas")
    evidence_on: str | None = _field("última evidencia", "newest evidence")
    sources: tuple[str, ...] = _field("fuentes", "sources")


@dataclasses.dataclass(frozen=True, slots=True)
class SourceLine:
    """Who says something."""

    key: str
    title: str
    author: str
    published: str
    address: str
    licence: str


@dataclasses.dataclass(frozen=True, slots=True)
class StatementLine:
    """What one source says of one field, with the passage and the date it holds for."""

    field: str
    value: str
    source: SourceLine
    passage: str
    as_of: str
    is_disputed: bool  # another source says something that cannot also be true


@dataclasses.dataclass(frozen=True, slots=True)
class ActivityLine:
    """Something done together; only a dated one is evidence."""

    kind: str
    direction: str
    started_on: str | None
    ended_on: str | None
    precision: str
    description: str
    description_language: str
    source: SourceLine
    passage: str
    is_newest_evidence: bool


@dataclasses.dataclass(frozen=True, slots=True)
class ActLine:
    """An act of law; never evidence of life."""

    kind: str
    on: str | None
    precision: str
    description: str
    source: SourceLine
    passage: str


@dataclasses.dataclass(frozen=True, slots=True)
class DocumentLine:
    """Where a document can be read."""

    title: str
    language: str
    address: str
    source: SourceLine


@dataclasses.dataclass(frozen=True, slots=True)
class ReportLine:
    """A row of a capture: what it says exists, never an agreement."""

    capture: str
    origin: str
    captured_on: str
    licence: str
    name_as_written: str
    country_as_written: str
    resolution: str
    reason: str
    source: SourceLine
    started: str = ""  # partial dates and the part of the city, as the source has them
    ended: str = ""  # an ended tie is still told
    part: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class AgreementSheet:
    """An agreement's whole public record."""

    line: AgreementLine
    has_official_title: bool
    predates_law: bool
    term_years: int | None
    is_open_ended: bool
    is_renewable: bool | None
    ends_on: str | None
    registration_number: str
    registered_on: str
    areas_as_written: tuple[tuple[str, str], ...]  # code, words
    derives_from: AgreementLine | None
    derived: tuple[AgreementLine, ...]
    acts: tuple[ActLine, ...]
    activities: tuple[ActivityLine, ...]
    documents: tuple[DocumentLine, ...]
    statements: tuple[StatementLine, ...]
    reports: tuple[ReportLine, ...]  # captures that report the same tie
    as_of: dt.date  # the day force and vitality were asked for


@dataclasses.dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet with the number of agreements that have it under the other filters."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its options, largest first."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class AgreementPage:
    """A page of a list: `count` is the number of all that match."""

    count: int
    items: tuple[AgreementLine, ...]
    next: str | None
    facets: tuple[Facet, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of the agreements that match; keys are the codes of the vocabularies."""

    total: int
    by_country: dict[str, int]  # counterparts, ISO codes, MX included
    by_state: dict[str, int]
    by_kind: dict[str, int]
    by_regime: dict[str, int]
    by_scope: dict[str, int]
    by_force: dict[str, int]
    by_vitality: dict[str, int]
    by_decade: dict[str, int]
    by_area: dict[str, int]
    registered: dict[str, int]
    as_of: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class StatisticLine:
    """One count of the statistics, as a row of a file."""

    dimension: str = _field("dimensión", "dimension")
    value: str = _field("valor", "value")
    label: str = _field("nombre", "name")
    count: int = _field("acuerdos", "agreements")


@dataclasses.dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place as a row of a list; `distinction` tells homonyms apart."""

    id: str = _field("identificador", "identifier")
    slug: str = _field("dirección", "slug")
    name: str = _field("nombre", "name")
    distinction: str = _field("ubicación", "location")  # Guanajuato, México / Oregon, Estados Unidos
    kind: str = _field("clase", "kind")
    country: str = _field("país", "country")
    country_name: str = _field("nombre del país", "country name")
    state: str = _field("entidad federativa", "state")
    population: int | None = _field("población", "population")
    latitude: float | None = _field("latitud", "latitude")
    longitude: float | None = _field("longitud", "longitude")
    agreement_count: int = _field("acuerdos documentados", "documented agreements")
    tie_count: int = _field("lazos reportados", "reported ties")


@dataclasses.dataclass(frozen=True, slots=True)
class NameLine:
    """A name a place bears."""

    name: str
    language: str
    kind: str


@dataclasses.dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One counterpart of a city, seen by the agreements and by a capture's reports."""

    counterpart: str = _field("contraparte", "counterpart")
    counterpart_id: str = _field("identificador de la contraparte", "counterpart identifier")
    counterpart_slug: str = _field("dirección de la contraparte", "counterpart slug")
    country: str = _field("país", "country")
    latitude: float | None = _field("latitud", "latitude")
    longitude: float | None = _field("longitud", "longitude")
    finding: str = _field("hallazgo", "finding")  # both, only_agreement, only_reported, out_of_coverage
    agreements: tuple[str, ...] = _field("acuerdos", "agreements")  # slugs
    reports: tuple[ReportLine, ...] = _field("reportes", "reports")


@dataclasses.dataclass(frozen=True, slots=True)
class PlaceSheet:
    """A place's whole public record."""

    line: PlaceLine
    names: tuple[NameLine, ...]
    identifiers: tuple[str, ...]
    head_town: str
    part_of: PlaceLine | None
    population_year: int | None
    time_zone: str
    source: SourceLine
    agreements: tuple[AgreementLine, ...]
    comparison: tuple[ComparisonLine, ...]
    finding_counts: dict[str, int]  # counterparts by finding, those beyond the comparison counted too
    statements: tuple[StatementLine, ...]
    figures: tuple[FigureLine, ...]
    as_of: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class TieLine:
    """A recognised pair of places with everything that reports it."""

    id: str
    places: tuple[PlaceLine, PlaceLine]
    agreements: tuple[str, ...]
    reports: tuple[ReportLine, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure a source states."""

    key: str = _field("clave", "key")
    topic: str = _field("tema", "topic")
    label: str = _field("cifra", "figure")
    value: str = _field("valor", "value")
    unit: str = _field("unidad", "unit")
    as_of: str = _field("fecha", "as of")
    scope: str = _field("ámbito", "scope")
    stated_by: str = _field("quién lo dice", "stated by")
    source: SourceLine = _field("fuente", "source")
    passage: str = _field("pasaje", "passage")


@dataclasses.dataclass(frozen=True, slots=True)
class CaptureLine:
    """One source at one date and what it set out to list."""

    key: str
    source: SourceLine
    captured_on: str
    origin: str
    licence: str
    coverage: str
    tie_count: int
    place_count: int
    resolved_count: int
    covers_domestic: bool = False  # whether ties between two Mexican cities can be missing from it
