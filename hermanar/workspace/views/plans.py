"""Work plans of an office: the list, one made, its page, changed, as calendar, as chart, to share, to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from icalendar import Calendar

from hermanar.agreements.queries import for_office
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation import actions
from hermanar.cooperation.actions import PlanDraft
from hermanar.cooperation.models import AnnualProgramme, ProgrammeResource, ProgrammeStaff, WorkPlan
from hermanar.cooperation.queries.plans import planned_of, plans_of, programmes_of, span_of_plan, was_reopened
from hermanar.cooperation.rules.plans import usual_end, years_of
from hermanar.foundation.access import Verb, can
from hermanar.foundation.documents.answering import disposition
from hermanar.foundation.models import uuid7
from hermanar.foundation.tables import Column
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.activities import tie_of
from hermanar.workspace.forms.plans import NewPlanForm, PlanForm
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.plan_charts import gantt_of, months_of, planned_event
from hermanar.workspace.plan_papers import both_papers, paper_of_plan, pieces_of
from hermanar.workspace.plans import (
    city_of,
    days_told,
    lines_of,
    planned_columns,
    resource_columns,
    staff_columns,
    view_of,
    views_of,
)
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import way_back

FORM = "workspace/plans/form.html"
LANGUAGES = ("es", "en")
_DAY = dt.timedelta(days=1)
_KEPT = ("starts_on", "ends_on", "purpose", "purpose_en", "agreed_on")


def own_plan(request: MemberRequest, plan: UUID) -> WorkPlan:
    """Return a plan of the office; outside it, the same answer as for what does not exist."""
    kept = plans_of(request.office.pk).filter(pk=plan).first()
    if kept is None:
        raise Http404
    return kept


def address_of(kept: WorkPlan) -> str:
    """Return the page of a plan."""
    return reverse("workspace:plan", args=[kept.pk])


def way_to(kept: WorkPlan | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way to a page of a plan: words and addresses."""
    first = (str(_("Planes")), reverse("workspace:plans"))
    return (first, (f"{city_of(kept)}, {kept}", address_of(kept))) if kept else (first,)


@member(Verb.READ_FILES)
def plans(request: MemberRequest) -> HttpResponse:
    """List the plans, each with how far it has come and how much it lacks."""
    today = today_of(request.office)
    kept = plans_of(request.office.pk).prefetch_related("agreement__parties__place__country")
    context = {
        "views": views_of(kept, today=today),
        "today": today,
        "may_keep": can(request.actor, Verb.KEEP_PLANS),
        "has_ties": for_office(request.office.pk).exclude(stage=Stage.ABANDONED).exists(),
    }
    return render(request, "workspace/plans/list.html", context)


@member(Verb.KEEP_PLANS)
def make(request: MemberRequest) -> HttpResponse:
    """Make the plan of a tie; a file's page leads here with its own."""
    files = for_office(request.office.pk).exclude(stage=Stage.ABANDONED).order_by("title_es")
    kept = files.prefetch_related("parties__place__country")
    ties = [(str(one.pk), f"{tie_of(one, own=request.office.place_id)} · {one.title_es}") for one in kept]
    today = today_of(request.office)
    first: Values = {"key": uuid7(), "agreement": request.GET.get("expediente", ""), "starts_on": today}
    before = plans_of(request.office.pk).filter(agreement__in=_asked(first["agreement"])).first()
    if before:  # what follows a plan begins the day after it
        first["starts_on"] = max(today, usual_end(before.starts_on), before.ends_on) + _DAY
    first["ends_on"] = usual_end(first["starts_on"])
    made: list[WorkPlan] = []

    def do(given: Values) -> None:
        draft = PlanDraft(**{name: given[name] for name in _KEPT})
        key = given["key"] or uuid7()
        made.append(actions.make_plan(given["agreement"], draft, by=request.actor, today=today, key=key))

    sheet = Sheet(
        title=_("Hacer un plan de trabajo"),
        lede=_("Lo que las dos ciudades harán en unos tres años, por años. Se comparte con la contraparte."),
        submit=_("Hacer el plan"),
        said=_("Plan hecho. Agregue el programa del primer año."),
        back=way_back(request, reverse("workspace:plans")),
        where=way_to(),
        make=lambda *given, **more: NewPlanForm(*given, ties=ties, **more),
        now=lambda: first,
        template=FORM,
    )
    return answered(request, sheet, do=do, to=lambda: address_of(made[0]))


def _asked(text: object) -> list[UUID]:
    try:
        return [UUID(str(text))]
    except ValueError:
        return []


@member(Verb.READ_FILES)
def plan(request: MemberRequest, plan: UUID) -> HttpResponse:
    """Show a plan: what is advised and missing first, then each year with what is planned."""
    kept = own_plan(request, plan)
    view = view_of(kept, today=today_of(request.office))
    context = {"plan": kept, "view": view, "here": "list", **_frame(request, kept)}
    return render(request, "workspace/plans/page.html", context)


def _frame(request: MemberRequest, kept: WorkPlan) -> dict[str, Any]:
    return {
        "city": city_of(kept),
        "days": days_told(*span_of_plan(kept)),
        "was_reopened": was_reopened(kept),
        "may_keep": can(request.actor, Verb.KEEP_PLANS),
        "may_note": can(request.actor, Verb.NOTE_ACTIVITY),
        "only_this": f"?plan={kept.pk}",
    }


