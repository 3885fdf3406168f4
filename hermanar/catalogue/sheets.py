"""What the public may know, as frozen dataclasses: page, card, map, API, file and sitemap show nothing else.

A field's metadata holds its Spanish and English heading, so that a file and a table never disagree on a name; and,
where its values are codes, the vocabulary that files write beside them in words.
Keys are English; values are the codes of the vocabularies; dates are partial ISO dates (`1987`, `1987-12`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from hermanar.catalogue.ledgers import LedgerSheet
from hermanar.catalogue.projects import ProjectLine


def headed(es: str, en: str, *, words: str = "") -> Any:
    """Return a field with its headings, and the vocabulary of its codes."""
    return dataclasses.field(metadata={"es": es, "en": en, "words": words})


@dataclasses.dataclass(frozen=True, slots=True)
class PartyLine:
    """A party as a list shows it; `name` is in the reader's language where known."""

    id: str = headed("identificador", "identifier")  # inegi:11015
    slug: str = headed("dirección", "slug")
    name: str = headed("nombre", "name")
    kind: str = headed("clase", "kind")
    role: str = headed("papel", "role")  # declaring, counterpart
    country: str = headed("país", "country")  # ISO 3166-1 alpha-2
    country_name: str = headed("nombre del país", "country name")
    state: str = headed("entidad federativa", "state")  # of Mexican parties
    region: str = headed("región", "region")
    written: str = headed("nombre en la fuente", "name as written")
    latitude: float | None = headed("latitud", "latitude")
    longitude: float | None = headed("longitud", "longitude")


@dataclasses.dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement as a row of a list."""

    slug: str = headed("dirección", "slug")
    title: str = headed("título", "title")
    kind: str = headed("tipo", "kind", words="kind")
    regime: str = headed("régimen", "regime", words="regime")
    scope: str = headed("alcance", "scope", words="scope")
    parties: tuple[PartyLine, ...] = headed("partes", "parties")
    signed_on: str | None = headed("fecha de firma", "signed on")
    signed_precision: str = headed("precisión de la fecha", "precision of the date")
    stage: str = headed("etapa", "stage", words="stage")
    force: str = headed("vigencia", "force", words="force")
    vitality: str = headed("vitalidad", "vitality", words="vitality")
    registered: str = headed("inscripción en el RAI", "in the ministry's register", words="registered")
    lacks_backing: bool = headed("carece de respaldo", "lacks backing")  # signed without a favourable opinion
    areas: tuple[str, ...] = headed("áreas", "areas", words="area")
    evidence_on: str | None = headed("última evidencia", "newest evidence")
    sources: tuple[str, ...] = headed("fuentes", "sources")


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
    value_language: str = ""  # of a text that only the other language has


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
    description_language: str = ""


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
    ledger: LedgerSheet
    documents: tuple[DocumentLine, ...]
    statements: tuple[StatementLine, ...]
    reports: tuple[ReportLine, ...]  # captures that report the same tie
    as_of: dt.date  # the day force and vitality were asked for
    projects: tuple[ProjectLine, ...] = ()  # those that an office shows


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

    dimension: str = headed("dimensión", "dimension", words="facet")
    value: str = headed("valor", "value")
    label: str = headed("nombre", "name")
    count: int = headed("acuerdos", "agreements")


@dataclasses.dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place as a row of a list; `distinction` tells homonyms apart."""

    id: str = headed("identificador", "identifier")
    slug: str = headed("dirección", "slug")
    name: str = headed("nombre", "name")
    distinction: str = headed("ubicación", "location")  # Guanajuato, México / Oregon, Estados Unidos
    kind: str = headed("clase", "kind", words="place")
    country: str = headed("país", "country")
    country_name: str = headed("nombre del país", "country name")
    state: str = headed("entidad federativa", "state")
    population: int | None = headed("población", "population")
    latitude: float | None = headed("latitud", "latitude")
    longitude: float | None = headed("longitud", "longitude")
    agreement_count: int = headed("acuerdos documentados", "documented agreements")
    tie_count: int = headed("lazos reportados", "reported ties")
    found_as: str = ""  # the name a search found, where it is another one


@dataclasses.dataclass(frozen=True, slots=True)
class NameLine:
    """A name a place bears."""

    name: str
    language: str
    kind: str


@dataclasses.dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One counterpart of a city, seen by the agreements and by a capture's reports."""

    counterpart: str = headed("contraparte", "counterpart")
    counterpart_id: str = headed("identificador de la contraparte", "counterpart identifier")
    counterpart_slug: str = headed("dirección de la contraparte", "counterpart slug")
    country: str = headed("país", "country", words="country")
    latitude: float | None = headed("latitud", "latitude")
    longitude: float | None = headed("longitud", "longitude")
    finding: str = headed(
        "hallazgo", "finding", words="finding"
    )  # both, only_agreement, only_reported, out_of_coverage
    agreements: tuple[str, ...] = headed("acuerdos", "agreements")  # slugs
    reports: tuple[ReportLine, ...] = headed("reportes", "reports")


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

    key: str = headed("clave", "key")
    topic: str = headed("tema", "topic")
    label: str = headed("cifra", "figure")
    value: str = headed("valor", "value")
    unit: str = headed("unidad", "unit")
    as_of: str = headed("fecha", "as of")
    scope: str = headed("ámbito", "scope")
    stated_by: str = headed("quién lo dice", "stated by")
    source: SourceLine = headed("fuente", "source")  # noqa: RUF009 (it makes a field)
    passage: str = headed("pasaje", "passage")


@dataclasses.dataclass(frozen=True, slots=True)
class CaptureLine:
    """One source at one date and what it set out to list."""

    key: str = headed("captura", "capture")
    source: SourceLine = headed("fuente", "source")  # noqa: RUF009 (it makes a field)
    captured_on: str = headed("fecha de captura", "captured on")
    origin: str = headed("origen", "origin")
    licence: str = headed("licencia", "licence")
    coverage: str = headed("qué abarca", "coverage")
    tie_count: int = headed("renglones", "rows")
    place_count: int = headed("lugares", "places")
    resolved_count: int = headed("lugares reconocidos", "places recognised")
    covers_domestic: bool = False  # whether ties between two Mexican cities can be missing from it


@dataclasses.dataclass(frozen=True, slots=True)
class ChainLine:
    """The last link of a chain of the trail, as anyone may keep it."""

    chain: str
    keeper: str  # the office whose chain it is; empty for the registry's own
    number: int
    digest: str


@dataclasses.dataclass(frozen=True, slots=True)
class VerificationSheet:
    """What anyone may verify of a registered agreement, published or not."""

    title: str
    parties: tuple[str, ...]
    registration_number: str
    registered_on: str
    slug: str  # of its public record; empty when it is not published
    office: str
    chain: str
    entry_number: int | None  # of the registration
    entry_digest: str
    is_whole: bool  # every link follows from the one before, and bears its own digest
    is_as_recorded: bool  # the file says all that the trail kept of it
    is_sealed: bool  # the trail keeps its title, parties, term, areas and texts too, not only its steps
    broken_at: int | None
    last_number: int
    last_digest: str
    checkpoint_made_at: str  # the newest kept outside the database; empty when there is none of this chain
    checkpoint_number: int | None
    agrees: bool | None  # with that checkpoint; None without one
    is_demonstration: bool = False  # of an office that only shows how it is done
