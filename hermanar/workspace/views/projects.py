"""The cooperation projects of an office: the list, one recorded, its page, and the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements.queries import by_number, for_office
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation import actions
from hermanar.cooperation.actions import ProjectDraft
from hermanar.cooperation.models import Project
from hermanar.cooperation.queries import budget_of, done_in, goals, projects_of, target_codes
from hermanar.cooperation.rules.projects import next_stage
from hermanar.cooperation.vocabulary import CycleStage, Modality, Principle
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import uuid7
from hermanar.workspace import projects as told
from hermanar.workspace.forms.projects import FIELDS_OF, FirstForm
from hermanar.workspace.projects import WantedProjects, found_projects
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import way_back

_PER_PAGE = 25
_TABLES: dict[str, tuple[Callable[[UUID], Any], Callable[[], Any]]] = {
    "aportaciones": (told.contribution_rows, told.contribution_columns),
    "indicadores": (told.measured_rows, told.measured_columns),
}


def own_project(request: MemberRequest, project: UUID) -> Project:
    """Return a project of the office; outside it, the same answer as for what does not exist."""
    kept = projects_of(request.office.pk).filter(pk=project).first()
    if kept is None:
        raise Http404
    return kept


def address_of(kept: Project) -> str:
    """Return the page of a project."""
    return reverse("workspace:project", args=[kept.pk])


def way_to(kept: Project | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way to a page of a project: words and addresses."""
    first = (str(_("Proyectos")), reverse("workspace:projects"))
    return (first, (kept.title_es, address_of(kept))) if kept else (first,)


def tie_choices(request: MemberRequest) -> list[tuple[str, str]]:
    """Return the agreements of the office a project may be of."""
    files = by_number(for_office(request.office.pk)).exclude(stage=Stage.ABANDONED)
    return [(str(one.pk), f"{one.title_es} ({one.number})") for one in files]


@member(Verb.READ_FILES)
def projects(request: MemberRequest) -> HttpResponse:
    """List the projects of the office, by text, stage, modality and agreement."""
    wanted = _wanted(request)
    page = Paginator(found_projects(request.office, wanted), _PER_PAGE).get_page(request.GET.get("pagina"))
    query = request.GET.copy()
    query.pop("pagina", None)
    context = {
        "page": page,
        "rows": [
            {"project": one, "with": told.with_whom(one), "money": told.money_told(one.budget, one.currency)}
            for one in page.object_list
        ],
        "wanted": wanted,
        "stages": list(CycleStage),
        "modalities": list(Modality),
        "ties": tie_choices(request),
        "may_keep": can(request.actor, Verb.KEEP_PROJECTS),
        "query": query.urlencode(),
    }
    return render(request, "workspace/projects/list.html", context)


def _wanted(request: HttpRequest) -> WantedProjects:
    asked = {name: request.GET.get(name, "") for name in ("etapa", "modalidad", "acuerdo")}
    try:
        tie = str(UUID(asked["acuerdo"])) if asked["acuerdo"] else ""
    except ValueError:
        tie = ""
    return WantedProjects(
        text=request.GET.get("q", "").strip()[:120],
        stage=asked["etapa"] if asked["etapa"] in CycleStage.values else "",
        modality=asked["modalidad"] if asked["modalidad"] in Modality.values else "",
        tie=tie,
        is_cancelled=request.GET.get("cancelados") == "1",
    )


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, table: str, format_: str) -> HttpResponse:
    """Give the list with its filters as a table, or what all projects get from the parties, or what they measure."""
    name = f"{table}-{today_in(request.office.time_zone)}"
    if table == "proyectos":
        found = found_projects(request.office, _wanted(request))
        return table_answer(told.columns(), found, format_=format_, name=name, sheet=_("Proyectos"))
    if table not in _TABLES:
        raise Http404
    read, columns = _TABLES[table]
    return table_answer(columns(), read(request.office.pk), format_=format_, name=name, sheet=table.capitalize())


@member(Verb.KEEP_PROJECTS)
def record(request: MemberRequest) -> HttpResponse:
    """Record a project with the fewest fields; its page then lists what is missing. A file's page leads here."""
    today = today_in(request.office.time_zone)
    ties = tie_choices(request)
    asked = request.GET.get("acuerdo", "")
    first = {"key": uuid7(), "agreement": asked, "conceived_on": today}
    to: list[str] = []

    def make(*given: Any, **more: Any) -> FirstForm:
        return FirstForm(*given, ties=ties, **more)

    def do(given: Values) -> None:
        names = ("title_es", "summary_es", "agreement")
        made = actions.record_project(
            ProjectDraft(**{name: given[name] for name in names}),
            office=request.office.pk,
            by=request.actor,
            key=given["key"] or uuid7(),
            conceived_on=given["conceived_on"],
            today=today,
        )
        to.append(address_of(made))

    sheet = Sheet(
        title=_("Asentar un proyecto"),
        lede=_("Basta con el nombre y el día. Lo demás se agrega después, por partes: la página le dirá qué falta."),
        submit=_("Asentar el proyecto"),
        said=_("Proyecto asentado. Abajo está lo que falta."),
        back=way_back(request, reverse("workspace:projects")),
        where=way_to(),
        make=make,
        now=lambda: first,
        fields_of=FIELDS_OF,
    )
    return answered(request, sheet, do=do, to=lambda: to[0])


@member(Verb.READ_FILES)
def project(request: MemberRequest, project: UUID) -> HttpResponse:
    """Show a project: what is missing first, then its parts, each with the way to change it."""
    kept = own_project(request, project)
    stands = kept.cancelled_on is None
    stages = list(kept.stages.all())
    coming = next_stage(len(stages))
    every = goals()
    sum_ = budget_of(kept)
    contributions = kept.contributions.select_related("partner")
    context = {
        "project": kept,
        "with_whom": told.with_whom(kept),
        "lacks": told.lacks(kept) if stands else [],
        "stages": stages,
        "coming": coming,
        "later": list(CycleStage)[len(stages) + 1 :],
        "principles": [Principle(code).label for code in kept.principles],
        "budget": told.money_told(kept.budget, kept.currency),
        "sum": sum_,
        "gap": abs(sum_.gap) if sum_.gap else None,
        "contributions": [
            {
                "one": one,
                "who": told.who_puts_in(one),
                "money": told.money_told(one.amount, one.currency),
                "rate": told.plain(one.rate),
            }
            for one in contributions
        ],
        "total": told.money_told(sum_.total, kept.currency) if kept.currency else "",
        "gap_told": told.money_told(abs(sum_.gap), kept.currency) if sum_.gap else "",
        "partners": kept.partners.all(),
        "targets": told.goal_lines(every[code] for code in target_codes(kept)),
        "indicators": told.indicator_lines(kept),
        "activities": [{"one": one, "told": told.activity_told(one)} for one in done_in(kept)],
        "risks": kept.risks.all(),
        "lessons": kept.lessons.all(),
        "history": told.history_of(kept),
        "may_keep": told.may_change(kept, request.actor),
        "is_closed_to": stands and can(request.actor, Verb.KEEP_PROJECTS) and not told.may_change(kept, request.actor),
        "may_cancel": stands and can(request.actor, Verb.CANCEL_PROJECT),
        "may_publish": stands and can(request.actor, Verb.PUBLISH_PROJECT),
    }
    return render(request, "workspace/projects/page.html", context)
