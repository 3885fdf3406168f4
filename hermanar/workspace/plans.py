"""What the pages and files of work plans show: what is missing, what is advised, how far each thing has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.cooperation.models import AnnualProgramme, PlannedActivity, WorkPlan
from hermanar.cooperation.queries.plans import (
    facts_by_planned,
    followed_plans,
    planned_of,
    progress_by_planned,
    renewal_of,
    resource_lines,
    span_of_plan,
    state_of,
)
from hermanar.cooperation.rules.gradual import gradual_advice
from hermanar.cooperation.rules.plans import Progress, missing_contents, overall, sums_of, years_of
from hermanar.cooperation.vocabulary import PlanContent, PlanSide, ResourceKind
from hermanar.foundation.calendar import today_in
from hermanar.foundation.tables import Column
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.forms.activities import OTHER_DAY, tie_of
from hermanar.workspace.plan_words import Told, hint_told


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """Something planned, with how far it has come."""

    planned: PlannedActivity
    progress: Progress
    is_over: bool

    @property
    def days(self) -> str:
        """Return its days in words."""
        return days_told(self.planned.starts_on, self.planned.ends_on)

    @property
    def said(self) -> str:
        """Explain the progress: what is noted, and what somebody said beyond it."""
        counted = {"done": self.progress.done, "times": self.progress.times}
        noted = (
            ngettext("anotada %(done)d de %(times)d", "anotadas %(done)d de %(times)d", self.progress.times) % counted
        )
        if self.progress.lacks_evidence:
            return _("%(noted)s; se dice %(percent)d %%") % {"noted": noted, "percent": self.progress.percent}
        return noted

    @property
    def responsible(self) -> list[tuple[str, str]]:
        """Return who answers for it on each side."""
        sides = (
            (PlanSide.OWN, self.planned.responsible_own),
            (PlanSide.COUNTERPART, self.planned.responsible_counterpart),
        )
        return [(str(side.label), who) for side, who in sides]


@dataclass(slots=True)
class ProgrammeView:
    """A programme with what is planned in it, what it lacks, and its money by currency."""

    programme: AnnualProgramme
    today: dt.date
    progress: Mapping[UUID, Progress]
    lines: list[PlannedLine] = field(init=False)
    cancelled: list[PlannedActivity] = field(init=False)
    missing: list[Told] = field(init=False)
    untold: list[Told] = field(init=False)  # what has no English yet
    sums: list[str] = field(init=False)

    def __post_init__(self) -> None:
        planned = list(self.programme.activities.all())
        going = [one for one in planned if one.cancelled_on is None]
        self.lines = lines_of(going, today=self.today, progress=self.progress)
        self.cancelled = [one for one in planned if one.cancelled_on]
        self.missing = list(_missing(self.programme, self.progress))
        self.untold = list(_untold(self.programme, [line.planned for line in self.lines]))
        self.sums = [money(sum_, currency) for currency, sum_ in sums_of(resource_lines(self.programme)).items()]

    @property
    def percent(self) -> int | None:
        """Return how far the whole year has come."""
        return overall([line.progress for line in self.lines])


@dataclass(slots=True)
class PlanView:
    """A plan on a day: its programmes, what is missing, what the method advises; see `views_of`."""

    plan: WorkPlan
    today: dt.date
    progress: Mapping[UUID, Progress]
    is_followed: bool
    programmes: list[ProgrammeView] = field(init=False)
    hints: list[Told] = field(init=False)
    open_years: list[int] = field(init=False)  # of the plan, without a programme

    def __post_init__(self) -> None:
        kept = list(self.plan.programmes.all())
        self.programmes = [ProgrammeView(one, self.today, self.progress) for one in kept]
        there = {one.year for one in kept}
        self.open_years = [year for year in years_of(span_of_plan(self.plan)) if year not in there]
        planned = facts_by_planned((line.planned for line in self.lines), progress=self.progress)
        found = gradual_advice(span_of_plan(self.plan), list(planned.values()), today=self.today)
        renewal = renewal_of(self.plan, followed=self.is_followed, today=self.today)
        self.hints = [hint_told(hint, plan=self.plan) for hint in ([renewal, *found] if renewal else found)]

    @property
    def lines(self) -> list[PlannedLine]:
        """Return all that is planned and goes on."""
        return [line for view in self.programmes for line in view.lines]

    @property
    def percent(self) -> int | None:
        """Return how far the whole plan has come."""
        return overall([line.progress for line in self.lines])

    @property
    def missing(self) -> int:
        """Return how many things the programmes lack."""
        return sum(len(view.missing) for view in self.programmes) + len(self.open_years)

    @property
    def city(self) -> str:
        """Return the city with which the plan is."""
        return city_of(self.plan)

    @property
    def now(self) -> ProgrammeView | None:
        """Return the programme of this year, or the one that comes nearest to it."""
        return min(self.programmes, key=lambda one: abs(one.programme.year - self.today.year), default=None)


def views_of(plans: Iterable[WorkPlan], *, today: dt.date) -> list[PlanView]:
    """Return plans as they are on a day, with as many questions for many as for one."""
    known = list(plans)
    prefetch_related_objects(known, *(f"programmes__{name}" for name in ("activities", "staff", "resources")))
    planned = (one for plan in known for programme in plan.programmes.all() for one in programme.activities.all())
    progress, followed = progress_by_planned(planned), followed_plans(known)
    return [PlanView(one, today, progress, one.pk in followed) for one in known]


def view_of(plan: WorkPlan, *, today: dt.date) -> PlanView:
    """Return a plan as it is on a day."""
    [view] = views_of([plan], today=today)
    return view


def view_of_programme(programme: AnnualProgramme, *, today: dt.date) -> ProgrammeView:
    """Return a programme as it is on a day."""
    return ProgrammeView(programme, today, progress_by_planned(programme.activities.all()))


def lines_of(
    planned: list[PlannedActivity], *, today: dt.date, progress: Mapping[UUID, Progress] | None = None
) -> list[PlannedLine]:
    """Return planned activities as lines of a list."""
    progress = progress_by_planned(planned) if progress is None else progress
    return [PlannedLine(one, progress[one.pk], one.ends_on < today and not progress[one.pk].is_done) for one in planned]


def city_of(plan: WorkPlan) -> str:
    """Return the city with which a plan is."""
    return tie_of(plan.agreement, own=plan.office.place_id)


def days_told(first: dt.date, last: dt.date) -> str:
    """Say the days of something."""
    if first == last:
        return str(long_date(first))
    return _("del %(first)s al %(last)s") % {"first": long_date(first), "last": long_date(last)}


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency."""
    return f"{amount:,.2f}\N{NO-BREAK SPACE}{currency}"


