"""The register: every signed agreement, its files to take away, the entry of one, its certificate."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import EditConflictError, StepDraft
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office
from hermanar.agreements.rules import StepRefusedError, is_signed
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import Verb
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.tables import csv_chunks, xlsx_chunks
from hermanar.offices.models import Office
from hermanar.offices.queries import today_in
from hermanar.workspace.certificates import LANGUAGES, certificate_of
from hermanar.workspace.forms.register import RegisterFilter, RegistrationForm
from hermanar.workspace.forms.sending import rebound, seen_at, show_refusals, shown_now
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.receiving import keep_paper, sent_papers
from hermanar.workspace.registering import Entry, columns, entries, refusals, registered_file
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile

_TABLES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _asked(request: MemberRequest) -> tuple[RegisterFilter, list[Entry]]:
    form = RegisterFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = entries(text=given.get("texto", ""), state=given.get("estado", ""), office=given.get("oficina", ""))
    return form, found


@member(Verb.READ_REGISTER)
def register(request: MemberRequest) -> HttpResponse:
    """Show every signed agreement of every office, what awaits its entry first."""
    form, found = _asked(request)
    context = {
        "form": form,
        "entries": found,
        "awaiting": sum(one.is_awaiting for one in found),
        "offices": Office.objects.filter(agreements__isnull=False).distinct().order_by("name"),
        "query": request.GET.urlencode(),
    }
    return render(request, "workspace/register/list.html", context)


@member(Verb.READ_REGISTER)
def take_away(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the register as it is narrowed, as a table."""
    if format_ not in _TABLES:
        raise Http404
    found = _asked(request)[1]
    chunks = csv_chunks(columns(), found) if format_ == "csv" else xlsx_chunks(columns(), found, sheet=_("Registro"))
    response = StreamingHttpResponse(chunks, content_type=_TABLES[format_])
    response.headers["Content-Disposition"] = f'attachment; filename="registro.{format_}"'
    return response  # type: ignore[return-value]


@member(Verb.READ_REGISTER)
def entry(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show an agreement as the register knows it; enter it, or say why that is not open."""
    kept = registered_file(agreement)
    today = today_in(request.office)
    told: list[str] = []
    if request.method == "POST":
        form = RegistrationForm(request.POST, request.FILES)
        if _enter(request, kept, form):
            return redirect("workspace:entry", agreement)
        kept = registered_file(agreement)
        if form.data.get("version") != str(kept.version):
            told = meanwhile(kept, since=seen_at(form)) or [_("Otra persona cambió el expediente.")]
            form = RegistrationForm(rebound(form, kept))
    else:
        form = RegistrationForm(initial={"on": today, **shown_now(kept)})
    context = {
        "file": kept,
        "counterpart": counterpart_of(kept),
        "form": form,
        "sent": sent_papers(form, request=request),
        "meanwhile": told,
        "refusals": [refusal.label for refusal in refusals(kept, by=request.actor, today=today)],
        "is_registered": kept.stage == Stage.REGISTERED,
        "texts": kept.texts.prefetch_related("versions__document"),
        "steps": kept.steps.select_related("by_office").prefetch_related("papers__document").order_by("-number"),
    }
    return render(request, "workspace/register/entry.html", context)


def _enter(request: MemberRequest, kept: Agreement, form: RegistrationForm) -> bool:
    if form.is_valid() and _was_done(kept, form):
        return True
    try:
        if not refusals(kept, by=request.actor, today=today_in(request.office)):
            keep_paper(form, request=request)
        if not form.is_valid():
            return False
        given, papers = form.cleaned_data, [document.pk for document in sent_papers(form, request=request)]
        draft = StepDraft(given["on"], given["letter"], papers=papers)
        common = {"by": request.actor, "version": given["version"], "today": today_in(request.office)}
        actions.record_registration(kept.pk, step=draft, number=given["number"], **common)
    except RefusedDocumentError:
        return False  # told beside the field
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
    except EditConflictError:
        return _was_done(registered_file(kept.pk), form)
    else:
        messages.success(request, _("Asentado: %(step)s.") % {"step": Step.RECORD_REGISTRATION.label})
        return True
    return False


def _was_done(kept: Agreement, form: RegistrationForm) -> bool:
    """Say whether this very entry stands: the button was pressed twice."""
    is_new = form.data.get("version") != str(kept.version)
    same = kept.registration_number == form.cleaned_data["number"].strip()
    return is_new and kept.stage == Stage.REGISTERED and same


@member(Verb.READ_REGISTER)
def register_certificate(request: MemberRequest, agreement: UUID, format_: str) -> HttpResponse:
    """Write the certificate of any office's agreement."""
    return _certificate(request, registered_file(agreement), format_)


@member(Verb.READ_FILES)
def file_certificate(request: MemberRequest, agreement: UUID, format_: str) -> HttpResponse:
    """Write the certificate of an agreement of one's own office, once it is signed."""
    kept = for_office(request.office.pk).filter(pk=agreement).first()
    if kept is None or not is_signed(Stage(kept.stage)):
        raise Http404
    return _certificate(request, kept, format_)


def _certificate(request: MemberRequest, kept: Agreement, format_: str) -> HttpResponse:
    language = request.GET.get("idioma", "es")
    if format_ not in FORMATS or language not in LANGUAGES:
        raise Http404
    today = today_in(request.office)
    paper = certificate_of(kept, request=request, issuer=request.office.name, language=language, today=today)
    return answer_with(paper, format_, name=f"constancia-{kept.slug}"[:80])
