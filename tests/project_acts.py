"""Projects of an office, as tests of several floors need them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import uuid4

from hermanar.cooperation import actions
from hermanar.cooperation.actions import (
    ContributionDraft,
    IndicatorDraft,
    LessonDraft,
    PartnerDraft,
    ProjectDraft,
    RiskDraft,
    ValueDraft,
)
from hermanar.cooperation.models import Project
from hermanar.cooperation.vocabulary import (
    ContributionSide,
    CycleStage,
    Degree,
    LessonKind,
    Level,
    Measure,
    Modality,
    PartnerKind,
    PartnerRole,
    Principle,
    ProjectDirection,
    Resource,
    Scheme,
    SubModality,
)
from hermanar.foundation.access import Role
from tests.cooperation_acts import TODAY

JANUARY = dt.date(2026, 1, 12)


def project_draft(tie=None, **values):
    """Tell a project: nurses who train with Ashland's, unless said otherwise."""
    first = {
        "title_es": "Enfermeras que se forman juntas", "agreement": tie.pk if tie else None,
        "summary_es": "Que el hospital atienda mejor los partos.", "direction": ProjectDirection.OFFER,
        "scheme": Scheme.HORIZONTAL, "modality": Modality.TECHNICAL, "sub_modality": SubModality.COURSES,
        "principles": (Principle.CO_FINANCING,), "starts_on": dt.date(2026, 2, 1), "ends_on": dt.date(2027, 6, 30),
        "budget": Decimal(300000), "currency": "MXN",
    }  # fmt: skip
    return ProjectDraft(**{**first, **values})


def a_project(cast, tie=None, *, office=None, key=None, by=None, conceived_on=JANUARY, **values):
    """Record a project of an office."""
    office = office or cast.office
    by = by or cast.at(office, Role.ANALYST)
    draft = project_draft(tie, **values)
    return actions.record_project(
        draft, office=office.pk, by=by, key=key or uuid4(), conceived_on=conceived_on, today=TODAY
    )


def version_of(project):
    return Project.objects.values_list("version", flat=True).get(pk=project.pk)


def seen(cast, project, **values):
    """Return by whom and at which version a verb is done."""
    return {"by": cast.at(project.office, Role.ANALYST), "version": version_of(project), **values}


def money(amount, **values):
    first = {"side": ContributionSide.OFFICE, "resource": Resource.MONEY, "description": "Partida 4411",
             "amount": Decimal(amount), "currency": "MXN"}  # fmt: skip
    return ContributionDraft(**{**first, **values})


def put_in(cast, project, draft, *, key=None):
    return actions.keep_contribution(project.pk, draft, **seen(cast, project), key=key or uuid4())


def add_partner(cast, project, name="Hospital General", *, role=PartnerRole.IMPLEMENTING, key=None, **values):
    draft = PartnerDraft(name, values.pop("kind", PartnerKind.GOVERNMENT), role, **values)
    return actions.keep_partner(project.pk, draft, **seen(cast, project), key=key or uuid4())


def indicator_draft(**values):
    first = {
        "title_es": "Enfermeras formadas", "level": Level.OUTPUT, "measure": Measure.NUMBER, "unit": "personas",
        "baseline": Decimal(0), "baseline_on": JANUARY, "target": Decimal(40), "target_on": dt.date(2027, 6, 30),
        "verification": "Constancias del hospital",
    }  # fmt: skip
    return IndicatorDraft(**{**first, **values})


def add_indicator(cast, project, *, key=None, **values):
    key = key or uuid4()
    actions.keep_indicator(project.pk, indicator_draft(**values), **seen(cast, project), key=key, today=TODAY)
    return Project.objects.get(pk=project.pk).indicators.get(pk=key)


def measure(cast, indicator, value, *, on, key=None, verification="Lista de asistencia"):
    draft = ValueDraft(on, Decimal(value), verification)
    project = indicator.project
    return actions.keep_value(
        project.pk, draft, indicator=indicator.pk, **seen(cast, project), key=key or uuid4(), today=TODAY
    )


def add_risk(cast, project, what="Que cambie el gobierno"):
    draft = RiskDraft(what, Degree.HIGH, Degree.MEDIUM, "Acta de entrega con el proyecto")
    return actions.keep_risk(project.pk, draft, **seen(cast, project), key=uuid4())


def add_lesson(cast, project, text="Formar a quien forma"):
    return actions.keep_lesson(project.pk, LessonDraft(LessonKind.REPEAT, text), **seen(cast, project), key=uuid4())


def go_on(cast, project, stage, *, on, **values):
    return actions.advance_project(
        project.pk, **seen(cast, project), stage=CycleStage(stage), on=on, today=TODAY, **values
    )


def a_full_project(cast, tie):
    """Record a project that lacks nothing of its stage, the execution."""
    project = a_project(cast, tie, title_en="Nurses who train together", summary_en="Better births.")
    put_in(cast, project, money(100000))
    put_in(cast, project, money(200000, side=ContributionSide.COUNTERPART, description="Hospital de Ashland"))
    actions.set_targets(project.pk, **seen(cast, project), codes=["3", "3.1", "17.16"])
    indicator = add_indicator(cast, project)
    add_risk(cast, project)
    go_on(cast, project, "negotiation", on=dt.date(2026, 2, 1))
    go_on(cast, project, "pre_feasibility", on=dt.date(2026, 3, 1))
    go_on(cast, project, "execution", on=dt.date(2026, 4, 1))
    measure(cast, indicator, 12, on=dt.date(2026, 9, 1))
    return Project.objects.get(pk=project.pk)
