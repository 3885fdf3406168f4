"""An office's past agreements become its own files: with what is documented, and without steps nobody recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from hermanar.agreements import rules
from hermanar.agreements.actions.drafting import check_parties, check_term, free_slug, write_parties
from hermanar.agreements.actions.drafts import PartyDraft
from hermanar.agreements.actions.editing import Told, write_correction
from hermanar.agreements.actions.filing import atomic, fetch, hold, office_source, refuse
from hermanar.agreements.actions.recording import describing_titles
from hermanar.agreements.actions.versions import keep_version
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import AGREEMENT_INDEX, documented_of, for_office, party_cards
from hermanar.agreements.vocabulary import ActKind, Field, Kind, Role, Stage
from hermanar.agreements.vocabulary.procedure import Refusal
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, can_in, require_in
from hermanar.foundation.calendar import UNKNOWN_DATE, PartialDate, Precision, parse_partial
from hermanar.foundation.models import Statement
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


# Of a correction, which column is told by which statement.
_STATED = {
    "kind": Field.KIND,
    "signed_on": Field.SIGNED_ON,
    "signed_precision": Field.SIGNED_ON,
    "term_years": Field.TERM_YEARS,
    "registered": Field.REGISTERED,
}
# Acts that only something signed can have.
_AFTER_SIGNATURE = frozenset(
    {ActKind.RENEWAL, ActKind.SUSPENSION, ActKind.RESUMPTION, ActKind.TERMINATION, ActKind.REAFFIRMATION}
)


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


@atomic
def correct_past(
    agreement: UUID, *, by: Actor, version: int, values: Mapping[str, Any], passage: str, today: dt.date
) -> None:
    """Correct what a past agreement of the office says, on the word of a paper it names.

    What the office itself said before of these fields goes, for its slip is no second opinion; what other sources say
    stays beside it. A title that only describes follows the kind. Raises NotAllowedError, EditConflictError,
    StepRefusedError, CorrectionError for a value the field does not take, and DoesNotExist outside the office.
    """
    kept = hold(fetch(agreement, by=by, verb=Verb.TAKE_OVER), version=version)
    if kept.stage != Stage.RECORDED:
        refuse(Refusal.WRONG_STAGE)
    if not may_correct(kept, by=by):
        refuse(Refusal.IS_PUBLIC)
    _check_corrected(kept, values, passage=passage, today=today)
    own = office_source(kept)
    told = Told({**_titles_after(kept, values), **values}, own.key, passage.strip())
    fields = {_STATED[name].value for name in values if name in _STATED}
    Statement.objects.filter(subject=kept.pk, source=own, field__in=fields).delete()
    titled = {"has_official_title": True} if "title_es" in values else {}
    write_correction(kept.pk, told, by=by, version=version, chain=str(kept.office_id), **titled)


def may_correct(kept: Agreement, *, by: Actor) -> bool:
    """Say whether the actor may correct a past agreement: what the public sees, only who may publish it."""
    if kept.stage != Stage.RECORDED or not can_in(by, Verb.TAKE_OVER, office=kept.office_id):
        return False
    return kept.published_at is None or can_in(by, Verb.PUBLISH_AGREEMENT, office=kept.office_id)


def _check_corrected(kept: Agreement, values: Mapping[str, Any], *, passage: str, today: dt.date) -> None:
    """Refuse a correction without a source, of a day to come, and a signature later than what followed it."""
    rules.check_correction(values, kept={name: getattr(kept, name) for name in ("stage", *rules.CORRECTABLE)})
    if not passage.strip():
        refuse(Refusal.NO_SOURCE)
    signed = values.get("signed_on", kept.signed_on)
    entered = parse_partial(values.get("registered_on", kept.registered_on))
    if any(day and day > today for day in (signed, entered.on)):
        refuse(Refusal.FUTURE_DATE)
    if signed and entered.last and entered.last < signed:
        refuse(Refusal.BEFORE_SIGNATURE)
    acts = kept.acts.filter(kind__in=_AFTER_SIGNATURE).values_list("on", "precision")
    days = [PartialDate(on, Precision(precision)).last for on, precision in acts]
    if signed and any(day and day < signed for day in days):
        refuse(Refusal.SIGNED_AFTER_ACT)


def _titles_after(kept: Agreement, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the titles that describe the record once its kind is another; none where somebody gave it a title."""
    if "kind" not in values or "title_es" in values or kept.has_official_title:
        return {}
    parties = [PartyDraft(one.place_id, Role(one.role)) for one in kept.parties.all()]
    described = PastDraft(parties, Kind(values["kind"]), "")
    title_es, title_en = describing_titles(described, party_cards({party.place_id for party in parties}))
    return {"title_es": title_es, "title_en": title_en}


def _check(past: PastDraft, *, place: UUID | None, today: dt.date) -> None:
    check_parties(past.parties, place=place)
    if not past.source.strip():
        refuse(Refusal.NO_SOURCE)
    if past.signed.on and past.signed.on > today:
        refuse(Refusal.FUTURE_DATE)


__all__ = ["PastDraft", "correct_past", "enter_past", "may_correct", "take_over"]
