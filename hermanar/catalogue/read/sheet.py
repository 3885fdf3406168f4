"""An agreement's whole public record, in six queries whatever hangs on it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from hermanar.agreements.models import Agreement, AgreementArea, AgreementDocument, LegalAct, Listing
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
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import Statement
from hermanar.observatory.models import ReportedTie

_SOURCE = ("key", "title_es", "title_en", "author", "published", "address", "licence")
# Fields of which an agreement can have only one true value.
_SINGULAR = frozenset({Field.KIND, Field.TERM_YEARS, Field.REGISTERED, Field.COUNTERPART_RECOGNITION})


def agreement(slug: str, *, today: dt.date, language: str) -> AgreementSheet | None:
    """Return the public record of an agreement, or None when the public may see none at this address."""
    listing = published_listings().filter(slug=slug).select_related("agreement").first()
    if listing is None:
        return None
    record = listing.agreement
    acts, documents, areas = _attached(record.pk, language)
    parent, derived = _family(record, today=today, language=language)
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
        areas_as_written=areas,
        derives_from=parent,
        derived=derived,
        acts=acts,
        activities=_activities(record.pk, listing.evidence_on, language),
        documents=documents,
        statements=statements_about(record.pk, language),
        reports=_reports(record.pk, language),
        as_of=today,
    )


def source_columns(prefix: str = "source__") -> list[str]:
    """Return the columns a source is shown with."""
    return [f"{prefix}{name}" for name in _SOURCE]


def source_line(values: Sequence[str], language: str) -> SourceLine:
    """Return who says something, from its columns."""
    key, title_es, title_en, *others = values
    return SourceLine(key, (title_en if language == "en" else "") or title_es, *others)


class _Attachment(NamedTuple):
    """A row that hangs on an agreement, of any of three tables."""

    table: str
    code: str
    on: str | None
    text_es: str
    text_en: str
    more: str
    source: list[Any]


def _blank(field: type[CharField[str, str]] | type[TextField[str, str]] = TextField) -> Value:
    return Value("", output_field=field())


def _attached_rows(key: UUID) -> Iterable[_Attachment]:
    """Read acts, documents and areas in one query: their columns side by side as texts."""
    acts: QuerySet[Any, Any] = LegalAct.objects.filter(agreement=key).order_by()
    documents: QuerySet[Any, Any] = AgreementDocument.objects.filter(agreement=key).order_by()
    areas: QuerySet[Any, Any] = AgreementArea.objects.filter(agreement=key).order_by()
    own = ("c_table", "c_code", "c_on", "c_es", "c_en", "c_more")
    sourced = [*own, *(f"c_{name}" for name in _SOURCE)]
    source = {f"c_{name}": Cast(F(f"source__{name}"), TextField()) for name in _SOURCE}
    shown = [
        acts.annotate(
            c_table=Value("act", output_field=TextField()),
            c_code=_text("kind"),
            c_on=_text("on"),
            c_es=_text("description_es"),
            c_en=_text("description_en"),
            c_more=_joined("precision", "passage"),
            **source,
        ).values_list(*sourced),
        documents.annotate(
            c_table=Value("document", output_field=TextField()),
            c_code=_text("language"),
            c_on=Value(None, output_field=TextField()),
            c_es=_text("title_es"),
            c_en=_text("title_en"),
            c_more=_text("address"),
            **source,
        ).values_list(*sourced),
        areas.annotate(
            c_table=Value("area", output_field=TextField()),
            c_code=_text("area"),
            c_on=Value(None, output_field=TextField()),
            c_es=_text("as_written"),
            c_en=_blank(),
            c_more=_blank(),
            **{f"c_{name}": _blank() for name in _SOURCE},
        ).values_list(*sourced),
    ]
    rows = shown[0].union(*shown[1:], all=True)
    return [_Attachment(*row[: len(own)], list(row[len(own) :])) for row in rows]


def _text(name: str) -> Cast:
    return Cast(F(name), TextField())
