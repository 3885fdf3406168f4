"""The rows of many past agreements, table by table, as the database takes them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from hermanar.agreements import rules
from hermanar.agreements.actions.drafts import AgreementDraft, PartyDraft
from hermanar.agreements.actions.listing import ListedParty, attached, party_entry, reach_of, side, term
from hermanar.agreements.models import (
    Agreement,
    AgreementArea,
    AgreementDocument,
    LegalAct,
    Listing,
    Party,
)
from hermanar.agreements.vocabulary import ActKind
from hermanar.foundation.models import Statement
from hermanar.foundation.rows import (
    Row,
    columns_of,
    insert_rows,
    moment,
    new_key,
    update_rows,
)

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_SET_ELSEWHERE = ("derives_from_id", "edited_at")
_AGREEMENT = (
    "reference", "slug", "title_es", "title_en", "has_official_title", "kind", "stage", "signed_on", "signed_precision",
    "term_years", "is_open_ended", "is_renewable", "registered", "registered_on", "registration_number", "published_at",
    "digest", "version",
)  # fmt: skip
_LISTING = (
    "agreement_id", "party_names_es", "party_names_en", "party_ids", "party_countries", "is_published", "slug",
    "title_es", "title_en", "kind", "regime", "scope", "stage", "registered", "signed_on", "signed_precision",
    "is_signed", "ends_on", "is_open_ended", "suspended_on", "terminated_on", "evidence_on", "parties", "areas",
    "sources", "attached",
)  # fmt: skip
_CHILDREN = {
    Party: (
        "id",
        "agreement_id",
        "place_id",
        "role",
        "standing",
        "position",
        "name_as_written",
    ),
    AgreementArea: ("id", "agreement_id", "area", "as_written"),
    LegalAct: columns_of(LegalAct),
    AgreementDocument: columns_of(AgreementDocument),
    Statement: (
        "id",
        "subject",
        "field",
        "value",
        "value_en",
        "source_id",
        "passage",
        "as_of",
    ),
}


def digest_of_draft(draft: AgreementDraft) -> str:
    """Return the digest by which a later load knows that nothing changed."""
    signed = draft.signed
    content = (
        draft.reference, draft.kind.value, draft.stage.value, draft.title_es, draft.title_en, signed.on,
        signed.precision.value, draft.term_years, draft.is_open_ended, draft.is_renewable, draft.registered.value,
        draft.registered_on, draft.registration_number, draft.derives_from,
        [(str(area), words) for area, words in draft.areas],
        [(p.place_id.hex, p.role.value, p.standing.value, p.name_as_written) for p in draft.parties],
        [(s.field, s.value, s.value_en, s.source_key, s.passage, s.as_of) for s in draft.statements],
        [(str(a.kind), str(a.on), a.source_key, a.passage, a.description_es, a.description_en, a.until)
         for a in draft.acts],
        [(d.title_es, d.title_en, d.address, d.source_key, d.language) for d in draft.documents],
    )  # fmt: skip
    return hashlib.sha256(repr(content).encode()).hexdigest()


def first_digest_of_draft(draft: AgreementDraft) -> str:
    """Return the digest that version 0.1 kept, so that what it recorded is still known as unchanged."""
    content = [
        draft.reference, draft.kind, draft.stage, draft.title_es, draft.title_en, str(draft.signed), draft.term_years,
        draft.is_open_ended, draft.is_renewable, draft.registered, draft.registered_on, draft.registration_number,
        draft.derives_from, draft.areas,
        [(one.place_id.hex, one.role, one.standing, one.name_as_written) for one in draft.parties],
        [(one.field, one.value, one.value_en, one.source_key, one.passage, one.as_of) for one in draft.statements],
        [(a.kind, str(a.on), a.source_key, a.passage, a.description_es, a.description_en, a.until) for a in draft.acts],
        [(d.title_es, d.title_en, d.address, d.source_key, d.language) for d in draft.documents],
    ]  # fmt: skip
    return hashlib.sha256(_encode(content).encode()).hexdigest()


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


class _Known(NamedTuple):
    """A party with what every row of its agreements repeats; few parties bear most ties."""

    row: tuple[str, str, str]
    written: str
    entry: str  # as the listing's JSON holds it
    listed: ListedParty
    side: tuple[str, str, str]
    names_es: str
    names_en: str
    public: str
    country: str

    @staticmethod
    def of(one: PartyDraft, card: Mapping[str, Any]) -> _Known:
        """Work out what a party's rows hold."""
        listed = ListedParty(card, one.role.value, one.standing.value, one.name_as_written)
        return _Known(
            (card["key"], listed.role, listed.standing),
            listed.written,
            json.dumps(party_entry(listed), ensure_ascii=False),
            listed,
            side(listed),
            card["name_es"] or card["name"],
            card["name_en"] or card["name"],
            card["id"],
            card["country"],
        )