def as_planned(office: Office, asked: str) -> dict[str, Any]:
    """Return what something planned brings to the form in which it is noted; nothing for what is not there."""
    try:
        one = planned_of(office.pk).filter(pk=UUID(asked), cancelled_on__isnull=True).first()
    except ValueError:
        return {}
    if one is None:
        return {}
    told = {"kind": one.kind, "description_es": one.title, "description_en": one.title_en}
    brought = {**told, "planned": one.pk, "agreement": str(one.programme.plan.agreement_id)}
    if one.ends_on <= today_in(office.time_zone):
        brought |= {"on": OTHER_DAY, "from_on": one.starts_on, "until_on": one.ends_on}
    return brought


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────

_IN_TEXTS = {PlanContent.OBJECTIVES, PlanContent.DUTIES_OWN, PlanContent.DUTIES_COUNTERPART, PlanContent.EVALUATION}
_KINDS = {PlanContent.HUMAN, PlanContent.MATERIAL, PlanContent.FINANCIAL}
_BILINGUAL = ("objectives", "duties_own", "duties_counterpart", "evaluation", "other")


def _missing(programme: AnnualProgramme, progress: Mapping[UUID, Progress]) -> Iterator[Told]:
    """Yield what a programme lacks of D2.8, each with the very field where it is written."""
    titles = {one.pk: one.title for one in programme.activities.all()}
    for content, planned in missing_contents(state_of(programme, progress=progress)):
        words = str(content.label)
        if planned:
            words = _("%(what)s: %(title)s") % {"what": words, "title": titles[planned]}
        yield Told(words, _field_of(programme, content, planned))


def _field_of(programme: AnnualProgramme, content: PlanContent, planned: UUID | None) -> str:
    if planned:
        return reverse("workspace:edit_planned", args=[planned]) + f"#id_{content.value}"
    if content in _IN_TEXTS:
        return reverse("workspace:edit_programme", args=[programme.pk]) + f"#id_{content.value}"
    if content is PlanContent.STAFF:
        return reverse("workspace:programme_staff", args=[programme.pk]) + "#id_profile_0"
    if content in _KINDS:
        row = len(programme.resources.all())
        return reverse("workspace:programme_resources", args=[programme.pk]) + f"?clase={content.value}#id_what_{row}"
    return reverse("workspace:plan_activity", args=[programme.pk]) + "#id_title"


