"""The room of a tie as its two sides see it: what either tells was done, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement, Guest
from hermanar.catalogue.read.locators import locator
from hermanar.cooperation.models import Activity, ActivityWord, GuestEntry
from hermanar.cooperation.queries import entries_in, entries_seen_by, of_now, seen_by_guests, words_on
from hermanar.cooperation.vocabulary import Answered, EntryState
from hermanar.foundation.calendar import PartialDate
from hermanar.foundation.tables import Column
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.countries import country_names

# How each state of what is told looks: the shape and the tone of its badge.
_LOOKS = {
    "both": ("full", "good"),
    "asks": ("ring", "warn"),
    "waits": ("half", "quiet"),
    "returned": ("open", "warn"),
    "contested": ("cross", "bad"),
    "withdrawn": ("cross", "quiet"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Something done together as one side tells it, for the eyes of the counterpart."""

    one: Activity | GuestEntry
    standing: str  # both, asks, waits, returned, contested, withdrawn
    said: str  # the same in words
    by: str
    address: str
    people: tuple[tuple[str, int], ...]

    @property
    def description(self) -> str:
        """Return what was done, in the reader's language where it is told in it."""
        if isinstance(self.one, GuestEntry):
            return self.one.description
        return (_is_english() and self.one.description_en) or self.one.description_es

    @property
    def language(self) -> str:
        """Return the language that is in."""
        if isinstance(self.one, GuestEntry):
            return self.one.language
        return "en" if _is_english() and self.one.description_en else "es"

    @property
    def days(self) -> str:
        """Return the days in words, as far as they are known."""
        return days_of(self.one.start, self.one.end)

    @property
    def people_said(self) -> str:
        """Return who took part, in words."""
        return ", ".join(f"{country}: {count}" for country, count in self.people)

    @property
    def look(self) -> tuple[str, str]:
        """Return the shape and the tone of its badge."""
        return _LOOKS[self.standing]


def days_of(start: PartialDate, end: PartialDate) -> str:
    """Return days in words, as far as they are known."""
    first, last = str(start), str(end)
    if not first:
        return _("sin fecha")
    return long_date(first) if first == last else f"{long_date(first)} – {long_date(last)}"


def told_in(guest: Guest) -> list[Told]:
    """Return what both sides tell in the room of a guest, the newest first; what is the same is told once."""
    tie = guest.agreement
    shared, entries = list(seen_by_guests(tie)), list(entries_seen_by(guest))
    seen = {one.pk: one for one in shared}
    # What was merged with something that is shared is that very thing, and stands as said by both.
    merged = {one.activity.same_as_id or one.activity_id for one in entries if one.activity and _is_of(guest, one)}
    own = [one for one in entries if not (one.activity and (one.activity.same_as_id or one.activity_id) in seen)]
    last = {key: words[0] for key, words in words_on(seen, party=guest.party_id).items()}
    now, names = of_now(last.values(), seen), _names([*shared, *own])
    found = [
        _of_office(one, tie, _Said(last.get(one.pk), now, is_told_by_both=one.pk in merged), names) for one in shared
    ]
    found += [_of_guest(one, tie, names) for one in own]
    return sorted(found, key=lambda line: (line.one.ended_on or dt.date.min, str(line.one.pk)), reverse=True)


def told_by_office(activity: Activity, guest: Guest) -> Told:
    """Return one activity of the office as the counterpart sees it."""
    words = words_on([activity.pk], party=guest.party_id).get(activity.pk, [])[:1]
    now = of_now(words, {activity.pk: activity})
    entries = entries_in(guest.agreement_id).filter(guest__party=guest.party_id)
    merged = entries.filter(Q(activity=activity) | Q(activity__same_as=activity))
    said = _Said(next(iter(words), None), now, is_told_by_both=merged.exists())
    return _of_office(activity, guest.agreement, said, _names([activity]))