@member(Verb.KEEP_PLANS)
def edit(request: MemberRequest, plan: UUID) -> HttpResponse:
    """Change what a plan says of itself."""
    kept = own_plan(request, plan)

    def now() -> Values:
        fresh = own_plan(request, plan)
        return {name: getattr(fresh, name) for name in (*_KEPT, "version")}

    def do(given: Values) -> None:
        draft = PlanDraft(**{name: given[name] for name in _KEPT})
        today = today_of(request.office)
        actions.change_plan(kept.pk, draft, by=request.actor, version=given["version"], today=today)

    sheet = Sheet(
        title=_("Datos del plan"),
        submit=_("Guardar"),
        said=_("Datos guardados."),
        back=address_of(kept),
        where=way_to(kept),
        make=PlanForm,
        now=now,
        template=FORM,
    )
    return answered(request, sheet, do=do)


@member(Verb.READ_FILES)
def by_month(request: MemberRequest, plan: UUID) -> HttpResponse:
    """Show a year of a plan month by month: what is planned and what was done."""
    kept = own_plan(request, plan)
    today = today_of(request.office)
    years = years_of(span_of_plan(kept))
    year = _year(request, years, default=today.year)
    view = view_of(kept, today=today)
    months = months_of(kept, view.lines, year=year, today=today)
    context = {"plan": kept, "view": view, "here": "months", "months": months, "year": year, "years": years}
    return render(request, "workspace/plans/months.html", {**context, **_frame(request, kept)})


def _year(request: MemberRequest, years: list[int], *, default: int) -> int:
    asked = request.GET.get("ano", "")
    if not asked:
        return min(max(default, years[0]), years[-1])
    if asked not in {str(year) for year in years}:
        raise Http404
    return int(asked)


@member(Verb.READ_FILES)
def gantt(request: MemberRequest, plan: UUID) -> HttpResponse:
    """Show a plan as a chart of bars, a table to those who cannot see it."""
    kept = own_plan(request, plan)
    today = today_of(request.office)
    view = view_of(kept, today=today)
    charts = [gantt_of(one, today=today) for one in view.programmes if one.lines]
    context = {"plan": kept, "view": view, "here": "gantt", "charts": charts, **_frame(request, kept)}
    return render(request, "workspace/plans/gantt.html", context)


@member(Verb.READ_FILES)
def shared(request: MemberRequest, plan: UUID) -> HttpResponse:
    """Show a plan as its paper reads, in both languages beside each other or in one, to print or to read together."""
    kept = own_plan(request, plan)
    asked = request.GET.get("idioma", "")
    papers = [paper for paper in both_papers(kept) if asked not in LANGUAGES or paper.language == asked]
    context = {"plan": kept, "here": "shared", "asked": asked, **_frame(request, kept)}
    context["papers"] = [(paper, pieces_of(paper)) for paper in papers]
    return render(request, "workspace/plans/shared.html", context)


@member(Verb.READ_FILES)
def file(request: MemberRequest, plan: UUID, language: str, format_: str) -> HttpResponse:
    """Give a plan as Word or PDF in one of its languages."""
    kept = own_plan(request, plan)
    if format_ not in FORMATS or language not in LANGUAGES:
        raise Http404
    name = slugify(f"{_('plan de trabajo')} {city_of(kept)} {kept} {language}")
    return answer_with(paper_of_plan(kept, language=language), format_, name=name)


@member(Verb.READ_FILES)
def feed(request: MemberRequest, plan: UUID) -> HttpResponse:
    """Give what is planned as a calendar file."""
    kept = own_plan(request, plan)
    calendar = Calendar()
    calendar.add("prodid", "-//Hermanar//Plan//ES")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{city_of(kept)}, {kept}")
    language = "en" if request.GET.get("idioma") == "en" else "es"
    for one in planned_of(request.office.pk).filter(programme__plan=kept, cancelled_on__isnull=True):
        calendar.add_component(planned_event(one, number=kept.agreement.number, language=language))
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = disposition(slugify(f"plan {city_of(kept)} {kept}") + ".ics")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, table: str, format_: str) -> HttpResponse:
    """Give what is planned, the resources or the staff as a table: of all plans, or of the one that is asked for."""
    if table not in _TABLES:
        raise Http404
    read, columns = _TABLES[table]
    kept = plans_of(request.office.pk)
    if asked := request.GET.get("plan"):
        kept = kept.filter(pk__in=[own_plan(request, one).pk for one in _asked(asked)])
    programmes = programmes_of(request.office.pk).filter(plan__in=kept.order_by().values("pk"))
    name = f"planes-{table}-{today_of(request.office)}"
    return table_answer(columns(), read(request, programmes), format_=format_, name=name, sheet=table.capitalize())


def _planned_rows(request: MemberRequest, programmes: Any) -> Any:
    rows = list(planned_of(request.office.pk).filter(programme__in=programmes.order_by().values("pk")))
    return lines_of(rows, today=today_of(request.office))


def _rows_of(model: Any) -> Callable[[MemberRequest, Any], Any]:
    def read(_request: MemberRequest, programmes: Any) -> Any:
        rows = model.objects.filter(programme__in=programmes.order_by().values("pk"))
        return rows.select_related("programme__plan__agreement").order_by(
            "programme__plan", "programme__year", "position"
        )

    return read


_TABLES: dict[str, tuple[Callable[[MemberRequest, Any], Any], Callable[[], tuple[Column, ...]]]] = {
    "actividades": (_planned_rows, planned_columns),
    "recursos": (_rows_of(ProgrammeResource), resource_columns),
    "personal": (_rows_of(ProgrammeStaff), staff_columns),
}


def own_programme(request: MemberRequest, programme: UUID) -> AnnualProgramme:
    """Return a programme of a plan of the office, or nothing at all."""
    kept = programmes_of(request.office.pk).filter(pk=programme).first()
    if kept is None:
        raise Http404
    return kept
