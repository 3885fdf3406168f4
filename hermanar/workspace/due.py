"""What is due, as a page, a calendar feed and a letter show it: one shape for all three."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from hermanar.agreements.queries import DueInFile, due_in_office
from hermanar.agreements.rules import urgency
from hermanar.agreements.vocabulary.procedure import DueKind, Urgency
from hermanar.cooperation.models import GuestEntry, TwinningRequest
from hermanar.cooperation.queries import CommitteeDue, due_of_committees, due_of_plans, members_of, waiting_entries
from hermanar.cooperation.queries.plans import PlanDue
from hermanar.cooperation.queries.requests import unanswered, unfiled
from hermanar.cooperation.vocabulary.requests import RequestSide
from hermanar.foundation.calendar import day_in, today_in
from hermanar.foundation.calendar.sayings import say
from hermanar.observatory.queries import Life, lives_near_turning
from hermanar.observatory.rules import Turn
from hermanar.observatory.vocabulary import Vitality
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing due in a file: in words, until when and why, and where it is done."""

    key: str  # stays the same from day to day, so that a calendar knows it again
    title: str
    number: str
    agreement: str
    on: dt.date | None
    since: dt.date | None
    why: str
    address: str
    file_address: str
    urgency: Urgency


def today_of(office: Office) -> dt.date:
    """Return the day it is where an office is."""
    return today_in(office.time_zone)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due, not yet put into words: of thousands a page shows a few."""

    on: dt.date | None
    urgency: Urgency
    line: Callable[[], DueLine]


def _said(line: DueLine) -> Due:
    return Due(line.on, line.urgency, lambda: line)


def everything_due(office: Office) -> list[Due]:
    """Return what is due in files, committees and plans, of requests, guests and ties about to turn: by day."""
    today = today_of(office)
    of_files = due_in_office(office, today=today)
    found = [Due(one.due.on, one.urgency, functools.partial(_line, one)) for one in of_files]
    found += [_said(_committee_line(one, today=today)) for one in due_of_committees(office.pk, today=today)]
    found += [_said(_plan_line(one, today=today)) for one in due_of_plans(office.pk, today=today)]
    found += [_said(_request_line(one, today=today)) for one in unanswered(office.pk)]
    found += [_said(_unfiled_line(one)) for one in unfiled(office.pk)]
    found += [_said(_told_line(one, office)) for one in waiting_entries(office.pk)]
    found += [_said(line) for line in turning_lines(office, today=today)]
    return sorted(found, key=lambda one: (one.on is None, one.on or today))


def due_lines(office: Office) -> list[DueLine]:
    """Return everything due in words: for a letter and a calendar."""
    return [one.line() for one in everything_due(office)]


def own_lines(office: Office, *, user: UUID | None) -> list[Due]:
    """Return what is due for a person of a committee who reads no files: own tasks, sessions where one sits."""
    today = today_of(office)
    seats = members_of(office.pk).filter(user=user, ended_on__isnull=True) if user else ()
    sits = {one.committee_id for one in seats}
    found = [
        one
        for one in due_of_committees(office.pk, today=today)
        if user and (one.task.owner.user_id == user if one.task else one.session and one.committee.pk in sits)
    ]
    return [_said(_committee_line(one, today=today)) for one in found]


def turning_lines(office: Office, *, today: dt.date) -> list[DueLine]:
    """Return a line for each tie that will soon be no longer what it is, unless something is done together.

    A suspended one rests by will of the parties: nobody is warned of it until it is resumed.
    """
    awake = [one for one in lives_near_turning(office.pk, today=today) if not one.is_suspended]
    turning = sorted(((one.turn, one) for one in awake if one.turn), key=lambda found: found[0].on)
    return [_turning_line(one, turn, today=today) for turn, one in turning]


def _turning_line(life: Life, turn: Turn, *, today: dt.date) -> DueLine:
    agreement = life.agreement
    becomes = turn.becomes is Vitality.DORMANT
    way_out = _("Una actividad con fecha más reciente lo evita.")
    return DueLine(
        key=f"{agreement.pk}-vitality-{turn.becomes}",
        title=_("El lazo pasará a dormido") if becomes else _("El lazo quedará en silencio"),
        number=agreement.number,
        agreement=agreement.title_es,
        on=turn.on,
        since=None,
        why=f"{reason_of(life)} {way_out}",
        address=address_of("workspace:note_activity") + f"?expediente={agreement.pk}",
        file_address=address_of("workspace:life", agreement=agreement.pk),
        urgency=urgency(turn.on, today),
    )


def reason_of(life: Life) -> str:
    """Tell why a tie is as alive as it is: from which day it is counted, on which activity, and what comes next."""
    one = life.evidence
    if one is None or life.evidence_on is None:
        return _("Ninguna actividad con fecha: no se sabe si vive.")
    told = {"day": long_date(life.evidence_on), "what": one.description_es}
    said = [_("Se cuenta desde el %(day)s, por «%(what)s».") % told]
    if life.turn:
        coming = {"months": life.turn.months, "what": life.turn.becomes.label, "day": long_date(life.turn.on)}
        said.append(_("A los %(months)d meses sin otra, desde el %(day)s, será: %(what)s.") % coming)
    return " ".join(said)


def _told_line(one: GuestEntry, office: Office) -> DueLine:
    """Say that the counterpart told something, which counts for nothing until it is taken in."""
    tie = one.guest.agreement
    return DueLine(
        key=f"{one.pk}-told",
        title=_("Lo que contó la contraparte, por recibir"),
        number=tie.number,
        agreement=tie.title_es,
        on=None,
        since=day_in(office.time_zone, one.sent_at),
        why=one.description,
        address=address_of("workspace:guest_entry", entry=one.pk),
        file_address=address_of("workspace:life", agreement=tie.pk),
        urgency=Urgency.UNDATED,
    )


class Urgent(Protocol):
    """What has an urgency."""

    @property
    def urgency(self) -> Urgency:
        """Return how near its day is."""
        ...


T = TypeVar("T", bound=Urgent)


def grouped(lines: Iterable[T]) -> list[tuple[Urgency, list[T]]]:
    """Return the lines by urgency, in the order of urgency; empty groups are left out."""
    kept: dict[Urgency, list[T]] = {kind: [] for kind in Urgency}
    for line in lines:
        kept[line.urgency].append(line)
    return [(kind, found) for kind, found in kept.items() if found]


def _line(one: DueInFile) -> DueLine:
    due, agreement = one.due, one.agreement
    title = str(due.kind.label)
    if due.kind is DueKind.SECOND_PERSON and due.step:
        title = _("%(what)s: %(step)s") % {"what": title, "step": due.step.label}
    return DueLine(
        key=f"{agreement.pk}-{due.kind}-{one.proposal or ''}",
        title=title[:1].upper() + title[1:],
        number=agreement.number,
        agreement=agreement.title_es,
        on=due.on,
        since=due.since,
        why=say(due.explanation) if due.explanation else "",
        address=_address(one),
        file_address=address_of("workspace:file", agreement=agreement.pk),
        urgency=one.urgency,
    )


def _committee_line(one: CommitteeDue, *, today: dt.date) -> DueLine:
    """Say what is due in a committee; a term is told by the post, for the line also goes by letter and calendar."""
    kept = one.committee
    about: object = one.committee.pk
    title, address = "", address_of("workspace:committee", committee=kept.pk)
    if one.task:
        about, title = one.task.pk, _("Tarea de un comité: %(what)s") % {"what": one.task.what}
        address = address_of("workspace:finish_task", task=one.task.pk)
    elif one.session:
        about, title = one.session.pk, _("Sesión de un comité")
        address = address_of("workspace:session", session=one.session.pk)
        if one.on < today:
            title = _("Asentar la asistencia de una sesión")
    elif one.member:
        about = one.member.pk
        title = _("Termina el periodo de un integrante")
        if one.member.post:
            title = _("Termina el periodo de un integrante: %(post)s") % {"post": one.member.post}
        address += "#integrantes"
    return DueLine(
        key=f"comite-{about}",
        title=title,
        number=kept.name,
        agreement=kept.agreement.title_es if kept.agreement else _("comité de la oficina"),
        on=one.on,
        since=None,
        why="",
        address=address,
        file_address=address_of("workspace:committee", committee=kept.pk),
        urgency=urgency(one.on, today),
    )


def _plan_line(one: PlanDue, *, today: dt.date) -> DueLine:
    """Say what is due in a plan: something planned that is over and not noted, or a period that ends."""
    agreement = one.plan.agreement
    if one.planned and one.progress:
        about: object = one.planned.pk
        title = _("Lo planeado pasó y no se anotó: %(what)s") % {"what": one.planned.title}
        noted = {"done": one.progress.done, "times": one.progress.times}
        why = _("Anotadas %(done)d de %(times)d. Anótela, enlace lo que ya consta, o cancélela con su razón.") % noted
        address = address_of("workspace:planned", planned=one.planned.pk)
    else:
        about, title = one.plan.pk, _("Termina la primera etapa: evalúela y acuerde la segunda")
        why = _("Después de este plan todavía no hay otro.")
        address = address_of("workspace:make_plan") + f"?expediente={agreement.pk}"
    return DueLine(
        key=f"plan-{about}",
        title=title,
        number=agreement.number,
        agreement=agreement.title_es,
        on=one.on,
        since=None,
        why=why,
        address=address,
        file_address=address_of("workspace:plan", plan=one.plan.pk),
        urgency=urgency(one.on, today),
    )


def _request_line(one: TwinningRequest, *, today: dt.date) -> DueLine:
    """Say that a request waits for an answer; who made it is not told, for the line also goes by letter."""
    is_ours = one.side == RequestSide.SENT
    return DueLine(
        key=f"solicitud-{one.pk}",
        title=_("Preguntar por la propuesta enviada") if is_ours else _("Responder la solicitud de hermanamiento"),
        number=_("Nuevos lazos"),
        agreement=one.city,
        on=one.answer_by,
        since=one.on,
        why="",
        address=address_of("workspace:request", asked=one.pk),
        file_address=address_of("workspace:beginnings"),
        urgency=urgency(one.answer_by, today),
    )


def _unfiled_line(one: TwinningRequest) -> DueLine:
    """Say that an accepted request leads to no file yet, so that nothing of the tie goes on."""
    return DueLine(
        key=f"solicitud-{one.pk}-expediente",
        title=_("Abrir o elegir el expediente de una solicitud aceptada"),
        number=_("Nuevos lazos"),
        agreement=one.city,
        on=None,
        since=one.answered_on,
        why="",
        address=address_of("workspace:file_request", asked=one.pk),
        file_address=address_of("workspace:request", asked=one.pk),
        urgency=Urgency.UNDATED,
    )


def _address(one: DueInFile) -> str:
    if one.proposal:
        return address_of("workspace:decide", proposal=one.proposal)
    if one.due.step:
        return address_of("workspace:step", agreement=one.agreement.pk, step=one.due.step)
    return address_of("workspace:file", agreement=one.agreement.pk)


def address_of(name: str, **arguments: object) -> str:
    """Return an address by its name, or nothing where this installation has no such page."""
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
