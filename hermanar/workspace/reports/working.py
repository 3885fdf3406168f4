"""What was planned and what projects came to in a year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Indicator, IndicatorValue, PlannedActivity, Project, ProjectStage
from hermanar.cooperation.queries import (
    planned_of,
    programmes_of,
    projects_of,
    with_counts,
)
from hermanar.cooperation.queries.plans import progress_by_planned
from hermanar.cooperation.rules.indicators import progress_of
from hermanar.cooperation.rules.plans import Progress, overall
from hermanar.cooperation.vocabulary import CycleStage
from hermanar.foundation.access import Verb
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import in_language, long_date
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.projects import lacks as lacks_of_project
from hermanar.workspace.reports.shape import Figure, Grid, Lack, Row, Section, Year


def plans(office: Office, year: Year) -> Section:
    """Return the chapter on the annual programmes and on how far they came."""
    programmes = list(programmes_of(office.pk).filter(year=year.number))
    found = planned_of(office.pk).filter(programme__in=programmes)
    planned = list(found.prefetch_related("programme__plan__agreement__parties__place"))
    going = [one for one in planned if not _is_cancelled(one, year)]
    progress = progress_by_planned(going, until=year.until if year.is_over else None)
    done = sum(one.is_done for one in progress.values())
    figures = [
        Figure(_("Programas anuales"), len(programmes)),
        Figure(_("Actividades planeadas"), len(going)),
        Figure(_("Actividades planeadas y cumplidas"), done),
        Figure(_("Actividades planeadas y canceladas"), len(planned) - len(going)),
    ]
    whole = overall(list(progress.values()))
    if whole is not None:
        figures.append(Figure(_("Avance del año"), whole, "%"))
    headings = (_("Actividad planeada"), _("Con"), _("Del"), _("Al"), _("Avance, %"))
    rows = tuple(_planned_row(one, progress[one.pk]) for one in going)
    return Section(
        "plans",
        _("Programas anuales"),
        _("Avance es lo anotado como hecho, o lo que alguien dijo si es más. Todas las actividades pesan lo mismo."),
        tuple(figures),
        (Grid(_("Lo que se planeó"), headings, rows),) if rows else (),
        tuple(_lacks_of_plans(going, year)),
    )


def _is_cancelled(one: PlannedActivity | Project, year: Year) -> bool:
    """Say whether something was cancelled already on the day up to which a year is told."""
    return one.cancelled_on is not None and one.cancelled_on <= year.until


def _planned_row(one: PlannedActivity, progress: Progress) -> Row:
    plan = one.programme.plan
    cells = (
        _title(one),
        counterpart_of(plan.agreement),
        long_date(one.starts_on),
        long_date(one.ends_on),
        progress.percent,
    )
    return Row(cells, reverse("workspace:plan", args=[plan.pk]))


def _title(one: PlannedActivity) -> str:
    is_english = (get_language() or "es").startswith("en") and one.title_en
    return one.title_en if is_english else one.title


def _lacks_of_plans(planned: list[PlannedActivity], year: Year) -> Iterator[Lack]:
    """List what was planned, is over and nobody noted to this day: what was done late needs no noting again."""
    going = [one for one in planned if one.cancelled_on is None]
    progress = progress_by_planned(going)
    for one in going:
        if one.ends_on <= year.until and not progress[one.pk].is_done:
            what = _("«%(what)s» se planeó hasta el %(day)s: falta anotar lo hecho") % {
                "what": one.title, "day": long_date(one.ends_on),
            }  # fmt: skip
            tie = one.programme.plan.agreement_id
            yield Lack.at(what, "note_activity", field="id_description_es", verb=Verb.NOTE_ACTIVITY,
                          query=f"?expediente={tie}")  # fmt: skip


# ── projects ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def projects_in(office: Office, year: Year) -> list[Project]:
    """Return the projects that went on in a year: conceived by its end, not over nor cancelled before it.

    Over is what came to its last stage: the planned last day passes, and a project that is late goes on.
    """
    begun = projects_of(office.pk).filter(stages__number=1, stages__began_on__lte=year.until)
    over = ProjectStage.objects.filter(stage=CycleStage.ASSIMILATION, began_on__lt=year.first).values("project")
    stood = Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=year.first)
    found = begun.filter(stood).exclude(pk__in=over)
    return list(with_counts(found).prefetch_related("stages", "agreement__parties__place"))


def stage_then(project: Project, year: Year) -> CycleStage:
    """Return the stage a project was at when a year ended."""
    reached = [one for one in project.stages.all() if one.began_on <= year.until]
    return CycleStage(max(reached, key=lambda one: one.number).stage)


def projects(office: Office, year: Year) -> Section:
    """Return the chapter on projects, with what they measure."""
    found = projects_in(office, year)
    going = [one for one in found if not _is_cancelled(one, year)]
    stages = Counter(stage_then(one, year) for one in going)
    indicators = list(Indicator.objects.filter(project__in=found).select_related("project").prefetch_related("values"))
    measured = IndicatorValue.objects.filter(indicator__in=indicators, on__gte=year.first, on__lte=year.until)
    figures = (
        Figure(_("Proyectos"), len(found)),
        *(Figure(_("Proyectos en %(stage)s") % {"stage": one.label}, stages[one]) for one in CycleStage if stages[one]),
        Figure(_("Proyectos cancelados"), len(found) - len(going)),
        *_budgets(going),
        Figure(_("Indicadores"), len(indicators)),
        Figure(_("Valores medidos en el año"), measured.count()),
    )
    return Section(
        "projects",
        _("Proyectos de cooperación"),
        _(
            "La etapa es la que tenía cada uno el %(day)s. Lo cancelado no tiene etapa ni se suma. "
            "Cada moneda se suma sola."
        )
        % {"day": long_date(year.until)},
        figures,
        tuple(_grids(found, indicators, year)),
        tuple(_lacks_of_projects(found)),
    )


def _budgets(found: Iterable[Project]) -> Iterator[Figure]:
    """Yield the budgets in each currency."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for one in found:
        if one.budget is not None:
            totals[one.currency] += one.budget
    for code, total in sorted(totals.items()):
        yield Figure(_("Presupuesto de los proyectos"), total, code)


