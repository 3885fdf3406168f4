"""The office's own Word files for its papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.foundation.access import Verb
from hermanar.foundation.documents import RefusedDocumentError, path_of
from hermanar.foundation.papers.templates import TemplateReport, check_template
from hermanar.offices.actions import drop_template, keep_template
from hermanar.offices.models import PaperTemplate
from hermanar.workspace.forms.papers import TemplateForm
from hermanar.workspace.papers import KINDS, LINES, ROWS, PaperKind, field_name, kind_of, names_of
from hermanar.workspace.receiving import kept_upload
from hermanar.workspace.views.door import MemberRequest, member


@member(Verb.KEEP_TEMPLATES)
def templates(request: MemberRequest) -> HttpResponse:
    """List the papers, each with the office's own file or ours."""
    own = {one.paper: one for one in PaperTemplate.objects.filter(office=request.office).select_related("document")}
    papers = [{"kind": kind, "own": own.get(slug)} for slug, kind in KINDS.items()]
    return render(request, "workspace/templates/list.html", {"papers": papers})


@member(Verb.KEEP_TEMPLATES)
def template(request: MemberRequest, paper: str) -> HttpResponse:
    """Take an office's own file for a paper, tested first; or go back to ours."""
    kind = KINDS.get(paper)
    if kind is None:
        raise Http404
    form = TemplateForm(request.POST or None, request.FILES or None)
    report: TemplateReport | None = None
    if request.method == "POST" and "drop" in request.POST:
        drop_template(paper, office=request.office.pk, by=request.actor)
        messages.success(request, _("Se usa de nuevo nuestro papel."))
        return redirect("workspace:template", paper)
    if request.method == "POST" and form.is_valid():
        report = _take(request, kind, form)
        if report is not None and not report.broken:
            messages.success(request, _("Plantilla guardada: los Word de este papel salen con ella."))
            return redirect("workspace:template", paper)
    own = PaperTemplate.objects.filter(office=request.office, paper=paper).select_related("document").first()
    if report is None and own is not None:
        report = _report_of(own, kind)
    context: dict[str, Any] = {"kind": kind, "form": form, "own": own, "report": report, "fields": fields_of(kind)}
    return render(request, "workspace/templates/template.html", context)


def fields_of(kind: PaperKind) -> list[str]:
    """Return the names a template of a paper may use."""
    return [field_name(kind.facts, name) for name in names_of(kind.facts)]


def lists_of(kind: PaperKind) -> list[str]:
    """Return those of the names that are lists, which a template may repeat."""
    return [field_name(kind.facts, name) for name in names_of(kind.facts) if kind_of(kind.facts, name) in {LINES, ROWS}]


def _take(request: MemberRequest, kind: PaperKind, form: TemplateForm) -> TemplateReport | None:
    sent = form.cleaned_data["template"]
    try:
        report = check_template(sent.read(), fields_of(kind), lists=lists_of(kind))
        if report.broken:
            form.add_error("template", _("Tiene etiquetas que no se pueden usar. Corríjalas y súbala de nuevo."))
            return report
        sent.seek(0)
        document = kept_upload(sent, request=request)
    except RefusedDocumentError as refused:
        form.add_error("template", str(refused))
        return None
    keep_template(kind.slug, office=request.office.pk, by=request.actor, document=document.pk)
    return report


def _report_of(own: PaperTemplate, kind: PaperKind) -> TemplateReport | None:
    try:
        return check_template(path_of(own.document.digest).read_bytes(), fields_of(kind), lists=lists_of(kind))
    except (RefusedDocumentError, FileNotFoundError):
        return None
