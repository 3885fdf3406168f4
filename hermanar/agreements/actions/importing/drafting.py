"""Turn a row of a file into what the registry records: facts with the file as their source."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements.actions.drafts import AgreementDraft, PartyDraft
from hermanar.agreements.actions.importing import reading as at
from hermanar.agreements.actions.importing.places import Wanted
from hermanar.agreements.vocabulary import Field, Kind, Registered, Role, Standing
from hermanar.directory.actions import NewPlace, add_place
from hermanar.foundation.access import Actor
from hermanar.foundation.models import Source, SourceKind
from hermanar.foundation.statements import StatementDraft

_LONGEST_PASSAGE = 300


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

    def reference(self, row: int) -> str:
        """Return the natural key of the agreement at a row."""
        return f"archivo-{self.digest[:16]}-{row}"

    def keep(self) -> Source:
        """Return the source's row, made when it is the first time."""
        defaults = {
            "kind": SourceKind.OFFICE_FILE,
            "title_es": self.title,
            "author": self.author,
            "published": self.as_of,
        }
        return Source.objects.get_or_create(key=self.key, defaults=defaults)[0]


@functools.lru_cache(maxsize=50_000)
def _party(place: UUID, role: Role, written: str, standing: Standing) -> PartyDraft:
    return PartyDraft(place, role, written, standing)


def draft_row(
    number: int,
    values: at.Values,
    *,
    one: UUID,
    other: UUID,
    source: SourceFile,
    sheet: str,
) -> AgreementDraft:
    """Return what one row documents; fields it leaves empty are not stated."""
    registered_on = values[at.REGISTERED_ON]
    registered = values[at.REGISTERED]
    if registered is None and (registered_on.on or values[at.REGISTRATION_NUMBER]):
        registered = True
    return AgreementDraft(
        reference=source.reference(number),
        parties=(
            _party(one, Role.DECLARING, values[at.CITY], Standing.GOVERNMENT),
            _party(other, Role.COUNTERPART, values[at.OTHER_CITY], values[at.STANDING]),
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
        statements=_statements(number, values, registered=registered, source=source, sheet=sheet),
    )


def _statements(
    number: int,
    values: at.Values,
    *,
    registered: bool | None,
    source: SourceFile,
    sheet: str,
) -> tuple[StatementDraft, ...]:
    passage = _passage(number, values, sheet)
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
    key, as_of = source.key, source.as_of
    return tuple([StatementDraft(name.value, value, key, passage, as_of) for name, value in said])


def _passage(number: int, values: at.Values, sheet: str) -> str:
    where = f"{sheet}: {number}" if sheet else f"fila {number}"
    if values[at.SOURCE]:
        where = f"{where}; {values[at.SOURCE]}"
    if values[at.PAGE]:
        where = f"{where}, {values[at.PAGE]}"
    return where[:_LONGEST_PASSAGE]


def add_counterpart(
    wanted: Wanted, *, source: SourceFile, by: Actor, position: tuple[float | None, float | None]
) -> UUID:
    """Add a counterpart that the directory does not have, with the file as its source."""
    latitude, longitude = position
    new = NewPlace(wanted.city, wanted.country, region=wanted.region[:120], latitude=latitude, longitude=longitude)
    return add_place(new, source=source.keep(), by=by).pk


__all__ = ["SourceFile", "add_counterpart", "draft_row"]
