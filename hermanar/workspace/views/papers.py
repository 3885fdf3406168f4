"""The papers of a file, written from its record: what is missing in each, and the files to take away."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hermanar.agreements.actions import EditConflictError, fill_paper
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import file_facts
from hermanar.agreements.rules import FileFacts, closed_by
from hermanar.foundation.access import Verb, can_in
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import RefusedDocumentError, path_of
from hermanar.foundation.documents.answering import disposition
from hermanar.foundation.papers import (
    LetterFacts,
    UnusableTemplateError,
    fill_word,
    missing,
    write_pdf,
    write_word,
)
from hermanar.foundation.papers.structure import Paper
from hermanar.offices.models import PaperTemplate
from hermanar.workspace.acts import NOTE_DOWN, VERBS
from hermanar.workspace.forms.papers import PaperForm
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.forms.steps import first_form
from hermanar.workspace.papers import (
    KINDS,
    STEP_OF,
    PaperKind,
    built,
    filling_of,
    kinds_for,
    letter_number,
    names_of,
    template_fields,
    words_of,
    written_as,
)
from hermanar.workspace.record_facts import as_read, paper_of, paper_values, record_facts
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import own_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Where a fact that the record holds is written.
_IN_RECORD = {
    "areas": "areas",
    "languages": "languages",
    "planned_signature_on": "planned_signature_on",
    "agreement_title": "title_es",
    "title": "title_es",
    "term_years": "term_years",
    "plan_days": "first_programme_days",
}
_OF_OFFICE = frozenset({"letterhead", "place"})


@member(Verb.READ_FILES)
def paper(request: MemberRequest, agreement: UUID, paper: str) -> HttpResponse:
    """Show a paper's particulars, what is missing in it, and where to take it; keep what is written."""
    kept, kind = _asked(request, agreement, paper)
    may = can_in(request.actor, Verb.EDIT_FILE, office=kept.office_id)
    today = today_in(request.office.time_zone)
    filling = filling_of(kept, kind)
    values = paper_values(kept, kind)
    shown = {name: written_as(values.get(name)) for name in kind.asked}
    form = PaperForm(request.POST or None, kind=kind, initial={**shown, "version": filling.version if filling else 0})
    changed: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, kept, form=form)
        except EditConflictError:
            form, changed = _conflict(kept, form)
        else:
            gaps = missing(paper_of(kept, kind))
            done, open_ = _("Guardado. Ya puede llevárselo."), _("Guardado. Todavía le falta algo: está dicho aquí.")
            messages.success(request, open_ if gaps else done)
            return redirect("workspace:paper", kept.pk, kind.slug)
    facts = built(kind.facts, values)
    made, own = kind.write(facts), _own_template(request, kind)
    of_file, lacks = file_facts(kept, today=today), _missing(kept, kind, made)
    sending = _sending(request, kept, kind=kind, facts=of_file, today=today)
    context = {
        **sending,
        "file": kept,
        "facts": of_file,
        "kind": kind,
        "form": form if may else None,
        "missing": lacks,
        "is_folded": not form.is_bound and kind.facts is LetterFacts and _is_written(sending, lacks),
        "own": own,
        "own_fails": own is not None and _on_own(own, facts) is None,
        "changed": changed,
        "papers": kinds_for(kept, facts=of_file),
    }
    return render(request, "workspace/files/paper.html", context)


def _sending(
    request: MemberRequest, kept: Agreement, *, kind: PaperKind, facts: FileFacts, today: dt.date
) -> dict[str, Any]:
    """Return what the page of a letter says of its step: when it went, or the form that notes it down."""
    step = STEP_OF.get(kind.slug)
    if step is None:
        return {}
    went = kept.steps.filter(step=step).prefetch_related("papers__document").order_by("-number").first()
    is_open = not closed_by(step, facts) and can_in(request.actor, VERBS[step], office=kept.office_id)
    form = first_form(kept, step, facts=facts, today=today, auto_id="paso_%s") if is_open else None
    goes_again = bool(form and went and went.letter == letter_number(kept, step))
    told = {"note_down": NOTE_DOWN[step], "titled": kept.title_es, "goes_again": goes_again}
    return {"step": step, "went": went, "sending": form, **told}


def _is_written(sending: dict[str, Any], lacks: list[dict[str, str]]) -> bool:
    """Say whether nobody has to write in a letter now: it is whole, or gone; one that goes again needs its number."""
    if sending.get("went") and not sending.get("sending"):
        return True
    return not lacks and not sending.get("goes_again")


