"""Assessments of ties and of the city: which there are, begin one, answer it section by section, end it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.foundation.access import Verb, can
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.models import Document
from hermanar.offices.queries import today_in
from hermanar.planning import actions
from hermanar.planning.actions import EditConflictError
from hermanar.planning.actions.assessing import AssessmentDraft
from hermanar.planning.models import AssessedSection, Assessment, OutlineSection
from hermanar.planning.queries import (
    Result,
    activities_to_cite,
    answers_of,
    assessable,
    for_office,
    outlines,
    result_of,
    results_of,
    sections_of,
)
from hermanar.planning.rules import MOST, AssessmentRefusedError
from hermanar.planning.vocabulary import AssessmentStage, Refusal, Subject
from hermanar.ui.templatetags.ui import in_language
from hermanar.workspace.assessing import length_of, scale, score_lines, subject_of, told, value_of
from hermanar.workspace.forms.assessments import BeginForm, SectionForm
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.receiving import kept_upload
from hermanar.workspace.versions import version_of
from hermanar.workspace.views.door import MemberRequest, member

_MOST_OFFERED = 60  # documents and activities to choose from: the newest


def own_assessment(request: MemberRequest, assessment: UUID) -> Assessment:
    """Return an assessment of the office; outside it, the same answer as for what does not exist."""
    kept = for_office(request.office.pk).filter(pk=assessment).first()
    if kept is None:
        raise Http404
    return kept


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A tie, or the city, with what is open of it and the newest that was closed."""

    subject: str
    open: Assessment | None
    last: Result | None
    closed_count: int

    @property
    def value(self) -> str:
        """Return the score of the newest closed one."""
        return value_of(self.last.score) if self.last else ""

    @property
    def told(self) -> str:
        """Say of how many answers that score is."""
        return told(self.last.score) if self.last else ""


@member(Verb.READ_FILES)
def assessments(request: MemberRequest) -> HttpResponse:
    """Show which assessments there are, by outline and subject."""
    standing = for_office(request.office.pk).exclude(stage=AssessmentStage.ABANDONED)
    found = list(standing.order_by("-on", F("ended_at").desc(nulls_first=True)))
    context = {
        "groups": [(one, _lines(kept for kept in found if kept.outline_id == one.pk)) for one in outlines()],
        "may_assess": can(request.actor, Verb.ASSESS),
        "most": MOST,
    }
    return render(request, "workspace/assessments/list.html", context)


def _lines(found: Iterable[Assessment]) -> list[SubjectLine]:
    by_subject: dict[UUID | None, list[Assessment]] = {}
    for kept in found:
        by_subject.setdefault(kept.agreement_id or kept.place_id, []).append(kept)
    closed = {key: [one for one in of_it if one.ended_at] for key, of_it in by_subject.items()}
    newest = {one.assessment.pk: one for one in results_of([of_it[0] for of_it in closed.values() if of_it])}
    lines = [
        SubjectLine(
            subject_of(of_it[0]),
            next((one for one in of_it if not one.ended_at), None),
            newest[closed[key][0].pk] if closed[key] else None,
            len(closed[key]),
        )
        for key, of_it in by_subject.items()
    ]
    return sorted(lines, key=lambda line: line.subject)


