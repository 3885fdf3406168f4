"""What a reviewer does: observations of passages, the opinion, content with an answer."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import EditConflictError, ObservationDraft, StepDraft
from hermanar.agreements.models import Agreement, Observation
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import Verb
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.papers import Paper, observations_letter, opinion_letter
from hermanar.offices.queries import today_in
from hermanar.workspace.forms.reviews import (
    LetterFields,
    NotesForm,
    ObservationsForm,
    OpinionForm,
    PassageSet,
    ReviewForm,
    newest_versions,
    place_of,
)
from hermanar.workspace.forms.sending import rebound, seen_at, show_refusals, shown_now
from hermanar.workspace.letters import FORMATS, answer_with, keep_letter, letter_facts
from hermanar.workspace.receiving import keep_paper, sent_papers
from hermanar.workspace.reviewing import closed_steps, is_beside, reviewed_file, sent_file
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile


@member(Verb.REVIEW_FILES)
def observe(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Write what is observed of the passages that were marked; keep it and, as the ministry, send the file back."""
    kept = reviewed_file(agreement, office=request.office)
    beside = is_beside(kept, office=request.office)
    form_class = NotesForm if beside else ObservationsForm
    today = today_in(request.office)
    versions = newest_versions(kept)
    told: list[str] = []
    if request.method == "POST":
        form = form_class(request.POST, request.FILES)
        passages = PassageSet(request.POST, prefix="pasaje", form_kwargs={"versions": versions})
        if _is_valid(request, form, rest=passages.is_valid()):
            drafts = _drafts(passages)
            if isinstance(form, ObservationsForm):
                done = _answer(request, kept, form=form, step=Step.RECORD_OBSERVATIONS, drafts=drafts)
            else:
                done = _note(request, kept, form=form, drafts=drafts)
            if done is not None:
                return done
        kept, form, told = _again(request, kept, form)
    else:
        form = form_class(initial={"on": today, **shown_now(kept)})
        marked = [(word, place_of(word, versions)) for word in dict.fromkeys(request.GET.getlist("pasaje"))]
        initial = [{"place": word, "quote": at[0].paragraphs[at[1] - 1]} for word, at in marked if at]
        passages = PassageSet(prefix="pasaje", form_kwargs={"versions": versions}, data=_as_sent(initial))
    closed = closed_steps(kept, today=today)[Step.RECORD_OBSERVATIONS]
    context = {"file": kept, "form": form, "passages": passages, "meanwhile": told, "closed": closed}
    return render(
        request,
        "workspace/reviews/observe.html",
        {**context, "is_beside": beside, "sent": sent_papers(form, request=request)},
    )


def _note(
    request: MemberRequest, kept: Agreement, *, form: ReviewForm, drafts: list[ObservationDraft]
) -> HttpResponse | None:
    """Keep what a state observes beside the ministry; None when the form has something to say."""
    given = form.cleaned_data
    if general := given["reason"].strip():
        drafts = [*drafts, ObservationDraft(general)]
    now = {"version": given["version"], "today": today_in(request.office)}
    try:
        actions.note_observations(kept.pk, by=request.actor, observations=drafts, **now)
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
        return None
    except EditConflictError:
        mine = kept.observations.filter(by_user=request.actor.user, at__gt=seen_at(form))
        if not {one.comment for one in drafts} <= set(mine.values_list("comment", flat=True)):
            return None  # not this very form sent twice
    else:
        messages.success(request, _("Sus observaciones quedaron en el expediente."))
    return redirect("workspace:review", kept.pk)


def _as_sent(initial: list[dict[str, str]]) -> QueryDict | None:
    """Return marked passages as a form would send them, so that the page shows one block for each."""
    data = QueryDict(mutable=True)
    data.update({"pasaje-TOTAL_FORMS": str(len(initial)), "pasaje-INITIAL_FORMS": "0"})
    for number, values in enumerate(initial):
        data.update({f"pasaje-{number}-{name}": value for name, value in values.items()})
    return data


def _drafts(passages: forms.BaseFormSet) -> list[ObservationDraft]:
    return [
        ObservationDraft(given["comment"].strip(), given["quote"], one.paragraph_version.pk, one.number)
        for one in passages
        if (given := one.cleaned_data) and given.get("comment", "").strip()
    ]


