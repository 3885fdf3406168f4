"""Past agreements enter the registry as documented, many at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from hermanar.agreements.actions.drafts import AgreementDraft, PartyDraft
from hermanar.agreements.actions.listing import mark_changed
from hermanar.agreements.actions.rowbook import RowBook, digest_of_draft, first_digest_of_draft
from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.queries import AGREEMENT_INDEX, party_cards
from hermanar.agreements.vocabulary import Kind
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.models import Statement
from hermanar.foundation.planner import count_anew
from hermanar.foundation.rows import rows_where
from hermanar.foundation.statements import sources_by_key

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
class _Known:
    """A record that is there already."""

    key: UUID
    slug: str
    digest: str
    version: int
    published_at: dt.datetime | None
    is_edited: bool  # by a person, or kept by an office


@transaction.atomic
def record_past_agreements(
    drafts: Iterable[AgreementDraft],
    *,
    by: Actor,
    published_at: dt.datetime | None,
    code: str = "agreement.recorded",
) -> Recorded:
    """Enter past agreements by their reference: new ones are made, changed ones updated, edited ones left alone.

    What an office took over is its own and counts as edited. All or nothing. Publishes them when `published_at` is
    given. Raises NotAllowedError, KeyError for a place or source that does not exist, and ValueError for a moment of
    publication to come: what is published is seen at once.
    """
    require(by, Verb.RECORD_AGREEMENT)
    if published_at:
        require(by, Verb.PUBLISH_AGREEMENT)
    trail.hold(AGREEMENT_INDEX)
    if published_at and published_at > timezone.now():
        raise ValueError(f"no se puede publicar desde un momento por venir: {published_at.isoformat()}")
    book = RowBook({key: source.pk.hex for key, source in sources_by_key().items()})
    cards: dict[UUID, dict[str, Any]] = {}
    called: dict[UUID, _Called] = {}
    report = Recorded()
    digests: list[str] = []
    batch: list[AgreementDraft] = []
    for draft in drafts:
        batch.append(draft)
        if len(batch) == _BATCH:
            digests += _record_batch(batch, book, cards, called=called, published_at=published_at, report=report)
            batch = []
    digests += _record_batch(batch, book, cards, called=called, published_at=published_at, report=report)
    _link_derived(report, drafts if isinstance(drafts, Sequence) else [])
    if report.created or report.updated:
        mark_changed([*report.created, *report.updated])
        trail.record(code, by=by, content=digests)
        count_anew(Agreement, Party, Statement)
    return report


def _record_batch(
    batch: Sequence[AgreementDraft],
    book: RowBook,
    cards: dict[UUID, dict[str, Any]],
    *,
    called: dict[UUID, _Called],
    published_at: dt.datetime | None,
    report: Recorded,
) -> list[str]:
    fresh = party_cards({party.place_id for draft in batch for party in draft.parties} - cards.keys())
    cards.update(fresh)
    called.update({place: _called(card) for place, card in fresh.items()})
    existing = _existing([draft.reference for draft in batch])
    slugs = _free_slugs([draft for draft in batch if draft.reference not in existing], called)
    digests = []
    for draft in batch:
        digest = digest_of_draft(draft)
        known = existing.get(draft.reference)
        if known is not None and known.digest in {digest, first_digest_of_draft(draft)}:
            report.unchanged += 1
            continue
        if known is not None and known.is_edited:
            report.kept.append(draft.reference)
            continue
        digests.append(digest)
        titles = (draft.title_es, draft.title_en) if draft.title_es else _describing_titles(draft, called)
        if known is None:
            key = book.add(
                draft,
                cards,
                slug=slugs[draft.reference],
                titles=titles,
                digest=digest,
                published_at=published_at,
            )
            report.created.append(key)
        else:
            book.renew(
                draft,
                cards,
                known=known.key,
                version=known.version,
                slug=known.slug,
                titles=titles,
                digest=digest,
                published_at=known.published_at,
            )
            report.updated.append(known.key)
    book.write()
    return digests


def _existing(references: Sequence[str]) -> dict[str, _Known]:
    known = [reference for (reference,) in rows_where(Agreement, ("reference",), column="reference", among=references)]
    columns = (
        "reference",
        "pk",
        "slug",
        "digest",
        "version",
        "published_at",
        "edited_at",
        "office",
    )
    rows = Agreement.objects.filter(reference__in=known).values_list(*columns) if known else []
    return {
        reference: _Known(key, slug, digest, version, published_at, edited_at is not None or office is not None)
        for reference, key, slug, digest, version, published_at, edited_at, office in rows
    }


class _Titled(Protocol):
    @property
    def kind(self) -> Kind: ...

    @property
    def parties(self) -> Sequence[PartyDraft]: ...


class _Called(NamedTuple):
    """How a place is called in titles and addresses."""

    es: str
    en: str
    slug: str


def _called(card: Mapping[str, Any]) -> _Called:
    return _Called(card["name_es"] or card["name"], card["name_en"] or card["name"], slugify(card["name"]))


def describing_titles(draft: _Titled, cards: Mapping[UUID, dict[str, Any]]) -> tuple[str, str]:
    """Return a title in both languages for what has none: the kind and the parties."""
    return _describing_titles(draft, {party.place_id: _called(cards[party.place_id]) for party in draft.parties})


def describes(title_en: str, kind: Kind) -> bool:
    """Say whether an English title has the shape of one that only describes, whatever the places were called then."""
    return title_en.startswith(f"{_KIND_WORDS[kind][1]} ") and " – " in title_en


def _describing_titles(draft: _Titled, called: Mapping[UUID, _Called]) -> tuple[str, str]:
    word_es, word_en = _KIND_WORDS[draft.kind]
    names = [called[party.place_id] for party in draft.parties]
    es, en = " – ".join([name.es for name in names]), " – ".join([name.en for name in names])
    return f"{word_es} {es}"[:300], f"{word_en} {en}"[:300]


def _free_slugs(batch: Sequence[AgreementDraft], called: Mapping[UUID, _Called]) -> dict[str, str]:
    """Give each draft an address: the parties' names, then the year, then its reference, whichever is free."""
    names = {draft.reference: _names_slug(draft, called) for draft in batch}
    wanted = {*names.values()} | {
        f"{names[draft.reference]}-{draft.signed.on.year}" for draft in batch if draft.signed.on
    }
    taken = _taken(wanted)
    chosen = {}
    late = []
    for draft in batch:
        slug = names[draft.reference]
        if taken[slug] and draft.signed.on:
            slug = f"{slug}-{draft.signed.on.year}"
        if taken[slug]:
            late.append(draft.reference)
            continue
        taken[slug] += 1
        chosen[draft.reference] = slug
    return chosen | _slugs_by_reference(late, names, taken)


