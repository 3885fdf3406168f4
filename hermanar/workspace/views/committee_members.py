"""Who is in a committee: people come, leave, and their substitutes take over; and what they have to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.cooperation import actions
from hermanar.cooperation.actions import MemberDraft, TaskDraft
from hermanar.cooperation.models import Committee, CommitteeMember, Task
from hermanar.cooperation.queries import members_of, tasks_of
from hermanar.cooperation.vocabulary import Sector
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import uuid7
from hermanar.offices.queries import members_of as accounts_of
from hermanar.offices.vocabulary import MemberRole
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.committees import CommitteeView, person_told
from hermanar.workspace.forms.committees import DoneForm, EndForm, MemberForm, TakeOverForm, TaskForm
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.views.committees import address_of, own_committee, way_to
from hermanar.workspace.views.door import MemberRequest, member

_KEPT = ("name", "sector", "body", "post", "began_on", "until")


def own_member(request: MemberRequest, member: UUID) -> CommitteeMember:
    """Return a member of a committee of the office, or nothing at all."""
    one = members_of(request.office.pk).filter(pk=member).first()
    if one is None:
        raise Http404
    return one


def own_task(request: MemberRequest, task: UUID) -> Task:
    """Return a task of a committee of the office, or nothing at all."""
    one = tasks_of(request.office.pk).filter(pk=task).first()
    if one is None:
        raise Http404
    return one


def _accounts(request: MemberRequest, *, kept: CommitteeMember | None = None) -> list[tuple[str, str]]:
    found = accounts_of(request.office.pk).filter(role=MemberRole.COMMITTEE_MEMBER)
    named = {str(one.user_id): one.user.get_full_name() or one.user.email for one in found}
    if kept and kept.user:
        named.setdefault(str(kept.user_id), kept.user.get_full_name() or kept.user.email)
    return list(named.items())


def _draft(given: Values) -> MemberDraft:
    values = {name: given[name] for name in _KEPT if name != "sector"}
    values |= {"stands_for": given.get("stands_for"), "user": given.get("user")}
    return MemberDraft(sector=Sector(given["sector"]), **values)


@member(Verb.KEEP_COMMITTEES)
def add(request: MemberRequest, committee: UUID) -> HttpResponse:
    """Let a person into a committee, as a member or as a substitute."""
    kept = own_committee(request, committee)
    today = today_in(request.office.time_zone)
    holders = [(str(one.pk), one.name) for one in CommitteeView(kept, today).holders]
    first = {"key": uuid7(), "began_on": today, "stands_for": request.GET.get("suplente", "")}

    def make(*given: Any, **more: Any) -> MemberForm:
        return MemberForm(*given, holders=holders, accounts=_accounts(request), is_new=True, **more)

    sheet = Sheet(
        title=_("Agregar a un integrante"),
        lede=_("Solo lo necesario para saber quién está y por quién. Nada de esto es público."),
        submit=_("Agregar"),
        said=_("Ya está en el comité."),
        back=f"{address_of(kept)}#integrantes",
        where=way_to(kept),
        make=make,
        now=lambda: first,
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.add_committee_member(
            kept.pk, _draft(given), by=request.actor, key=given["key"] or uuid7()
        ),
    )


@member(Verb.KEEP_COMMITTEES)
def edit(request: MemberRequest, member: UUID) -> HttpResponse:
    """Mend what is kept of a member, or lengthen the term."""
    one = own_member(request, member)

    def make(*given: Any, **more: Any) -> MemberForm:
        return MemberForm(*given, holders=[], accounts=_accounts(request, kept=one), is_new=False, **more)

    def now() -> Values:
        fresh = own_member(request, member)
        kept = {name: getattr(fresh, name) for name in _KEPT}
        return {**kept, "user": str(fresh.user_id or ""), "version": fresh.committee.version}

    sheet = Sheet(
        title=_("Datos de %(name)s") % {"name": one.name},
        submit=_("Guardar"),
        said=_("Datos guardados."),
        back=f"{address_of(one.committee)}#integrantes",
        where=way_to(one.committee),
        make=make,
        now=now,
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.change_committee_member(
            one.pk, _draft(given), by=request.actor, version=given["version"]
        ),
    )


@member(Verb.KEEP_COMMITTEES)
def end(request: MemberRequest, member: UUID) -> HttpResponse:
    """Note that a person left; say who may take the place, and which tasks nobody has now."""
    one = own_member(request, member)
    kept, today = one.committee, today_in(request.office.time_zone)
    heir = one.substitutes.filter(ended_on__isnull=True).first()
    tasks = one.tasks.filter(done_on__isnull=True).count()

    def now() -> Values:
        fresh = own_member(request, member)
        said = {"ended_on": fresh.ended_on or today, "reason": fresh.end_reason}
        return {**said, "version": fresh.committee.version}

    def do(given: Values) -> None:
        said = {"ended_on": given["ended_on"], "reason": given["reason"], "today": today}
        actions.end_committee_membership(one.pk, by=request.actor, version=given["version"], **said)
        if heir:
            messages.info(request, _("%(name)s, su suplente, puede asumir.") % {"name": heir.name})
        if tasks:
            told = ngettext("Queda %(n)d tarea sin responsable.", "Quedan %(n)d tareas sin responsable.", tasks)
            messages.info(request, told % {"n": tasks})

    sheet = Sheet(
        title=_("¿%(name)s deja el comité?") % {"name": one.name},
        lede=_("Escriba el primer día en que ya no está. Su paso por el comité queda asentado."),
        submit=_("Asentar su salida"),
        said=_("Salida asentada."),
        back=address_of(kept),
        where=way_to(kept),
        make=EndForm,
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.KEEP_COMMITTEES)
def take_over(request: MemberRequest, member: UUID) -> HttpResponse:
    """Let a substitute take the place of the member who left."""
    one = own_member(request, member)
    today = today_in(request.office.time_zone)
    left = one.stands_for.name if one.stands_for else ""

    def now() -> Values:
        fresh = own_member(request, member)
        return {"on": fresh.ended_on or today, "version": fresh.committee.version}

    sheet = Sheet(
        title=_("%(name)s asume como titular") % {"name": one.name},
        lede=_("En lugar de %(left)s, con su cargo y su periodo.") % {"left": left} if left else "",
        submit=_("Asentar que asume"),
        said=_("Ya es titular. Si hace falta, agregue a su suplente."),
        back=address_of(one.committee),
        where=way_to(one.committee),
        make=TakeOverForm,
        now=now,
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.take_over(
            one.pk, by=request.actor, version=given["version"], on=given["on"], today=today
        ),
    )


# ── tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _task_form(kept: Committee, *, request: MemberRequest, is_new: bool) -> Any:
    today = today_in(request.office.time_zone)
    owners = [(str(one.pk), person_told(one)) for one in CommitteeView(kept, today).present]
    decisions = [(str(one.pk), f"{one.label}: {one.text[:80]}") for one in kept.decisions.all()]

    def make(*given: Any, **more: Any) -> TaskForm:
        return TaskForm(*given, owners=owners, decisions=decisions, is_new=is_new, **more)

    return make


def _task_draft(given: Values) -> TaskDraft:
    return TaskDraft(given["what"], given["owner"], given["due_on"], given.get("decision"), given["note"])


@member(Verb.KEEP_COMMITTEES)
def give_task(request: MemberRequest, committee: UUID) -> HttpResponse:
    """Give a member something to do, from a decision or without one."""
    kept = own_committee(request, committee)
    today = today_in(request.office.time_zone)
    first = {"key": uuid7(), "decision": request.GET.get("acuerdo", "")}
    sheet = Sheet(
        title=_("Dar una tarea"),
        submit=_("Dar la tarea"),
        said=_("Tarea dada: estará en «Qué vence» si tiene fecha."),
        back=f"{address_of(kept)}#tareas",
        where=way_to(kept),
        make=_task_form(kept, request=request, is_new=True),
        now=lambda: first,
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.give_task(
            kept.pk, _task_draft(given), by=request.actor, key=given["key"] or uuid7(), today=today
        ),
    )


@member(Verb.KEEP_COMMITTEES)
def task(request: MemberRequest, task: UUID) -> HttpResponse:
    """Change a task, or give it to another member."""
    one = own_task(request, task)
    today = today_in(request.office.time_zone)

    def now() -> Values:
        fresh = own_task(request, task)
        kept = {name: getattr(fresh, name) for name in ("what", "due_on", "note", "version")}
        return {**kept, "owner": str(fresh.owner_id)}

    sheet = Sheet(
        title=_("Cambiar la tarea o a quien se encarga"),
        submit=_("Guardar"),
        said=_("Tarea guardada."),
        back=f"{address_of(one.committee)}#tareas",
        where=way_to(one.committee),
        make=_task_form(one.committee, request=request, is_new=False),
        now=now,
        facts=((_("Se encarga ahora"), one.owner.name),),
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.change_task(
            one.pk, _task_draft(given), by=request.actor, version=given["version"], today=today
        ),
    )


@member(Verb.READ_COMMITTEES)
def finish(request: MemberRequest, task: UUID) -> HttpResponse:
    """Note when a task was done; members of the committee do so for their own, others are led to where it stands."""
    one = own_task(request, task)
    is_own = can(request.actor, Verb.DO_OWN_TASKS) and one.owner.user_id == request.actor.user
    if not is_own and not can(request.actor, Verb.KEEP_COMMITTEES):
        messages.info(request, _("La da por cumplida quien se encarga de ella o quien lleva los comités."))
        return redirect(f"{address_of(one.committee)}#tareas")
    today = today_in(request.office.time_zone)

    def now() -> Values:
        fresh = own_task(request, task)
        return {"done_on": fresh.done_on or today, "note": fresh.note, "version": fresh.version}

    due = str(long_date(one.due_on)) or _("sin fecha")
    sheet = Sheet(
        title=_("¿Se cumplió la tarea?"),
        submit=_("Guardar"),
        said=_("Guardado."),
        back=f"{address_of(one.committee)}#tareas",
        where=way_to(one.committee),
        make=DoneForm,
        now=now,
        facts=((_("Tarea"), one.what), (_("Se encarga"), one.owner.name), (_("Para"), due)),
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.finish_task(
            one.pk,
            by=request.actor,
            version=given["version"],
            done_on=given["done_on"],
            note=given["note"],
            today=today,
        ),
    )
