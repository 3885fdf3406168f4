"""What an office tells of common life: entered after it was done, mended, withdrawn, shown to the public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.agreements.actions.filing import fetch, office_source
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.actions.evidence import note
from hermanar.cooperation.actions.gifts import tell_instead
from hermanar.cooperation.actions.uploads import Sent, document_of
from hermanar.cooperation.models import Activity, ActivityVersion, GuestEntry
from hermanar.cooperation.queries import ENTERED_COLUMNS, activity_content, alike, entered_by, likely_same_of
from hermanar.cooperation.queries.proofs import is_on_a_page
from hermanar.cooperation.rules import ActivityRefusedError, EntryFacts, common_precision, faults_of
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Fault, Rights
from hermanar.directory.models import Country
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, can_in, require_in
from hermanar.foundation.calendar import PartialDate
from hermanar.foundation.documents import files_first
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.foundation.models import Source


@dataclass(frozen=True, slots=True)
class PhotographWords:
    """What is said of a photograph."""

    alternative: str
    author: str = ""
    rights: Rights = Rights.OFFICE_ONLY


@dataclass(frozen=True, slots=True)
class PhotographDraft:
    """A photograph to add, with what is said of it; a UUID is one that an earlier try has sent."""

    file: Sent | UUID
    words: PhotographWords


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An activity as a person of an office tells it."""

    kind: ActivityKind
    start: PartialDate
    end: PartialDate
    description_es: str
    description_en: str = ""
    direction: Direction = Direction.UNKNOWN
    place: str = ""
    participants: Mapping[str, int] = field(default_factory=dict)  # country code -> number
    press: Sequence[str] = ()
    photographs: Sequence[PhotographDraft] = ()
    documents: Sequence[Sent | UUID] = ()
    words: Mapping[UUID, PhotographWords] = field(default_factory=dict)  # of photographs that are kept already
    removed: Collection[UUID] = ()  # files to take out of it


class MaybeSameError(Exception):
    """Something very like it is told already: a person says whether it is the same."""

    def __init__(self, found: Sequence[Activity]) -> None:
        self.found = tuple(found)
        super().__init__(", ".join(str(one.pk) for one in found))


@files_first
def record_activity(
    agreement: UUID,
    *,
    by: Actor,
    key: UUID,
    entry: EntryDraft,
    today: dt.date,
    same_as: UUID | None = None,
    is_other: bool = False,
) -> Activity:
    """Keep what was done under an agreement of the office, as its own word; sent twice under a key, it is kept once.

    Raises NotAllowedError, Agreement.DoesNotExist outside one's office, ActivityRefusedError, RefusedDocumentError,
    and MaybeSameError until a person has said which of those it is, or that it is another.
    """
    kept = fetch(agreement, by=by, verb=Verb.NOTE_ACTIVITY)
    trail.hold(chain=str(kept.office_id))  # not the index of all offices: the public sees nothing of it yet
    if sent := Activity.objects.filter(pk=key).first():
        if sent.office_id != kept.office_id:
            raise Agreement.DoesNotExist(str(key))
        return sent
    if kept.stage == Stage.ABANDONED:
        _refuse(Fault.NO_AGREEMENT)
    check_entry(entry, today=today)
    same = _told_already(kept, entry, same_as=same_as, is_other=is_other)
    return enter(kept, by=by, key=key, entry=entry, source=office_source(kept), told_on=today, same_as=same)


def enter(
    kept: Agreement,
    *,
    by: Actor,
    key: UUID,
    entry: EntryDraft,
    source: Source,
    told_on: dt.date,
    same_as: Activity | None = None,
) -> Activity:
    """Keep an activity under an agreement of the office, as its source tells it; part of a verb, which has checked."""
    made = Activity(id=key, agreement=kept, office=kept.office, recorded_at=timezone.now(), recorded_by_id=by.user)
    _write(made, entry)
    made.same_as = same_as
    made.source = source
    made.passage = f"asentado el {told_on.isoformat()}"
    made.save(force_insert=True)
    _keep_files(made, entry, by=by)
    _keep_version(made, by=by, code="activity.entered")
    return made


