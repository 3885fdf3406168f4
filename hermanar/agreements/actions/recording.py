"""Past agreements enter the registry as documented, many at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from hermanar.agreements.actions.drafts import AgreementDraft, PartyDraft
from hermanar.agreements.actions.listing import build_listing, mark_changed
from hermanar.agreements.models import Agreement, AgreementArea, AgreementDocument, LegalAct, Listing, Party
from hermanar.agreements.queries import party_cards
from hermanar.agreements.vocabulary import Kind
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.models import Source, Statement
from hermanar.foundation.statements import prepare, sources_by_key

_BATCH = 2000
_KIND_WORDS = {
    Kind.TWINNING: ("Hermanamiento", "Twinning"),
    Kind.SPECIFIC_COOPERATION: ("Cooperación específica", "Specific cooperation"),
    Kind.OTHER: ("Instrumento", "Instrument"),
    Kind.UNKNOWN: ("Acuerdo", "Agreement"),
}


@dataclass(slots=True)
class Recorded:
    """What a bulk recording did; `kept` are records an editor changed, with the fields the file has otherwise."""

    created: list[UUID] = field(default_factory=list)
    updated: list[UUID] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The rows of one batch, table by table."""

    agreements: list[Agreement] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    areas: list[AgreementArea] = field(default_factory=list)
    acts: list[LegalAct] = field(default_factory=list)
    documents: list[AgreementDocument] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)

    def insert(self) -> None:
        """Write everything, parents first."""
        Agreement.objects.bulk_create(self.agreements, batch_size=_BATCH)
        Party.objects.bulk_create(self.parties, batch_size=_BATCH)
        AgreementArea.objects.bulk_create(self.areas, batch_size=_BATCH)
        LegalAct.objects.bulk_create(self.acts, batch_size=_BATCH)
        AgreementDocument.objects.bulk_create(self.documents, batch_size=_BATCH)
        Statement.objects.bulk_create(self.statements, batch_size=_BATCH)
        Listing.objects.bulk_create(self.listings, batch_size=_BATCH)


@transaction.atomic
def record_past_agreements(
    drafts: Iterable[AgreementDraft], *, by: Actor, published_at: dt.datetime | None, code: str = "agreement.recorded"
) -> Recorded:
    """Enter past agreements by their reference: new ones are made, changed ones updated, edited ones left alone.

    All or nothing. Publishes them when `published_at` is given. Raises NotAllowedError, and KeyError for a place or
    a source that does not exist.
    """
    require(by, Verb.RECORD_AGREEMENT)
    if published_at:
        require(by, Verb.PUBLISH_AGREEMENT)
    sources = sources_by_key()
    report = Recorded()
    digests: list[str] = []
    batch: list[AgreementDraft] = []
    for draft in drafts:
        batch.append(draft)
        if len(batch) == _BATCH:
            digests += _record_batch(batch, sources, published_at, report)
            batch = []
    digests += _record_batch(batch, sources, published_at, report)
    _link_derived(report, drafts if isinstance(drafts, Sequence) else [])
    if report.created or report.updated:
        mark_changed([*report.created, *report.updated])
        trail.record(code, by=by, content=digests)
    return report


def _record_batch(
    batch: Sequence[AgreementDraft], sources: Mapping[str, Source], published_at: dt.datetime | None, report: Recorded
) -> list[str]:
    cards = party_cards(party.place_id for draft in batch for party in draft.parties)
    existing = {row.reference: row for row in Agreement.objects.filter(reference__in=[d.reference for d in batch])}
    rows = _Rows()
    slugs = _free_slugs(batch, cards)
    digests = []
    for draft in batch:
        digest = trail.digest_of(asdict(draft))
        known = existing.get(draft.reference)
        if known is not None and known.digest == digest:
            report.unchanged += 1
            continue
        if known is not None and known.edited_at is not None:
            report.kept.append(draft.reference)
            continue
        digests.append(digest)
        record = _agreement(draft, cards, digest=digest, known=known, slug=slugs[draft.reference])
        record.published_at = known.published_at if known else published_at
        (report.updated if known else report.created).append(record.pk)
        _hang(rows, record, draft, cards=cards, sources=sources)
    _replace(rows, [row for row in rows.agreements if row.reference in existing])
    rows.insert()
    return digests


def _agreement(
    draft: AgreementDraft, cards: Mapping[UUID, dict[str, Any]], *, digest: str, known: Agreement | None, slug: str
) -> Agreement:
    title_es, title_en = draft.title_es, draft.title_en
    if not title_es:
        title_es, title_en = _describing_titles(draft, cards)
    record = Agreement(
        reference=draft.reference,
        slug=known.slug if known else slug,
        title_es=title_es,
        title_en=title_en,
        has_official_title=bool(draft.title_es),
        kind=draft.kind,
        stage=draft.stage,
        signed_on=draft.signed.on,
        signed_precision=draft.signed.precision.value,
        term_years=draft.term_years,
        is_open_ended=draft.is_open_ended,
        is_renewable=draft.is_renewable,
        registered=draft.registered,
        registered_on=draft.registered_on,
        registration_number=draft.registration_number,
        digest=digest,
        version=known.version + 1 if known else 1,
    )
    if known:
        record.pk = known.pk
    return record


