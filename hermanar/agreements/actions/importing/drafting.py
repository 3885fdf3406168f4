"""Turn a row of a file into what the registry records: facts with what the row cites, or the file, as their source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements.actions.drafts import AgreementDraft, PartyDraft
from hermanar.agreements.actions.importing import reading as at
from hermanar.agreements.actions.importing.places import Found, Wanted
from hermanar.agreements.vocabulary import Field, Kind, Registered, Role, Standing
from hermanar.agreements.vocabulary.import_fields import IMPORT_SHEET
from hermanar.directory.actions import NewPlace, add_place
from hermanar.foundation.access import Actor
from hermanar.foundation.models import Source, SourceKind
from hermanar.foundation.statements import StatementDraft

_LONGEST_PASSAGE = 300
_BATCH = 500


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file as a source: who made it, and the day it says its facts held."""

    digest: str
    title: str
    author: str = ""
    as_of: str = ""  # partial ISO date of the file

    @staticmethod
    def of(data: bytes, *, title: str, author: str = "", as_of: str = "") -> SourceFile:
        """Return the source that the bytes of a file are."""
        return SourceFile(hashlib.sha256(data).hexdigest(), title[:300], author[:200], as_of)

    @property
    def key(self) -> str:
        """Return the key the source is kept under; the same bytes are the same source."""
        return f"archivo-{self.digest[:16]}"

    def stem(self, sheet: str) -> str:
        """Return what the references of a sheet's rows begin with; a book may be entered sheet by sheet."""
        named = "" if sheet.casefold() in {"", IMPORT_SHEET} else f"-{_short_digest(sheet)}"
        return f"{self.key}{named}"

    def reference(self, row: int, sheet: str) -> str:
        """Return the natural key of the agreement at a row."""
        return f"{self.stem(sheet)}-{row}"

    def cited_key(self, cited: str) -> str:
        """Return the key of the source that a row cites; the same words in another file may mean another document."""
        return f"{self.key}-{_short_digest(cited)}"

    def keep(self) -> Source:
        """Return the source's row, made when it is the first time."""
        defaults = {
            "kind": SourceKind.OFFICE_FILE,
            "title_es": self.title,
            "author": self.author,
            "published": self.as_of,
        }
        return Source.objects.get_or_create(key=self.key, defaults=defaults)[0]

    def keep_cited(self, cited: Iterable[str]) -> None:
        """Make the sources that rows cite, one for each text; when they were made the file does not say."""
        titles = {self.cited_key(text): text for text in set(cited) if text}
        keys = list(titles)
        for start in range(0, len(keys), _BATCH):
            some = keys[start : start + _BATCH]
            known = set(Source.objects.filter(key__in=some).values_list("key", flat=True))
            Source.objects.bulk_create(
                Source(key=key, kind=SourceKind.OFFICE_FILE, title_es=titles[key]) for key in some if key not in known
            )


def _short_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class Drafter:
    """Makes the drafts of one sheet; what many rows share is made once."""

    def __init__(self, source: SourceFile, sheet: str) -> None:
        self._source, self._stem = source, source.stem(sheet)
        self._row = f"{sheet}: " if sheet else "fila "
        self._parties: dict[tuple[UUID, Role, str, Standing], PartyDraft] = {}
        self._cited = {"": source.key}

    def draft(self, number: int, values: at.Values, *, one: Found, other: Found, counterpart: UUID) -> AgreementDraft:
        """Return what one row documents; fields it leaves empty are not stated."""
        if one.place is None:
            raise KeyError(number)
        registered_on = values[at.REGISTERED_ON]
        registered = values[at.REGISTERED]
        if registered is None and (registered_on.on or values[at.REGISTRATION_NUMBER]):
            registered = True
        written = other.written if other.place else values[at.OTHER_CITY]
        return AgreementDraft(
            reference=f"{self._stem}-{number}",
            parties=(
                self._party(one.place, Role.DECLARING, one.written, Standing.GOVERNMENT),
                self._party(counterpart, Role.COUNTERPART, written, values[at.STANDING]),
            ),
            kind=values[at.KIND],
            title_es=values[at.TITLE],
            signed=values[at.SIGNED],
            term_years=values[at.TERM_YEARS],
            is_open_ended=bool(values[at.IS_OPEN_ENDED]),
            is_renewable=values[at.IS_RENEWABLE],
            registered=Registered.UNKNOWN if registered is None else Registered.YES if registered else Registered.NO,
            registered_on=str(registered_on),
            registration_number=values[at.REGISTRATION_NUMBER],
            areas=values[at.AREAS],
            statements=self._statements(number, values, registered=registered),
        )

    def _party(self, place: UUID, role: Role, written: str, standing: Standing) -> PartyDraft:
        asked = (place, role, written, standing)
        party = self._parties.get(asked)
        if party is None:
            party = self._parties[asked] = PartyDraft(place, role, written, standing)
        return party

    def _statements(self, number: int, values: at.Values, *, registered: bool | None) -> tuple[StatementDraft, ...]:
        said: list[tuple[Field, str]] = []
        if values[at.SIGNED].on:
            said.append((Field.SIGNED_ON, str(values[at.SIGNED])))
        if values[at.KIND] is not Kind.UNKNOWN:
            said.append((Field.KIND, values[at.KIND].value))
        if values[at.TERM_YEARS]:
            said.append((Field.TERM_YEARS, str(values[at.TERM_YEARS])))
        if registered is not None:
            said.append((Field.REGISTERED, "yes" if registered else "no"))
        if values[at.NOTE]:
            said.append((Field.NOTE, values[at.NOTE]))
        if not said:
            said.append((Field.LISTED, "yes"))
        cited, as_of = values[at.SOURCE], self._source.as_of
        key = self._cited.get(cited)
        if key is None:
            key = self._cited[cited] = self._source.cited_key(cited)
        passage = self._passage(number, values)
        return tuple([StatementDraft(name.value, value, key, passage, as_of) for name, value in said])

    def _passage(self, number: int, values: at.Values) -> str:
        """Say where: in the file, or in what the row cites and which file cites it."""
        where = f"{self._row}{number}"
        if values[at.SOURCE]:
            page = f"{values[at.PAGE]}; " if values[at.PAGE] else ""
            return f"{page}{self._source.title[:200]}, {where}"[:_LONGEST_PASSAGE]
        return f"{where}, {values[at.PAGE]}"[:_LONGEST_PASSAGE] if values[at.PAGE] else where


def add_counterpart(
    wanted: Wanted, *, source: SourceFile, by: Actor, position: tuple[float | None, float | None]
) -> UUID:
    """Add a counterpart that the directory does not have, with the file as its source."""
    latitude, longitude = position
    new = NewPlace(wanted.city, wanted.country, region=wanted.region[:120], latitude=latitude, longitude=longitude)
    return add_place(new, source=source.keep(), by=by).pk


__all__ = ["Drafter", "SourceFile", "add_counterpart"]
