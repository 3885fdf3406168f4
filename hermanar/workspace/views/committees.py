"""The committees of an office and of its ties: the list, one founded, its page, changed, ended, and the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements.queries import for_office
from hermanar.agreements.vocabulary import AreaOfCooperation, Stage
from hermanar.cooperation import actions
from hermanar.cooperation.actions import CommitteeDraft
from hermanar.cooperation.models import Committee
from hermanar.cooperation.queries import committees_of, decisions_of, members_of, quorum_rules, tasks_of
from hermanar.cooperation.vocabulary import Quorum
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import uuid7
from hermanar.foundation.tables import Column
from hermanar.workspace.committees import (
    CommitteeView,
    decision_columns,
    member_columns,
    rule_told,
    task_columns,
)
from hermanar.workspace.forms.committees import CommitteeForm, EndForm, FoundForm
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import way_back

_KEPT = (
    "name", "founded_on", "instrument", "source", "size", "quorum", "quorum_figure", "second_call", "second_figure",
    "is_exclusive", "peer_name", "peer_contact", "version",
)  # fmt: skip
_TABLES: dict[str, tuple[Callable[[UUID], Any], Callable[[], tuple[Column, ...]]]] = {
    "integrantes": (members_of, member_columns),
    "acuerdos": (decisions_of, decision_columns),
    "tareas": (tasks_of, task_columns),
}


def own_committee(request: MemberRequest, committee: UUID) -> Committee:
    """Return a committee of the office; outside it, the same answer as for what does not exist."""
    kept = committees_of(request.office.pk).filter(pk=committee).first()
    if kept is None:
        raise Http404
    return kept


def address_of(kept: Committee) -> str:
    """Return the page of a committee."""
    return reverse("workspace:committee", args=[kept.pk])


def way_to(kept: Committee | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way to a page of a committee: words and addresses."""
    first = (str(_("Comités")), reverse("workspace:committees"))
    return (first, (kept.name, address_of(kept))) if kept else (first,)


@member(Verb.READ_COMMITTEES)
def committees(request: MemberRequest) -> HttpResponse:
    """List the committees, those of the office first, each with what it lacks."""
    today = today_in(request.office.time_zone)
    kept = [CommitteeView(one, today) for one in committees_of(request.office.pk)]
    context = {
        "going": [view for view in kept if not view.committee.ended_on],
        "ended": [view.committee for view in kept if view.committee.ended_on],
        "may_keep": can(request.actor, Verb.KEEP_COMMITTEES),
    }
    return render(request, "workspace/committees/list.html", context)


@member(Verb.KEEP_COMMITTEES)
def found(request: MemberRequest) -> HttpResponse:
    """Found a committee; a file's page leads here with its area."""
    files = for_office(request.office.pk).exclude(stage=Stage.ABANDONED).order_by("title_es")
    ties = [(str(one.pk), f"{one.title_es} ({one.number})") for one in files]
    asked, area = request.GET.get("expediente", ""), request.GET.get("area", "")
    words = dict(AreaOfCooperation.choices)
    name = _("Comité de %(area)s") % {"area": words[area]} if area in words else ""

    def make(*given: Any, **more: Any) -> FoundForm:
        return FoundForm(*given, ties=ties, **more)

    def do(given: Values) -> None:
        area = AreaOfCooperation(given["area"]) if given["area"] else None
        draft = CommitteeDraft(agreement=given["agreement"], area=area, **_draft_values(given))
        today = today_in(request.office.time_zone)
        made = actions.found_committee(
            draft, office=request.office.pk, by=request.actor, today=today, key=given["key"] or uuid7()
        )
        to.append(address_of(made))

    to: list[str] = []
    first = {"key": uuid7(), "agreement": asked, "area": area, "name": name, "quorum": Quorum.UNKNOWN}
    sheet = Sheet(
        title=_("Crear un comité"),
        lede=_("De la oficina, o de un área de un hermanamiento. Lo que no conste, déjelo vacío: no se inventa."),
        submit=_("Crear el comité"),
        said=_("Comité creado. Agregue a sus integrantes."),
        back=way_back(request, reverse("workspace:committees")),
        where=way_to(),
        make=make,
        now=lambda: {**first, "second_call": Quorum.UNKNOWN},
    )
    return answered(request, sheet, do=do, to=lambda: to[0])


