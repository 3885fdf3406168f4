"""What the pages and files of committees show: who is there, what is missing, quorums in words, tables, minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.cooperation.models import Committee, CommitteeMember, Decision, Session, Task
from hermanar.cooperation.queries import attended_of, quorum_rules, seats_of
from hermanar.cooperation.rules import committees as law
from hermanar.cooperation.vocabulary import Quorum, SessionState
from hermanar.foundation.papers import MinutesFacts, Paper, minutes
from hermanar.foundation.tables import Column
from hermanar.ui.templatetags.ui import long_date


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member with the substitute, and whether the post has anybody behind it."""

    member: CommitteeMember
    substitute: CommitteeMember | None
    is_alone: bool


@dataclass(slots=True)
class CommitteeView:
    """A committee on a day: who is in it, who was, what is missing and what is waiting."""

    committee: Committee
    today: dt.date
    everyone: list[CommitteeMember] = field(init=False)
    members: list[MemberLine] = field(init=False)
    former: list[CommitteeMember] = field(init=False)
    heirs: list[CommitteeMember] = field(init=False)  # substitutes of members who left
    to_give: list[Task] = field(init=False)  # tasks whose owner is there no more
    short: int = field(init=False)

    def __post_init__(self) -> None:
        kept, today = self.committee, self.today
        self.everyone = list(kept.members.all())  # as `committees_of` gathers them
        seats = {seat.key: seat for seat in seats_of(self.everyone)}
        there = {key for key, seat in seats.items() if seat.is_there(today)}
        coming = {key for key, seat in seats.items() if seat.began_on > today}
        alone = set(law.unbacked(list(seats.values()), on=today))
        behind = {one.stands_for_id: one for one in self.everyone if one.stands_for_id and one.pk in there}
        self.members = [
            MemberLine(one, behind.get(one.pk), one.pk in alone)
            for one in self.everyone
            if one.pk in there | coming and one.stands_for_id is None
        ]
        self.former = [one for one in self.everyone if one.pk not in there | coming]
        gone = {one.pk for one in self.former}
        self.heirs = [one for one in self.everyone if one.pk in there and one.stands_for_id in gone]
        waiting = [task for task in kept.tasks.all() if task.done_on is None]
        self.to_give = [task for task in waiting if task.owner_id not in there]
        rule = quorum_rules(kept)[0]
        self.short = law.short_of_quorum(rule, list(seats.values()), on=today, size=kept.size)

    @property
    def alone(self) -> list[MemberLine]:
        """Return the members whose leaving would stop something."""
        return [line for line in self.members if line.is_alone]

    @property
    def holders(self) -> list[CommitteeMember]:
        """Return the members who have no substitute."""
        return [line.member for line in self.members if line.substitute is None]

    @property
    def present(self) -> list[CommitteeMember]:
        """Return everyone who is there, substitutes too: whom a task can be given to."""
        found = [person for line in self.members for person in (line.member, line.substitute) if person]
        return [one for one in [*found, *self.heirs] if one.began_on <= self.today]


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def rule_told(kind: Quorum, figure: str) -> str:
    """Say a rule of quorum."""
    if kind is Quorum.SHARE:
        return _("al menos %(figure)s") % {"figure": figure}
    if kind is Quorum.NUMBER:
        return _("al menos %(figure)s integrantes") % {"figure": figure}
    return str(kind.label)


def quorum_told(session: Session) -> str:
    """Explain the quorum of a session as it was counted; nothing before it was held."""
    if session.present is None:
        return ""
    asked = {"present": session.present, "of": session.counted_of, "needed": session.needed}
    counted = ngettext(
        "Asistió %(present)d de %(of)d lugares.", "Asistieron %(present)d de %(of)d lugares.", session.present
    )
    said = [counted % asked]
    if session.needed is not None:
        call = _("en segunda convocatoria") if session.is_second_call else _("en primera convocatoria")
        rule = str(Quorum(session.quorum_rule).label)
        told = {**asked, "call": call, "rule": rule}
        said.append(_("La regla pide %(rule)s %(call)s: %(needed)d.") % told)
        is_held = session.state == SessionState.HELD
        said.append(_("Hubo quórum.") if is_held else _("No hubo quórum."))
    elif session.state == SessionState.HELD:
        said.append(_("La regla no se conoce: la oficina asentó que hubo quórum."))
    else:
        said.append(_("La regla no se conoce: la oficina asentó que no hubo quórum."))
    return " ".join(said)


def person_told(one: CommitteeMember) -> str:
    """Name a person as a list to choose from does."""
    if one.stands_for:
        return _("%(name)s, suplente de %(of)s") % {"name": one.name, "of": one.stands_for.name}
    return f"{one.name}, {one.post}" if one.post else one.name


