"""What the second person says, how an observation was attended to, how the council voted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import CastDraft, EditConflictError, VoteDraft
from hermanar.agreements.models import CouncilVote, Observation, Proposal, TextVersion
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary.procedure import Choice, Step
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.workspace.forms.sending import rebound, seen_at, show_refusals, shown_now, typed
from hermanar.workspace.forms.texts import MEMBERS, AnswerForm, VoteForm
from hermanar.workspace.forms.words import language_name
from hermanar.workspace.guide import Rung
from hermanar.workspace.receiving import kept_upload
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
    initial = {"before": said.answer, "answer": said.answer, "answered_in": said.answered_in_id}
    form = AnswerForm(request.POST or None, versions=choices, initial=initial)
    changed = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["answer"].strip() == said.answer and (given["answered_in"] or "") == str(said.answered_in_id or ""):
            return redirect("workspace:file", said.agreement_id)
        if given["before"] != said.answer:
            changed = said.answer
            data = typed(form)
            data["before"] = said.answer
            form.data = data
        else:
            try:
                version = UUID(given["answered_in"]) if given["answered_in"] else None
                actions.answer_observation(said.pk, by=request.actor, answer=given["answer"], answered_in=version)
            except StepRefusedError as refused:
                show_refusals(form, refused.refusals)
            else:
                messages.success(request, _("Respuesta guardada."))
                return redirect("workspace:file", said.agreement_id)
    context = {"form": form, "said": said, "file": own_file(request, said.agreement_id), "changed": changed}
    return render(request, "workspace/files/answer.html", context)


@member(Verb.RECORD_COUNCIL_VOTE)
def vote(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Keep a vote of the council on an agreement."""
    kept = own_file(request, agreement)
    told: list[str] = []
    form = VoteForm(request.POST or None, request.FILES or None, initial=shown_now(kept))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _was_kept(kept.pk, form):
            return redirect("workspace:file", kept.pk)
        try:
            minutes = kept_upload(given["minutes"], request=request).pk if given["minutes"] else None
            draft = VoteDraft(given["session"], given["on"], given["is_approved"] == "yes", _cast(given), minutes)
            today = today_in(request.office.time_zone)
            actions.record_council_vote(kept.pk, by=request.actor, version=given["version"], vote=draft, today=today)
        except RefusedDocumentError as refused:
            form.add_error("minutes", str(refused))
        except StepRefusedError as refused:
            show_refusals(form, refused.refusals)
        except EditConflictError:
            kept = own_file(request, agreement)
            told = meanwhile(kept, since=seen_at(form))
            form = VoteForm(rebound(form, kept))
        else:
            messages.success(request, _("Votación guardada."))
            return redirect("workspace:file", kept.pk)
    return render(request, "workspace/files/vote.html", {"form": form, "file": kept, "meanwhile": told})


def _was_kept(agreement: UUID, form: VoteForm) -> bool:
    """Say whether this very form was sent before: the button was pressed twice."""
    given = form.cleaned_data
    same = {"session": given["session"].strip(), "on": given["on"], "is_approved": given["is_approved"] == "yes"}
    return CouncilVote.objects.filter(agreement=agreement, **same).exists()


def _cast(given: dict[str, str]) -> list[CastDraft]:
    rows = [(given[f"member_{n}"], given[f"choice_{n}"], given[f"post_{n}"]) for n in range(1, MEMBERS + 1)]
    return [CastDraft(member, Choice(choice), post) for member, choice, post in rows if member]
