"""The calendars of authorities: made, closed and opened by verbs, read as frozen values.

A closure is never changed: a correction withdraws it and enters another, so what was known at any past moment, and
every count made then, can be told again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require, require_in
from hermanar.foundation.calendar.working_days import WEEKDAYS, ClosedSpan, WorkingDays
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.foundation.models import Closure, WorkingCalendar
from hermanar.foundation.statements import source_of

WEEKEND = frozenset({6, 7})
LONGEST_CLOSURE = 366  # days
FIRST_YEAR, LAST_YEAR = 2000, 2100  # a year outside is a slip of the hand


class UnknownCalendarError(LookupError):
    """No such calendar, or it was not known at the moment asked about."""


class CalendarFaultError(ValueError):
    """What was given is no calendar or no closure, in words for whoever gave it."""


@dataclass(frozen=True, slots=True)
class ClosureDraft:
    """Days on which an authority does not work, both ends included, and who says so."""

    first_on: dt.date
    last_on: dt.date
    name_es: str
    source_key: str
    name_en: str = ""
    passage: str = ""


def calendar_of(key: str, *, as_known_at: dt.datetime | None = None) -> WorkingDays:
    """Return a calendar with what it is based on, as it stands or as it was known at a moment.

    Raises UnknownCalendarError.
    """
    chain = _chain(_found(key))
    if as_known_at and chain[0].entered_at > as_known_at:
        raise UnknownCalendarError(key)
    closures = known_closures(as_known_at).filter(calendar__in=chain).select_related("calendar", "source")
    rest_days = frozenset(int(day) for day in chain[0].rest_days)
    return WorkingDays(key, rest_days, frozenset(_span(closure) for closure in closures))


def known_closures(as_known_at: dt.datetime | None = None) -> QuerySet[Closure]:
    """Return the closures that stand, or those that stood at a moment."""
    if as_known_at is None:
        return Closure.objects.filter(withdrawn_at__isnull=True)
    still = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_known_at)
    return Closure.objects.filter(still, entered_at__lte=as_known_at)


def _found(key: str) -> WorkingCalendar:
    # A city's stands on its state's and that on the federation's, so the usual chain is one question.
    calendar = WorkingCalendar.objects.filter(key=key).select_related("based_on__based_on").first()
    if calendar is None:
        raise UnknownCalendarError(key)
    return calendar


def chain_of(key: str) -> list[WorkingCalendar]:
    """Return a calendar and those it is based on, itself first. Raises UnknownCalendarError."""
    return _chain(_found(key))


def _chain(calendar: WorkingCalendar) -> list[WorkingCalendar]:
    """Return a calendar and those below it; no verb can close the chain to a ring."""
    chain = [calendar]
    while base := chain[-1].based_on:
        chain.append(base)
    return chain


def _span(closure: Closure) -> ClosedSpan:
    return ClosedSpan(
        closure.first_on,
        closure.last_on,
        closure.name_es,
        closure.name_en,
        calendar=closure.calendar.key,
        source=closure.source.key,
        passage=closure.passage,
    )


@transaction.atomic
def make_calendar(
    key: str,
    *,
    by: Actor,
    name_es: str,
    name_en: str = "",
    authority: str = "",
    rest_days: Iterable[int] = WEEKEND,
    based_on: str = "",
    office: UUID | None = None,
) -> WorkingCalendar:
    """Make an authority's calendar, empty or adding to another; its weekly rest days are its own.

    Raises NotAllowedError, UnknownCalendarError for the one it is based on, CalendarFaultError.
    """
    require_in(by, Verb.KEEP_CALENDAR, office=office)
    trail.hold()
    days = frozenset(rest_days)
    _check_lengths(WorkingCalendar, key=key, name_es=name_es, name_en=name_en, authority=authority)
    _check_calendar(key, name_es, days=days)
    calendar = WorkingCalendar.objects.create(
        key=key,
        name_es=name_es.strip(),
        name_en=name_en.strip(),
        authority=authority.strip(),
        rest_days="".join(str(day) for day in sorted(days)),
        based_on=_found(based_on) if based_on else None,
        entered_at=timezone.now(),
        office=office,
    )
    content = [key, name_es, name_en, authority, sorted(days), based_on]
    trail.record("calendar.made", by=by, subject=str(calendar.pk), content=content)
    return calendar


def _check_calendar(key: str, name_es: str, *, days: frozenset[int]) -> None:
    try:
        validate_slug(key)
    except ValidationError as error:
        message = _("La clave del calendario solo admite letras sin acento, cifras y guiones: %(key)s") % {"key": key}
        raise CalendarFaultError(message) from error
    if not name_es.strip():
        raise CalendarFaultError(_("Falta el nombre en español del calendario."))
    if not days < WEEKDAYS:
        raise CalendarFaultError(
            _("Los días de descanso van de 1 (lunes) a 7 (domingo), y alguno debe ser de trabajo.")
        )
    if WorkingCalendar.objects.filter(key=key).exists():
        raise CalendarFaultError(_("Ya hay un calendario con la clave %(key)s.") % {"key": key})


@transaction.atomic
def record_closure(calendar: str, draft: ClosureDraft, *, by: Actor, version: int) -> Closure:
    """Enter days on which an authority does not work; `version` is the calendar's, as read.

    Raises NotAllowedError, UnknownCalendarError, EditConflictError, CalendarFaultError, and KeyError for a source that
    does not exist.
    """
    require(by, Verb.KEEP_CALENDAR)
    trail.hold()
    kept = _found(calendar)
    require_in(by, Verb.KEEP_CALENDAR, office=kept.office)
    check_closure(draft)
    claim(WorkingCalendar.objects.filter(pk=kept.pk), version=version)
    same = known_closures().filter(calendar=kept, first_on=draft.first_on, last_on=draft.last_on).first()
    if same is not None:
        message = _("Esos días ya constan como inhábiles en este calendario: %(name)s.") % {"name": same.name_es}
        raise CalendarFaultError(message)
    closure = Closure.objects.create(
        calendar=kept,
        first_on=draft.first_on,
        last_on=draft.last_on,
        name_es=draft.name_es.strip(),
        name_en=draft.name_en.strip(),
        source=source_of(draft.source_key),
        passage=draft.passage,
        entered_at=timezone.now(),
    )
    content = [calendar, asdict(draft)]
    trail.record("calendar.closure_recorded", by=by, subject=str(closure.pk), content=content)
    return closure


def _check_lengths(model: type[Model], **texts: str) -> None:
    for name, text in texts.items():
        limit: int | None = getattr(model._meta.get_field(name), "max_length", None)
        if limit is not None and len(text) > limit:
            told = {"length": len(text), "limit": limit, "start": text[:40]}
            raise CalendarFaultError(_("Texto de %(length)d letras donde caben %(limit)d: «%(start)s…»") % told)


def check_closure(draft: ClosureDraft) -> None:
    """Raise CalendarFaultError unless a draft can be a closure."""
    _check_lengths(Closure, name_es=draft.name_es, name_en=draft.name_en, passage=draft.passage)
    if not draft.name_es.strip():
        raise CalendarFaultError(_("Falta decir en español por qué son inhábiles esos días."))
    if draft.last_on < draft.first_on:
        raise CalendarFaultError(_("El último día inhábil es anterior al primero."))
    if draft.first_on.year < FIRST_YEAR or draft.last_on.year > LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise CalendarFaultError(_("Los días inhábiles van del año %(first)d al %(last)d.") % years)
    if (draft.last_on - draft.first_on).days >= LONGEST_CLOSURE:
        message = _("Un cierre dura a lo más %(days)d días; si es más largo, asiéntelo en partes.")
        raise CalendarFaultError(message % {"days": LONGEST_CLOSURE})


@transaction.atomic
def withdraw_closure(closure: UUID, *, by: Actor, version: int, reason: str) -> None:
    """Take a closure back from now on and say why; what was counted with it until now can still be told.

    `version` is the calendar's, as read. Raises NotAllowedError, EditConflictError, Closure.DoesNotExist, and
    CalendarFaultError when no reason is given.
    """
    require(by, Verb.KEEP_CALENDAR)
    trail.hold()
    kept = Closure.objects.select_related("calendar").get(pk=closure)
    require_in(by, Verb.KEEP_CALENDAR, office=kept.calendar.office)
    _check_lengths(Closure, withdrawal_reason=reason)
    if not reason.strip():
        raise CalendarFaultError(_("Falta decir por qué se retira el cierre."))
    claim(WorkingCalendar.objects.filter(pk=kept.calendar_id), version=version)
    standing = known_closures().filter(pk=closure)
    if not standing.update(withdrawn_at=timezone.now(), withdrawal_reason=reason.strip()):
        raise EditConflictError(str(closure))
    trail.record("calendar.closure_withdrawn", by=by, subject=str(closure), content=reason)
