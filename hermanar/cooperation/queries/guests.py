"""Reads of the room of a tie: what the counterpart may see, what it told, what is like it, what the trail keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Activity, ActivityVersion, ActivityWord, GuestEntry
from hermanar.cooperation.queries.activities import ENTERED_COLUMNS, shown_to_public, standing
from hermanar.cooperation.rules.guests import likeness, likest_first
from hermanar.cooperation.vocabulary.guests import EntryState, Likeness
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest


def seen_by_guests(tie: Agreement) -> QuerySet[Activity]:
    """Return what the counterpart sees of a tie's activities: what its office shares, and what anyone may see."""
    rows = standing().filter(agreement=tie, same_as__isnull=True)
    seen = Q(shared_at__isnull=False)
    if tie.published_at:
        seen |= Q(pk__in=shown_to_public().filter(agreement=tie).values("pk"))
    return rows.filter(seen).select_related("source", "office").order_by("-ended_on", "pk")


def entries_in(tie: UUID) -> QuerySet[GuestEntry]:
    """Return what the counterpart told in a tie's room and did not take back, the newest first."""
    rows = GuestEntry.objects.filter(guest__agreement=tie).exclude(state=EntryState.TAKEN_BACK)
    return rows.select_related("guest__party__place", "guest__user", "answered_by", "activity")


def waiting_entries(office: UUID | None) -> QuerySet[GuestEntry]:
    """Return what waits to be taken in by an office, the oldest first."""
    rows = GuestEntry.objects.filter(guest__agreement__office=office, state=EntryState.SENT)
    found = rows.select_related("guest__agreement", "guest__party__place").order_by("sent_at")
    return found if office else found.none()


class Like(NamedTuple):
    """An activity that may be the same as what was told, and how like it is."""

    activity: Activity
    likeness: Likeness


def likely_same(entry: GuestEntry) -> list[Like]:
    """Return what the office has already that may be the same, the likest first."""
    rows = standing().filter(agreement=entry.guest.agreement_id, started_on__isnull=False, same_as__isnull=True)
    found = []
    for row in rows.order_by("-ended_on", "pk").select_related("source"):
        if row.started_on and row.ended_on:
            own = (entry.started_on, entry.ended_on)
            how = likeness((entry.kind, row.kind), first=own, other=(row.started_on, row.ended_on))
            found += [Like(row, how)] if how else []
    return [found[place] for place in likest_first([one.likeness for one in found])]


def words_on(activities: Iterable[UUID]) -> dict[UUID, list[ActivityWord]]:
    """Return what the counterpart said of each activity, the last word first."""
    found: dict[UUID, list[ActivityWord]] = {}
    rows = ActivityWord.objects.filter(activity__in=list(activities)).order_by("-at", "-pk")
    for word in rows.select_related("guest__party__place", "guest__user"):
        found.setdefault(word.activity_id, []).append(word)
    return found


def is_of_now(word: ActivityWord, activity: Activity) -> bool:
    """Say whether an activity still says what it said when somebody spoke of it: sharing or publishing changes none."""
    if word.activity_version == activity.version:
        return True
    read = ActivityVersion.objects.filter(activity=activity, number=word.activity_version).first()
    last = ActivityVersion.objects.filter(activity=activity).order_by("-number").first()
    if read is None or last is None:
        return False
    return all(read.values.get(name) == last.values.get(name) for name in ENTERED_COLUMNS)


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