@files_first
def mend_activity(activity: UUID, *, by: Actor, version: int, entry: EntryDraft, today: dt.date) -> Activity:
    """Put an activity as it should have been told in place of what was; the earlier words are kept.

    What the public sees is mended by who may publish it.

    Raises NotAllowedError, Activity.DoesNotExist, EditConflictError, ActivityRefusedError, RefusedDocumentError.
    """
    kept = _hold(activity, by=by, verb=Verb.NOTE_ACTIVITY)
    if kept.version != version:  # before anything is said of it: it was written over something else
        raise EditConflictError(str(activity))
    if kept.withdrawn_at:
        _refuse(Fault.WITHDRAWN)
    if kept.published_at and not can_in(by, Verb.PUBLISH_ACTIVITY, office=kept.office_id):
        _refuse(Fault.IS_PUBLIC)
    if is_on_a_page(kept) and not can_in(by, Verb.PUBLISH_PROOF, office=kept.office_id):
        _refuse(Fault.IS_PUBLIC)
    check_entry(entry, kept=kept, today=today)
    before = _told_by_its_source(kept)
    _write(kept, entry)
    if before != _told_by_its_source(kept) and GuestEntry.objects.filter(activity=kept).exists():
        _refuse(Fault.OF_COUNTERPART)  # it stands as the counterpart's word
    claim(_row(kept), version=version, **{name: getattr(kept, name) for name in ENTERED_COLUMNS})
    kept.version = version + 1
    kept.files.filter(pk__in=entry.removed, removed_at__isnull=True).update(removed_at=timezone.now())
    for key, words in entry.words.items():
        told = {"alternative": words.alternative.strip(), "author": words.author.strip(), "rights": words.rights}
        kept.files.filter(pk=key, is_photograph=True, removed_at__isnull=True).update(**told)
    _keep_files(kept, entry, by=by)
    _keep_version(kept, by=by, code="activity.mended")
    if kept.published_at:
        note([kept.agreement_id])
    return kept


@transaction.atomic
def withdraw_activity(activity: UUID, *, by: Actor, version: int, reason: str) -> Activity:
    """Say that an activity proves nothing, and why; it stays readable, and nobody is shown it as done.

    Of those kept as the same as this one the first stands for it from then on: the others are the same as that, and
    a gift that tells this one tells that. Raises as mend_activity.
    """
    kept = _hold(activity, by=by, verb=Verb.WITHDRAW_ACTIVITY)
    if kept.withdrawn_at:
        _refuse(Fault.WITHDRAWN)
    if not reason.strip():
        _refuse(Fault.NO_REASON)
    was_shown = kept.published_at is not None
    now = timezone.now()
    claim(
        _row(kept), version=version, withdrawn_at=now, withdrawal_reason=reason.strip(), published_at=None, same_as=None
    )
    kept.refresh_from_db()
    _keep_version(kept, by=by, code="activity.withdrawn")
    first = None
    for other in kept.told_again.order_by("recorded_at", "pk"):
        fresh = _set_apart(other, by=by, version=other.version, same_as=first)
        first = first or fresh
    if first:
        tell_instead(kept, other=first, by=by)
    if was_shown:
        note([kept.agreement_id])
    return kept


@transaction.atomic
def publish_activity(activity: UUID, *, by: Actor, version: int) -> Activity:
    """Let the public see an activity of a published agreement; from then on the public's lists rest on it too.

    Raises as mend_activity.
    """
    kept = _hold(activity, by=by, verb=Verb.PUBLISH_ACTIVITY)
    if kept.withdrawn_at:
        _refuse(Fault.WITHDRAWN)
    if kept.office is not None and kept.office.is_demonstration:
        _refuse(Fault.DEMONSTRATION)
    if kept.agreement.published_at is None:
        _refuse(Fault.AGREEMENT_NOT_PUBLISHED)
    if kept.same_as_id:
        _refuse(Fault.TOLD_ELSEWHERE)
    return _show(kept, by=by, version=version, at=timezone.now())


@transaction.atomic
def unpublish_activity(activity: UUID, *, by: Actor, version: int) -> Activity:
    """Take an activity out of the public's sight. Raises as mend_activity."""
    kept = _hold(activity, by=by, verb=Verb.PUBLISH_ACTIVITY)
    return _show(kept, by=by, version=version, at=None)


@transaction.atomic
def share_activity(activity: UUID, *, by: Actor, version: int) -> Activity:
    """Let the counterpart see an activity in the room of its tie, without its files. Raises as mend_activity."""
    return _share(activity, by=by, version=version, at=timezone.now())


@transaction.atomic
def stop_sharing(activity: UUID, *, by: Actor, version: int) -> Activity:
    """Take an activity out of the counterpart's sight; what it said of it stays. Raises as mend_activity."""
    return _share(activity, by=by, version=version, at=None)


def _share(activity: UUID, *, by: Actor, version: int, at: dt.datetime | None) -> Activity:
    kept = _hold(activity, by=by, verb=Verb.NOTE_ACTIVITY)
    if kept.withdrawn_at:
        _refuse(Fault.WITHDRAWN)
    claim(_row(kept), version=version, shared_at=at)
    kept.refresh_from_db()
    _keep_version(kept, by=by, code="activity.shared" if at else "activity.unshared")
    return kept


@transaction.atomic
def tell_apart(activity: UUID, *, by: Actor, version: int) -> Activity:
    """Take back that an activity is the same as another. Raises as mend_activity."""
    return _set_apart(_hold(activity, by=by, verb=Verb.NOTE_ACTIVITY), by=by, version=version)


