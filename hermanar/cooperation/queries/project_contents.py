"""What the trail digests of a project with everything in it, and whether it still says so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model

from hermanar.cooperation.models import Project
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest

_NOT_TOLD = frozenset({"id", "version", "recorded_at", "office_id", "project_id", "indicator_id"})


class UnlikeProject(NamedTuple):
    """A project that does not say what the trail kept of it, or that is gone."""

    project: UUID
    chain: str


def project_values(project: Project) -> dict[str, Any]:
    """Return all that is kept of a project, as a version keeps it and the trail digests it."""
    return {
        **_columns(project),
        "stages": [_columns(one) for one in project.stages.all()],
        "partners": [_row(one) for one in project.partners.all()],
        "contributions": [_row(one) for one in project.contributions.all()],
        "targets": sorted(one.code for one in project.targets.all()),
        "indicators": [
            _row(one) | {"values": [_columns(value) for value in one.values.all()]}
            for one in project.indicators.prefetch_related("values")
        ],
        "risks": [_row(one) for one in project.risks.order_by("pk")],
        "lessons": [_row(one) for one in project.lessons.all()],
        "activities": sorted(str(one.activity_id) for one in project.activity_links.all()),
    }


def projects_unlike_their_trail() -> list[UnlikeProject]:
    """Return the projects unlike the last entry the trail kept of them, those gone, and those never told of."""
    last: dict[tuple[str, str], str] = {}
    entries = TrailEntry.objects.filter(code__startswith="project.").order_by("chain", "number")
    for subject, chain, digest in entries.values_list("subject", "chain", "content_digest"):
        last[subject, chain] = digest
    found = [
        UnlikeProject(one.pk, str(one.office_id))
        for one in Project.objects.order_by("pk")
        if last.pop((str(one.pk), str(one.office_id)), "") != keyed_digest(project_values(one))
    ]
    return found + [UnlikeProject(UUID(subject), chain) for subject, chain in sorted(last)]


def _row(one: Model) -> dict[str, Any]:
    return {"id": str(one.pk), **_columns(one)}


def _columns(one: Model) -> dict[str, Any]:
    told = (field.attname for field in one._meta.concrete_fields if field.attname not in _NOT_TOLD)
    return {name: _plain(getattr(one, name)) for name in told}


def _plain(value: Any) -> Any:
    match value:
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case UUID():
            return str(value)
        case _:
            return value
