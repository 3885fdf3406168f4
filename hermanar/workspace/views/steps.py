"""The steps of a file: one address and one form for each verb."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import EditConflictError
from hermanar.agreements.models import Agreement, ProcedureStep, Proposal
from hermanar.agreements.queries import file_facts
from hermanar.agreements.rules import FileFacts, StepRefusedError, closed_by, earliest_signature
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Refusal, Step
from hermanar.foundation.access import GRANTED, Role, Verb, can_in, require_in
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.models import Document
from hermanar.offices.queries import members_of
from hermanar.workspace.acts import NOTE_DOWN, VERBS
from hermanar.workspace.carrying import carry_out
from hermanar.workspace.forms.sending import rebound, seen_at, show_refusals, shown_now
from hermanar.workspace.forms.steps import FORMS, ActForm, LaterPaperForm, first_form
from hermanar.workspace.guide import Rung, guide_of, reasons
from hermanar.workspace.letters import keep_letter
from hermanar.workspace.papers import KINDS, PAPER_OF, letter_number
from hermanar.workspace.receiving import keep_paper, kept_upload, remember, sent_papers
from hermanar.workspace.record_facts import as_read, paper_of
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile, own_file


@member(Verb.READ_FILES)
def step(request: MemberRequest, agreement: UUID, step: Step) -> HttpResponse:
    """Show the form of a step, or why it is not open; do the step."""
    kept = own_file(request, agreement)
    today = today_in(request.office.time_zone)
    facts = file_facts(kept, today=today)
    told: list[str] = []
    kind = FORMS.get(step)  # the register is another office's
    may = kind is not None and can_in(request.actor, VERBS[step], office=kept.office_id)
    form = None
    if kind is not None and request.method == "POST":
        form = kind(request.POST, request.FILES, kept=kept, facts=facts)
        done = _do(request, kept, step=step, form=form)
        if done is not None:
            return done
        fresh = own_file(request, agreement)
        if form.data.get("version") != str(fresh.version):
            told = meanwhile(fresh, since=seen_at(form))
            kept, facts = fresh, file_facts(fresh, today=today)
            form = _again(form, kind(rebound(form, fresh), kept=fresh, facts=facts))
    elif kind is not None:
        form = first_form(kept, step, facts=facts, today=today)
    context = {
        **_words(step, kept, facts=facts),
        "form": form,
        "may": may,
        "who_may": [] if may else _who_may(request, step),
        "meanwhile": told,
        "earliest": earliest_signature(today) if step is Step.REQUEST_OPINION else None,
        "guide": guide_of(kept, facts=facts, actor=request.actor, today=today),
        "sent": sent_papers(form, request=request),
    }
    return render(request, "workspace/files/step.html", context)


@member(Verb.EDIT_FILE)
def add_paper(request: MemberRequest, agreement: UUID, step: UUID) -> HttpResponse:
    """Add a paper to a step that was written before it came."""
    kept = own_file(request, agreement)
    of = get_object_or_404(kept.steps.all(), pk=step)
    told: list[str] = []
    form = LaterPaperForm(request.POST or None, request.FILES or None, kept=kept, initial=shown_now(kept))
    if request.method == "POST":
        if form.data.get("version") != str(kept.version) and _was_added(of, form, by=request.actor.user):
            return redirect("workspace:file", kept.pk)
        if form.is_valid():
            try:
                paper = kept_upload(form.cleaned_data["paper"], request=request)
                version = form.cleaned_data["version"]
                actions.add_paper(kept.pk, by=request.actor, version=version, step=of.pk, document=paper.pk)
            except RefusedDocumentError as refused:
                form.add_error("paper", str(refused))
            except EditConflictError:
                told = meanwhile(own_file(request, agreement), since=seen_at(form))
                form = LaterPaperForm(rebound(form, own_file(request, agreement)), kept=kept)
            else:
                messages.success(request, _("Papel guardado."))
                return redirect("workspace:file", kept.pk)
    context = {"file": kept, "of": of, "form": form, "meanwhile": told}
    return render(request, "workspace/files/later_paper.html", context)


def _was_added(of: ProcedureStep, form: LaterPaperForm, *, by: UUID | None) -> bool:
    """Say whether this very file was added since the page was shown: the button was pressed twice."""
    sent = form.files.get("paper")
    last = of.papers.filter(by_user=by, at__gt=seen_at(form)).select_related("document").order_by("-at").first()
    return last is not None and sent is not None and last.document.size == sent.size


def _do(request: MemberRequest, kept: Agreement, *, step: Step, form: forms.Form) -> HttpResponse | None:
    """Carry a step out and lead back to the file; None when the form has something to say."""
    if _was_done(request, kept, step=step, form=form):
        return redirect("workspace:file", kept.pk)
    require_in(request.actor, VERBS[step], office=kept.office_id)  # before a file that came along is kept
    try:
        if not form.is_valid():
            keep_paper(form, request=request)
            return None
        today = today_in(request.office.time_zone)
        papers = _papers(request, kept, step=step, form=form)
        made = carry_out(step, kept, form=form, papers=papers, by=request.actor, today=today)
    except RefusedDocumentError:
        return None  # told beside the field
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
    except EditConflictError:
        if _was_done(request, own_file(request, kept.pk), step=step, form=form):
            return redirect("workspace:file", kept.pk)
    else:
        waits = isinstance(made, Proposal)
        said = _("Propuesto: falta que otra persona lo confirme.") if waits else _("Asentado: %(step)s.")
        messages.success(request, said % {"step": step.label} if not waits else said)
        return redirect("workspace:file", kept.pk)
    return None


def _was_done(request: MemberRequest, kept: Agreement, *, step: Step, form: forms.Form) -> bool:
    """Say whether this very form was sent before: the button was pressed twice."""
    if form.data.get("version") == str(kept.version):
        return False
    last = kept.steps.order_by("-number").first()
    same = {"on": form.data.get("on", ""), "letter": form.data.get("letter", "").strip()}
    return (
        last is not None
        and last.step == step
        and last.by_user_id == request.actor.user
        and last.at > seen_at(form)
        and (step is Step.PUBLISH or same == {"on": last.on.isoformat(), "letter": last.letter})
    )


def _papers(request: MemberRequest, kept: Agreement, *, step: Step, form: forms.Form) -> list[UUID]:
    """Keep what was sent now, and remember what an earlier try of the same form sent.

    Where nothing was sent and the letter was written here, it is kept as it reads today: what changes in the file
    afterwards no longer changes what left the office.
    """
    keep_paper(form, request=request)
    papers = [document.pk for document in sent_papers(form, request=request)]
    written = _letter_as_it_went(request, kept, step=step, form=form) if not papers and step in PAPER_OF else None
    if written:
        remember(form, written)
        papers.append(written.pk)
    return papers


def _letter_as_it_went(request: MemberRequest, kept: Agreement, *, step: Step, form: forms.Form) -> Document | None:
    """Keep the letter that was written here under the number that the step gives; None when there is none."""
    number = form.cleaned_data["letter"].strip()
    if not number or letter_number(kept, step) != number:
        return None
    paper = as_read(paper_of(kept, KINDS[PAPER_OF[step]]))
    return keep_letter(
        paper,
        request=request,
        name=f"{PAPER_OF[step]}-{slugify(number.replace('/', '-'))}-sin-firma",
        dated_on=form.cleaned_data["on"],
    )


def _again(before: ActForm, form: ActForm) -> ActForm:
    """Show what was typed over the record as it stands, with what was wrong in it."""
    form.full_clean()
    for name, faults in before.errors.items():
        known = name if name in form.fields else None
        if not form.errors.get(name):
            form.add_error(known, list(faults))
    return form


def _words(step: Step, kept: Agreement, *, facts: FileFacts) -> dict[str, Any]:
    """Return the words of a step's page: its name, why it is closed, its letter."""
    closed = closed_by(step, facts)
    if step is Step.RECORD_REGISTRATION:
        closed = (*closed, Refusal.OWN_OFFICE)
    return {
        "file": kept,
        "step": step,
        "title": Rung(step, "open").label,
        "closed": reasons(closed, kept, facts=facts),
        "was_done": kept.steps.filter(step=step).order_by("-number").first() if closed else None,
        "facts": facts,
        "paper": PAPER_OF.get(step),
        "note_down": NOTE_DOWN.get(step, ""),
        "cures": step in {Step.REQUEST_OPINION, Step.RECORD_OPINION} and kept.stage == Stage.SIGNED,
    }


def _who_may(request: MemberRequest, step: Step) -> list[str]:
    """Name the people of the office who may do a step."""
    found = members_of(request.office.pk)
    able = [one for one in found if VERBS[step] in GRANTED[Role(one.role)]]
    return [f"{one.user.get_full_name() or one.user.email} ({one.get_role_display()})" for one in able]
