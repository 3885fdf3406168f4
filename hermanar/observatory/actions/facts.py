"""What a capture says, as values: the readers of each source make these, `recording` writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hermanar.observatory.rules import Geocode

CC_BY_SA = "CC BY-SA 4.0"


@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """A capture: one source at one date, with licence and coverage."""

    key: str
    source: str  # key; captures of one source follow each other
    title_es: str
    title_en: str
    captured_on: str
    origin: str
    coverage_es: str
    coverage_en: str
    digest: str
    licence: str = CC_BY_SA
    address: str = ""
    covers_domestic_mexico: bool = False


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place as the capture writes it, with what it suggests."""

    key: str
    name: str
    country_as_written: str
    country: str  # ISO code, or nothing
    hints: tuple[str, ...] = ()  # identifiers, the surest first
    geocode: Geocode = Geocode.NONE
    hint_km: float | None = None
    homonyms: int = 0
    latitude: float | None = None  # the source's own position
    longitude: float | None = None
    is_vouched: bool = False
    suggested: SuggestedPlace | None = None  # what the capture knows of its hint, should the directory not have it


@dataclass(frozen=True, slots=True)
class SuggestedPlace:
    """GeoNames' own facts of a suggested place, as the capture carries them."""

    name: str
    region_code: str
    inhabitants: int | None
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class TieFacts:
    """One row of the capture: two keys of places and what is said of the tie."""

    row: int
    one: str
    other: str
    also_in: str = ""
    statement_id: str = ""
    part: str = ""
    started: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A documented correction of one reported place."""

    place: str  # identifier
    reason_es: str
    reason_en: str
    source: str


@dataclass(frozen=True, slots=True)
class CaptureRows:
    """A whole capture, read."""

    facts: CaptureFacts
    places: Sequence[PlaceFacts]
    ties: Sequence[TieFacts]