def _untold(programme: AnnualProgramme, planned: list[PlannedActivity]) -> Iterator[Told]:
    """Yield what is written in Spanish only: the counterpart cannot read it yet."""
    at = reverse("workspace:edit_programme", args=[programme.pk])
    labels = {
        "objectives": _("los objetivos"),
        "duties_own": _("las responsabilidades de nuestra ciudad"),
        "duties_counterpart": _("las responsabilidades de la contraparte"),
        "evaluation": _("las formas de evaluación"),
        "other": _("otra información"),
    }
    yield from (Told(labels[name], f"{at}#id_{name}_en") for name in _BILINGUAL if _is_untold(programme, name))
    for one in planned:
        where = reverse("workspace:edit_planned", args=[one.pk])
        yield from (
            Told(one.title, f"{where}#id_{name}_en") for name in ("title", "objective") if _is_untold(one, name)
        )
    for at, (names, rows) in {
        "programme_staff": (("profile", "stay"), programme.staff.all()),
        "programme_resources": (("what",), programme.resources.all()),
    }.items():
        where = reverse(f"workspace:{at}", args=[programme.pk])
        for number, row in enumerate(rows):
            found = next((name for name in names if _is_untold(row, name)), None)
            if found:
                yield Told(str(row), f"{where}#id_{found}_en_{number}")


def _is_untold(record: Model, name: str) -> bool:
    return bool(getattr(record, name)) and not getattr(record, f"{name}_en")


# ── tables to take away ──────────────────────────────────────────────────────────────────────────────────────────────


def planned_columns() -> tuple[Column, ...]:
    """Return the columns of what is planned."""
    return (
        Column(_("acuerdo"), lambda line: line.planned.programme.plan.agreement.title_es),
        Column(_("expediente"), lambda line: line.planned.programme.plan.agreement.number),
        Column(_("año"), lambda line: line.planned.programme.year),
        Column(_("actividad"), lambda line: line.planned.title),
        Column(_("actividad en inglés"), lambda line: line.planned.title_en),
        Column(_("objetivo"), lambda line: line.planned.objective),
        Column(_("objetivo en inglés"), lambda line: line.planned.objective_en),
        Column(_("clase"), lambda line: str(line.planned.get_kind_display())),
        Column(_("área"), lambda line: str(line.planned.get_area_display())),
        Column(_("exige"), lambda line: str(line.planned.get_demand_display())),
        Column(_("primer día"), lambda line: line.planned.starts_on),
        Column(_("último día"), lambda line: line.planned.ends_on),
        Column(_("responde nuestra ciudad"), lambda line: line.planned.responsible_own),
        Column(_("responde la contraparte"), lambda line: line.planned.responsible_counterpart),
        Column(_("veces planeadas"), lambda line: line.planned.times),
        Column(_("veces anotadas"), lambda line: line.progress.done),
        Column(_("avance dicho (%)"), lambda line: line.planned.stated_percent),
        Column(_("avance (%)"), lambda line: line.progress.percent),
        Column(_("nota"), lambda line: line.planned.progress_note),
        Column(_("se canceló"), lambda line: line.planned.cancelled_on),
        Column(_("motivo"), lambda line: line.planned.cancel_reason),
    )


def resource_columns() -> tuple[Column, ...]:
    """Return the columns of the resources."""
    return (
        Column(_("acuerdo"), lambda one: one.programme.plan.agreement.title_es),
        Column(_("año"), lambda one: one.programme.year),
        Column(_("recurso"), lambda one: str(ResourceKind(one.kind).label)),
        Column(_("de"), lambda one: str(PlanSide(one.side).label)),
        Column(_("qué"), lambda one: one.what),
        Column(_("qué, en inglés"), lambda one: one.what_en),
        Column(_("monto"), lambda one: "" if one.amount is None else f"{one.amount:.2f}"),
        Column(_("moneda"), lambda one: one.currency),
    )


def staff_columns() -> tuple[Column, ...]:
    """Return the columns of the assigned staff."""
    return (
        Column(_("acuerdo"), lambda one: one.programme.plan.agreement.title_es),
        Column(_("año"), lambda one: one.programme.year),
        Column(_("de"), lambda one: str(PlanSide(one.side).label)),
        Column(_("perfil"), lambda one: one.profile),
        Column(_("perfil en inglés"), lambda one: one.profile_en),
        Column(_("número"), lambda one: one.count),
        Column(_("estadía"), lambda one: one.stay),
        Column(_("estadía en inglés"), lambda one: one.stay_en),
    )
