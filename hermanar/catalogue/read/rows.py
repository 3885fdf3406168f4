"""Agreements as flat rows for large files: plain texts, or lines of a CSV, a hundred thousand a second and more."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import translation

from hermanar.agreements.models import Listing
from hermanar.agreements.queries import published_listings
from hermanar.agreements.rules import ForceFacts
from hermanar.catalogue.read.agreements import keys_of
from hermanar.catalogue.read.labels import word
from hermanar.catalogue.search.documents import force_on, vitality_on
from hermanar.catalogue.search.filters import Filters
from hermanar.catalogue.sheets import AgreementLine, PartyLine
from hermanar.cooperation.rules import evidence_until
from hermanar.foundation.prepared import Prepared
from hermanar.foundation.tables import csv_cells, csv_column

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
_MOST_KEPT = 50_000  # of a million rows: some 26,000 courses, 16,000 days of evidence with what stands beside
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
    groups = _groups(today, language, tuple)
    return _batches(filters, today=today, language=language, shape=lambda batch: _as_cells(batch, groups))


def agreement_csv_rows(filters: Filters, *, today: dt.date, language: str) -> Iterator[list[str]]:
    """Stream the same rows as a CSV has them, each without its end; cells are not written one by one."""
    groups = _groups(today, language, csv_cells)
    return _batches(filters, today=today, language=language, shape=lambda batch: _as_csv(batch, groups))


def _batches(
    filters: Filters, *, today: dt.date, language: str, shape: Callable[[list[tuple[Any, ...]]], list[Any]]
) -> Iterator[list[Any]]:
    if not filters.is_empty:
        listings = _texts(language)
        for keys in keys_of(filters, today=today, language=language, step=_KEYS_STEP):
            found = {UUID(row[0]): row for row in listings.filter(pk__in=keys)}
            chosen = [found[key] for key in keys if key in found]
            if chosen:
                yield shape(chosen)
        return
    after = _BEFORE_ALL
    while batch := _AFTER["en" if language == "en" else "es"].rows(after):
        after = UUID(batch[-1][0])
        rows = shape(batch)
        del batch  # a slow reader keeps what this frame holds
        yield rows


def _texts(language: str) -> QuerySet[Listing, tuple[Any, ...]]:
    """Read days and keys as texts: nothing is turned into an object only to be written again."""
    words = "en" if language == "en" else "es"
    texts = {f"{name}_text": Cast(name, CharField()) for name in _DATES}
    truths = {f"{name}_number": Cast(name, IntegerField()) for name in ("is_signed", "is_open_ended", "lacks_backing")}
    title = Coalesce(NullIf("title_en", Value("")), "title_es") if words == "en" else F("title_es")
    return (
        published_listings()
        .annotate(key=Cast("pk", CharField()), title=title, **truths, **texts)
        .values_list(
            "key",
            "slug",
            "title",
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


class _Once(dict[Any, Any]):
    """What a function makes of some codes, each made once; all is let go when they are more than expected."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, codes: Any) -> Any:
        if len(self) >= _MOST_KEPT:
            self.clear()
        made = self[codes] = self._make(codes)
        return made


