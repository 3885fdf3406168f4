"""What the public may know of a cooperation project; part of an agreement's sheet. Never its money nor its risks."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class IndicatorLine:
    """Something a project measures: where it began, where it is to come, what was measured last."""

    title: str
    title_language: str
    measure: str  # number, percentage
    unit: str
    baseline: str | None  # exact
    baseline_on: str | None
    target: str | None
    target_on: str | None
    newest: str | None
    newest_on: str | None
    verification: str  # of the newest value


@dataclasses.dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project that an office shows."""

    title: str
    title_language: str
    summary: str
    summary_language: str
    stage: str
    modality: str
    starts_on: str | None
    ends_on: str | None
    goals: tuple[str, ...]  # goals and targets of the 2030 Agenda, by their codes
    indicators: tuple[IndicatorLine, ...]
