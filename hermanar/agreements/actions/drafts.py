"""What a past agreement is before it enters the registry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hermanar.agreements.vocabulary import Kind, Registered, Role, Stage, Standing
from hermanar.foundation.calendar import UNKNOWN_DATE, PartialDate
from hermanar.foundation.statements import StatementDraft


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A place as party, under the name the source gives it."""

    place_id: UUID
    role: Role
    name_as_written: str = ""
    standing: Standing = Standing.GOVERNMENT


@dataclass(frozen=True, slots=True)
class ActDraft:
    """An act of law that a source tells."""

    kind: str
    on: PartialDate
    source_key: str
    passage: str = ""
    description_es: str = ""
    description_en: str = ""
    until: dt.date | None = None  # the new end, of a renewal that states one


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """Where a document can be read."""

    title_es: str
    title_en: str
    address: str
    source_key: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """A past agreement as its sources document it; steps nobody recorded are not invented."""

    reference: str
    parties: Sequence[PartyDraft]
    kind: Kind = Kind.UNKNOWN
    stage: Stage = Stage.RECORDED
    title_es: str = ""  # the official title; empty: a describing one is made
    title_en: str = ""
    signed: PartialDate = UNKNOWN_DATE
    term_years: int | None = None
    is_open_ended: bool = False
    is_renewable: bool | None = None
    registered: Registered = Registered.UNKNOWN
    registered_on: str = ""
    registration_number: str = ""
    derives_from: str = ""  # reference of another agreement
    areas: Sequence[tuple[str, str]] = ()  # code, words of the source
    acts: Sequence[ActDraft] = ()
    documents: Sequence[DocumentDraft] = ()
    statements: Sequence[StatementDraft] = field(default_factory=tuple)
