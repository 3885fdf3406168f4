"""A project as a line of the office's list, on its page and in the tables that are taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Contribution, Indicator, Partner, Project
from hermanar.cooperation.queries import (
    Goal,
    budget_of,
    going_projects,
    missing_of,
    newest_value,
    progress_of_indicator,
    projects_of,
    target_codes,
    with_counts,
)
from hermanar.cooperation.vocabulary import ContributionSide, Missing
from hermanar.foundation.access import Actor, Verb, can
from hermanar.foundation.tables import Column
from hermanar.foundation.words import fold
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.trend import Trend, trend_of

# Where what is missing is written: the address and, of a section, its slug; then the field.
_WHERE: dict[Missing, tuple[str, str, str]] = {
    Missing.SUMMARY: ("workspace:edit_project", "datos", "#id_summary_es"),
    Missing.DIRECTION: ("workspace:edit_project", "clase", "#id_scheme"),
    Missing.MODALITY: ("workspace:edit_project", "clase", "#id_modality"),
    Missing.DATES: ("workspace:edit_project", "plan", "#id_starts_on"),
    Missing.ENGLISH: ("workspace:edit_project", "datos", "#id_title_en"),
    Missing.PARTNERS: ("workspace:add_project_part", "organizaciones", ""),
    Missing.BUDGET: ("workspace:edit_project", "plan", "#id_budget"),
    Missing.CONTRIBUTIONS: ("workspace:add_project_part", "aportaciones", ""),
    Missing.BUDGET_GAP: ("workspace:add_project_part", "aportaciones", ""),
    Missing.RATES: ("workspace:project", "", "#aportaciones"),
    Missing.TARGETS: ("workspace:project_goals", "", "#id_q"),
    Missing.INDICATORS: ("workspace:add_project_part", "indicadores", ""),
    Missing.INDICATOR_TARGETS: ("workspace:project", "", "#indicadores"),
    Missing.VALUES: ("workspace:project", "", "#indicadores"),
    Missing.RISKS: ("workspace:add_project_part", "riesgos", ""),
    Missing.ACTIVITIES: ("workspace:project_activities", "", ""),
    Missing.LESSONS: ("workspace:add_project_part", "lecciones", ""),
}
# What was done, as the versions call it.
DONE = {
    "project.recorded": gettext_lazy("Se asentó"),
    "project.mended": gettext_lazy("Cambiaron sus datos"),
    "project.stage_begun": gettext_lazy("Pasó a la etapa siguiente"),
    "project.stage_mended": gettext_lazy("Se corrigió la fecha de una etapa"),
    "project.stage_taken_back": gettext_lazy("Volvió a la etapa anterior"),
    "project.partner_kept": gettext_lazy("Se escribió una organización"),
    "project.partner_taken_out": gettext_lazy("Se quitó una organización"),
    "project.contribution_kept": gettext_lazy("Se escribió una aportación"),
    "project.contribution_taken_out": gettext_lazy("Se quitó una aportación"),
    "project.targets_set": gettext_lazy("Cambiaron sus objetivos de desarrollo"),
    "project.indicator_kept": gettext_lazy("Se escribió un indicador"),
    "project.indicator_taken_out": gettext_lazy("Se quitó un indicador"),
    "project.value_kept": gettext_lazy("Se anotó un valor medido"),
    "project.value_taken_out": gettext_lazy("Se quitó un valor medido"),
    "project.risk_kept": gettext_lazy("Se escribió un riesgo"),
    "project.risk_taken_out": gettext_lazy("Se quitó un riesgo"),
    "project.lesson_kept": gettext_lazy("Se escribió una lección"),
    "project.lesson_taken_out": gettext_lazy("Se quitó una lección"),
    "project.activities_linked": gettext_lazy("Cambiaron sus actividades"),
    "project.published": gettext_lazy("Se publicó"),
    "project.unpublished": gettext_lazy("Dejó de mostrarse al público"),
    "project.cancelled": gettext_lazy("Se canceló"),
}


@dataclass(frozen=True, slots=True)
class WantedProjects:
    """What the list is narrowed to."""

    text: str = ""
    stage: str = ""
    modality: str = ""
    tie: str = ""
    is_cancelled: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.stage or self.modality or self.tie or self.is_cancelled)


def found_projects(office: Office, wanted: WantedProjects) -> list[Project]:
    """Return the projects of an office that are wanted, the newest first."""
    every: QuerySet[Project] = projects_of(office.pk) if wanted.is_cancelled else going_projects(office.pk)
    found = every.filter(cancelled_on__isnull=False) if wanted.is_cancelled else every
    exact = {"stage": wanted.stage, "modality": wanted.modality, "agreement": wanted.tie}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    rows = with_counts(found).prefetch_related("targets", "contributions", "agreement__parties__place")
    words = fold(wanted.text).split()
    return [row for row in rows if all(word in _said_of(row) for word in words)]


def _said_of(project: Project) -> str:
    told = (project.title_es, project.title_en, project.summary_es, project.beneficiaries, with_whom(project))
    return fold(" ".join(told))


def with_whom(project: Project) -> str:
    """Return the other side of a project's agreement, or nothing."""
    return counterpart_of(project.agreement) if project.agreement else ""


