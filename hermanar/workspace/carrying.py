"""Carry out a step with what its form holds: one line for each verb of the file."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms

from hermanar.agreements import actions
from hermanar.agreements.actions import ObservationDraft, SignatureDraft, StepDraft
from hermanar.agreements.models import Agreement, ProcedureStep, Proposal
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import Actor
from hermanar.workspace.forms.steps import OBSERVATIONS

_PLAIN = {
    Step.INFORM_MINISTRY: actions.inform_ministry,
    Step.SEND_SIGNED_COPIES: actions.send_signed_copies,
    Step.SUSPEND: actions.suspend,
    Step.RESUME: actions.resume,
    Step.TERMINATE: actions.terminate,
    Step.REAFFIRM: actions.reaffirm,
    Step.ABANDON: actions.abandon,
    Step.UNPUBLISH: actions.withdraw,
}


def carry_out(
    step: Step, kept: Agreement, *, form: forms.Form, papers: list[UUID], by: Actor, today: dt.date
) -> ProcedureStep | Proposal:
    """Do a step to a file. Raises what its verb raises."""
    given = form.cleaned_data
    if step is Step.PUBLISH:
        return actions.publish_file(kept.pk, by=by, version=given["version"], today=today)
    draft = StepDraft(given["on"], given.get("letter", ""), given.get("reason", ""), papers)
    common: dict[str, Any] = {"by": by, "version": given["version"], "step": draft, "today": today}
    if step in _PLAIN:
        return _PLAIN[step](kept.pk, **common)
    return _WITH_MORE[step](kept.pk, given, common)


def _observations(given: dict[str, Any]) -> list[ObservationDraft]:
    rows = [(given[f"quote_{number}"], given[f"comment_{number}"]) for number in range(1, OBSERVATIONS + 1)]
    return [ObservationDraft(comment, quote) for quote, comment in rows if comment]


def _request(agreement: UUID, given: dict[str, Any], common: dict[str, Any]) -> ProcedureStep:
    return actions.request_opinion(agreement, planned_signature_on=given["planned_signature_on"], **common)


def _observe(agreement: UUID, given: dict[str, Any], common: dict[str, Any]) -> ProcedureStep:
    return actions.record_observations(agreement, observations=_observations(given), **common)


def _opine(agreement: UUID, given: dict[str, Any], common: dict[str, Any]) -> ProcedureStep:
    return actions.record_opinion(agreement, is_favourable=given["is_favourable"] == "yes", **common)


def _renew(agreement: UUID, given: dict[str, Any], common: dict[str, Any]) -> ProcedureStep:
    return actions.renew(agreement, until=given["until"], **common)


def _sign(agreement: UUID, given: dict[str, Any], common: dict[str, Any]) -> ProcedureStep:
    names = tuple(line.strip() for line in given["signatories"].splitlines() if line.strip())
    signature = SignatureDraft(given["place"], names, bool(given.get("is_without_opinion")))
    return actions.sign(agreement, signature=signature, **common)


_WITH_MORE = {
    Step.REQUEST_OPINION: _request,
    Step.RECORD_OBSERVATIONS: _observe,
    Step.RECORD_OPINION: _opine,
    Step.RENEW: _renew,
    Step.SIGN: _sign,
}