def _taken(slugs: Iterable[str]) -> Counter[str]:
    return Counter(slug for (slug,) in rows_where(Agreement, ("slug",), column="slug", among=slugs))


def _slugs_by_reference(references: Sequence[str], names: Mapping[str, str], taken: Counter[str]) -> dict[str, str]:
    wanted = {reference: f"{names[reference][:70]}-{slugify(reference)}" for reference in references}
    taken.update(_taken(wanted.values()))
    chosen = {}
    for reference, slug in wanted.items():
        free = f"{slug[:120]}-{trail.digest_of(reference)[:16]}" if taken[slug] else slug
        taken[free] += 1
        chosen[reference] = free
    return chosen


def _names_slug(draft: AgreementDraft, called: Mapping[UUID, _Called]) -> str:
    names = [called[party.place_id].slug for party in draft.parties]
    return "-".join([name for name in names if name])[:120] or "acuerdo"


def _link_derived(report: Recorded, drafts: Sequence[AgreementDraft]) -> None:
    wanted = {draft.reference: draft.derives_from for draft in drafts if draft.derives_from}
    if not wanted or not (report.created or report.updated):
        return
    keys = dict(Agreement.objects.filter(reference__in=[*wanted, *wanted.values()]).values_list("reference", "pk"))
    for reference, parent in wanted.items():
        Agreement.objects.filter(pk=keys[reference]).update(derives_from=keys[parent])


__all__ = ["AgreementDraft", "PartyDraft", "Recorded", "record_past_agreements"]
