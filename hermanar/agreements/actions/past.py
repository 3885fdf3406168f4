"""An office's past agreements become its own files: with what is documented, and without steps nobody recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from hermanar.agreements.actions.drafting import check_parties, check_term, free_slug, write_parties
from hermanar.agreements.actions.drafts import PartyDraft
from hermanar.agreements.actions.filing import atomic, office_source, refuse
from hermanar.agreements.actions.recording import describing_titles
from hermanar.agreements.actions.versions import keep_version
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import AGREEMENT_INDEX, documented_of, for_office, party_cards
from hermanar.agreements.vocabulary import Field, Kind, Stage
from hermanar.agreements.vocabulary.procedure import Refusal
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.calendar import UNKNOWN_DATE, PartialDate
from hermanar.foundation.statements import StatementDraft, state
from hermanar.offices.actions import next_file_number
from hermanar.offices.models import Office


@dataclass(frozen=True, slots=True)
class PastDraft:
    """A past agreement that nobody documented yet, and the paper that proves it."""

    parties: Sequence[PartyDraft]
    kind: Kind
    source: str  # where the office read it: the paper and where it is kept
    signed: PartialDate = UNKNOWN_DATE
    key: UUID | None = None  # given by the page: the same agreement sent twice is entered once
    term_years: int | None = None
    is_open_ended: bool = False


@atomic
def take_over(agreements: Sequence[UUID], *, office: UUID, by: Actor, today: dt.date) -> list[Agreement]:
    """Make documented agreements of an office's own place its files, and return those that were not yet.

    All or nothing. What is documented stays as it is, for the public too; from then on a load leaves it alone. Raises
    NotAllowedError, StepRefusedError for a demonstration, and DoesNotExist for what is not the place's to take: of
    another place, unpublished, kept by another office, or unknown.
    """
    require_in(by, Verb.TAKE_OVER, office=office)
    trail.hold(AGREEMENT_INDEX, chain=str(office))
    kept_office = Office.objects.get(pk=office)
    if kept_office.is_demonstration:
        refuse(Refusal.DEMONSTRATION_HOLDS_NO_FACTS)
    wanted = set(agreements)
    own = set(for_office(office).filter(pk__in=wanted, stage=Stage.RECORDED).values_list("pk", flat=True))
    found = list(documented_of(kept_office).filter(pk__in=wanted))
    if missing := wanted - own - {one.pk for one in found}:
        raise Agreement.DoesNotExist(", ".join(sorted(map(str, missing))))
    return [_take(one, office=kept_office, by=by, year=today.year) for one in found]


def _take(record: Agreement, *, office: Office, by: Actor, year: int) -> Agreement:
    """Write whose file it is; `edited_at` stays, for nothing that the public sees has changed."""
    number = next_file_number(office.pk, year=year)
    Agreement.objects.filter(pk=record.pk).update(office=office, file_number=number, version=F("version") + 1)
    record.refresh_from_db()
    keep_version(record, by=by)
    trail.record(
        "agreement.taken_over",
        by=by,
        subject=str(record.pk),
        content=[number, record.reference],
        chain=str(office.pk),
    )
    return record


@atomic
def enter_past(past: PastDraft, *, office: UUID, by: Actor, today: dt.date) -> Agreement:
    """Enter a past agreement as a file of the office, on the word of a paper it names; the public does not see it yet.

    Raises NotAllowedError, StepRefusedError, CorrectionError for a term that none may have, and DoesNotExist for a key
    that is another office's file.
    """
    require_in(by, Verb.TAKE_OVER, office=office)
    trail.hold(AGREEMENT_INDEX, chain=str(office))
    if past.key and (sent := Agreement.objects.filter(pk=past.key).first()):
        if sent.office_id != office:
            raise Agreement.DoesNotExist(str(past.key))
        return sent
    kept_office = Office.objects.get(pk=office)
    _check(past, place=kept_office.place_id, today=today)
    number = next_file_number(office, year=today.year)
    cards = party_cards({party.place_id for party in past.parties})
    title_es, title_en = describing_titles(past, cards)
    made = Agreement(
        **({"id": past.key} if past.key else {}),
        reference=number,
        office=kept_office,
        slug=free_slug([cards[party.place_id]["name"] for party in past.parties], number),
        title_es=title_es,
        title_en=title_en,
        kind=past.kind,
        stage=Stage.RECORDED,
        signed_on=past.signed.on,
        signed_precision=past.signed.precision.value,
        term_years=past.term_years,
        is_open_ended=past.is_open_ended,
    )
    check_term(made)
    made.save(force_insert=True)
    write_parties(made, past.parties)
    term = str(past.term_years or "")
    told = {Field.KIND: past.kind.value, Field.SIGNED_ON: str(past.signed), Field.TERM_YEARS: term, Field.LISTED: "yes"}
    said = {field: value for field, value in told.items() if value and value != Kind.UNKNOWN}
    key, passage = office_source(made).key, past.source.strip()
    state(made.pk, [StatementDraft(field.value, value, key, passage) for field, value in said.items()])
    keep_version(made, by=by)
    content = [number, said, passage, [str(party.place_id) for party in past.parties]]
    trail.record("agreement.past_entered", by=by, subject=str(made.pk), content=content, chain=str(office))
    return made


def _check(past: PastDraft, *, place: UUID | None, today: dt.date) -> None:
    check_parties(past.parties, place=place)
    if not past.source.strip():
        refuse(Refusal.NO_SOURCE)
    if past.signed.on and past.signed.on > today:
        refuse(Refusal.FUTURE_DATE)


__all__ = ["PastDraft", "enter_past", "take_over"]