@member(Verb.REVIEW_FILES)
def opinion(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Write the opinion, favourable or not, with its letter."""
    kept = sent_file(agreement, office=request.office)
    today = today_in(request.office)
    told: list[str] = []
    if request.method == "POST":
        form = OpinionForm(request.POST, request.FILES)
        if _is_valid(request, form):
            done = _answer(request, kept, form=form, step=Step.RECORD_OPINION)
            if done is not None:
                return done
        kept, form, told = _again(request, kept, form)
    else:
        form = OpinionForm(initial={"on": today, **shown_now(kept)})
    pending = kept.observations.exclude(state="settled").count()
    closed = closed_steps(kept, today=today)[Step.RECORD_OPINION]
    context = {"file": kept, "form": form, "meanwhile": told, "closed": closed, "pending": pending}
    context["sent"] = sent_papers(form, request=request)
    return render(request, "workspace/reviews/opinion.html", context)


def _answer(
    request: MemberRequest,
    kept: Agreement,
    *,
    form: LetterFields,
    step: Step,
    drafts: list[ObservationDraft] | None = None,
) -> HttpResponse | None:
    """Give the letter as a file, or carry the step out; None when the form has something to say."""
    given = form.cleaned_data
    written = {"number": given["letter"], "dated_on": given["on"], "reason": given["reason"]}
    facts = letter_facts(request, kept, **written, observations=drafts or ())
    is_favourable = given.get("is_favourable") == "yes"
    is_observed = step is Step.RECORD_OBSERVATIONS
    paper = observations_letter(facts) if is_observed else opinion_letter(facts, is_favourable=is_favourable)
    name = "observaciones" if is_observed else "dictamen"
    if request.POST.get("write") in FORMATS:
        return answer_with(paper, request.POST["write"], name=f"{name}-{kept.slug}"[:80])
    if _was_done(request, kept, step=step, form=form):
        return redirect("workspace:review", kept.pk)
    try:
        draft = StepDraft(given["on"], given["letter"], given["reason"], _papers(request, form, paper=paper, name=name))
        common: dict[str, Any] = {"by": request.actor, "version": given["version"], "step": draft}
        common["today"] = today_in(request.office)
        if is_observed:
            actions.record_observations(kept.pk, observations=drafts or (), **common)
        else:
            actions.record_opinion(kept.pk, is_favourable=is_favourable, **common)
    except RefusedDocumentError:
        return None  # told beside the field
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
    except EditConflictError:
        if _was_done(request, sent_file(kept.pk, office=request.office), step=step, form=form):
            return redirect("workspace:review", kept.pk)
    else:
        messages.success(request, _("Asentado: %(step)s.") % {"step": step.label})
        return redirect("workspace:review", kept.pk)
    return None


def _papers(request: MemberRequest, form: LetterFields, *, paper: Paper, name: str) -> list[UUID]:
    given = form.cleaned_data
    keep_paper(form, request=request)
    papers = [document.pk for document in sent_papers(form, request=request)]
    if not papers and given.get("is_written"):
        papers.append(keep_letter(paper, request=request, name=name, dated_on=given["on"]).pk)
    return papers


def _is_valid(request: MemberRequest, form: ReviewForm, *, rest: bool = True) -> bool:
    """Say whether what was typed can be carried out; if not, the letter that came with it is kept for the next try."""
    if form.is_valid() and rest:
        return True
    if request.POST.get("write") not in FORMATS:
        with suppress(RefusedDocumentError):  # told beside the field
            keep_paper(form, request=request)
    return False


def _was_done(request: MemberRequest, kept: Agreement, *, step: Step, form: LetterFields) -> bool:
    """Say whether this very form was sent before: the button was pressed twice."""
    if form.data.get("version") == str(kept.version):
        return False
    last = kept.steps.order_by("-number").first()
    is_same = last is not None and last.step == step and last.by_user_id == request.actor.user
    return bool(last and is_same and last.at > seen_at(form) and last.letter == form.data.get("letter", "").strip())


def _again(request: MemberRequest, kept: Agreement, form: ReviewForm) -> tuple[Agreement, Any, list[str]]:
    """Show what was typed over the file as it stands, with what was wrong in it and what changed meanwhile."""
    fresh = reviewed_file(kept.pk, office=request.office)
    if form.data.get("version") == str(fresh.version):
        return fresh, form, []
    again = type(form)(rebound(form, fresh))
    again.full_clean()
    return fresh, again, meanwhile(fresh, since=seen_at(form)) or [_("Otra persona cambió el expediente.")]


@member(Verb.REVIEW_FILES)
def settle(request: MemberRequest, observation: UUID) -> HttpResponse:
    """Be content with the answer to an observation; who reads beside the ministry, to what was noted beside it."""
    said = Observation.objects.filter(pk=observation).first()
    if said is None:
        raise Http404
    kept = reviewed_file(said.agreement_id, office=request.office)
    if said.step_id and is_beside(kept, office=request.office):
        raise Http404
    if request.method == "POST":
        actions.settle_observation(observation, by=request.actor)
        messages.success(request, _("La observación quedó resuelta."))
    return redirect(reverse("workspace:review", args=[said.agreement_id]) + "#observado")