def _hang(
    rows: _Rows,
    record: Agreement,
    draft: AgreementDraft,
    *,
    cards: Mapping[UUID, dict[str, Any]],
    sources: Mapping[str, Source],
) -> None:
    parties = [
        Party(
            agreement=record,
            place_id=party.place_id,
            role=party.role,
            standing=party.standing,
            position=position,
            name_as_written=party.name_as_written,
        )
        for position, party in enumerate(draft.parties)
    ]
    acts = [
        LegalAct(
            agreement=record,
            kind=act.kind,
            on=act.on.on,
            precision=act.on.precision.value,
            description_es=act.description_es,
            description_en=act.description_en,
            source=sources[act.source_key],
            passage=act.passage,
        )
        for act in draft.acts
    ]
    rows.agreements.append(record)
    rows.parties += parties
    rows.acts += acts
    rows.areas += [AgreementArea(agreement=record, area=area, as_written=words) for area, words in draft.areas]
    rows.documents += [
        AgreementDocument(
            agreement=record,
            title_es=document.title_es,
            title_en=document.title_en,
            language=document.language,
            address=document.address,
            source=sources[document.source_key],
        )
        for document in draft.documents
    ]
    rows.statements += prepare(record.pk, draft.statements, sources)
    keys = [statement.source_key for statement in draft.statements] + [act.source_key for act in draft.acts]
    areas = [area for area, _words in draft.areas]
    listing = build_listing(
        record,
        parties=parties,
        cards=cards,
        areas=areas,
        acts=acts,
        source_keys=keys,
        has_documents=bool(draft.documents),
    )
    rows.listings.append(listing)


def _replace(rows: _Rows, known: Sequence[Agreement]) -> None:
    """Take away the rows that updated records had, keeping evidence, identity and address."""
    if not known:
        return
    keys = [record.pk for record in known]
    evidence = dict(Listing.objects.filter(pk__in=keys).values_list("pk", "evidence_on"))
    for listing in rows.listings:
        listing.evidence_on = evidence.get(listing.pk)
    for table in (Party, AgreementArea, LegalAct, AgreementDocument):
        table.objects.filter(agreement__in=keys).delete()
    Statement.objects.filter(subject__in=keys).delete()
    Listing.objects.filter(pk__in=keys).delete()
    fields = [f.name for f in Agreement._meta.concrete_fields if f.name not in {"id", "derives_from", "edited_at"}]
    Agreement.objects.bulk_update(known, fields, batch_size=200)
    updated = set(keys)
    rows.agreements = [record for record in rows.agreements if record.pk not in updated]


def _describing_titles(draft: AgreementDraft, cards: Mapping[UUID, dict[str, Any]]) -> tuple[str, str]:
    word_es, word_en = _KIND_WORDS[draft.kind]
    names_es = [_title_name(cards[party.place_id], "name_es") for party in draft.parties]
    names_en = [_title_name(cards[party.place_id], "name_en") for party in draft.parties]
    return f"{word_es} {' – '.join(names_es)}"[:300], f"{word_en} {' – '.join(names_en)}"[:300]


def _title_name(card: Mapping[str, Any], language: str) -> str:
    return str(card[language] or card["name"])


def _free_slugs(batch: Sequence[AgreementDraft], cards: Mapping[UUID, dict[str, Any]]) -> dict[str, str]:
    """Give each draft an address: the parties' names, then the year, then its reference, whichever is free."""
    choices = {draft.reference: _slug_choices(draft, cards) for draft in batch}
    wanted = {slug for slugs in choices.values() for slug in slugs}
    taken = Counter(Agreement.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    chosen = {}
    for reference, slugs in choices.items():
        slug = next(slug for slug in slugs if not taken[slug])
        taken[slug] += 1
        chosen[reference] = slug
    return chosen


def _slug_choices(draft: AgreementDraft, cards: Mapping[UUID, dict[str, Any]]) -> list[str]:
    names = slugify(" ".join(_title_name(cards[party.place_id], "name") for party in draft.parties))[:120] or "acuerdo"
    dated = [f"{names}-{draft.signed.on.year}"] if draft.signed.on else []
    by_reference = f"{names[:70]}-{slugify(draft.reference)}"
    return [names, *dated, by_reference, f"{by_reference[:120]}-{trail.digest_of(draft.reference)[:16]}"]


def _link_derived(report: Recorded, drafts: Sequence[AgreementDraft]) -> None:
    wanted = {draft.reference: draft.derives_from for draft in drafts if draft.derives_from}
    if not wanted or not (report.created or report.updated):
        return
    keys = dict(Agreement.objects.filter(reference__in=[*wanted, *wanted.values()]).values_list("reference", "pk"))
    for reference, parent in wanted.items():
        Agreement.objects.filter(pk=keys[reference]).update(derives_from=keys[parent])


__all__ = ["AgreementDraft", "PartyDraft", "Recorded", "record_past_agreements"]
