"""An agreement's whole public record, in five queries and one for each table that holds more of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from hermanar.agreements.models import AgreementArea, AgreementDocument, LegalAct
from hermanar.agreements.queries import published_listings
from hermanar.agreements.rules import StatedDate, is_disputed, predates_treaties_law
from hermanar.agreements.vocabulary import Field, Regime, SignedPrecision
from hermanar.catalogue.read.lines import agreement_line, partial
from hermanar.catalogue.sheets import (
    ActivityLine,
    ActLine,
    AgreementLine,
    AgreementSheet,
    DocumentLine,
    ReportLine,
    SourceLine,
    StatementLine,
)
from hermanar.cooperation.models import Activity
from hermanar.directory.models import Place
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import Statement
from hermanar.observatory.models import ReportedPlace, ReportedTie
from hermanar.observatory.queries import reason_sentence

_SOURCE = ("key", "title_es", "title_en", "author", "published", "address", "licence")
# Fields of which an agreement can have only one true value.
_SINGULAR = frozenset({Field.KIND, Field.TERM_YEARS, Field.REGISTERED, Field.COUNTERPART_RECOGNITION})


def agreement(slug: str, *, today: dt.date, language: str) -> AgreementSheet | None:
    """Return the public record of an agreement, or None when the public may see none at this address."""
    listing = published_listings().filter(slug=slug).select_related("agreement").first()
    if listing is None:
        return None
    record = listing.agreement
    attached = listing.attached.split()
    return AgreementSheet(
        line=agreement_line(listing, today=today, language=language),
        has_official_title=record.has_official_title,
        predates_law=listing.regime == Regime.TREATIES_LAW and predates_treaties_law(listing.signed_on),
        term_years=record.term_years,
        is_open_ended=record.is_open_ended,
        is_renewable=record.is_renewable,
        ends_on=partial(listing.ends_on, "day"),
        registration_number=record.registration_number,
        registered_on=record.registered_on,
        areas_as_written=_areas(record.pk) if "areas" in attached else (),
        derives_from=_parent(record.derives_from_id, today=today, language=language),
        derived=_derived(record.pk, today=today, language=language),
        acts=_acts(record.pk, language) if "acts" in attached else (),
        activities=_activities(record.pk, listing.evidence_on, language),
        documents=_documents(record.pk, language) if "documents" in attached else (),
        statements=statements_about(record.pk, language),
        reports=_reports({card["key"] for card in listing.parties}, language),
        as_of=today,
    )


def source_columns(prefix: str = "source__") -> list[str]:
    """Return the columns a source is shown with."""
    return [f"{prefix}{name}" for name in _SOURCE]


def source_line(values: Sequence[str], language: str) -> SourceLine:
    """Return who says something, from its columns."""
    key, title_es, title_en, author, published, address, licence = values
    return SourceLine(key, (title_en if language == "en" else "") or title_es, author, published, address, licence)


def _areas(key: UUID) -> tuple[tuple[str, str], ...]:
    return tuple(AgreementArea.objects.filter(agreement=key).order_by("pk").values_list("area", "as_written"))


def _parent(key: UUID | None, *, today: dt.date, language: str) -> AgreementLine | None:
    listing = published_listings().filter(pk=key).first() if key else None
    return agreement_line(listing, today=today, language=language) if listing else None


def _derived(key: UUID, *, today: dt.date, language: str) -> tuple[AgreementLine, ...]:
    listings = published_listings().filter(agreement__derives_from=key).order_by("signed_on", "slug")
    return tuple(agreement_line(listing, today=today, language=language) for listing in listings)


def _acts(key: UUID, language: str) -> tuple[ActLine, ...]:
    columns = ("kind", "on", "precision", "description_es", "description_en", "passage")
    rows = LegalAct.objects.filter(agreement=key).order_by("on", "pk").values_list(*columns, *source_columns())
    return tuple(
        ActLine(
            kind, partial(on, precision), precision, _told(es, en, language)[0], source_line(source, language), passage
        )
        for kind, on, precision, es, en, passage, *source in rows
    )


def _told(es: str, en: str, language: str) -> tuple[str, str]:
    """Return a text in the reader's language, or the other with the language it is in."""
    chosen, other = (en, es) if language == "en" else (es, en)
    return (chosen, language) if chosen else (other, "es" if language == "en" else "en")