def _draft_values(given: Values) -> Values:
    names = set(_KEPT) - {"version", "quorum", "second_call"}
    quorums = {name: Quorum(given[name]) for name in ("quorum", "second_call")}
    return {name: given[name] for name in names} | quorums


@member(Verb.READ_COMMITTEES)
def committee(request: MemberRequest, committee: UUID) -> HttpResponse:
    """Show a committee: what is missing first, then who is in it, its sessions, decisions and tasks."""
    kept = own_committee(request, committee)
    today = today_in(request.office.time_zone)
    first, second = quorum_rules(kept)
    tasks = list(tasks_of(request.office.pk).filter(committee=kept))
    context = {
        "committee": kept,
        "view": CommitteeView(kept, today),
        "today": today,
        "rule": rule_told(first.kind, first.figure),
        "second_rule": rule_told(second.kind, second.figure),
        "sessions": kept.sessions.select_related("minutes"),
        "decisions": decisions_of(request.office.pk).filter(committee=kept),
        "open_tasks": [task for task in tasks if task.done_on is None],
        "done_tasks": [task for task in tasks if task.done_on],
        "may_keep": can(request.actor, Verb.KEEP_COMMITTEES) and not kept.ended_on,
        "may_do_own": can(request.actor, Verb.DO_OWN_TASKS) and not kept.ended_on,
        "reads_files": can(request.actor, Verb.READ_FILES),
        "me": request.actor.user,
        "only_this": f"?comite={kept.pk}",
    }
    return render(request, "workspace/committees/page.html", context)


@member(Verb.KEEP_COMMITTEES)
def edit(request: MemberRequest, committee: UUID) -> HttpResponse:
    """Change what is kept of a committee."""
    kept = own_committee(request, committee)

    def now() -> Values:
        fresh = own_committee(request, committee)
        return {name: getattr(fresh, name) for name in _KEPT}

    def do(given: Values) -> None:
        draft = CommitteeDraft(**_draft_values(given))
        today = today_in(request.office.time_zone)
        actions.change_committee(kept.pk, draft, by=request.actor, version=given["version"], today=today)

    sheet = Sheet(
        title=_("Datos del comité"),
        submit=_("Guardar"),
        said=_("Datos guardados."),
        back=way_back(request, address_of(kept)),
        where=way_to(kept),
        make=CommitteeForm,
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.KEEP_COMMITTEES)
def end(request: MemberRequest, committee: UUID) -> HttpResponse:
    """End a committee; what it did stays."""
    kept = own_committee(request, committee)
    today = today_in(request.office.time_zone)

    def now() -> Values:
        fresh = own_committee(request, committee)
        return {"ended_on": fresh.ended_on or today, "reason": fresh.end_reason, "version": fresh.version}

    def do(given: Values) -> None:
        said = {"ended_on": given["ended_on"], "reason": given["reason"], "today": today}
        actions.end_committee(kept.pk, by=request.actor, version=given["version"], **said)

    sheet = Sheet(
        title=_("Terminar el comité"),
        lede=_("Sus sesiones, acuerdos y tareas quedan como están; ya no se le agrega nada."),
        submit=_("Terminarlo"),
        said=_("El comité terminó."),
        back=address_of(kept),
        where=way_to(kept),
        make=EndForm,
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.READ_COMMITTEES)
def take_away(request: MemberRequest, table: str, format_: str) -> HttpResponse:
    """Give the members, the decisions or the tasks as a table: of all committees, or of the one that is asked for."""
    if table not in _TABLES:
        raise Http404
    read, columns = _TABLES[table]
    rows = read(request.office.pk)
    if asked := request.GET.get("comite"):
        try:
            rows = rows.filter(committee=own_committee(request, UUID(asked)))
        except ValueError as none:
            raise Http404 from none
    name = f"comites-{table}-{today_in(request.office.time_zone)}"
    return table_answer(columns(), rows, format_=format_, name=name, sheet=table.capitalize())
