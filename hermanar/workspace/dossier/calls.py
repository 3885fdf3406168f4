"""Calls in the dossier: those recorded by the end of the day, with the numbers of their results."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hermanar.cooperation.queries.calls import calls_of, facts_of_call
from hermanar.cooperation.rules.calls import state_of
from hermanar.cooperation.vocabulary.calls import CallState

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known


def add_calls(known: Known) -> None:
    """Add the calls an office had recorded by the end of the day and had not withdrawn; a later result is not told."""
    kept = calls_of(known.office.pk).filter(recorded_at__lte=known.until).exclude(withdrawn_at__lte=known.until)
    if kept:
        known.limits.append(_("Lo que dicen las convocatorias es lo de hoy: sus cambios no llevan versiones."))
    for call in kept:
        is_resolved = call.result_on is not None and call.result_on <= known.as_of
        state = state_of(replace(facts_of_call(call), is_withdrawn=False), is_resolved=is_resolved, today=known.as_of)
        file = call.agreement.number if call.agreement else ""
        known.rows["calls"].append(
            {
                "file": file,
                "title": call.title_es,
                "kind_label": str(call.get_kind_display()),
                "host": call.host,
                "places": "" if call.places is None else call.places,
                "opens": call.opens_on.isoformat() if call.opens_on else "",
                "closes": call.closes_on.isoformat() if call.closes_on else "",
                "state_label": str(state.label),
                "applied": call.applied if is_resolved and call.applied is not None else "",
                "placed": call.placed if is_resolved and call.placed is not None else "",
            }
        )
        if state is CallState.CLOSED and call.closes_on:
            row = {"file": file, "what": _("Convocatoria sin resultado"), "detail": call.title_es}
            known.rows["open_matters"].append(row | {"since": call.closes_on.isoformat()})
