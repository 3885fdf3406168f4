"""The projects of an office as the IATI file tells them; what the record does not say is not guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import translation

from hermanar.agreements.models import Party
from hermanar.cooperation.models import Indicator, IndicatorValue, Partner, Project, ProjectVersion
from hermanar.cooperation.queries import projects_of, target_codes
from hermanar.cooperation.rules.plans import years_later
from hermanar.cooperation.vocabulary import (
    CycleStage,
    Level,
    Modality,
    PartnerKind,
    PartnerRole,
    ProjectDirection,
    Scheme,
)
from hermanar.cooperation.vocabulary import Measure as Counted
from hermanar.foundation.calendar import day_in
from hermanar.offices.models import Office
from hermanar.offices.vocabulary import Level as OfficeLevel
from hermanar.workspace import iati
from hermanar.workspace.iati import DateKind, Lacking, OrganisationKind, OrganisationPart, Stage, Told

STAGES = {
    CycleStage.CONCEPTION: Stage.PIPELINE,
    CycleStage.NEGOTIATION: Stage.PIPELINE,
    CycleStage.PRE_FEASIBILITY: Stage.PIPELINE,
    CycleStage.EXECUTION: Stage.IMPLEMENTATION,
    CycleStage.EVALUATION: Stage.COMPLETION,
    CycleStage.ASSIMILATION: Stage.POST_COMPLETION,
}
KINDS = {
    PartnerKind.LOCAL_GOVERNMENT: OrganisationKind.LOCAL_GOVERNMENT,
    PartnerKind.GOVERNMENT: OrganisationKind.GOVERNMENT,
    PartnerKind.INTERNATIONAL: OrganisationKind.MULTILATERAL,
    PartnerKind.CIVIL_SOCIETY: OrganisationKind.NATIONAL_NGO,
    PartnerKind.ACADEMIA: OrganisationKind.ACADEMIC,
    PartnerKind.PRIVATE: OrganisationKind.PRIVATE,
    PartnerKind.OTHER: OrganisationKind.OTHER,
}
PARTS = {
    PartnerRole.FUNDING: OrganisationPart.FUNDING,
    PartnerRole.ACCOUNTABLE: OrganisationPart.ACCOUNTABLE,
    PartnerRole.EXTENDING: OrganisationPart.EXTENDING,
    PartnerRole.IMPLEMENTING: OrganisationPart.IMPLEMENTING,
}
LEVELS = {
    Level.OUTPUT: iati.IndicatorLevel.OUTPUT,
    Level.OUTCOME: iati.IndicatorLevel.OUTCOME,
    Level.IMPACT: iati.IndicatorLevel.IMPACT,
}
# Where what a project lacks is written: the address, the section, the field.
_WHERE: dict[Lacking, tuple[str, tuple[str, ...], str]] = {
    Lacking.TITLE: ("edit_project", ("datos",), "id_title_es"),
    Lacking.DESCRIPTION: ("edit_project", ("datos",), "id_summary_es"),
    Lacking.ENGLISH: ("edit_project", ("datos",), "id_title_en"),
    Lacking.SECTOR: ("edit_project", ("clase",), "id_modality"),
    Lacking.COUNTRY: ("edit_project", ("clase",), "id_scheme"),
    Lacking.START: ("edit_project", ("plan",), "id_starts_on"),
    Lacking.BUDGET: ("edit_project", ("plan",), "id_budget"),
    Lacking.CURRENCY: ("edit_project", ("plan",), "id_currency"),
    Lacking.GOALS: ("project_goals", (), "id_q"),
    Lacking.RESULTS: ("add_project_part", ("indicadores",), "contenido"),
    Lacking.BASELINE: ("project", (), "indicadores"),
    Lacking.ORGANISATION: ("add_project_part", ("organizaciones",), "contenido"),
    Lacking.STAGE: ("project", (), "contenido"),
    Lacking.FUTURE: ("project", (), "contenido"),
}


def publisher_of(office: Office) -> iati.Publisher:
    """Return the office as the one who publishes."""
    kind = OrganisationKind.GOVERNMENT if office.level == OfficeLevel.MINISTRY else OrganisationKind.LOCAL_GOVERNMENT
    return iati.Publisher(office.iati_identifier, Told(office.name), kind, office.email, office.phone, office.address)


def told_projects(office: Office) -> QuerySet[Project]:
    """Return the projects of an office with all that the file tells of them, in as many questions as kinds of it."""
    versions = Prefetch("versions", ProjectVersion.objects.only("project", "number", "at"))
    found = projects_of(office.pk).select_related("office__place")
    return found.prefetch_related(
        "stages", "targets", "partners", "indicators__values", "agreement__parties__place__country", versions
    )


def address_of(project: Project, lack: Lacking) -> str:
    """Return the field where something a project lacks is written."""
    name, section, field = _WHERE[lack]
    return f"{reverse(f'workspace:{name}', args=[project.pk, *section])}#{field}"


def facts_of(project: Project) -> iati.ProjectFacts:
    """Return a project as plain facts."""
    codes = target_codes(project)
    return iati.ProjectFacts(
        number=str(project.pk),
        title=Told(project.title_es, project.title_en),
        description=Told(project.summary_es, project.summary_en),
        stage=Stage.CANCELLED if project.cancelled_on else STAGES[CycleStage(project.stage)],
        dates=_dates(project),
        organisations=tuple(_organisations(project)),
        countries=tuple(_countries(project)),
        sector_code=project.modality,
        sector=_in_both(project.modality),
        goals=tuple(code for code in codes if "." not in code),
        targets=tuple(code for code in codes if "." in code),
        is_triangular=project.scheme == Scheme.TRIANGULAR,
        is_humanitarian=project.modality == Modality.HUMANITARIAN,
        budgets=tuple(_budgets(project)),
        indicators=tuple(_indicator(one) for one in project.indicators.all()),
        changed_at=max((one.at for one in project.versions.all()), default=project.recorded_at),
    )


def _dates(project: Project) -> dict[DateKind, dt.date]:
    """Return the dates: execution really began and ended when the stages did, the rest is planned."""
    began = {one.stage: one.began_on for one in project.stages.all()}
    told: dict[DateKind, Any] = {
        DateKind.PLANNED_START: project.starts_on,
        DateKind.ACTUAL_START: began.get(CycleStage.EXECUTION.value),
        DateKind.PLANNED_END: project.ends_on,
        DateKind.ACTUAL_END: began.get(CycleStage.EVALUATION.value),
    }
    return {kind: on for kind, on in told.items() if on}


def _organisations(project: Project) -> Iterator[iati.Organisation]:
    """Yield the office, which answers for its project, the other side of the agreement, and whoever was named."""
    own = publisher_of(project.office)
    yield iati.Organisation(own.name, OrganisationPart.ACCOUNTABLE, own.kind, own.identifier)
    for one in _others(project):
        name = one.name_as_written or f"{one.place.name} ({one.place.country})"
        yield iati.Organisation(Told(name), OrganisationPart.IMPLEMENTING)
    yield from (_partner(one) for one in project.partners.all())


def _others(project: Project) -> list[Party]:
    """Return the other side of the agreement."""
    parties = project.agreement.parties.all() if project.agreement else ()
    return [one for one in parties if one.place_id != project.office.place_id]


def _partner(one: Partner) -> iati.Organisation:
    return iati.Organisation(Told(one.name), PARTS[PartnerRole(one.role)], KINDS[PartnerKind(one.kind)], one.identifier)


def _countries(project: Project) -> list[str]:
    """Return whom a project is for: who receives; between equals, and where nobody said, both sides."""
    own = {project.office.place.country_id} if project.office.place else set()
    others = {one.place.country_id for one in _others(project)}
    if project.direction == ProjectDirection.RECEPTION:
        return sorted(own)
    is_for_others = project.scheme in {Scheme.DIRECT, Scheme.TRIANGULAR}
    return sorted(others if is_for_others else own | others) if project.direction else []


def _in_both(modality: str) -> Told:
    if not modality:
        return Told("")
    label = Modality(modality).label
    with translation.override("es"):
        es = str(label)
    with translation.override("en"):
        return Told(es, str(label))


def _budgets(project: Project) -> Iterator[iati.Budget]:
    """Yield the budget, where it is of a year at most: how a longer one falls on its years nobody told."""
    if project.budget is None or not (project.starts_on and project.ends_on):
        return
    if project.ends_on < years_later(project.starts_on, 1):  # the standard asks for a budget of a year at most
        on = day_in(project.office.time_zone, project.recorded_at)
        yield iati.Budget(project.budget, project.currency, project.starts_on, project.ends_on, on)


def _indicator(one: Indicator) -> iati.Indicator:
    measure = iati.Measure.PERCENTAGE if one.measure == Counted.PERCENTAGE else iati.Measure.UNIT
    unit = f" ({one.unit})" if one.unit and measure is iati.Measure.UNIT else ""
    title = Told(f"{one.title_es}{unit}", one.title_en)
    return iati.Indicator(title, LEVELS[Level(one.level)], measure, one.baseline, one.baseline_on, tuple(_periods(one)))


def _periods(one: Indicator) -> Iterator[iati.Period]:
    """Yield the time from the baseline to the target and the time since, each with the last value measured in it."""
    if one.baseline_on is None:
        return
    values = sorted(one.values.all(), key=lambda value: value.on)
    ends_on = one.target_on or (values[-1].on if values else None)
    if ends_on is None or ends_on < one.baseline_on:
        return
    inside, after = ([value for value in values if (value.on > ends_on) is is_after] for is_after in (False, True))
    yield iati.Period(one.baseline_on, ends_on, one.target, *_last_of(inside))
    if after:
        yield iati.Period(ends_on + dt.timedelta(days=1), after[-1].on, None, *_last_of(after))


def _last_of(values: list[IndicatorValue]) -> tuple[Decimal | None, str]:
    """Return what was measured last, and when and in what it is found."""
    if not values:
        return None, ""
    return values[-1].value, f"{values[-1].on.isoformat()}: {values[-1].verification}"
