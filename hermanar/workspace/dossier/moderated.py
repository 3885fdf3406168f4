"""What the public sent to the office, in the dossier: what waits, and each decision with its reason, never the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hermanar.foundation.intake import Kind, State
from hermanar.foundation.intake.kinds import KIND_LABELS, STATE_LABELS
from hermanar.foundation.intake.rules import TO_DECIDE
from hermanar.foundation.models import Contribution

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known


def add_contributions(known: Known) -> None:
    """Add what had come by the end of the day, as it stood then."""
    kept = Contribution.objects.filter(office=known.office.pk, received_at__lte=known.until)
    for one in kept.order_by("received_at", "pk").prefetch_related("steps"):
        done = sorted((step for step in one.steps.all() if step.at <= known.until), key=lambda step: (step.at, step.pk))
        state = State(done[-1].after) if done else State.WAITING
        came = known.day(one.received_at)
        kind = str(KIND_LABELS[Kind(one.kind)])
        if state in TO_DECIDE:
            row = {"file": "", "what": _("Del público, por decidir: %(kind)s") % {"kind": kind}}
            known.rows["open_matters"].append(row | {"detail": str(STATE_LABELS[state]), "since": came})
        if done:
            known.rows["contributions"].append(
                {
                    "kind_label": kind,
                    "since": came,
                    "state_label": str(STATE_LABELS[state]),
                    "on": known.day(done[-1].at),
                    "reason": done[-1].reason,
                }
            )
