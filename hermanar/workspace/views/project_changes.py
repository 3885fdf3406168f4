"""A project changed: its particulars by sections, its cycle, goals and activities; shown, cancelled."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation import actions
from hermanar.cooperation.actions import project_said
from hermanar.cooperation.models import Project
from hermanar.cooperation.queries import budget_of, find_goals, goals, linkable, target_codes
from hermanar.cooperation.queries.goals import goal_place
from hermanar.cooperation.rules import ProjectRefusedError
from hermanar.cooperation.rules.budgets import asked_of_sum
from hermanar.cooperation.rules.projects import lies_outside, next_stage
from hermanar.cooperation.vocabulary import CycleStage, Principle
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.foundation.editing import EditConflictError
from hermanar.workspace import projects as told
from hermanar.workspace.forms.projects import (
    FIELDS_OF,
    AboutForm,
    ActivitiesForm,
    ButtonForm,
    CancelForm,
    KindForm,
    PlanForm,
    StageForm,
    kind_of,
    way_of,
)
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.versions import version_of
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import way_back
from hermanar.workspace.views.projects import address_of, own_project, tie_choices, way_to

_ABOUT = (
    "title_es", "summary_es", "beneficiaries", "agreement", "area", "responsible", "counterpart_responsible",
    "title_en", "summary_en",
)  # fmt: skip
_PLAN = ("starts_on", "ends_on", "budget", "currency", "register_number")


def _sheet(kept: Project, *, back: str = "", **values: Any) -> Sheet:
    """Return a page with one form of a project."""
    return Sheet(back=back or address_of(kept), where=way_to(kept), fields_of=FIELDS_OF, **values)


# ── particulars, by sections ─────────────────────────────────────────────────────────────────────────────────────────


def _about(given: Values) -> Values:
    area = AreaOfCooperation(given["area"]) if given["area"] else None
    return {**{name: given[name] for name in _ABOUT}, "area": area}


def _kind(given: Values) -> Values:
    direction, scheme = way_of(given["scheme"])
    modality, sub_modality = kind_of(given["modality"])
    principles = tuple(Principle(code) for code in given["principles"])
    return {"direction": direction, "scheme": scheme, "modality": modality, "sub_modality": sub_modality,
            "principles": principles}  # fmt: skip


def _plan(given: Values) -> Values:
    return {name: given[name] for name in _PLAN}


def _kind_now(kept: Project) -> Values:
    return {
        "scheme": kept.scheme or kept.direction,
        "modality": kept.sub_modality or kept.modality,
        "principles": kept.principles,
    }


# Of each section: its title, its form, what the form shows, and what it changes.
_SECTIONS: dict[
    str, tuple[Callable[[], str], Callable[..., forms.Form], Callable[[Project], Values], Callable[..., Values]]
] = {
    "datos": (
        lambda: _("Qué es el proyecto"),
        AboutForm,
        lambda kept: {**{name: getattr(kept, name) for name in _ABOUT}, "agreement": kept.agreement_id},
        _about,
    ),
    "clase": (lambda: _("Qué cooperación es"), KindForm, _kind_now, _kind),
    "plan": (
        lambda: _("Fechas y presupuesto"),
        PlanForm,
        lambda kept: {name: getattr(kept, name) for name in _PLAN},
        _plan,
    ),
}


@member(Verb.KEEP_PROJECTS)
def edit(request: MemberRequest, project: UUID, section: str) -> HttpResponse:
    """Change one section of what is kept of a project."""
    kept = own_project(request, project)
    if section not in _SECTIONS:
        raise Http404
    title, form, shown, changes = _SECTIONS[section]
    ties: dict[str, Any] = {"ties": tie_choices(request)} if form is AboutForm else {}

    def make(*given: Any, **more: Any) -> forms.Form:
        return form(*given, **ties, **more)

    def now() -> Values:
        fresh = own_project(request, project)
        return {**shown(fresh), "version": fresh.version}

    def do(given: Values) -> None:
        fresh = own_project(request, project)
        mended = dataclasses.replace(project_said(fresh), **changes(given))
        actions.mend_project(kept.pk, by=request.actor, version=given["version"], mended=mended)

    lede = ""
    if form is AboutForm and kept.published_at:
        lede = _("Es público: con otro acuerdo, o sin él, deja de mostrarse hasta que se publique otra vez.")
    words = {"title": title(), "lede": lede, "submit": _("Guardar"), "said": _("Datos guardados.")}
    sheet = _sheet(kept, back=way_back(request, address_of(kept)), make=make, now=now, **words)
    return answered(request, sheet, do=do)


# ── the cycle ────────────────────────────────────────────────────────────────────────────────────────────────────────


@member(Verb.KEEP_PROJECTS)
def advance(request: MemberRequest, project: UUID) -> HttpResponse:
    """Let a project come to the next stage of its cycle."""
    kept = own_project(request, project)
    today = today_in(request.office.time_zone)
    coming = next_stage(kept.stages.count())
    if coming is None:
        return redirect(address_of(kept))
    sum_ = budget_of(kept)
    asks_gap = coming is CycleStage.EXECUTION and bool(asked_of_sum(sum_))
    facts = []
    if asks_gap:
        facts = [
            (_("Presupuesto"), told.money_told(sum_.budget, sum_.currency)),
            (_("Suman las aportaciones en dinero"), told.money_told(sum_.total, sum_.currency)),
        ]

    def make(*given: Any, **more: Any) -> StageForm:
        return StageForm(*given, asks_gap=asks_gap, **more)

    def do(given: Values) -> None:
        if kept.stages.filter(stage=given["stage"], began_on=given["on"]).exists():
            return  # the button was pressed twice
        stage = CycleStage(given["stage"]) if given["stage"] in CycleStage.values else coming
        said = {"on": given["on"], "note": given["note"], "is_gap_known": bool(given.get("is_gap_known"))}
        actions.advance_project(kept.pk, by=request.actor, version=given["version"], stage=stage, today=today, **said)

    def now() -> Values:
        return {"on": today, "stage": coming, "version": own_project(request, project).version}

    title = _("El proyecto pasa a: %(stage)s") % {"stage": coming.label}
    submit, said = _("Asentar la etapa"), _("Etapa asentada.")
    words = {"title": title, "submit": submit, "said": said}
    sheet = _sheet(kept, make=make, now=now, facts=tuple(facts), knows_done=True, **words)
    return answered(request, sheet, do=do)


@member(Verb.KEEP_PROJECTS)
def mend_stage(request: MemberRequest, project: UUID, number: int) -> HttpResponse:
    """Mend when a stage of a project began."""
    kept = own_project(request, project)
    today = today_in(request.office.time_zone)
    stage = kept.stages.filter(number=number).first()
    if stage is None:
        raise Http404

    def now() -> Values:
        fresh = kept.stages.get(number=number)
        return {"on": fresh.began_on, "note": fresh.note, "version": own_project(request, project).version}

    def do(given: Values) -> None:
        said = {"on": given["on"], "note": given["note"], "today": today}
        actions.mend_stage(kept.pk, by=request.actor, version=given["version"], number=number, **said)

    title = _("Cuándo empezó: %(stage)s") % {"stage": stage.get_stage_display()}
    sheet = _sheet(kept, title=title, submit=_("Guardar"), said=_("Fecha corregida."), make=StageForm, now=now)
    return answered(request, sheet, do=do)


@member(Verb.KEEP_PROJECTS)
def take_stage_back(request: MemberRequest, project: UUID) -> HttpResponse:
    """Take back the last stage, noted by mistake."""
    kept = own_project(request, project)
    last = kept.stages.order_by("-number")[0]

    def do(given: Values) -> None:
        wanted = given["wanted"]
        stages = {str(number) for number in kept.stages.values_list("number", flat=True)}
        if wanted.isdecimal() and wanted not in stages:
            return  # the button was pressed twice
        actions.take_stage_back(kept.pk, by=request.actor, version=given["version"])

    words = {"title": _("Volver a la etapa anterior"), "submit": _("Volver a la anterior")}
    lede = _("Solo si la última etapa se asentó por error: «%(stage)s».") % {"stage": last.get_stage_display()}
    said = _("El proyecto volvió a la etapa anterior.")
    return answered(request, _button(request, kept, wanted=str(last.number), lede=lede, said=said, **words), do=do)


def _button(request: MemberRequest, kept: Project, *, wanted: str, **values: Any) -> Sheet:
    def now() -> Values:
        return {"version": own_project(request, kept.pk).version, "wanted": wanted}

    return _sheet(kept, make=ButtonForm, now=now, knows_done=True, **values)


# ── shown to the public, cancelled ───────────────────────────────────────────────────────────────────────────────────


@member(Verb.PUBLISH_PROJECT)
def publish(request: MemberRequest, project: UUID) -> HttpResponse:
    """Show a project to the public, or hide it again."""
    kept = own_project(request, project)
    wanted, words = "show", (_("Publicar el proyecto"), _("Publicarlo"), _("El público ya lo ve."))
    lede = _("Se verá en la página de su acuerdo: nombre, objetivo, etapa, metas e indicadores. Nunca el dinero.")
    if kept.published_at:
        wanted = "hide"
        words = (_("Dejar de mostrar el proyecto"), _("Dejar de mostrarlo"), _("El público ya no lo ve."))
        lede = _("En la oficina queda como está.")
    title, submit, said = words

    def do(given: Values) -> None:
        shows = given["wanted"] == "show"
        if shows is (own_project(request, project).published_at is not None):
            return  # the button was pressed twice
        verb = actions.publish_project if shows else actions.unpublish_project
        verb(kept.pk, by=request.actor, version=given["version"])

    sheet = _button(request, kept, wanted=wanted, title=title, lede=lede, submit=submit, said=said)
    return answered(request, sheet, do=do)


@member(Verb.CANCEL_PROJECT)
def cancel(request: MemberRequest, project: UUID) -> HttpResponse:
    """Cancel a project that will not go through its cycle."""
    kept = own_project(request, project)
    today = today_in(request.office.time_zone)

    def now() -> Values:
        fresh = own_project(request, project)
        on = fresh.cancelled_on or today
        return {"cancelled_on": on, "reason": fresh.cancel_reason, "version": fresh.version}

    def do(given: Values) -> None:
        said = {"cancelled_on": given["cancelled_on"], "reason": given["reason"], "today": today}
        actions.cancel_project(kept.pk, by=request.actor, version=given["version"], **said)

    lede = _("Queda legible en la oficina, con su motivo; ya no cambia, y el público deja de verlo.")
    words = {"title": _("Cancelar el proyecto"), "lede": lede, "submit": _("Cancelarlo"), "said": _("Cancelado.")}
    sheet = _sheet(kept, make=CancelForm, now=now, **words)
    return answered(request, sheet, do=do)


# ── goals of the Agenda, and what was done ───────────────────────────────────────────────────────────────────────────


@member(Verb.KEEP_PROJECTS)
def set_goals(request: MemberRequest, project: UUID) -> HttpResponse:
    """Search among the goals and targets of the 2030 Agenda, and choose those a project contributes to."""
    kept = own_project(request, project)
    chosen = target_codes(kept)
    is_stale, refusals = False, []
    text = request.GET.get("q", "").strip()[:120]
    codes = [code for code in request.POST.getlist("codes") if code in goals()]
    if "buscar" in request.POST:  # what was chosen meanwhile stays chosen
        chosen, text = sorted(codes, key=goal_place), request.POST.get("q", "").strip()[:120]
    elif request.method == "POST":
        try:
            actions.set_targets(kept.pk, by=request.actor, version=version_of(request), codes=codes)
        except EditConflictError:
            kept = own_project(request, project)
            if set(codes) == set(target_codes(kept)):  # the button was pressed twice
                return redirect(f"{address_of(kept)}#objetivos")
            is_stale, chosen = True, sorted(codes, key=goal_place)
        except ProjectRefusedError as refused:
            refusals = [one.label for one in refused.refusals]
        else:
            messages.success(request, _("Objetivos guardados."))
            return redirect(f"{address_of(kept)}#objetivos")
    found = find_goals(text)
    context = {
        "project": kept,
        "q": text,
        "chosen": told.goal_lines(goals()[code] for code in chosen),
        "found": told.goal_lines(one for one in found if one.code not in chosen),
        "is_none": bool(text) and not found,
        "is_stale": is_stale,
        "refusals": refusals,
        "goals": told.goal_lines(one for one in goals().values() if not one.is_target),
        "where": way_to(kept),
    }
    return render(request, "workspace/projects/goals.html", context)


@member(Verb.KEEP_PROJECTS)
def link_activities(request: MemberRequest, project: UUID) -> HttpResponse:
    """Choose which activities of the office belong to a project."""
    kept = own_project(request, project)
    candidates = list(linkable(kept))
    span = {"starts_on": kept.starts_on, "ends_on": kept.ends_on}
    outside = any(lies_outside((one.started_on, one.ended_on), **span) for one in candidates)
    offered = [(str(one.pk), told.activity_told(one)) for one in candidates]

    def make(*given: Any, **more: Any) -> ActivitiesForm:
        return ActivitiesForm(*given, offered=offered, asks_outside=outside, **more)

    def now() -> Values:
        fresh = own_project(request, project)
        linked = [str(key) for key in fresh.activity_links.values_list("activity", flat=True)]
        return {"activities": linked, "version": fresh.version}

    def do(given: Values) -> None:
        if set(kept.activity_links.values_list("activity", flat=True)) == set(given["activities"]):
            return  # nothing was changed, or the button was pressed twice
        known = bool(given.get("is_outside_known"))
        actions.link_activities(
            kept.pk, by=request.actor, version=given["version"], activities=given["activities"], is_outside_known=known
        )

    lede = _("Las del acuerdo del proyecto, o las de la oficina si no tiene. Una actividad se anota una sola vez.")
    words = {"title": _("Lo que se ha hecho en el proyecto"), "lede": lede, "submit": _("Guardar")}
    sheet = _sheet(kept, said=_("Actividades guardadas."), make=make, now=now, **words)
    return answered(request, sheet, do=do)