def money_told(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency, or nothing."""
    return "" if amount is None else f"{amount:,.2f}\N{NO-BREAK SPACE}{currency}"


def figure_told(value: Decimal | None, one: Indicator) -> str:
    """Return a figure of an indicator with its unit, without needless zeros."""
    if value is None:
        return ""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}\N{NO-BREAK SPACE}%" if one.measure == "percentage" else f"{text} {one.unit}".strip()


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing, with where it is written."""

    words: str
    address: str


def may_change(project: Project, actor: Actor) -> bool:
    """Say whether somebody may change a project now: one that stands, and a public one only who may show it."""
    is_open = project.published_at is None or can(actor, Verb.PUBLISH_PROJECT)
    return project.cancelled_on is None and is_open and can(actor, Verb.KEEP_PROJECTS)


def lacks(project: Project) -> list[Lack]:
    """Return what a project does not say yet, each with the way to the field."""
    return [Lack(str(one.label), _address(project, one)) for one in missing_of(project)]


def _address(project: Project, one: Missing) -> str:
    name, slug, field = _WHERE[one]
    return reverse(name, args=[project.pk, slug] if slug else [project.pk]) + field


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator on the page."""

    indicator: Indicator
    baseline: str
    target: str
    newest: str
    progress: Decimal | None
    values: tuple[tuple[Any, str], ...]
    trend: Trend | None


def indicator_lines(project: Project) -> list[IndicatorLine]:
    """Return the indicators of a project, each with its values and how far it has come."""
    return [_indicator_line(one) for one in project.indicators.prefetch_related("values")]


def _indicator_line(one: Indicator) -> IndicatorLine:
    newest = newest_value(one)
    return IndicatorLine(
        one,
        figure_told(one.baseline, one),
        figure_told(one.target, one),
        figure_told(newest.value, one) if newest else "",
        progress_of_indicator(one),
        tuple((value, figure_told(value.value, one)) for value in one.values.all()),
        trend_of(one),
    )


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal or a target of the 2030 Agenda in the reader's language."""

    code: str
    is_target: bool
    name: str  # the short name of a goal, which only Spanish has here
    text: str


def goal_lines(found: Iterable[Goal]) -> list[GoalLine]:
    """Return goals and targets in the reader's language."""
    is_english = (get_language() or "es").startswith("en")
    return [
        GoalLine(one.code, one.is_target, "" if is_english else one.name_es, one.text_en if is_english else one.text_es)
        for one in found
    ]


def who_puts_in(one: Contribution) -> str:
    """Return who puts something in."""
    return one.partner.name if one.partner else str(ContributionSide(one.side).label)


def history_of(project: Project) -> list[dict[str, Any]]:
    """Return what was done to a project, the newest first."""
    found = project.versions.select_related("by_user").defer("values").order_by("-number")
    return [{"version": one, "what": DONE.get(one.code, one.code)} for one in found]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def columns() -> tuple[Column, ...]:
    """Return the columns of the list as a table, in the reader's language."""
    return (
        Column(_("proyecto"), lambda row: row.title_es),
        Column(_("acuerdo"), lambda row: row.agreement.number if row.agreement else ""),
        Column(_("contraparte"), with_whom),
        Column(_("etapa"), lambda row: row.get_stage_display()),
        Column(_("vertiente"), lambda row: row.get_direction_display()),
        Column(_("esquema"), lambda row: row.get_scheme_display()),
        Column(_("modalidad"), lambda row: row.get_modality_display()),
        Column(_("submodalidad"), lambda row: row.get_sub_modality_display()),
        Column(_("área"), lambda row: row.get_area_display()),
        Column(_("empieza"), lambda row: row.starts_on or ""),
        Column(_("termina"), lambda row: row.ends_on or ""),
        Column(_("presupuesto"), lambda row: "" if row.budget is None else f"{row.budget:.2f}"),
        Column(_("moneda"), lambda row: row.currency),
        Column(_("aportado en dinero"), lambda row: f"{budget_of(row).total:.2f}" if row.currency else ""),
        Column(_("ODS y metas"), lambda row: ", ".join(target_codes(row))),
        Column(_("indicadores"), lambda row: row.indicator_count),
        Column(_("actividades"), lambda row: row.activity_count),
        Column(_("beneficia a"), lambda row: row.beneficiaries),
        Column(_("para qué es"), lambda row: row.summary_es),
        Column(_("público"), lambda row: _("sí") if row.published_at else _("no")),
        Column(_("cancelado"), lambda row: row.cancelled_on or ""),
    )


def contribution_rows(office: UUID) -> Iterable[Contribution]:
    """Return what the parties put into the projects of an office."""
    found = Contribution.objects.filter(project__in=projects_of(office).order_by().values("pk"))
    return found.select_related("project", "partner").order_by("project__title_es", "pk")


def contribution_columns() -> tuple[Column, ...]:
    """Return the columns of what is put in."""
    return (
        Column(_("proyecto"), lambda row: row.project.title_es),
        Column(_("quién aporta"), who_puts_in),
        Column(_("qué aporta"), lambda row: row.get_resource_display()),
        Column(_("qué es"), lambda row: row.description),
        Column(_("cuándo"), lambda row: row.on or ""),
        Column(_("cantidad"), lambda row: "" if row.amount is None else f"{row.amount:.2f}"),
        Column(_("moneda"), lambda row: row.currency),
        Column(_("tipo de cambio"), lambda row: "" if row.rate is None else f"{row.rate:f}"),
        Column(_("día del tipo de cambio"), lambda row: row.rate_on or ""),
        Column(_("fuente del tipo de cambio"), lambda row: row.rate_source),
        Column(_("personas"), lambda row: row.people if row.people is not None else ""),
        Column(_("días de cada una"), lambda row: row.days if row.days is not None else ""),
    )


def measured_rows(office: UUID) -> list[tuple[Indicator, Any]]:
    """Return each value measured in the projects of an office; an indicator without any has a row of its own."""
    found = Indicator.objects.filter(project__in=projects_of(office).order_by().values("pk"))
    ordered = found.select_related("project").prefetch_related("values").order_by("project__title_es", "pk")
    return [(one, value) for one in ordered for value in (one.values.all() or (None,))]


def measured_columns() -> tuple[Column, ...]:
    """Return the columns of what is measured."""
    return (
        Column(_("proyecto"), lambda row: row[0].project.title_es),
        Column(_("indicador"), lambda row: row[0].title_es),
        Column(_("clase de resultado"), lambda row: row[0].get_level_display()),
        Column(_("unidad"), lambda row: "%" if row[0].measure == "percentage" else row[0].unit),
        Column(_("línea de base"), lambda row: plain(row[0].baseline)),
        Column(_("día de la línea de base"), lambda row: row[0].baseline_on or ""),
        Column(_("meta"), lambda row: plain(row[0].target)),
        Column(_("día de la meta"), lambda row: row[0].target_on or ""),
        Column(_("día del valor"), lambda row: row[1].on if row[1] else ""),
        Column(_("valor"), lambda row: plain(row[1].value) if row[1] else ""),
        Column(_("medio de verificación"), lambda row: row[1].verification if row[1] else row[0].verification),
    )


def plain(value: Decimal | None) -> str:
    """Return a figure without idle zeros, with a point: a template would write a comma, which parts thousands here."""
    return "" if value is None else f"{value.normalize():f}"


def partner_choices(project: Project) -> list[tuple[str, str]]:
    """Return the organisations of a project, as a form offers them; one in two roles is offered twice."""
    named = Partner.objects.filter(project=project)
    return [(str(one.pk), f"{one.name} ({one.get_role_display()})") for one in named]


def activity_told(activity: Any) -> str:
    """Return an activity in a line: when, and what."""
    when = long_date(activity.start) if activity.started_on else _("sin fecha")
    return f"{when} · {activity.description_es}"[:200]
