"""Activities in the dossier: those an office had entered by the end of the day, as they were told then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hermanar.cooperation.models import Activity
from hermanar.cooperation.queries import entered_by
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.foundation.models import Document

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known


def add_activities(known: Known) -> None:
    """Add what the office had written of what was done, with its photographs and documents; not what it took back."""
    kept = entered_by(known.office.pk).filter(recorded_at__lte=known.until).select_related("agreement")
    for activity in kept.exclude(withdrawn_at__lte=known.until).order_by("recorded_at", "pk"):
        told = activity.versions.filter(at__lte=known.until).order_by("-number").values_list("values", flat=True)[0]
        known.rows["activities"].append(_row(known, activity, told))
        keys = [UUID(one["document"]) for one in told["files"]]
        papers = Document.objects.filter(pk__in=keys).order_by("pk")
        known.papers += [(paper, activity.agreement.number) for paper in papers]


def _row(known: Known, activity: Activity, told: dict[str, Any]) -> dict[str, str]:
    return {
        "file": activity.agreement.number,
        "what": told["description_es"],
        "kind_label": str(ActivityKind(told["kind"]).label),
        "from": told["started_on"] or "",
        "until": told["ended_on"] or "",
        "place": told["place"],
        "people": ", ".join(f"{country} {count}" for country, count in sorted(told["participants"].items())),
        "press": " ".join(told["press"]),
        "same_as": told["same_as"] or "",
        "since": known.day(activity.recorded_at),
    }