@member(Verb.ASSESS)
def begin(request: MemberRequest) -> HttpResponse:
    """Begin an assessment; where one of the same is open, lead to it."""
    today = today_in(request.office)
    offered = [one for one in outlines() if one.subject == Subject.TIE or request.office.place_id]
    files = list(assessable(request.office.pk).order_by("title_es"))
    initial = {"on": today, "outline": request.GET.get("guia", ""), "agreement": request.GET.get("acuerdo", "")}
    form = BeginForm(request.POST or None, outlines=offered, files=files, initial=initial)
    standing = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        draft = AssessmentDraft(given["outline"], given["on"], given["agreement"], given["key"])
        try:
            made = actions.begin(draft, office=request.office.pk, by=request.actor, today=today)
            return redirect("workspace:assessment", made.pk)
        except Assessment.DoesNotExist as unknown:
            raise Http404 from unknown
        except AssessmentRefusedError as refused:
            for flaw in refused.flaws:
                is_day = flaw.refusal in {Refusal.FUTURE_DATE, Refusal.BEFORE_LAST}
                form.add_error("on" if is_day else None, str(flaw.refusal.label))
            is_open = any(flaw.refusal is Refusal.ALREADY_OPEN for flaw in refused.flaws)
            standing = _open_one(request, draft) if is_open else None
    return render(request, "workspace/assessments/begin.html", {"form": form, "standing": standing})


def _open_one(request: MemberRequest, draft: AssessmentDraft) -> Assessment | None:
    found = for_office(request.office.pk).filter(outline__key=draft.outline, stage=AssessmentStage.DRAFT)
    tie = draft.agreement if found.filter(agreement__isnull=False).exists() else None
    return found.filter(agreement=tie).first()