def _grids(found: list[Project], indicators: list[Indicator], year: Year) -> Iterator[Grid]:
    if found:
        headings = (_("Proyecto"), _("Con"), _("Etapa"), _("Presupuesto"), _("Moneda"), _("Indicadores"))
        yield Grid(_("Cada proyecto"), headings, tuple(_project_row(one, year) for one in found))
    if indicators:
        measured = (
            _("Qué se mide"), _("Proyecto"), _("Unidad"), _("Base"), _("Meta"), _("Último valor"), _("Avance, %"),
        )  # fmt: skip
        yield Grid(_("Cada indicador"), measured, tuple(_indicator_row(one, year) for one in indicators))


def _project_row(one: Project, year: Year) -> Row:
    tie = counterpart_of(one.agreement) if one.agreement else ""
    stage = _("cancelado") if _is_cancelled(one, year) else str(stage_then(one, year).label)
    count = int(getattr(one, "indicator_count", 0))
    cells = (in_language(one, "title"), tie, stage, one.budget, one.currency, count)
    return Row(cells, reverse("workspace:project", args=[one.pk]))


def _indicator_row(one: Indicator, year: Year) -> Row:
    value = max((it for it in one.values.all() if it.on <= year.until), key=lambda it: it.on, default=None)
    newest = value.value if value else None
    progress = progress_of(one.baseline, target=one.target, newest=newest)
    unit = "%" if one.measure == "percentage" else one.unit
    cells = (
        in_language(one, "title"), in_language(one.project, "title"), unit, plain(one.baseline), plain(one.target),
        plain(newest), plain(progress),
    )  # fmt: skip
    return Row(cells, reverse("workspace:project", args=[one.project_id]))


def plain(value: Decimal | None) -> Decimal | None:
    """Return a measured number without needless zeros."""
    return None if value is None else Decimal(f"{value.normalize():f}")


def _lacks_of_projects(found: Iterable[Project]) -> Iterator[Lack]:
    for one in found:
        if one.cancelled_on is None:
            for lack in lacks_of_project(one):
                what = _("%(project)s: %(what)s") % {"project": one.title_es, "what": lack.words}
                yield Lack(what, lack.address, Verb.KEEP_PROJECTS)