class RowBook:
    """Gathers the rows of a batch and writes them, parents first, for a verb that holds the index of agreements."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources  # key to identifier
        self._seen: dict[PartyDraft, _Known] = {}
        self._moments: dict[dt.datetime | None, Any] = {}
        self._clear()

    def _clear(self) -> None:
        # By the identity of drafts that the batch holds: weighing their places and roles costs as much as a row.
        self._at_hand: dict[int, _Known] = {}
        self._new: list[Row] = []
        self._renewed: list[Row] = []
        self._listings: list[Row] = []
        self._children: dict[Any, list[Row]] = {table: [] for table in _CHILDREN}

    def add(self, draft: AgreementDraft, cards: Mapping[UUID, dict[str, Any]], **record: Any) -> UUID:
        """Gather a new agreement and return its key."""
        key = new_key()
        row = self._agreement(draft, version=1, **record)
        self._new.append((key, *row, None, None))
        self._hang(key, draft, cards, **record)
        return UUID(key)

    def renew(
        self, draft: AgreementDraft, cards: Mapping[UUID, dict[str, Any]], *, known: UUID, version: int, **record: Any
    ) -> None:
        """Gather what a known agreement says now."""
        self._renewed.append((*self._agreement(draft, version=version + 1, **record), known.hex))
        self._hang(known.hex, draft, cards, **record)

    def write(self) -> None:
        """Write the batch; what renewed agreements had is taken away first, their evidence stays."""
        keys = [row[-1] for row in self._renewed]
        if keys:
            evidence = dict(Listing.objects.filter(pk__in=keys).values_list("pk", "evidence_on"))
            at = _LISTING.index("evidence_on")
            self._listings = [(*row[:at], _iso(evidence.get(UUID(row[0]))), *row[at + 1 :]) for row in self._listings]
            for hung in (Party, AgreementArea, LegalAct, AgreementDocument):
                hung.objects.filter(agreement__in=keys).delete()
            Statement.objects.filter(subject__in=keys).delete()
            Listing.objects.filter(pk__in=keys).delete()
            update_rows(Agreement, _AGREEMENT, rows=self._renewed)
        insert_rows(Agreement, ("id", *_AGREEMENT, *_SET_ELSEWHERE), rows=self._new)
        for table, columns in _CHILDREN.items():
            insert_rows(table, columns, rows=self._children[table])
        insert_rows(Listing, _LISTING, rows=self._listings)
        self._clear()

    def _agreement(
        self,
        draft: AgreementDraft,
        *,
        version: int,
        slug: str,
        titles: Sequence[str],
        digest: str,
        published_at: dt.datetime | None,
    ) -> Row:
        if published_at not in self._moments:
            self._moments[published_at] = moment(published_at)
        return (
            draft.reference, slug, titles[0], titles[1], bool(draft.title_es), draft.kind.value, draft.stage.value,
            _iso(draft.signed.on), draft.signed.precision.value, draft.term_years, draft.is_open_ended,
            draft.is_renewable, draft.registered.value, draft.registered_on, draft.registration_number,
            self._moments[published_at], digest, version,
        )  # fmt: skip

    def _hang(
        self, key: str, draft: AgreementDraft, cards: Mapping[UUID, dict[str, Any]], *,
        slug: str, titles: Sequence[str], digest: str, published_at: dt.datetime | None,
    ) -> None:  # fmt: skip
        del digest
        rows, sources = self._children, self._sources
        parties = [self._party(one, cards) for one in draft.parties]
        rows[Party] += [(new_key(), key, *one.row, position, one.written) for position, one in enumerate(parties)]
        if draft.areas:
            rows[AgreementArea] += [(new_key(), key, str(area), words) for area, words in draft.areas]
        said = draft.statements
        rows[Statement] += [
            (
                new_key(),
                key,
                one.field,
                one.value,
                one.value_en,
                sources[one.source_key],
                one.passage,
                one.as_of,
            )
            for one in said
        ]
        if draft.acts or draft.documents:
            self._hang_papers(key, draft)
        self._listings.append(
            self._listing(
                key,
                draft,
                parties,
                slug=slug,
                titles=titles,
                is_published=published_at is not None,
            )
        )

    def _hang_papers(self, key: str, draft: AgreementDraft) -> None:
        for act in draft.acts:
            values = {
                "id": new_key(), "agreement_id": key, "kind": str(act.kind), "on": _iso(act.on.on),
                "precision": act.on.precision.value, "until": _iso(act.until), "description_es": act.description_es,
                "description_en": act.description_en, "source_id": self._sources[act.source_key],
                "passage": act.passage,
            }  # fmt: skip
            self._children[LegalAct].append(tuple(values[column] for column in _CHILDREN[LegalAct]))
        for paper in draft.documents:
            values = {
                "id": new_key(), "agreement_id": key, "title_es": paper.title_es, "title_en": paper.title_en,
                "language": paper.language, "address": paper.address, "source_id": self._sources[paper.source_key],
            }  # fmt: skip
            self._children[AgreementDocument].append(tuple(values[column] for column in _CHILDREN[AgreementDocument]))

    def _listing(
        self,
        key: str,
        draft: AgreementDraft,
        parties: Sequence[_Known],
        *,
        slug: str,
        titles: Sequence[str],
        is_published: bool,
    ) -> Row:
        regime, scope = reach_of(tuple([one.side for one in parties]))
        acts = [rules.ActFacts(ActKind(act.kind), act.on.last, act.until) for act in draft.acts]
        force = term(
            stage=draft.stage.value, signed=draft.signed, term_years=draft.term_years,
            is_open_ended=draft.is_open_ended, acts=acts,
        )  # fmt: skip
        keys = {one.source_key for one in draft.statements} | {act.source_key for act in draft.acts}
        return (
            key,
            "; ".join([one.names_es for one in parties]),
            "; ".join([one.names_en for one in parties]),
            "; ".join([one.public for one in parties]),
            "; ".join([one.country for one in parties]),
            is_published, slug, titles[0], titles[1], draft.kind.value, regime, scope, draft.stage.value,
            draft.registered.value, _iso(draft.signed.on), draft.signed.precision.value, force.is_signed,
            _iso(force.ends_on),
            force.is_open_ended, _iso(force.suspended_on), _iso(force.terminated_on), None,
            f"[{', '.join([one.entry for one in parties])}]",
            " ".join(sorted({str(area) for area, _words in draft.areas})), " ".join(sorted(keys)),
            attached(has_acts=bool(draft.acts), has_areas=bool(draft.areas), has_documents=bool(draft.documents)),
        )  # fmt: skip

    def _party(self, one: PartyDraft, cards: Mapping[UUID, dict[str, Any]]) -> _Known:
        known = self._at_hand.get(id(one))
        if known is None:
            known = self._seen.get(one)
            if known is None:
                known = self._seen[one] = _Known.of(one, cards[one.place_id])
            self._at_hand[id(one)] = known
        return known
