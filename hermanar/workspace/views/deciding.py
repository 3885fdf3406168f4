"""What the second person says, and how an observation was attended to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import AnswerRead, EditConflictError
from hermanar.agreements.models import Observation, Proposal, TextVersion
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.workspace.forms.sending import show_refusals, typed
from hermanar.workspace.forms.texts import AnswerForm
from hermanar.workspace.forms.words import language_name
from hermanar.workspace.guide import Rung
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile, own_file


@member(Verb.READ_FILES)
def decide(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """Confirm or set aside what another person proposed."""
    waiting = (
        Proposal.objects.filter(pk=proposal, agreement__office=request.office.pk).select_related("proposed_by").first()
    )
    if waiting is None:
        raise Http404
    kept = own_file(request, waiting.agreement_id)
    step = Step(waiting.step)
    faults: list[str] = []
    if request.method == "POST":
        try:
            version = int(request.POST.get("version", ""))
            if request.POST.get("decision") == "confirmar":
                actions.confirm(waiting.pk, by=request.actor, version=version, today=today_in(request.office.time_zone))
                messages.success(request, _("Confirmado."))
            else:
                actions.decline(waiting.pk, by=request.actor)
                messages.success(request, _("Rechazado: no se hizo nada."))
            return redirect("workspace:file", kept.pk)
        except ValueError as wrong:
            faults = [str(one.label) for one in wrong.refusals] if isinstance(wrong, StepRefusedError) else []
            faults = faults or [_("Falta la versión: vuelva a abrir esta página.")]
        except EditConflictError:
            faults = [_("El expediente cambió mientras tanto. Revíselo abajo y decida de nuevo.")]
            kept = own_file(request, kept.pk)
        waiting.refresh_from_db()
    context = {
        "file": kept,
        "proposal": waiting,
        "title": Rung(step, "open").label,
        "faults": faults,
        "is_own": waiting.proposed_by_id == request.actor.user,
        "meanwhile": meanwhile(kept, since=waiting.proposed_at),
    }
    return render(request, "workspace/files/decide.html", context)


@member(Verb.EDIT_FILE)
def answer(request: MemberRequest, observation: UUID) -> HttpResponse:
    """Say how an observation was attended to, and in which version of the text."""
    said = Observation.objects.filter(pk=observation, agreement__office=request.office.pk).first()
    if said is None:
        raise Http404
    versions = TextVersion.objects.filter(text__agreement=said.agreement_id).select_related("text").order_by("-at")
    choices = [(str(one.pk), f"{language_name(one.text.language)}, {one.number}") for one in versions]
    initial = {**_read_now(said), "answer": said.answer, "answered_in": said.answered_in_id}
    form = AnswerForm(request.POST or None, versions=choices, initial=initial)
    theirs: Observation | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _is_said(given, said):
            return redirect("workspace:file", said.agreement_id)
        try:
            read = AnswerRead(given["before"], given["before_in"])
            actions.answer_observation(
                said.pk, by=request.actor, answer=given["answer"], answered_in=given["answered_in"], read=read
            )
        except EditConflictError:
            said.refresh_from_db()
            if _is_said(given, said):  # the button was pressed twice
                return redirect("workspace:file", said.agreement_id)
            theirs = said
            form = AnswerForm(_over(form, said), versions=choices)
        except StepRefusedError as refused:
            show_refusals(form, refused.refusals)
        else:
            messages.success(request, _("Respuesta guardada."))
            return redirect("workspace:file", said.agreement_id)
    context = {"form": form, "said": said, "file": own_file(request, said.agreement_id), "theirs": theirs}
    return render(request, "workspace/files/answer.html", context)


def _is_said(given: dict[str, Any], said: Observation) -> bool:
    return (given["answer"].split(), given["answered_in"]) == (said.answer.split(), said.answered_in_id)


def _read_now(said: Observation) -> dict[str, str]:
    """Return what the hidden fields of an answer remember: the answer that the person saw."""
    return {"before": said.answer, "before_in": str(said.answered_in_id or "")}


def _over(form: AnswerForm, said: Observation) -> QueryDict:
    """Return what was typed over the answer that stands now."""
    data = typed(form)
    for name, value in _read_now(said).items():
        data[name] = value
    return data