def told_by_guest(entry: GuestEntry) -> Told:
    """Return one entry of the counterpart as it sees it."""
    return _of_guest(entry, entry.guest.agreement, _names([entry]))


def _is_of(guest: Guest, entry: GuestEntry) -> bool:
    return entry.guest.party_id == guest.party_id


@dataclass(frozen=True, slots=True)
class _Said:
    """What the reader's own city said of an activity: never another's word as its own."""

    last: ActivityWord | None
    of_now: set[UUID]
    is_told_by_both: bool


def _of_office(one: Activity, tie: Agreement, word: _Said, names: dict[str, str]) -> Told:
    last = word.last
    by = tie.office.name if one.office_id and tie.office else _source_of(one)
    address = reverse("guest:activity", args=[tie.pk, one.pk])
    standing, said = "asks", _("falta la palabra de su ciudad")
    if last and last.pk not in word.of_now:
        said = _("la oficina lo cambió después de su palabra")
    elif last and last.answer == Answered.CONTESTS:
        standing, said = "contested", _("su ciudad dice que no fue así")
    elif last or word.is_told_by_both:
        standing, said = "both", _("ambas partes lo dicen")
    return Told(one, standing, said, by, address, _people(one, names))


def _of_guest(one: GuestEntry, tie: Agreement, names: dict[str, str]) -> Told:
    standing, said = {
        EntryState.SENT: ("waits", _("la oficina aún no la recibe")),
        EntryState.RETURNED: ("returned", _("la oficina la devolvió")),
        EntryState.TAKEN_IN: ("both", _("la oficina la recibió")),
    }[EntryState(one.state)]
    if one.activity and one.activity.withdrawn_at:
        standing, said = "withdrawn", _("la oficina la retiró después")
    address = reverse("guest:entry", args=[tie.pk, one.pk])
    return Told(one, standing, said, side_of(one.guest), address, _people(one, names))


def side_of(guest: Guest) -> str:
    """Return who speaks when a guest does: the city, and the person."""
    city = guest.party.name_as_written or guest.party.place.name
    name = guest.user.get_full_name() if guest.user else ""
    return f"{city} ({name})" if name else city


def _source_of(one: Activity) -> str:
    language = "en" if _is_english() else "es"
    title = (_is_english() and one.source.title_en) or one.source.title_es
    return ", ".join(part for part in (title, locator(one.passage, language)) if part)


def _people(one: Activity | GuestEntry, names: dict[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple((names.get(code, code), count) for code, count in one.participants.items())


def _names(found: Iterable[Activity | GuestEntry]) -> dict[str, str]:
    return country_names(code for one in found for code in one.participants)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def columns() -> tuple[Column, ...]:
    """Return the columns of what both sides tell, as a table, in the reader's language."""
    return (
        Column(_("inicio"), lambda line: str(line.one.start)),
        Column(_("fin"), lambda line: str(line.one.end)),
        Column(_("clase"), lambda line: str(line.one.get_kind_display())),
        Column(_("lugar"), lambda line: line.one.place),
        Column(_("descripción"), lambda line: line.description),
        Column(_("personas por país"), lambda line: line.people_said),
        Column(_("quién lo dice"), lambda line: line.by),
        Column(_("estado"), lambda line: line.said),
    )


def facts_of(tie: Agreement) -> list[tuple[str, str]]:
    """Return what the counterpart reads of the tie itself: what both signed, nothing of the office's file."""
    parties = tie.parties.select_related("place").order_by("position")
    facts: list[tuple[str, Any]] = [
        (_("Partes"), " · ".join(one.name_as_written or one.place.name for one in parties)),
        (_("Qué se firmó"), tie.get_kind_display() if tie.signed_on else ""),
        (_("Cuándo se firmó"), long_date(str(tie.signed)) if tie.signed_on else ""),
        (_("Oficina que lo lleva"), tie.office.name if tie.office else ""),
    ]
    return [(label, str(value)) for label, value in facts if value]
