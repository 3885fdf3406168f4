"""The cooperation projects of an agreement as the public may read them: those that a real office shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

from hermanar.catalogue.projects import IndicatorLine, ProjectLine
from hermanar.catalogue.read.ledger import told
from hermanar.cooperation.models import Indicator, Project
from hermanar.cooperation.queries import newest_value, published_projects, target_codes


def public_projects(key: UUID, *, language: str) -> tuple[ProjectLine, ...]:
    """Return the projects of an agreement that its office shows, the newest first."""
    shown = published_projects().filter(agreement=key).order_by("-recorded_at", "-pk")
    return tuple(_line(one, language) for one in shown.prefetch_related("targets", "indicators__values"))


def _line(project: Project, language: str) -> ProjectLine:
    title, title_language = told(project.title_es, project.title_en, language=language)
    summary, summary_language = told(project.summary_es, project.summary_en, language=language)
    return ProjectLine(
        title=title,
        title_language=title_language,
        summary=summary,
        summary_language=summary_language,
        stage=project.stage,
        modality=project.modality,
        starts_on=_day(project.starts_on),
        ends_on=_day(project.ends_on),
        goals=tuple(target_codes(project)),
        indicators=tuple(_indicator(one, language) for one in project.indicators.all()),
    )


def _indicator(one: Indicator, language: str) -> IndicatorLine:
    title, title_language = told(one.title_es, one.title_en, language=language)
    newest = newest_value(one)
    return IndicatorLine(
        title=title,
        title_language=title_language,
        measure=one.measure,
        unit=one.unit,
        baseline=_exact(one.baseline),
        baseline_on=_day(one.baseline_on),
        target=_exact(one.target),
        target_on=_day(one.target_on),
        newest=_exact(newest.value) if newest else None,
        newest_on=_day(newest.on) if newest else None,
        verification=newest.verification if newest else "",
    )


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
