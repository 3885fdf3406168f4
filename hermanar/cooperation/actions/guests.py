"""The counterpart tells in the room of its tie what was done; the office takes it in, or gives it back.

What a guest tells counts for nothing until a person of the office takes it in, and then as told by the counterpart.
What a guest says of the office's own entries changes none of them: both sides stand beside each other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.agreements.actions.filing import fetch
from hermanar.agreements.models import Agreement, Guest
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.agreements.queries.guests import rooms_of
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.actions.activities import EntryDraft, MaybeSameError, PhotographDraft, PhotographWords, enter
from hermanar.cooperation.models import Activity, ActivityWord, GuestEntry
from hermanar.cooperation.queries.guests import entry_content, likely_same, said_content, seen_by_guests
from hermanar.cooperation.rules import ActivityRefusedError, EntryFacts, common_precision, faults_of
from hermanar.cooperation.rules.guests import GuestRefusedError, check_open, check_return, check_word
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Fault, Rights
from hermanar.cooperation.vocabulary.guests import Answered, EntryState, GuestFault
from hermanar.directory.models import Country
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.calendar import PartialDate, day_in
from hermanar.foundation.documents import files_first, store_upload
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.foundation.models import Document, Source, SourceKind, uuid7


@dataclass(frozen=True, slots=True)
class TakeIn:
    """How the office takes in what the counterpart told: in its own words, seen from its own side."""

    description_es: str
    description_en: str = ""
    direction: Direction = Direction.UNKNOWN
    same_as: UUID | None = None  # of its own activities
    is_other: bool = False  # a person has looked: it is none of those that are like it


@dataclass(frozen=True, slots=True)
class WordOfGuest:
    """What a guest says of an activity of the office."""

    answer: Answered
    note: str = ""


# ── of the guest ─────────────────────────────────────────────────────────────────────────────────────────────────────


@files_first
def tell_entry(guest: UUID, *, by: Actor, key: UUID, told: EntryDraft, today: dt.date) -> GuestEntry:
    """Keep an activity as the counterpart tells it, in its language; sent twice under a key, it is kept once.

    Raises NotAllowedError, Agreement.DoesNotExist when the door is closed, ActivityRefusedError, RefusedDocumentError.
    """
    kept = _enter(guest, by=by)
    if sent := GuestEntry.objects.filter(pk=key).first():
        if sent.guest_id != kept.pk:
            raise Agreement.DoesNotExist(str(key))
        return sent
    _check(told, today=today)
    made = GuestEntry(id=key, guest=kept, language=kept.language, sent_at=timezone.now(), **_values(told))
    made.save(force_insert=True)
    _keep_files(made, told, by=by)
    _record("guest.told", made, by=by)
    return made


@files_first
def mend_entry(entry: UUID, *, by: Actor, version: int, told: EntryDraft, today: dt.date) -> GuestEntry:
    """Tell an activity otherwise and send it again, as long as the office has not taken it in.

    Raises as tell_entry, and EditConflictError, GuestRefusedError.
    """
    kept = _own(entry, by=by)
    check_open(EntryState(kept.state))
    _check(told, kept=kept, today=today)
    values = {**_values(told), "state": EntryState.SENT, "sent_at": timezone.now(), "reason": ""}
    claim(GuestEntry.objects.filter(pk=entry), version=version, answered_at=None, answered_by=None, **values)
    kept.files.filter(pk__in=told.removed, removed_at__isnull=True).update(removed_at=timezone.now())
    for key, words in told.words.items():
        kept.files.filter(pk=key).update(**_said_of(words))
    kept.refresh_from_db()
    _keep_files(kept, told, by=by)
    _record("guest.mended", kept, by=by)
    return kept


@transaction.atomic
def take_back(entry: UUID, *, by: Actor, version: int) -> GuestEntry:
    """Take back what the office has not taken in. Raises as mend_entry."""
    kept = _own(entry, by=by)
    check_open(EntryState(kept.state))
    return _move(kept, by=by, version=version, code="guest.taken_back", state=EntryState.TAKEN_BACK)


@transaction.atomic
def say_of(activity: UUID, *, guest: UUID, by: Actor, key: UUID, version: int, word: WordOfGuest) -> ActivityWord:
    """Say of an activity that the office shares that it was so, or that it was not; `version` is what was read.

    Raises NotAllowedError, Agreement.DoesNotExist, Activity.DoesNotExist for what a guest does not see,
    EditConflictError, GuestRefusedError.
    """
    kept = _enter(guest, by=by)
    if sent := ActivityWord.objects.filter(pk=key).first():  # whether it says the same, the page asks
        if (sent.guest_id, sent.activity_id) != (kept.pk, activity):
            raise Agreement.DoesNotExist(str(key))
        return sent
    known = seen_by_guests(kept.agreement).get(pk=activity)
    check_word(word.answer, word.note)
    if known.version != version:
        raise EditConflictError(str(activity))
    said = {"answer": word.answer, "note": word.note.strip(), "activity_version": version}
    made = ActivityWord(id=key, guest=kept, activity=known, at=timezone.now(), **said)
    made.save(force_insert=True)
    chain = str(kept.agreement.office_id)
    trail.record("guest.said", by=by, subject=str(made.pk), content=said_content(made), chain=chain)
    return made


@files_first
def keep_photograph(guest: UUID, *, by: Actor, file: Any, name: str) -> Document:
    """Keep a photograph of a form that has still something to say. Raises as tell_entry."""
    kept = _enter(guest, by=by)
    return store_upload(file, name=name, by=by, office=kept.agreement.office_id, is_picture=True)


# ── of the office ────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def take_in(entry: UUID, *, by: Actor, version: int, words: TakeIn) -> Activity:
    """Take in what the counterpart told: it is an activity of the tie from then on, told by the counterpart.

    Raises NotAllowedError, GuestEntry.DoesNotExist outside one's office, EditConflictError, GuestRefusedError,
    ActivityRefusedError, and MaybeSameError until a person has said which of those it is, or that it is another.
    """
    kept = _sent_to(entry, by=by)
    if kept.version != version:
        raise EditConflictError(str(entry))
    if kept.guest.agreement.stage == Stage.ABANDONED:
        raise ActivityRefusedError([Fault.NO_AGREEMENT])
    if kept.guest.user_id == by.user:  # who told it as a guest, and works in the office since
        raise GuestRefusedError(GuestFault.OWN_WORD)
    found = [one.activity for one in likely_same(kept)]
    same = next((one for one in found if one.pk == words.same_as), None)
    if found and same is None and not words.is_other:
        raise MaybeSameError(found)
    if not words.description_es.strip():
        raise ActivityRefusedError([Fault.NO_DESCRIPTION])
    tie = kept.guest.agreement
    draft, source = _as_the_office_keeps(kept, words), counterpart_source(kept.guest)
    assert tie.office is not None
    told_on = day_in(tie.office.time_zone, kept.sent_at)
    made = enter(tie, by=by, key=uuid7(), entry=draft, source=source, told_on=told_on, same_as=same)
    answered = {"state": EntryState.TAKEN_IN, "activity": made, "answered_at": timezone.now(), "answered_by": by.user}
    _move(kept, by=by, version=version, code="guest.taken_in", **answered)
    return made


@transaction.atomic
def give_back(entry: UUID, *, by: Actor, version: int, reason: str) -> GuestEntry:
    """Give back what the counterpart told, with the reason, which it reads; it may mend it and send it again.

    Raises as take_in.
    """
    kept = _sent_to(entry, by=by)
    check_return(reason)
    answered = {"answered_at": timezone.now(), "answered_by": by.user, "reason": reason.strip()}
    return _move(kept, by=by, version=version, code="guest.returned", state=EntryState.RETURNED, **answered)


def counterpart_source(guest: Guest) -> Source:
    """Return the source that a counterpart is: what its guests tell an office stands on it."""
    office, place = guest.agreement.office, guest.party.place
    assert office is not None
    key = f"contraparte-{office.pk.hex[-12:]}-{place.slug}"[:80]
    named = {"title_es": f"{place.name}, contraparte"[:300], "title_en": f"{place.name}, counterpart"[:300]}
    return Source.objects.get_or_create(key=key, defaults={"kind": SourceKind.OFFICE_FILE, **named})[0]


# ── what they share ──────────────────────────────────────────────────────────────────────────────────────────────────


def _enter(guest: UUID, *, by: Actor) -> Guest:
    """Lock what a guest writes to and return the guest; whose access was ended finds no such room."""
    require(by, Verb.TAKE_PART)
    known = Guest.objects.filter(pk=guest, user=by.user).select_related("agreement").first()
    if known is None:
        raise Agreement.DoesNotExist(str(guest))
    trail.hold(chain=str(known.agreement.office_id))
    kept = next((one for one in rooms_of(by.user) if one.pk == guest), None)  # read under the lock
    if kept is None:
        raise Agreement.DoesNotExist(str(guest))
    return kept


def _own(entry: UUID, *, by: Actor) -> GuestEntry:
    """Return what this very guest told; what another told does not exist for the purpose of changing it."""
    require(by, Verb.TAKE_PART)
    known = GuestEntry.objects.filter(pk=entry, guest__user=by.user).first()
    if known is None:
        raise Agreement.DoesNotExist(str(entry))
    _enter(known.guest_id, by=by)
    return GuestEntry.objects.select_for_update(of=("self",)).select_related("guest__agreement").get(pk=entry)


def _sent_to(entry: UUID, *, by: Actor) -> GuestEntry:
    """Lock what the office writes to and return what waits for it; of another office, there is none."""
    known = GuestEntry.objects.filter(pk=entry, guest__agreement__office=by.office).select_related("guest").first()
    if known is None or by.office is None:
        raise GuestEntry.DoesNotExist(str(entry))
    fetch(known.guest.agreement_id, by=by, verb=Verb.NOTE_ACTIVITY)
    trail.hold(AGREEMENT_INDEX, chain=str(by.office))
    related = ("guest__agreement__office", "guest__party__place")
    kept = GuestEntry.objects.select_for_update(of=("self",)).select_related(*related).get(pk=entry)
    if kept.state != EntryState.SENT:
        raise GuestRefusedError(GuestFault.ANSWERED)
    return kept


def _move(kept: GuestEntry, *, by: Actor, version: int, code: str, **values: Any) -> GuestEntry:
    claim(GuestEntry.objects.filter(pk=kept.pk), version=version, **values)
    kept.refresh_from_db()
    _record(code, kept, by=by)
    return kept


def _record(code: str, entry: GuestEntry, *, by: Actor) -> None:
    chain = str(entry.guest.agreement.office_id)
    trail.record(code, by=by, subject=str(entry.pk), content=entry_content(entry), chain=chain)


def _check(told: EntryDraft, *, kept: GuestEntry | None = None, today: dt.date) -> None:
    standing = kept.files.filter(removed_at__isnull=True).exclude(pk__in=told.removed) if kept else ()
    alternatives = [told.words[one.pk].alternative if one.pk in told.words else one.alternative for one in standing]
    facts = EntryFacts(
        start=told.start,
        end=told.end,
        description=told.description_es,
        participants=told.participants,
        press=told.press,
        alternatives=[*alternatives, *(one.words.alternative for one in told.photographs)],
    )
    countries = set(Country.objects.filter(pk__in=told.participants).values_list("pk", flat=True))
    if faults := faults_of(facts, countries=countries, today=today):
        raise ActivityRefusedError(faults)


def _values(told: EntryDraft) -> dict[str, Any]:
    return {
        "kind": told.kind.value,
        "started_on": told.start.on,
        "ended_on": told.end.last,
        "precision": common_precision(told.start, told.end).value,
        "description": told.description_es.strip(),
        "place": told.place.strip(),
        "participants": {country: count for country, count in told.participants.items() if count},
        "press": list(told.press),
    }


def _said_of(words: PhotographWords) -> dict[str, Any]:
    return {"alternative": words.alternative.strip(), "author": words.author.strip(), "rights": words.rights}


def _keep_files(kept: GuestEntry, told: EntryDraft, *, by: Actor) -> None:
    """Hang photographs on what was told; one of the same content hangs there once."""
    office = kept.guest.agreement.office_id
    hung = set(kept.files.filter(removed_at__isnull=True).values_list("document__digest", flat=True))
    for one in told.photographs:
        if isinstance(one.file, UUID):  # sent by an earlier try: by this very person, never any file of the office
            document = Document.objects.get(pk=one.file, office=office, uploaded_by=by.user)
        else:
            document = store_upload(one.file.stream, name=one.file.name, by=by, office=office, is_picture=True)
        if not document.media_type.startswith("image/"):
            raise ActivityRefusedError([Fault.NOT_A_PHOTOGRAPH])
        if document.digest not in hung:
            hung.add(document.digest)
            kept.files.create(document=document, **_said_of(one.words))


def _as_the_office_keeps(kept: GuestEntry, words: TakeIn) -> EntryDraft:
    files = kept.files.filter(removed_at__isnull=True)
    told = [
        PhotographDraft(one.document_id, PhotographWords(one.alternative, one.author, Rights(one.rights)))
        for one in files
    ]
    return EntryDraft(
        kind=ActivityKind(kept.kind),
        start=kept.start,
        end=PartialDate(kept.ended_on, kept.end.precision),
        description_es=words.description_es,
        description_en=words.description_en,
        direction=words.direction,
        place=kept.place,
        participants=kept.participants,
        press=kept.press,
        photographs=told,
    )