class _Groups:
    """The neighbouring cells that follow from some codes of a row, put together by `write`."""

    def __init__(self, today: dt.date, language: str, write: Callable[[tuple[str, ...]], Any]) -> None:
        self._today, self._write = today, write
        self._words = functools.lru_cache(maxsize=_MOST_KEPT)(functools.partial(_in_words, language))
        self.kinds = _Once(self._kinds)
        self.countries = _Once(lambda codes: write(self._worded("country", codes)))
        self.courses = _Once(self._course)
        self.standings = _Once(self._standing)
        self.areas = _Once(lambda codes: write((codes.replace(" ", "; "), self._words("area", codes))))
        self.sources = _Once(lambda keys: write((keys.replace(" ", "; "),)))

    def _worded(self, vocabulary: str, code: str) -> tuple[str, str]:
        return code, self._words(vocabulary, code)

    def _kinds(self, codes: tuple[str, str, str]) -> Any:
        kind, regime, scope = codes
        return self._write(
            (*self._worded("kind", kind), *self._worded("regime", regime), *self._worded("scope", scope))
        )

    def _course(self, facts: tuple[Any, ...]) -> tuple[int, Any]:
        """Return how many signs of the day of signature are known, and the cells from its precision to the force."""
        precision, stage, is_signed, is_open_ended, ends, suspended, ended = facts
        days = {"ends_on": _day(ends), "suspended_on": _day(suspended), "terminated_on": _day(ended)}
        weighed = ForceFacts(is_signed=bool(is_signed), is_open_ended=bool(is_open_ended), **days)
        force = self._worded("force", force_on(weighed, self._today).value)
        return _SIGNS.get(precision, 10), self._write((precision, *self._worded("stage", stage), *force))

    def _standing(self, facts: tuple[Any, ...]) -> tuple[Any, Any]:
        """Return the cells from the vitality to what lacks backing, and that of the evidence."""
        evidence, registered, lacks_backing = facts
        last = _day(evidence)
        vitality = self._worded("vitality", vitality_on(last, self._today).value)
        told = (*vitality, *self._worded("registered", registered), "1" if lacks_backing else "")
        return self._write(told), self._write((str(evidence_until(last, self._today) or ""),))


@functools.lru_cache(maxsize=2)  # one for all who download, however slow: words and weights hold for the day
def _groups(today: dt.date, language: str, write: Callable[[tuple[str, ...]], Any]) -> _Groups:
    return _Groups(today, language, write)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _shaped(batch: list[tuple[Any, ...]], groups: _Groups) -> list[Any]:
    """Return the columns of a batch, one after another, those that follow from codes as their groups wrote them."""
    (
        _keys, slugs, titles, kinds, regimes, scopes, names, ids, countries, precisions, stages, registered,
        areas, sources, are_signed, are_open_ended, lack_backing, signed, ends, suspended, terminated, evidence,
    ) = zip(*batch, strict=True)  # fmt: skip
    courses = zip(precisions, stages, are_signed, are_open_ended, ends, suspended, terminated, strict=True)
    return [
        slugs,
        titles,
        map(groups.kinds.__getitem__, zip(kinds, regimes, scopes, strict=True)),
        names,
        ids,
        map(groups.countries.__getitem__, countries),
        signed,
        map(groups.courses.__getitem__, courses),
        map(groups.standings.__getitem__, zip(evidence, registered, lack_backing, strict=True)),
        map(groups.areas.__getitem__, areas),
        map(groups.sources.__getitem__, sources),
    ]


def _as_cells(batch: list[tuple[Any, ...]], groups: _Groups) -> list[Row]:
    return [
        (slug, title, *kinds, names, ids, *countries, (signed or "")[:known], *course, *standing, *areas, *evidence,
         *sources)
        for slug, title, kinds, names, ids, countries, signed, (known, course), (standing, evidence), areas, sources
        in zip(*_shaped(batch, groups), strict=True)
    ]  # fmt: skip


def _as_csv(batch: list[tuple[Any, ...]], groups: _Groups) -> list[str]:
    slugs, titles, kinds, names, ids, *rest = _shaped(batch, groups)
    free = [csv_column(column) for column in (slugs, titles, names, ids)]
    slugs, titles, names, ids = free
    return [
        f"{slug},{title},{kind},{name},{its},{country},{(day or '')[:known]},{course},{standing},{area},{seen},{source}"
        for slug, title, kind, name, its, country, day, (known, course), (standing, seen), area, source
        in zip(slugs, titles, kinds, names, ids, *rest, strict=True)
    ]  # fmt: skip


def _in_words(language: str, vocabulary: str, codes: str) -> str:
    """Write one code, or several apart by a space or a semicolon, in words."""
    with translation.override(language):
        return "; ".join(word(vocabulary, code) for code in codes.replace(";", " ").split())