def _activities(key: UUID, evidence_on: dt.date | None, language: str) -> tuple[ActivityLine, ...]:
    columns = (
        "kind",
        "direction",
        "started_on",
        "ended_on",
        "precision",
        "description_es",
        "description_en",
        "passage",
    )
    rows = Activity.objects.filter(agreement=key).order_by("-ended_on", "pk").values_list(*columns, *source_columns())
    lines = []
    for kind, direction, started, ended, precision, es, en, passage, *source in rows:
        description, told_in = _told(es, en, language)
        is_newest = ended is not None and ended == evidence_on
        line = ActivityLine(
            kind,
            direction,
            partial(started, precision),
            partial(ended, precision),
            precision,
            description,
            told_in,
            source_line(source, language),
            passage,
            is_newest,
        )
        lines.append(line)
    return tuple(sorted(lines, key=lambda line: line.ended_on is None))  # dated ones first, on both databases


def _documents(key: UUID, language: str) -> tuple[DocumentLine, ...]:
    columns = ("title_es", "title_en", "language", "address")
    rows = AgreementDocument.objects.filter(agreement=key).order_by("pk").values_list(*columns, *source_columns())
    return tuple(
        DocumentLine(_told(es, en, language)[0], written_in, address, source_line(source, language))
        for es, en, written_in, address, *source in rows
    )


def statements_about(subject: UUID, language: str) -> tuple[StatementLine, ...]:
    """Return what sources say of a record, contradictory statements side by side and marked."""
    columns = ("field", "value", "value_en", "passage", "as_of")
    rows = list(
        Statement.objects.filter(subject=subject)
        .order_by("field", "as_of", "source__key", "pk")
        .values_list(*columns, *source_columns())
    )
    stated: dict[str, list[str]] = defaultdict(list)
    for field, value, *_rest in rows:
        stated[field].append(value)
    disputed = {field for field, values in stated.items() if _disagree(field, values)}
    return tuple(
        StatementLine(
            field,
            (value_en if language == "en" else "") or value,
            source_line(source, language),
            passage,
            as_of,
            is_disputed=field in disputed,
        )
        for field, value, value_en, passage, as_of, *source in rows
    )


def _disagree(field: str, values: Sequence[str]) -> bool:
    if len(values) < 2:
        return False
    if field in _SINGULAR:
        return len(set(values)) > 1
    return field == Field.SIGNED_ON and is_disputed(list(_dates(values)))


def _dates(values: Iterable[str]) -> Iterable[StatedDate]:
    for value in values:
        try:
            date = parse_partial(value)
        except ValueError:  # a source may say "in the seventies"
            continue
        if date.on:
            yield StatedDate(date.on, SignedPrecision(date.precision.value))


def report_columns() -> list[str]:
    """Return the columns a report is shown with."""
    sides = [f"{side}__{name}" for side in ("one", "other") for name in _SIDE]
    capture = ["capture__key", "capture__origin", "capture__captured_on", "capture__licence"]
    return [*capture, *sides, *source_columns("capture__source__")]


_SIDE = ("place_id", "name", "country_as_written", "resolution", "reason", "detail", "place__name")


def report_line(row: Sequence[Any], *, seen_from: UUID | None, language: str) -> ReportLine:
    """Return a row of a capture with its counterpart, seen from one of the two places."""
    capture, one, other, source = row[:4], row[4:11], row[11:18], row[18:]
    _place, name, country, resolution, reason, detail, own_name = one if other[0] == seen_from else other
    key, origin, captured_on, licence = capture
    why = reason_sentence(ReportedPlace(reason=reason, detail=detail, place=Place(name=own_name or "")))
    return ReportLine(
        key, origin, captured_on, licence, name, country, resolution, why, source_line(source, language)
    )


def _reports(places: set[str], language: str) -> tuple[ReportLine, ...]:
    """Return the captures' rows of the ties between the parties, seen from the first of them."""
    keys = [UUID(place) for place in sorted(places)]
    rows = (
        ReportedTie.objects.filter(tie__first__in=keys, tie__second__in=keys)
        .order_by("capture__key", "row")
        .values_list(*report_columns())
    )
    return tuple(report_line(row, seen_from=keys[0], language=language) for row in rows)