def _asked(request: MemberRequest, agreement: UUID, paper: str) -> tuple[Agreement, PaperKind]:
    kept = own_file(request, agreement)
    if paper not in KINDS:
        raise Http404
    return kept, KINDS[paper]


def _keep(request: MemberRequest, kept: Agreement, *, form: PaperForm) -> None:
    """Keep only what differs from the record, so that the paper follows the record in all else.

    The day of a letter is its own: the record only offers the one of today.
    """
    of_record = {name: value for name, value in record_facts(kept, form.kind).items() if name != "dated_on"}
    texts = {name: text for name, text in form.texts().items() if text and text != written_as(of_record.get(name))}
    kind, version = form.kind, form.cleaned_data["version"]
    filling = filling_of(kept, kind)
    if filling and filling.values == texts and version != filling.version:
        return  # the button was pressed twice
    fill_paper(kept.pk, by=request.actor, paper=kind.filling, version=version, values=texts)


def _conflict(kept: Agreement, form: PaperForm) -> tuple[PaperForm, list[dict[str, Any]]]:
    filling = filling_of(kept, form.kind)
    now = paper_values(kept, form.kind)
    texts = form.texts()
    changed = [
        {"label": form.fields[name].label, "now": written_as(now.get(name)), "typed_is_kept": True}
        for name in form.kind.asked
        if written_as(now.get(name)) != texts[name]
    ]
    data = typed(form)
    data["version"] = str(filling.version if filling else 0)
    return PaperForm(data, kind=form.kind), changed


def _missing(kept: Agreement, kind: PaperKind, paper: Paper) -> list[dict[str, str]]:
    """Return what the paper lacks, each with the address of the very field."""
    back = urlencode({"vuelve": reverse("workspace:paper", args=[kept.pk, kind.slug])})
    by_words = {words_of(kind.facts, name, language=kind.language): name for name in names_of(kind.facts)}
    found = []
    for words in missing(paper):
        name = by_words.get(words, "")
        address = ""
        if name in kind.asked:
            address = f"#id_{name}"
        elif name in _IN_RECORD:
            address = f"{reverse('workspace:edit', args=[kept.pk])}?{back}#id_{_IN_RECORD[name]}"
        elif name in _OF_OFFICE:
            address = f"{reverse('workspace:particulars')}?{back}"
        elif name == "enclosures":
            address = f"{reverse('workspace:text', args=[kept.pk])}?{back}"
        found.append({"words": words, "address": address})
    return found


@member(Verb.READ_FILES)
def paper_file(request: MemberRequest, agreement: UUID, paper: str, format_: str) -> HttpResponse:
    """Give a paper as Word or PDF/A; as Word on the office's own template where it has one."""
    kept, kind = _asked(request, agreement, paper)
    facts = built(kind.facts, paper_values(kept, kind))
    made = kind.write(facts)
    if kind.facts is LetterFacts and request.GET.get("leido"):
        made = as_read(made)
    if format_ == "docx":
        own = _own_template(request, kind)
        data = (own and _on_own(own, facts)) or write_word(made)
        return _answer(data, kept, kind=kind, format_="docx", media_type=WORD, is_read=not made.is_draft)
    if format_ == "pdf":
        data, media_type = write_pdf(made), "application/pdf"
        return _answer(data, kept, kind=kind, format_="pdf", media_type=media_type, is_read=not made.is_draft)
    raise Http404


def _own_template(request: MemberRequest, kind: PaperKind) -> PaperTemplate | None:
    found = PaperTemplate.objects.filter(office=request.office, paper=kind.slug)
    return found.select_related("document").first()


def _on_own(own: PaperTemplate, facts: Any) -> bytes | None:
    """Fill in the office's own Word file; None when it can no longer be used, which the paper's page tells.

    A file that is damaged on the disk must not keep the office from its letter: ours is written then.
    """
    try:
        return fill_word(path_of(own.document.digest).read_bytes(), template_fields(facts))
    except (RefusedDocumentError, UnusableTemplateError, FileNotFoundError):
        return None


def _answer(
    data: bytes, kept: Agreement, *, kind: PaperKind, format_: str, media_type: str, is_read: bool
) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    mark = "" if is_read else "-borrador"
    name = f"{kind.slug}-{slugify(kept.number.replace('/', '-'))}{mark}.{format_}"
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