def people_on(session: Session) -> list[CommitteeMember]:
    """Return who could attend a session: members and substitutes of its day."""
    everyone = list(session.committee.members.select_related("stands_for"))
    there = {seat.key for seat in seats_of(everyone) if seat.is_there(session.on)}
    return [one for one in everyone if one.pk in there]


def votes_told(decision: Decision) -> str:
    """Say how the votes of a decision fell, as far as they were counted."""
    parts = (
        (decision.votes_for, _("%(count)d a favor")),
        (decision.votes_against, _("%(count)d en contra")),
        (decision.abstentions, _("%(count)d abstenciones")),
    )
    return ", ".join(words % {"count": count} for count, words in parts if count is not None)


# ── minutes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def minutes_of(session: Session) -> Paper:
    """Write the minutes of a session from its record, in Spanish; what nobody wrote stays open."""
    with translation.override("es"):
        return minutes(_minutes_facts(session))


def _minutes_facts(session: Session) -> MinutesFacts:
    kept, office = session.committee, session.committee.office
    attended = attended_of(session.pk)
    people = people_on(session)
    rows = {one.pk: (one.name, _post(one), str(one.get_sector_display())) for one in people}
    absent = [one for one in people if one.pk not in attended and one.stands_for_id is None]
    decisions = session.decisions.order_by("number")
    tasks = Task.objects.filter(decision__session=session).select_related("owner").order_by("pk")
    return MinutesFacts(
        letterhead=tuple(row for row in (office.name, office.address) if row),
        committee=kept.name,
        of=f"{kept.get_area_display()}: {kept.agreement.title_es}" if kept.agreement else office.name,
        on=session.on,
        at=session.at.strftime("%H:%M") if session.at else "",
        place=session.place,
        call=_call(session),
        quorum=quorum_told(session),
        present=tuple(rows[one.pk] for one in people if one.pk in attended),
        absent=tuple(rows[one.pk] for one in absent if not _is_stood_for(one, people, attended)),
        matters=tuple((item.title, item.said) for item in session.items.all()),
        decisions=tuple((one.label, one.text, votes_told(one)) for one in decisions),
        tasks=tuple((one.what, one.owner.name, str(long_date(one.due_on))) for one in tasks),
        takes_decisions=session.state != SessionState.MEETING,
    )


def _post(one: CommitteeMember) -> str:
    if one.stands_for:
        return _("suplente de %(of)s") % {"of": one.stands_for.name}
    return one.post


def _call(session: Session) -> str:
    words = _("Fue la segunda convocatoria.") if session.is_second_call else ""
    if session.called_on:
        sent = _("La convocatoria se envió el %(day)s.") % {"day": long_date(session.called_on)}
        return f"{sent} {words}".strip()
    return words or _("No consta cuándo se envió la convocatoria.")


def _is_stood_for(one: CommitteeMember, people: Iterable[CommitteeMember], attended: set[Any]) -> bool:
    return any(other.stands_for_id == one.pk and other.pk in attended for other in people)


# ── tables to take away ──────────────────────────────────────────────────────────────────────────────────────────────


def member_columns() -> tuple[Column, ...]:
    """Return the columns of the members."""
    return (
        Column(_("comité"), lambda one: one.committee.name),
        Column(_("nombre"), lambda one: one.name),
        Column(_("representa a"), lambda one: str(one.get_sector_display())),
        Column(_("organización"), lambda one: one.body),
        Column(_("cargo"), lambda one: one.post),
        Column(_("suplente de"), lambda one: one.stands_for.name if one.stands_for else ""),
        Column(_("desde"), lambda one: one.began_on),
        Column(_("periodo hasta"), lambda one: one.until),
        Column(_("dejó el comité"), lambda one: one.ended_on),
        Column(_("motivo"), lambda one: one.end_reason),
    )


def decision_columns() -> tuple[Column, ...]:
    """Return the columns of the decisions."""
    return (
        Column(_("comité"), lambda one: one.committee.name),
        Column(_("número"), lambda one: one.label),
        Column(_("sesión"), lambda one: one.session.on),
        Column(_("asunto"), lambda one: one.item.title if one.item else ""),
        Column(_("acuerdo del comité"), lambda one: one.text),
        Column(_("a favor"), lambda one: one.votes_for),
        Column(_("en contra"), lambda one: one.votes_against),
        Column(_("abstenciones"), lambda one: one.abstentions),
    )


def task_columns() -> tuple[Column, ...]:
    """Return the columns of the tasks."""
    return (
        Column(_("comité"), lambda one: one.committee.name),
        Column(_("tarea"), lambda one: one.what),
        Column(_("se encarga"), lambda one: one.owner.name),
        Column(_("acuerdo del comité"), lambda one: one.decision.label if one.decision else ""),
        Column(_("desde"), lambda one: one.given_on),
        Column(_("para"), lambda one: one.due_on),
        Column(_("cumplida"), lambda one: one.done_on),
        Column(_("nota"), lambda one: one.note),
    )
