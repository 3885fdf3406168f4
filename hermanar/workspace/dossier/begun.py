"""How ties began, in the dossier: requests and choices with their reasons, what waits, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hermanar.cooperation.models import SelectionDecision, TwinningRequest
from hermanar.cooperation.queries.requests import requests_of
from hermanar.cooperation.queries.selection import selections_of
from hermanar.cooperation.queries.stakeholders import stakeholders_of

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known


def add_beginnings(known: Known) -> None:
    """Add what an office had written by the end of the day of how its ties begin and of who takes part in them."""
    for request in requests_of(known.office.pk).filter(recorded_at__lte=known.until).order_by("on", "pk"):
        _add_request(known, request)
    for selection in selections_of(known.office.pk).filter(begun_at__lte=known.until).order_by("begun_at", "pk"):
        made = selection.decisions.filter(at__lte=known.until).exclude(undone_at__lte=known.until)
        if choice := made.select_related("candidate", "agreement").last():
            _add_choice(known, choice)
        else:
            row = {"file": "", "what": _("Selección de ciudades sin decidir"), "detail": selection.title}
            known.rows["open_matters"].append(row | {"since": known.day(selection.begun_at)})
    there = Q(left_on__isnull=True) | Q(left_on__gt=known.as_of)
    for one in stakeholders_of(known.office.pk).filter(there, recorded_at__lte=known.until):
        known.rows["stakeholders"].append(
            {
                "file": one.agreement.number,
                "name": one.name,
                "side_label": str(one.get_side_display()),
                "kind_label": str(one.get_kind_display()),
                "part": one.part,
                "contributes": one.contributes,
                "since": one.since_on.isoformat() if one.since_on else "",
            }
        )


def _add_request(known: Known, request: TwinningRequest) -> None:
    file = request.agreement.number if request.agreement else ""
    what = _("Solicitud de hermanamiento: %(city)s") % {"city": request.city}
    if request.answered_at is None or request.answered_at > known.until:
        row = {"file": "", "what": what, "detail": request.requester, "since": request.on.isoformat()}
        known.rows["open_matters"].append(row)
        return
    answered = request.answered_on.isoformat() if request.answered_on else ""
    answer = str(request.get_answer_display())
    row = {"file": file, "what": what, "who": request.requester, "outcome": answer, "reason": request.answer_reason}
    known.rows["beginnings"].append(row | {"on": answered})


def _add_choice(known: Known, choice: SelectionDecision) -> None:
    known.rows["beginnings"].append(
        {
            "file": choice.agreement.number if choice.agreement else "",
            "what": choice.selection.title,
            "who": choice.decider,
            "outcome": choice.candidate.name,
            "reason": choice.reason,
            "on": choice.on.isoformat(),
        }
    )
