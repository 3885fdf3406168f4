"""Projects in the dossier: those recorded by the end of the day, as they were told then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hermanar.cooperation.models import Project
from hermanar.cooperation.queries import projects_of
from hermanar.cooperation.queries.goals import goal_place
from hermanar.cooperation.vocabulary import CycleStage

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known


def add_projects(known: Known) -> None:
    """Add what the office had written of its projects by the end of the day."""
    kept = projects_of(known.office.pk).filter(recorded_at__lte=known.until).order_by("recorded_at", "pk")
    for project in kept:
        _add(known, project)


def _add(known: Known, project: Project) -> None:
    told = project.versions.filter(at__lte=known.until).order_by("-number").values_list("values", flat=True)[0]
    stage = told["stages"][-1]
    known.rows["projects"].append(
        {
            "file": project.agreement.number if project.agreement else "",
            "title": told["title_es"],
            "stage": told["stage"],
            "stage_label": str(CycleStage(told["stage"]).label),
            "since": stage["began_on"],
            "starts_on": told["starts_on"] or "",
            "ends_on": told["ends_on"] or "",
            "budget": f"{told['budget']} {told['currency']}" if told["budget"] else "",
            "goals": ", ".join(sorted(told["targets"], key=goal_place)),
            "indicators": len(told["indicators"]),
            "cancelled": told["cancel_reason"],
        }
    )
