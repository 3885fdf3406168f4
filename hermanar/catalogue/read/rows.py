"""Agreements as flat rows for large files: plain texts, ready to be written, a hundred thousand a second."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import CharField, IntegerField, QuerySet
from django.db.models.functions import Cast
from django.utils import translation

from hermanar.agreements.models import Listing
from hermanar.agreements.queries import published_listings
from hermanar.agreements.rules import ForceFacts
from hermanar.catalogue.read.agreements import keys_of
from hermanar.catalogue.read.labels import word
from hermanar.catalogue.read.prepared import Prepared
from hermanar.catalogue.search.documents import force_on, vitality_on
from hermanar.catalogue.search.filters import Filters
from hermanar.catalogue.sheets import AgreementLine, PartyLine

_STEP = 500  # what a reader who takes nothing for long makes the server hold
_KEYS_STEP = 900
_HEADINGS = {field.name: field.metadata for field in dataclasses.fields(AgreementLine)}
_PARTY = {field.name: field.metadata for field in dataclasses.fields(PartyLine)}
# A code is followed by its words in the language of the file.
ROW_FIELDS = (
    "slug",
    "title",
    "kind",
    "kind_words",
    "regime",
    "regime_words",
    "scope",
    "scope_words",
    "parties",
    "party_ids",
    "party_countries",
    "party_countries_words",
    "signed_on",
    "signed_precision",
    "stage",
    "stage_words",
    "force",
    "force_words",
    "vitality",
    "vitality_words",
    "registered",
    "registered_words",
    "lacks_backing",
    "areas",
    "areas_words",
    "evidence_on",
    "sources",
)
_WORDS = "_words"
_DATES = ("signed_on", "ends_on", "suspended_on", "terminated_on", "evidence_on")
_SIGNS = {"year": 4, "month": 7}
Row = tuple[str, ...]


def row_headings(language: str) -> Row:
    """Return the headings of the flat rows, from the one field list of the sheet."""
    words = "en" if language == "en" else "es"
    parties = _HEADINGS["parties"][words]
    own = {
        "party_ids": f"{parties}: {_PARTY['id'][words]}",
        "party_countries": f"{parties}: {_PARTY['country'][words]}",
    }
    headings = {name: own.get(name) or str(_HEADINGS[name][words]) for name in ROW_FIELDS if not name.endswith(_WORDS)}
    return tuple(headings.get(name) or in_words(headings[name.removesuffix(_WORDS)], language) for name in ROW_FIELDS)


def in_words(heading: str, language: str) -> str:
    """Return the heading of the column that writes the codes of another in words."""
    return f"{heading} (in words)" if language == "en" else f"{heading} (en palabras)"


def agreement_rows(filters: Filters, *, today: dt.date, language: str) -> Iterator[list[Row]]:
    """Stream every agreement that matches as flat rows, in lists of some hundreds; columns are ROW_FIELDS."""
    listings = _texts(language)
    shape = _shape(today, language)
    if not filters.is_empty:
        for keys in keys_of(filters, today=today, language=language, step=_KEYS_STEP):
            found = {UUID(row[0]): row for row in listings.filter(pk__in=keys)}
            yield [shape(found[key]) for key in keys if key in found]
        return
    after = _BEFORE_ALL
    while batch := _AFTER["en" if language == "en" else "es"].rows(after):
        after = UUID(batch[-1][0])
        rows = [shape(row) for row in batch]
        del batch  # a slow reader keeps what this frame holds
        yield rows


def _texts(language: str) -> QuerySet[Listing, tuple[Any, ...]]:
    """Read days and keys as texts: nothing is turned into an object only to be written again."""
    words = "en" if language == "en" else "es"
    texts = {f"{name}_text": Cast(name, CharField()) for name in _DATES}
    truths = {f"{name}_number": Cast(name, IntegerField()) for name in ("is_signed", "is_open_ended", "lacks_backing")}
    return (
        published_listings()
        .annotate(key=Cast("pk", CharField()), **truths, **texts)
        .values_list(
            "key",
            "slug",
            "title_es",
            "title_en" if words == "en" else "title_es",
            "kind",
            "regime",
            "scope",
            f"party_names_{words}",
            "party_ids",
            "party_countries",
            "signed_precision",
            "stage",
            "registered",
            "areas",
            "sources",
            *truths,
            *texts,
        )
    )


_BEFORE_ALL, _EXAMPLE = UUID(int=0), UUID(int=1)
_AFTER = {
    language: Prepared(lambda key, words=language: _texts(words).filter(pk__gt=key).order_by("pk")[:_STEP], _EXAMPLE)
    for language in ("es", "en")
}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _shape(today: dt.date, language: str) -> Any:
    """Return the function that makes a flat row of what was read, weighing equal facts once."""

    @functools.lru_cache(maxsize=20_000)
    def force(is_signed: int, is_open_ended: int, ends: str | None, suspended: str | None, ended: str | None) -> str:
        days = {"ends_on": _day(ends), "suspended_on": _day(suspended), "terminated_on": _day(ended)}
        facts = ForceFacts(is_signed=bool(is_signed), is_open_ended=bool(is_open_ended), **days)
        return force_on(facts, today).value

    @functools.lru_cache(maxsize=20_000)
    def vitality(evidence: str | None) -> str:
        return vitality_on(_day(evidence), today).value

    words = functools.lru_cache(maxsize=20_000)(functools.partial(_in_words, language))

    def shape(row: tuple[Any, ...]) -> Row:
        (
            _key, slug, title_es, title, kind, regime, scope, parties, ids, countries, precision, stage, registered,
            areas, sources, is_signed, is_open_ended, lacks_backing, signed_on, ends_on, suspended_on,
            terminated_on, evidence_on,
        ) = row  # fmt: skip
        if signed_on and precision != "day":
            signed_on = signed_on[: _SIGNS.get(precision, 10)]
        binds = force(is_signed, is_open_ended, ends_on, suspended_on, terminated_on)
        lives = vitality(evidence_on)
        return (
            slug, title or title_es, kind, words("kind", kind), regime, words("regime", regime),
            scope, words("scope", scope), parties, ids, countries, words("country", countries),
            signed_on or "", precision, stage, words("stage", stage), binds, words("force", binds),
            lives, words("vitality", lives), registered, words("registered", registered),
            "1" if lacks_backing else "", areas.replace(" ", "; "), words("area", areas), evidence_on or "",
            sources.replace(" ", "; "),
        )  # fmt: skip

    return shape


def _in_words(language: str, vocabulary: str, codes: str) -> str:
    """Write one code, or several apart by a space or a semicolon, in words."""
    with translation.override(language):
        return "; ".join(word(vocabulary, code) for code in codes.replace(";", " ").split())