@member(Verb.READ_FILES)
def assessment(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show an assessment: its score with what it rests on, its sections, its answers."""
    kept = own_assessment(request, assessment)
    result = result_of(kept)
    is_open = kept.stage == AssessmentStage.DRAFT
    context = {
        **shown(kept),
        "result": result,
        "sections": score_lines(result),
        "value": value_of(result.score),
        "length": length_of(result.score),
        "told": told(result.score),
        "is_open": is_open,
        "next": next((one.section for one in result.sections if one.score.unanswered), None),
        "may_assess": is_open and can(request.actor, Verb.ASSESS),
        "may_close": is_open and can(request.actor, Verb.CLOSE_ASSESSMENT),
        "lacks": [line for line in result.lines if line.mark.degree is not None and not _has_reason(line)],
    }
    return render(request, "workspace/assessments/page.html", context)


def shown(kept: Assessment) -> dict[str, Any]:
    """Return what every page of an assessment says of it."""
    return {"kept": kept, "subject": subject_of(kept), "scale": scale(), "most": MOST}


def _has_reason(line: Any) -> bool:
    return line.mark.degree == "unknown" or bool(line.answer.why)


@member(Verb.ASSESS)
def section(request: MemberRequest, assessment: UUID, section: str) -> HttpResponse:
    """Answer a section; where somebody else did meanwhile, show both and keep what was typed."""
    kept = own_assessment(request, assessment)
    if kept.stage != AssessmentStage.DRAFT:
        messages.info(request, str(Refusal.NOT_OPEN.label))
        return redirect("workspace:assessment", kept.pk)
    parts = sections_of(kept)
    at = next((number for number, one in enumerate(parts) if one.slug == section), None)
    if at is None:
        raise Http404
    part, after = parts[at], parts[at + 1 :]
    form = _form(kept, part, data=request.POST or None, files=request.FILES or None)
    changed: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            if _save(request, kept, form, section=section):
                messages.success(request, _("Sección guardada: %s.") % in_language(part, "title"))
                if after and "seguir" in request.POST:
                    return redirect("workspace:assessment_section", kept.pk, after[0].slug)
                return redirect("workspace:assessment", kept.pk)
        except EditConflictError:
            form, changed = _conflict(kept, part, form)
    context = {
        **shown(kept),
        "form": form,
        "section": part,
        "number": at + 1,
        "count": len(parts),
        "changed": changed,
        "is_last": not after,
    }
    return render(request, "workspace/assessments/section.html", context)


def _form(kept: Assessment, part: OutlineSection, *, data: Any = None, files: Any = None) -> SectionForm:
    lines = next(one.lines for one in result_of(kept).sections if one.section == part)
    row = AssessedSection.objects.filter(assessment=kept, section=part).first()
    documents = Document.objects.filter(office=kept.office_id).order_by("-uploaded_at")
    cited = [one.document for line in lines if line.answer for one in line.answer.evidence.all() if one.document]
    return SectionForm(
        data,
        files,
        lines=lines,
        before=answers_of(kept.begun_from) if kept.begun_from else {},
        documents=list(dict.fromkeys([*documents[:_MOST_OFFERED], *cited])),
        activities=list(activities_to_cite(kept)[:_MOST_OFFERED]),
        version=row.version if row else 1,
    )


def _save(request: MemberRequest, kept: Assessment, form: SectionForm, *, section: str) -> bool:
    """Keep what was written; False when the form has something to say. Raises EditConflictError."""
    uploaded: dict[UUID, UUID] = {}
    try:
        for question, sent in form.uploads():
            document = _known_or_kept(request, sent)
            form.remember(question, document)
            uploaded[question.pk] = document.pk
    except RefusedDocumentError as refused:
        form.add_error(f"file_{question.pk.hex}", str(refused))
        return False
    try:
        actions.save_section(
            kept.pk, section, answers=form.drafts(uploaded), by=request.actor, version=form.cleaned_data["version"]
        )
    except AssessmentRefusedError as refused:
        form.show(refused.flaws)
        return False
    return True


def _known_or_kept(request: MemberRequest, sent: UploadedFile) -> Document:
    """Keep a file, unless this person sent the very same to the office already: the button was pressed twice."""
    digest = sha256(b"".join(sent.chunks())).hexdigest()
    sent.seek(0)
    own = Document.objects.filter(office=request.office.pk, uploaded_by=request.actor.user)
    known = own.filter(digest=digest, name=sent.name).order_by("uploaded_at").first()
    return known or kept_upload(sent, request=request)


def _conflict(kept: Assessment, part: OutlineSection, form: SectionForm) -> tuple[SectionForm, list[dict[str, Any]]]:
    """Put what was typed over the version that stands now, and tell where it says something else."""
    data = typed(form)
    changed = _form(kept, part).merge_into(data)
    return _form(kept, part, data=data), changed


@member(Verb.CLOSE_ASSESSMENT)
def close(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Close an assessment after it was read once more."""
    return _end(request, assessment, is_closing=True)


@member(Verb.ASSESS)
def abandon(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Give up an assessment that was begun."""
    return _end(request, assessment, is_closing=False)


def _end(request: MemberRequest, key: UUID, *, is_closing: bool) -> HttpResponse:
    kept = own_assessment(request, key)
    wanted = AssessmentStage.CLOSED if is_closing else AssessmentStage.ABANDONED
    refused: Sequence[str] = ()
    if kept.stage != AssessmentStage.DRAFT:  # the button was pressed twice, or somebody was first
        if kept.stage != wanted:
            messages.info(request, str(Refusal.NOT_OPEN.label))
        return redirect("workspace:assessment", kept.pk)
    if request.method == "POST":
        try:
            verb = actions.close if is_closing else actions.abandon
            verb(kept.pk, by=request.actor, version=version_of(request))
        except EditConflictError:
            refused = [_("Alguien cambió la evaluación mientras usted la leía: véala otra vez antes de seguir.")]
            kept = own_assessment(request, key)
        except AssessmentRefusedError as error:
            refused = list(dict.fromkeys(str(flaw.refusal.label) for flaw in error.flaws))
        else:
            messages.success(request, _("Evaluación cerrada.") if is_closing else _("Evaluación abandonada."))
            return redirect("workspace:assessment", kept.pk)
    result = result_of(kept)
    context = {
        **shown(kept), "is_closing": is_closing, "refused": refused, "value": value_of(result.score),
        "told": told(result.score),
        "lacks": [line for line in result.lines if line.answer and not _has_reason(line)],
        "back": reverse("workspace:assessment", args=[kept.pk]),
    }  # fmt: skip
    return render(request, "workspace/assessments/end.html", context)
