"""An agreement's whole public record, in three queries and one for each table that holds more of it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from hermanar.agreements.models import AgreementArea, AgreementDocument, LegalAct
from hermanar.agreements.queries import published_listings
from hermanar.agreements.rules import StatedDate, is_disputed, predates_treaties_law, term_end
from hermanar.agreements.vocabulary import Field, Regime, SignedPrecision
from hermanar.catalogue.read.ledger import gifts_of, public_ledger, told
from hermanar.catalogue.read.lines import ListedRow, agreement_line, partial
from hermanar.catalogue.read.locators import locator
from hermanar.catalogue.read.projects import public_projects
from hermanar.catalogue.read.sources import source_columns, source_line
from hermanar.catalogue.sheets import (
    ActivityLine,
    ActLine,
    AgreementLine,
    AgreementSheet,
    DocumentLine,
    ReportLine,
    StatementLine,
)
from hermanar.cooperation.models import Activity
from hermanar.cooperation.queries import published_gifts, published_projects, shown_to_public
from hermanar.cooperation.rules import is_newest_evidence
from hermanar.directory.models import Place
from hermanar.foundation.calendar import PartialDate, Precision, parse_partial
from hermanar.foundation.models import Statement
from hermanar.foundation.prepared import Prepared, day
from hermanar.observatory.models import ReportedPlace, ReportedTie
from hermanar.observatory.queries import reason_sentence

# Fields of which an agreement can have only one true value.
_TOLD = frozenset(  # fields whose values are texts, not codes, dates or numbers
    {"note", "cooperation_bodies", "cooperation_documents", "cooperation_instruments", "cooperation_themes", "event"}
)
_SINGULAR = frozenset({Field.KIND, Field.TERM_YEARS, Field.REGISTERED, Field.COUNTERPART_RECOGNITION})


def agreement(slug: str, *, today: dt.date, language: str) -> AgreementSheet | None:
    """Return the public record of an agreement, or None when the public may see none at this address."""
    found = _RECORD.rows(slug)
    if not found:
        return None
    listing, record = ListedRow.read(found[0]), _Record(*found[0][len(ListedRow._fields) :])
    key = _key(record.key)
    attached = record.attached.split()
    done = _ACTIVITIES.rows(key) if record.has_activities else []
    return AgreementSheet(
        line=agreement_line(listing, today=today, language=language),
        has_official_title=bool(record.has_official_title),
        predates_law=listing.regime == Regime.TREATIES_LAW
        and predates_treaties_law(listing.signed_on, precision=SignedPrecision(listing.signed_precision)),
        term_years=record.term_years,
        is_open_ended=listing.is_open_ended,
        is_renewable=None if record.is_renewable is None else bool(record.is_renewable),
        ends_on=_end(listing, term_years=record.term_years),
        registration_number=record.registration_number,
        registered_on=record.registered_on,
        areas_as_written=_areas(key) if "areas" in attached else (),
        derives_from=_parent(_key(record.derives_from), today=today, language=language),
        derived=_derived(key, today=today, language=language) if record.has_derived else (),
        acts=_acts(key, language) if "acts" in attached else (),
        activities=_activities(done, listing.evidence_on, language=language),
        ledger=public_ledger(
            gifts_of(key) if record.has_gifts else [],
            done=[row[:4] for row in done],
            parties=listing.parties,
            language=language,
        ),
        documents=_documents(key, language) if "documents" in attached else (),
        statements=statements_about(key, language),
        reports=_reports({card["key"] for card in listing.parties}, language),
        as_of=today,
        projects=public_projects(key, language=language) if record.has_projects else (),
    )


def _end(listing: ListedRow, *, term_years: int | None) -> str | None:
    """Write the end as far as it is known: counted from a signature of a year or a month, no more than that."""
    signed = PartialDate(listing.signed_on, Precision(listing.signed_precision))
    is_counted = listing.ends_on == term_end(signed, term_years)
    return partial(listing.ends_on, listing.signed_precision if is_counted else Precision.DAY)


class _Record(NamedTuple):
    """What a page shows of a record beside its line."""

    key: UUID | str
    has_official_title: bool
    term_years: int | None
    is_renewable: bool | None
    registration_number: str
    registered_on: str
    derives_from: UUID | str | None
    attached: str
    has_projects: bool
    has_activities: bool
    has_derived: bool
    has_gifts: bool


_RECORD_COLUMNS = (
    "agreement__pk",
    "agreement__has_official_title",
    "agreement__term_years",
    "agreement__is_renewable",
    "agreement__registration_number",
    "agreement__registered_on",
    "agreement__derives_from_id",
    "attached",
    "has_projects",
    "has_activities",
    "has_derived",
    "has_gifts",
)
_EXAMPLE, _OTHER_EXAMPLE = UUID(int=1), UUID(int=2)
_RECORD = Prepared(
    lambda slug: (
        published_listings()
        .filter(slug=slug)
        .annotate(
            has_projects=Exists(published_projects().filter(agreement=OuterRef("agreement"))),
            has_activities=Exists(shown_to_public().filter(agreement=OuterRef("agreement"))),
            has_derived=Exists(published_listings().filter(agreement__derives_from=OuterRef("agreement"))),
            has_gifts=Exists(published_gifts().filter(agreement=OuterRef("agreement"))),
        )
        .values_list(*ListedRow._fields, *_RECORD_COLUMNS)
    ),
    "slug",
)


def _areas(key: UUID) -> tuple[tuple[str, str], ...]:
    return tuple((area, as_written) for area, as_written in _AREAS.rows(key))


_AREAS = Prepared(
    lambda key: AgreementArea.objects.filter(agreement=key).order_by("pk").values_list("area", "as_written"), _EXAMPLE
)


def _parent(key: UUID | None, *, today: dt.date, language: str) -> AgreementLine | None:
    found = _LISTED.rows(key) if key else []
    return agreement_line(ListedRow.read(found[0]), today=today, language=language) if found else None


_LISTED = Prepared(lambda key: published_listings().filter(pk=key).values_list(*ListedRow._fields), _EXAMPLE)
_DERIVED = Prepared(
    lambda key: (
        published_listings()
        .filter(agreement__derives_from=key)
        .order_by(F("signed_on").asc(nulls_last=True), "slug")
        .values_list(*ListedRow._fields)
    ),
    _EXAMPLE,
)


def _derived(key: UUID, *, today: dt.date, language: str) -> tuple[AgreementLine, ...]:
    return tuple(agreement_line(ListedRow.read(row), today=today, language=language) for row in _DERIVED.rows(key))


def _acts(key: UUID, language: str) -> tuple[ActLine, ...]:
    return tuple(
        ActLine(
            kind,
            partial(on, precision),
            precision,
            told(es, en, language=language)[0],
            source_line(source, language),
            locator(passage, language),
            told(es, en, language=language)[1],
        )
        for kind, on, precision, es, en, passage, *source in _ACTS.rows(key)
    )


_ACTS = Prepared(
    lambda key: (
        LegalAct.objects.filter(agreement=key)
        .order_by(F("on").asc(nulls_last=True), "pk")
        .values_list("kind", "on", "precision", "description_es", "description_en", "passage", *source_columns())
    ),
    _EXAMPLE,
)


def activity_as_read(key: UUID, *, language: str) -> ActivityLine:
    """Return an activity as the public would read it, published or not: who publishes it sees that first."""
    row = Activity.objects.values_list(*_ACTIVITY_COLUMNS).get(pk=key)
    return _activities([row], None, language=language)[0]


def _activities(
    done: Sequence[tuple[Any, ...]], evidence_on: dt.date | None, *, language: str
) -> tuple[ActivityLine, ...]:
    lines = []
    for _activity, kind, direction, _place, started, ended, precision, es, en, passage, *source in done:
        description, told_in = told(es, en, language=language)
        line = ActivityLine(
            kind,
            direction,
            partial(started, precision),
            partial(ended, precision),
            precision,
            description,
            told_in,
            source_line(source, language),
            locator(passage, language),
            is_newest_evidence(day(ended), evidence_on),
        )
        lines.append(line)
    return tuple(sorted(lines, key=lambda line: line.ended_on is None))  # dated ones first, on both databases


_ACTIVITY_COLUMNS = (
    "pk", "kind", "direction", "office__place_id", "started_on", "ended_on", "precision", "description_es",
    "description_en", "passage", *source_columns(),
)  # fmt: skip
_ACTIVITIES = Prepared(
    lambda key: shown_to_public().filter(agreement=key).order_by("-ended_on", "pk").values_list(*_ACTIVITY_COLUMNS),
    _EXAMPLE,
)


def _documents(key: UUID, language: str) -> tuple[DocumentLine, ...]:
    return tuple(
        DocumentLine(told(es, en, language=language)[0], written_in, address, source_line(source, language))
        for es, en, written_in, address, *source in _DOCUMENTS.rows(key)
    )


_DOCUMENTS = Prepared(
    lambda key: (
        AgreementDocument.objects.filter(agreement=key)
        .order_by("pk")
        .values_list("title_es", "title_en", "language", "address", *source_columns())
    ),
    _EXAMPLE,
)


def statements_about(subject: UUID, language: str) -> tuple[StatementLine, ...]:
    """Return what sources say of a record, contradictory statements side by side and marked."""
    rows = _STATEMENTS.rows(subject)
    stated: dict[str, list[str]] = defaultdict(list)
    for field, value, *_rest in rows:
        stated[field].append(value)
    disputed = {field for field, values in stated.items() if _disagree(field, values)}
    return tuple(
        StatementLine(
            field,
            (value_en if language == "en" else "") or value,
            source_line(source, language),
            locator(passage, language),
            as_of,
            is_disputed=field in disputed,
            value_language="es" if language == "en" and field in _TOLD and not value_en else "",
        )
        for field, value, value_en, passage, as_of, *source in rows
    )


_STATEMENTS = Prepared(
    lambda subject: (
        Statement.objects.filter(subject=subject)
        .order_by("field", "as_of", "source__key", "pk")
        .values_list("field", "value", "value_en", "passage", "as_of", *source_columns())
    ),
    _EXAMPLE,
)


def _disagree(field: str, values: Sequence[str]) -> bool:
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


def _report_columns() -> list[str]:
    """Return the columns a report is shown with."""
    sides = [f"{side}__{name}" for side in ("one", "other") for name in _SIDE]
    capture = ["capture__key", "capture__origin", "capture__captured_on", "capture__licence"]
    return [*capture, *sides, "started", "ended", "part", *source_columns("capture__source__")]


_SIDE = ("place_id", "name", "country_as_written", "resolution", "reason", "detail", "place__name")


def _report_line(row: Sequence[Any], *, seen_from: UUID | None, language: str) -> ReportLine:
    """Return a row of a capture with its counterpart, seen from one of the two places."""
    capture, one, other, span, source = row[:4], row[4:11], row[11:18], row[18:21], row[21:]
    _place, name, country, resolution, reason, detail, own_name = one if _key(other[0]) == seen_from else other
    key, origin, captured_on, licence = capture
    values = json.loads(detail) if isinstance(detail, str) else detail  # SQL written once gives JSON as text
    why = reason_sentence(ReportedPlace(reason=reason, detail=values, place=Place(name=own_name or "")))
    return ReportLine(
        key, origin, captured_on, licence, name, country, resolution, why, source_line(source, language), *span
    )


def _key(value: Any) -> Any:
    return UUID(value) if isinstance(value, str) else value


def _reports(places: set[str], language: str) -> tuple[ReportLine, ...]:
    """Return the captures' rows of the tie between the parties, seen from the first of them."""
    keys = [UUID(place) for place in sorted(places)]
    rows = [row for pair in itertools.combinations(keys, 2) for row in _REPORTS.rows(*pair)]
    return tuple(_report_line(row, seen_from=keys[0], language=language) for row in rows)


_REPORTS = Prepared(
    # A tie keeps the lower identifier first.
    lambda first, second: (
        ReportedTie.objects.filter(tie__first=first, tie__second=second)
        .order_by("capture__key", "row")
        .values_list(*_report_columns())
    ),
    _EXAMPLE,
    _OTHER_EXAMPLE,
)
