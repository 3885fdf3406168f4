"""Agreements as rows: from the derived listing to what lists, maps and files show."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from hermanar.agreements.models import Listing
from hermanar.agreements.queries import published_listings
from hermanar.catalogue.read.labels import country_name
from hermanar.catalogue.read.regions import location_name, region_name
from hermanar.catalogue.read.sources import source_of
from hermanar.catalogue.search.documents import facts_of, force_on, vitality_on
from hermanar.catalogue.sheets import AgreementLine, PartyLine, PlaceLine, ReportLine
from hermanar.cooperation.rules import evidence_until
from hermanar.directory.models import Place
from hermanar.directory.queries import distinction
from hermanar.foundation.prepared import day
from hermanar.observatory.queries import Report

_KNOWN_SIGNS = {"year": 4, "month": 7, "day": 10, "reported": 10}


def partial(on: dt.date | str | None, precision: str) -> str | None:
    """Write a date as far as it is known: 1987, 1987-12 or 1987-12-01."""
    return str(on)[: _KNOWN_SIGNS.get(precision, 10)] if on else None


class ListedRow(NamedTuple):
    """The columns of a listing that a line is made of."""

    slug: str
    title_es: str
    title_en: str
    kind: str
    regime: str
    scope: str
    stage: str
    registered: str
    signed_on: dt.date | None
    signed_precision: str
    is_signed: bool
    ends_on: dt.date | None
    is_open_ended: bool
    suspended_on: dt.date | None
    terminated_on: dt.date | None
    lacks_backing: bool
    evidence_on: dt.date | None
    parties: list[dict[str, Any]]
    areas: str
    sources: str

    @classmethod
    def read(cls, row: Sequence[Any]) -> ListedRow:
        """Return a row of a prepared question with its days, truths and parties as such."""
        raw = cls(*row[: len(cls._fields)])
        return raw._replace(
            signed_on=day(raw.signed_on),
            is_signed=bool(raw.is_signed),
            ends_on=day(raw.ends_on),
            is_open_ended=bool(raw.is_open_ended),
            suspended_on=day(raw.suspended_on),
            terminated_on=day(raw.terminated_on),
            lacks_backing=bool(raw.lacks_backing),
            evidence_on=day(raw.evidence_on),
            parties=json.loads(row[cls._fields.index("parties")]),
        )


def party_line(card: Mapping[str, Any], language: str) -> PartyLine:
    """Return a party as a list shows it."""
    return PartyLine(
        id=card["id"],
        slug=card["slug"],
        name=card["name_en" if language == "en" else "name_es"] or card["name"],
        kind=card["kind"],
        role=card["role"],
        country=card["country"],
        country_name=country_name(card["country"], language),
        state=region_name(card["country"], card["state"], language=language),
        region=region_name(card["country"], card["region"], language=language),
        written=card["written"],
        latitude=card["lat"],
        longitude=card["lng"],
    )


def name_of(place: Place, language: str) -> str:
    """Return the name of a place as readers of a language know it."""
    return (place.name_en if language == "en" else place.name_es) or place.name


def place_line(place: Place, *, identifier: str, agreement_count: int, tie_count: int, language: str) -> PlaceLine:
    """Return a place as a row of a list."""
    return PlaceLine(
        id=identifier,
        slug=place.slug,
        name=name_of(place, language),
        distinction=location_name(place.country_id, distinction(place, language=language), language=language),
        kind=place.kind,
        country=place.country_id,
        country_name=country_name(place.country_id, language),
        state=region_name(place.country_id, place.state.name, language=language) if place.state else "",
        population=place.population,
        latitude=place.latitude,
        longitude=place.longitude,
        agreement_count=agreement_count,
        tie_count=tie_count,
    )


def report_line(report: Report, *, language: str) -> ReportLine:
    """Return what one capture says of a tie."""
    capture = report.capture
    return ReportLine(
        capture=capture.key,
        origin=capture.origin,
        captured_on=capture.captured_on,
        licence=capture.licence,
        name_as_written=report.name_as_written,
        country_as_written=report.country_as_written,
        resolution=report.resolution,
        reason=report.reason,
        source=source_of(capture.source, language),
        started=report.started,
        ended=report.ended,
        part=report.part,
    )


def agreement_line(row: Listing | ListedRow, *, today: dt.date, language: str) -> AgreementLine:
    """Return an agreement as a row of a list, with its force and vitality on a day."""
    return AgreementLine(
        slug=row.slug,
        title=(row.title_en if language == "en" else "") or row.title_es,
        kind=row.kind,
        regime=row.regime,
        scope=row.scope,
        parties=tuple(party_line(card, language) for card in row.parties),
        signed_on=partial(row.signed_on, row.signed_precision),
        signed_precision=row.signed_precision,
        stage=row.stage,
        force=force_on(facts_of(row), today).value,
        vitality=vitality_on(row.evidence_on, today).value,
        registered=row.registered,
        lacks_backing=row.lacks_backing,
        areas=tuple(row.areas.split()),
        evidence_on=partial(evidence_until(row.evidence_on, today), "day"),
        sources=tuple(row.sources.split()),
    )


def lines_of(keys: Sequence[UUID], *, today: dt.date, language: str) -> tuple[AgreementLine, ...]:
    """Return the rows of these agreements in their order, those the public may still see."""
    return agreement_lines_in_order(published_listings().in_bulk(keys), keys, today=today, language=language)


def agreement_lines_in_order(
    rows: Mapping[UUID, Listing], keys: Iterable[UUID], *, today: dt.date, language: str
) -> tuple[AgreementLine, ...]:
    """Return rows that were read as lines, in the order of the keys."""
    return tuple(agreement_line(rows[key], today=today, language=language) for key in keys if key in rows)
