"""The derived row of an agreement, written in the record's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from hermanar.agreements import rules
from hermanar.agreements.models import Agreement, LegalAct, Listing, Party
from hermanar.agreements.queries import AGREEMENT_INDEX, party_cards
from hermanar.agreements.vocabulary import ActKind, Stage, Standing
from hermanar.foundation.models import Change, Revision
from hermanar.foundation.statements import stated_about

_BATCH = 500


def mark_changed(agreements: Sequence[UUID] | None) -> None:
    """Tell every derived index, in this transaction, which agreements to read again; None means all."""
    if agreements is not None and not agreements:
        return
    Revision.objects.get_or_create(name=AGREEMENT_INDEX)
    # The update locks the row to the end of the transaction, so revisions become visible in their order.
    Revision.objects.filter(name=AGREEMENT_INDEX).update(number=F("number") + 1)
    number = Revision.objects.get(name=AGREEMENT_INDEX).number
    subjects: Sequence[UUID | None] = [None] if agreements is None else agreements
    Change.objects.bulk_create(
        [Change(index=AGREEMENT_INDEX, number=number, subject=subject) for subject in subjects], batch_size=2000
    )


def build_listing(
    agreement: Agreement,
    *,
    parties: Sequence[Party],
    cards: Mapping[UUID, dict[str, Any]],
    areas: Iterable[str],
    acts: Iterable[LegalAct],
    source_keys: Iterable[str],
) -> Listing:
    """Derive the row every list shows from a record and what hangs on it; evidence is noted by cooperation."""
    facts = [
        rules.PartyFacts(
            country=cards[party.place_id]["country"],
            state=cards[party.place_id]["state_slug"] or None,
            standing=Standing(party.standing),
        )
        for party in parties
    ]
    force = rules.force_facts(
        stage=Stage(agreement.stage),
        signed_on=agreement.signed_on,
        term_years=agreement.term_years,
        is_open_ended=agreement.is_open_ended,
        acts=[rules.ActFacts(ActKind(act.kind), act.on, act.until) for act in acts if act.on],
    )
    shown = [cards[party.place_id] for party in parties]
    return Listing(
        agreement=agreement,
        party_names_es="; ".join(card["name_es"] or card["name"] for card in shown),
        party_names_en="; ".join(card["name_en"] or card["name"] for card in shown),
        party_ids="; ".join(card["id"] for card in shown),
        party_countries="; ".join(card["country"] for card in shown),
        is_published=agreement.published_at is not None,
        slug=agreement.slug,
        title_es=agreement.title_es,
        title_en=agreement.title_en,
        kind=agreement.kind,
        regime=rules.regime(facts),
        scope=rules.scope(facts),
        stage=agreement.stage,
        registered=agreement.registered,
        signed_on=agreement.signed_on,
        signed_precision=agreement.signed_precision,
        is_signed=force.is_signed,
        ends_on=force.ends_on,
        is_open_ended=force.is_open_ended,
        suspended_on=force.suspended_on,
        terminated_on=force.terminated_on,
        parties=[{**cards[party.place_id], "role": party.role, "written": party.name_as_written} for party in parties],
        areas=" ".join(sorted(set(areas))),
        sources=" ".join(sorted(set(source_keys))),
    )


def relist(agreements: Sequence[UUID]) -> None:
    """Derive the rows of these agreements again from the record; what evidence noted stays."""
    for start in range(0, len(agreements), _BATCH):
        batch = list(agreements[start : start + _BATCH])
        records = Agreement.objects.filter(pk__in=batch).prefetch_related("parties", "areas", "acts__source")
        said = stated_about(batch)
        cards = party_cards(party.place_id for record in records for party in record.parties.all())
        evidence = dict(Listing.objects.filter(pk__in=batch).values_list("pk", "evidence_on"))
        for record in records:
            keys = [statement.source.key for statement in said[record.pk]]
            keys += [act.source.key for act in record.acts.all()]
            row = build_listing(
                record,
                parties=list(record.parties.all()),
                cards=cards,
                areas=[area.area for area in record.areas.all()],
                acts=list(record.acts.all()),
                source_keys=keys,
            )
            row.evidence_on = evidence.get(record.pk)
            row.save()
    mark_changed(agreements)
