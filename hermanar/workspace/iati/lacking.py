"""What the standard asks for and a record does not say; of some of it a project cannot go without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.papers.structure import clean
from hermanar.offices.rules import is_iati_identifier
from hermanar.workspace.iati.currencies import CURRENCIES
from hermanar.workspace.iati.facts import ACTUAL, DateKind, ProjectFacts, Publisher


class Lacking(TextChoices):
    """Something the file asks for that nobody wrote down."""

    IDENTIFIER = "identifier", _("el identificador de la oficina ante IATI")
    PUBLISHER_NAME = "publisher_name", _("el nombre de la oficina")
    TITLE = "title", _("el nombre del proyecto")
    DESCRIPTION = "description", _("el objetivo del proyecto: el archivo exige decir para qué es")
    STAGE = "stage", _("la etapa del proyecto")
    START = "start", _("cuándo empieza o empezó")
    ORGANISATION = "organisation", _("quién participa")
    SECTOR = "sector", _("la modalidad, que dice de qué sector es")
    COUNTRY = "country", _("a qué país beneficia: no consta, o son varios y no consta en qué proporción")
    ENGLISH = "english", _("el nombre o el objetivo en inglés")
    BUDGET = "budget", _("el presupuesto, con sus fechas, de un año a lo más")
    CURRENCY = "currency", _("el presupuesto en una moneda de la lista de IATI: en la que está no se publica")
    GOALS = "goals", _("objetivos o metas de desarrollo sostenible")
    RESULTS = "results", _("al menos un indicador")
    BASELINE = "baseline", _("la línea de base de cada indicador: sin ella no entra lo que se midió")
    FUTURE = "future", _("hay una fecha real que está por venir: no se publica")


# Without these the file would not be valid.
NEEDED = frozenset(
    {Lacking.TITLE, Lacking.DESCRIPTION, Lacking.STAGE, Lacking.START, Lacking.ORGANISATION, Lacking.SECTOR}
)


def publisher_lacks(publisher: Publisher) -> tuple[Lacking, ...]:
    """Return what the file cannot go without and the office does not say."""
    found = []
    if not (is_iati_identifier(publisher.identifier) and publisher.kind):
        found.append(Lacking.IDENTIFIER)
    if not clean(publisher.name.es):
        found.append(Lacking.PUBLISHER_NAME)
    return tuple(found)


def lacking(project: ProjectFacts, *, today: dt.date) -> tuple[Lacking, ...]:
    """Return what a project does not say, what the file cannot go without first."""
    found = set(_lacking(project, today))
    return tuple(one for one in Lacking if one in found)


def stays_out(project: ProjectFacts, *, today: dt.date) -> bool:
    """Say whether a project lacks what the file cannot go without."""
    return any(one in NEEDED for one in lacking(project, today=today))


def told_dates(project: ProjectFacts, *, today: dt.date) -> dict[DateKind, dt.date]:
    """Return the dates that may be told: what is said to have happened has."""
    return {kind: on for kind, on in sorted(project.dates.items()) if kind not in ACTUAL or on <= today}


def _lacking(project: ProjectFacts, today: dt.date) -> Iterator[Lacking]:
    dates = told_dates(project, today=today)
    asked = {
        Lacking.TITLE: clean(project.title.es),
        Lacking.DESCRIPTION: clean(project.description.es),
        Lacking.STAGE: project.stage,
        Lacking.START: {DateKind.PLANNED_START, DateKind.ACTUAL_START} & set(dates),
        Lacking.ORGANISATION: any(clean(one.name.es) for one in project.organisations),
        Lacking.SECTOR: clean(project.sector_code) and clean(project.sector.es),
        Lacking.COUNTRY: len(project.countries) == 1,
        Lacking.ENGLISH: clean(project.title.en) and clean(project.description.en),
        Lacking.BUDGET: project.budgets,
        Lacking.CURRENCY: all(one.currency in CURRENCIES for one in project.budgets),
        Lacking.GOALS: project.goals or project.targets,
        Lacking.RESULTS: project.indicators,
        Lacking.BASELINE: all(one.baseline is not None and one.baseline_on for one in project.indicators),
        Lacking.FUTURE: len(dates) == len(project.dates),
    }
    yield from (one for one, is_there in asked.items() if not is_there)
