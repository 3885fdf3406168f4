"""The derived row of an agreement, written in the record's own transaction."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hermanar.agreements import rules
from hermanar.agreements.models import Agreement, LegalAct, Listing
from hermanar.agreements.queries import AGREEMENT_INDEX, party_cards, signed_without_opinion
from hermanar.agreements.vocabulary import ActKind, Regime, Stage, Standing
from hermanar.foundation.calendar import PartialDate, Precision
from hermanar.foundation.models import Change
from hermanar.foundation.rows import insert_rows
from hermanar.foundation.search import bump, prune
from hermanar.foundation.statements import stated_about

_BATCH = 500

_REREAD_ALL = 60_000  # from here on naming every agreement costs more than reading all again


def mark_changed(agreements: Sequence[UUID] | None) -> None:
    """Tell every derived index, in this transaction, which agreements to read again; None means all."""
    if agreements is not None and not agreements:
        return
    number, mark = bump(AGREEMENT_INDEX)
    named = agreements is not None and len(agreements) <= _REREAD_ALL
    subjects = [agreement.hex for agreement in agreements or ()] if named else [None]
    insert_rows(
        Change,
        ("index", "number", "subject", "mark"),
        rows=[(AGREEMENT_INDEX, number, subject, mark.hex) for subject in subjects],
    )
    prune(AGREEMENT_INDEX, number=number)


@dataclass(frozen=True, slots=True)
class ListedParty:
    """A party as a listing needs it: what is known of its place, and how the source writes it."""

    card: Mapping[str, Any]
    role: str
    standing: str
    written: str


@functools.lru_cache(maxsize=10_000)
def reach_of(sides: tuple[tuple[str, str, str], ...]) -> tuple[str, str]:
    """Return regime and scope of a tie between sides; few combinations make up most ties."""
    facts = [rules.PartyFacts(country, state or None, Standing(standing)) for country, state, standing in sides]
    return rules.regime(facts).value, rules.scope(facts).value


@functools.lru_cache(maxsize=50_000)
def _term(
    stage: str,
    signed_on: dt.date | None,
    precision: str,
    term_years: int | None,
    is_open_ended: bool,  # noqa: FBT001  keywords make the cache slow
) -> rules.ForceFacts:
    return rules.force_facts(
        stage=Stage(stage),
        signed=PartialDate(signed_on, Precision(precision)),
        term_years=term_years,
        is_open_ended=is_open_ended,
        acts=(),
    )


def reach(parties: Sequence[ListedParty]) -> tuple[str, str]:
    """Return regime and scope of a tie between these parties."""
    return reach_of(tuple([side(one) for one in parties]))


def side(party: ListedParty) -> tuple[str, str, str]:
    """Return what regime and scope depend on."""
    return party.card["country"], party.card["state_slug"], party.standing


def term(
    *,
    stage: str,
    signed: PartialDate,
    term_years: int | None,
    is_open_ended: bool,
    acts: Iterable[rules.ActFacts],
) -> rules.ForceFacts:
    """Return what the force of an agreement depends on; most have no act and share few answers."""
    told = list(acts)
    if not told:
        # A date hashes quicker than what holds it.
        return _term(stage, signed.on, signed.precision.value, term_years, is_open_ended)
    return rules.force_facts(
        stage=Stage(stage),
        signed=signed,
        term_years=term_years,
        is_open_ended=is_open_ended,
        acts=told,
    )


def party_entry(party: ListedParty) -> dict[str, Any]:
    """Return a party as the listing's JSON holds it."""
    return {
        **party.card,
        "role": party.role,
        "standing": party.standing,
        "written": party.written,
    }


def attached(*, has_acts: bool, has_areas: bool, has_documents: bool) -> str:
    """Name the tables that hold something of an agreement, so that its page asks no other."""
    there = {"acts": has_acts, "areas": has_areas, "documents": has_documents}
    return " ".join([name for name, is_there in there.items() if is_there])


def build_listing(
    agreement: Agreement,
    *,
    parties: Sequence[ListedParty],
    areas: Iterable[str],
    acts: Iterable[LegalAct],
    source_keys: Iterable[str],
    has_documents: bool,
) -> Listing:
    """Derive the row every list shows from a record and what hangs on it; evidence is noted by cooperation."""
    areas, acts = set(areas), list(acts)
    regime, scope = reach(parties)
    force = term(
        stage=agreement.stage,
        signed=PartialDate(agreement.signed_on, Precision(agreement.signed_precision)),
        term_years=agreement.term_years,
        is_open_ended=agreement.is_open_ended,
        acts=[
            rules.ActFacts(ActKind(act.kind), PartialDate(act.on, Precision(act.precision)).last, act.until)
            for act in acts
        ],
    )
    return Listing(
        agreement=agreement,
        party_names_es="; ".join(one.card["name_es"] or one.card["name"] for one in parties),
        party_names_en="; ".join(one.card["name_en"] or one.card["name"] for one in parties),
        party_ids="; ".join(one.card["id"] for one in parties),
        party_countries="; ".join(one.card["country"] for one in parties),
        is_published=agreement.published_at is not None,
        slug=agreement.slug,
        title_es=agreement.title_es,
        title_en=agreement.title_en,
        kind=agreement.kind,
        regime=regime,
        scope=scope,
        stage=agreement.stage,
        registered=agreement.registered,
        signed_on=agreement.signed_on,
        signed_precision=agreement.signed_precision,
        is_signed=force.is_signed,
        ends_on=force.ends_on,
        is_open_ended=force.is_open_ended,
        suspended_on=force.suspended_on,
        terminated_on=force.terminated_on,
        parties=[party_entry(one) for one in parties],
        areas=" ".join(sorted(areas)),
        attached=attached(has_acts=bool(acts), has_areas=bool(areas), has_documents=has_documents),
        sources=" ".join(sorted(set(source_keys))),
    )


def relist(agreements: Sequence[UUID]) -> None:
    """Derive the rows of these agreements again from the record; what evidence noted stays.

    The caller holds the index of agreements, so no evidence is noted between reading it and writing it again.
    """
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
                parties=[
                    ListedParty(
                        cards[party.place_id],
                        party.role,
                        party.standing,
                        party.name_as_written,
                    )
                    for party in record.parties.all()
                ],
                areas=[area.area for area in record.areas.all()],
                acts=list(record.acts.all()),
                source_keys=keys,
                has_documents=bool(record.documents.all()),
            )
            row.evidence_on = evidence.get(record.pk)
            is_ours = record.office_id is not None and row.regime == Regime.TREATIES_LAW
            row.lacks_backing = is_ours and signed_without_opinion(record)
            row.save()
    mark_changed(agreements)
