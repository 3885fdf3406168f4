"""What the counterpart told and said in the room of a tie, as the office lists it and takes it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Activity, ActivityWord, GuestEntry
from hermanar.cooperation.queries import entered_by, entries_in, of_now, standing, words_on
from hermanar.cooperation.vocabulary import EntryState
from hermanar.foundation.calendar import day_in
from hermanar.foundation.tables import Column
from hermanar.workspace.countries import country_names
from hermanar.workspace.room import days_of, side_of


@dataclass(frozen=True, slots=True)
class CounterpartLine:
    """One thing the counterpart told, or said of an entry of the office."""

    at: dt.datetime
    days: str
    what: str
    language: str  # of that
    by: str
    said: str
    note: str
    address: str
    people: str = ""
    place: str = ""
    waits: bool = False


def lines_of(tie: Agreement) -> list[CounterpartLine]:
    """Return everything the counterpart told and said, what waits first and then the newest."""
    entries = list(entries_in(tie.pk))
    names = _names(entries)
    told = [_told(one, names) for one in entries]
    own = {one.pk: one for one in standing().filter(agreement=tie, words__isnull=False).distinct()}
    words = [word for spoken in words_on(own).values() for word in spoken]
    now = of_now(words, own)
    said = [_said(word, own[word.activity_id], is_of_now=word.pk in now) for word in words]
    return sorted([*told, *said], key=lambda line: (line.waits, line.at), reverse=True)


def shown(one: GuestEntry) -> CounterpartLine:
    """Return something told as a line."""
    return _told(one, _names([one]))


def _names(entries: Iterable[GuestEntry]) -> dict[str, str]:
    return country_names(code for one in entries for code in one.participants)


def _told(one: GuestEntry, countries: Mapping[str, str]) -> CounterpartLine:
    people = ", ".join(f"{countries.get(code, code)}: {count}" for code, count in one.participants.items())
    return CounterpartLine(
        at=one.sent_at,
        days=days_of(one.start, one.end),
        what=one.description,
        language=one.language,
        by=side_of(one.guest),
        said=str(one.get_state_display()),
        note=one.reason,
        address=reverse("workspace:guest_entry", args=[one.pk]),
        people=people,
        place=one.place,
        waits=one.state == EntryState.SENT,
    )


def _said(word: ActivityWord, activity: Activity, *, is_of_now: bool) -> CounterpartLine:
    said = str(word.get_answer_display())
    if not is_of_now:
        said = _("%(said)s (de como estaba antes)") % {"said": said}
    address = reverse("workspace:activity", args=[activity.pk])
    what, days = activity.description_es, days_of(activity.start, activity.end)
    return CounterpartLine(word.at, days, what, "es", side_of(word.guest), said, word.note, address)


@dataclass(frozen=True, slots=True)
class SharedLine:
    """An activity of the office, and whether the counterpart sees it."""

    activity: Activity
    days: str
    is_shared: bool


def shared_lines(tie: Agreement) -> list[SharedLine]:
    """Return what the office entered of a tie and may show to its counterpart, the newest first."""
    rows = entered_by(tie.office_id).filter(agreement=tie, withdrawn_at__isnull=True, same_as__isnull=True)
    rows = rows.filter(told_by_guest__isnull=True).order_by(F("ended_on").desc(nulls_last=True), "pk")
    return [SharedLine(one, days_of(one.start, one.end), one.shared_at is not None) for one in rows]


def columns(zone: str) -> tuple[Column, ...]:
    """Return the columns of the list as a table, in the reader's language and by the days of a time zone."""
    return (
        Column(_("cuándo lo dijo"), lambda line: day_in(zone, line.at).isoformat()),
        Column(_("quién"), lambda line: line.by),
        Column(_("cuándo fue"), lambda line: line.days),
        Column(_("qué"), lambda line: line.what),
        Column(_("lugar"), lambda line: line.place),
        Column(_("personas por país"), lambda line: line.people),
        Column(_("estado"), lambda line: line.said),
        Column(_("nota"), lambda line: line.note),
    )