def _hold(activity: UUID, *, by: Actor, verb: Verb) -> Activity:
    """Lock what the verb writes to and return an activity that the office entered; any other does not exist."""
    known = entered_by(by.office).filter(pk=activity).first()
    if known is None:
        raise Activity.DoesNotExist(str(activity))
    require_in(by, verb, office=known.office_id)
    trail.hold(AGREEMENT_INDEX, chain=str(known.office_id))
    locked = Activity.objects.select_for_update(of=("self",)).select_related("agreement", "office")
    return locked.get(pk=activity)


def _row(kept: Activity) -> Any:
    return Activity.objects.filter(pk=kept.pk)


def check_entry(entry: EntryDraft, *, kept: Activity | None = None, today: dt.date) -> None:
    """Raise ActivityRefusedError with everything that keeps an activity from being taken; part of a verb."""
    standing = kept.files.filter(removed_at__isnull=True).exclude(pk__in=entry.removed) if kept else None
    photographs = list(standing.filter(is_photograph=True)) if standing is not None else []
    told = [entry.words[one.pk].alternative if one.pk in entry.words else one.alternative for one in photographs]
    facts = EntryFacts(
        start=entry.start,
        end=entry.end,
        description=entry.description_es,
        participants=entry.participants,
        press=entry.press,
        alternatives=[*told, *(one.words.alternative for one in entry.photographs)],
        document_count=len(entry.documents) + (standing.filter(is_photograph=False).count() if standing else 0),
    )
    countries = set(Country.objects.filter(pk__in=entry.participants).values_list("pk", flat=True))
    if faults := faults_of(facts, countries=countries, today=today):
        _refuse(*faults)


def _write(made: Activity, entry: EntryDraft) -> None:
    made.kind, made.direction = entry.kind.value, entry.direction.value
    made.started_on, made.ended_on = entry.start.on, entry.end.last
    made.precision = common_precision(entry.start, entry.end).value
    made.description_es, made.description_en = entry.description_es.strip(), entry.description_en.strip()
    made.place, made.press = entry.place.strip(), list(entry.press)
    made.participants = {country: count for country, count in entry.participants.items() if count}


def _told_by_its_source(kept: Activity) -> tuple[Any, ...]:
    days = (kept.started_on, kept.ended_on, kept.precision)
    return (kept.kind, days, kept.place, kept.participants)


def _told_already(kept: Agreement, entry: EntryDraft, *, same_as: UUID | None, is_other: bool) -> Activity | None:
    if is_other or entry.start.on is None or entry.end.last is None:
        return None
    about: dict[str, Any] = {"kind": entry.kind.value, "days": (entry.start.on, entry.end.last)}
    found = alike(kept.pk, **about)
    # What the other side told may bear a nearby day, as when it is the one that is taken in later.
    told_there = [one.activity for one in likely_same_of(kept.pk, **about) if one.is_of_counterpart]
    found += [one for one in told_there if one not in found]
    chosen = next((one for one in found if one.pk == same_as), None)
    if found and chosen is None:
        raise MaybeSameError(found)
    return chosen


def _keep_files(made: Activity, entry: EntryDraft, *, by: Actor) -> None:
    """Hang files on an activity; one of the same content hangs there once."""
    hung = set(made.files.filter(removed_at__isnull=True).values_list("document__digest", flat=True))
    sent = [(one.file, one.words) for one in entry.photographs] + [(one, None) for one in entry.documents]
    for file, words in sent:
        document = document_of(file, by=by, is_picture=words is not None)
        if words and not document.media_type.startswith("image/"):
            _refuse(Fault.NOT_A_PHOTOGRAPH)
        if document.digest in hung:
            continue
        hung.add(document.digest)
        made.files.create(
            document=document,
            is_photograph=words is not None,
            alternative=words.alternative.strip() if words else "",
            author=words.author.strip() if words else "",
            rights=words.rights if words else "",
        )


def _set_apart(kept: Activity, *, by: Actor, version: int, same_as: Activity | None = None) -> Activity:
    claim(_row(kept), version=version, same_as=same_as)
    kept.refresh_from_db()
    _keep_version(kept, by=by, code="activity.told_apart")
    return kept


def _show(kept: Activity, *, by: Actor, version: int, at: dt.datetime | None) -> Activity:
    claim(_row(kept), version=version, published_at=at)
    kept.refresh_from_db()
    _keep_version(kept, by=by, code="activity.published" if at else "activity.unpublished")
    note([kept.agreement_id])
    return kept


def _keep_version(kept: Activity, *, by: Actor, code: str) -> None:
    told = activity_content(kept)
    ActivityVersion.objects.create(
        activity=kept, number=kept.version, values=told, at=timezone.now(), by_user_id=by.user
    )
    trail.record(code, by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))


def _refuse(*faults: Fault) -> NoReturn:
    raise ActivityRefusedError(faults)
