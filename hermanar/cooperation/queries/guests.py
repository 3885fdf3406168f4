"""Reads of the room of a tie: what the counterpart may see, what it told, what is like it, what the trail keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hermanar.agreements.models import Agreement, Guest
from hermanar.cooperation.models import Activity, ActivityVersion, ActivityWord, GuestEntry
from hermanar.cooperation.queries.activities import ENTERED_COLUMNS, shown_to_public, standing
from hermanar.cooperation.rules.guests import Span, likeness, likest_first
from hermanar.cooperation.vocabulary.guests import EntryState, Likeness
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest


def seen_by_guests(tie: Agreement) -> QuerySet[Activity]:
    """Return what the counterpart sees of a tie's activities: what its office shares, and what anyone may see."""
    rows = standing().filter(agreement=tie, same_as__isnull=True)
    seen = Q(shared_at__isnull=False)
    if tie.published_at:
        seen |= Q(pk__in=shown_to_public().filter(agreement=tie).values("pk"))
    return rows.filter(seen).select_related("source", "office").order_by(F("ended_on").desc(nulls_last=True), "pk")


def entries_in(tie: UUID) -> QuerySet[GuestEntry]:
    """Return what the counterpart told in a tie's room and did not take back, the newest first."""
    rows = GuestEntry.objects.filter(guest__agreement=tie).exclude(state=EntryState.TAKEN_BACK)
    return rows.select_related("guest__party__place", "guest__user", "answered_by", "activity")


def entries_seen_by(guest: Guest) -> QuerySet[GuestEntry]:
    """Return what a guest reads of what was told: all of the own city, of another one only what was taken in.

    A tie may join several cities; what one of them told and the office has not taken in is between those two.
    """
    return entries_in(guest.agreement_id).filter(Q(guest__party=guest.party_id) | Q(state=EntryState.TAKEN_IN))


def waiting_entries(office: UUID | None) -> QuerySet[GuestEntry]:
    """Return what waits to be taken in by an office, the oldest first."""
    rows = GuestEntry.objects.filter(guest__agreement__office=office, state=EntryState.SENT)
    found = rows.select_related("guest__agreement", "guest__party__place").order_by("sent_at")
    return found if office else found.none()


class Like(NamedTuple):
    """An activity that may be the same as what was told, and how like it is."""

    activity: Activity
    likeness: Likeness

    @property
    def is_of_counterpart(self) -> bool:
        """Say whether the counterpart told it."""
        return hasattr(self.activity, "told_by_guest")


def likely_same(entry: GuestEntry) -> list[Like]:
    """Return what the office has already that may be the same, the likest first."""
    return likely_same_of(entry.guest.agreement_id, kind=entry.kind, days=(entry.started_on, entry.ended_on))


def likely_same_of(tie: UUID, *, kind: str, days: Span) -> list[Like]:
    """Return what is told already of a tie that may be the same as something told now, the likest first."""
    rows = standing().filter(agreement=tie, started_on__isnull=False, same_as__isnull=True)
    found = []
    for row in rows.order_by("-ended_on", "pk").select_related("source", "told_by_guest"):
        if row.started_on and row.ended_on:
            how = likeness((kind, row.kind), first=days, other=(row.started_on, row.ended_on))
            found += [Like(row, how)] if how else []
    return [found[place] for place in likest_first([one.likeness for one in found])]


def words_on(activities: Iterable[UUID], *, party: UUID | None = None) -> dict[UUID, list[ActivityWord]]:
    """Return what the counterpart said of each activity, the last word first; all of it, or one party's."""
    found: dict[UUID, list[ActivityWord]] = {}
    rows = ActivityWord.objects.filter(activity__in=list(activities)).order_by("-at", "-pk")
    if party is not None:
        rows = rows.filter(guest__party=party)
    for word in rows.select_related("guest__party__place", "guest__user"):
        found.setdefault(word.activity_id, []).append(word)
    return found


def of_now(words: Iterable[ActivityWord], activities: Mapping[UUID, Activity]) -> set[UUID]:
    """Return which words were said of what their activities still say: of many at once, with one question.

    Sharing or publishing an activity changes nothing that it says.
    """
    words = list(words)
    fresh = {word.pk for word in words if word.activity_version == activities[word.activity_id].version}
    older = [word for word in words if word.pk not in fresh]
    if not older:
        return fresh
    told: dict[UUID, dict[int, tuple[Any, ...]]] = {}
    rows = ActivityVersion.objects.filter(activity__in={word.activity_id for word in older})
    for one in rows:
        told.setdefault(one.activity_id, {})[one.number] = tuple(one.values.get(name) for name in ENTERED_COLUMNS)
    for word in older:
        versions = told.get(word.activity_id, {})
        read = versions.get(word.activity_version)
        if read is not None and read == versions[max(versions)]:
            fresh.add(word.pk)
    return fresh


# ── what the trail answers for ───────────────────────────────────────────────────────────────────────────────────────

_TOLD = ("kind", "precision", "description", "language", "place", "participants", "press", "state", "reason")


def entry_content(entry: GuestEntry) -> dict[str, Any]:
    """Return what the counterpart told, and how far the office is with it, as the trail digests it."""
    files = entry.files.filter(removed_at__isnull=True).select_related("document")
    return {
        **{name: getattr(entry, name) for name in _TOLD},
        "days": [_day(entry.started_on), _day(entry.ended_on)],
        "files": [[one.document.digest, one.alternative, one.author, one.rights] for one in files],
        "guest": str(entry.guest_id),
        "activity": str(entry.activity_id or ""),
    }


def said_content(word: ActivityWord) -> dict[str, Any]:
    """Return what the counterpart said of an activity, as the trail digests it."""
    about = {"activity": str(word.activity_id), "version": word.activity_version}
    return about | {"guest": str(word.guest_id), "answer": str(word.answer), "note": word.note}


def _day(on: dt.date) -> str:
    return on.isoformat()


class UnlikeTold(NamedTuple):
    """Something the counterpart told that is not as the trail kept it, or is gone: its chain and the file."""

    chain: str
    file: str  # empty for what is gone


TOLD_CODES = ("guest.told", "guest.mended", "guest.taken_back", "guest.taken_in", "guest.returned", "guest.said")


def guests_unlike_their_trail() -> list[UnlikeTold]:
    """Return what the counterparts told that does not say what its last entry in the trail kept, and what is gone."""
    last: dict[tuple[str, str], str] = {}
    entries = TrailEntry.objects.filter(code__in=TOLD_CODES).order_by("chain", "number")
    for subject, chain, digest in entries.values_list("subject", "chain", "content_digest"):
        last[subject, chain] = digest
    told = GuestEntry.objects.select_related("guest__agreement").order_by("pk")
    said = ActivityWord.objects.select_related("guest__agreement").order_by("pk")
    now = [(one.pk, one.guest.agreement, entry_content(one)) for one in told]
    now += [(one.pk, one.guest.agreement, said_content(one)) for one in said]
    found = []
    for key, tie, content in now:
        if last.pop((str(key), str(tie.office_id)), "") != keyed_digest(content):
            found.append(UnlikeTold(str(tie.office_id), tie.number))
    return found + [UnlikeTold(chain, "") for _subject, chain in sorted(last)]
