"""Texts by language with their versions, two of them side by side, and the files of an agreement."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import EditConflictError, TextDraft
from hermanar.agreements.models import Agreement, CouncilVote, StepPaper, TextVersion
from hermanar.agreements.queries import file_facts, in_register, open_to_review
from hermanar.agreements.rules import StepRefusedError, is_signed, missing_signed_texts, missing_texts
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Refusal, Side
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import NoDocumentError, RefusedDocumentError, attachment, path_of
from hermanar.foundation.documents.keeping import About
from hermanar.foundation.models import Document
from hermanar.foundation.papers import Change, TooLongError, compare_texts, text_of
from hermanar.workspace.forms.sending import rebound, seen_at, shown_now
from hermanar.workspace.forms.texts import TextForm
from hermanar.workspace.forms.words import language_choices, language_name
from hermanar.workspace.receiving import kept_upload
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile, own_file, way_back


@member(Verb.ADD_TEXT)
def text(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Add a version of the text in a language."""
    kept = own_file(request, agreement)
    told: list[str] = []
    if request.method == "POST":
        form = TextForm(request.POST, request.FILES, kept=kept)
        if _was_sent(kept, form, user=request.actor.user):
            return redirect("workspace:file", kept.pk)
        if form.is_valid():
            try:
                _add(request, kept, form)
            except EditConflictError:
                kept = own_file(request, agreement)
                told = meanwhile(kept, since=seen_at(form))
                form = TextForm(rebound(form, kept), kept=kept)
            else:
                if not form.errors:
                    return _on(request, kept, sent=form.cleaned_data)
    else:
        form = TextForm(initial=_initial(request, kept), kept=kept)
    return render(request, "workspace/files/text.html", {"form": form, "file": kept, "meanwhile": told})


def _on(request: MemberRequest, kept: Agreement, *, sent: dict[str, Any]) -> HttpResponse:
    """Lead on from a text that was kept: to the language that still lacks its own, or back."""
    told = {"language": language_name(sent["language"])}
    facts = file_facts(own_file(request, kept.pk), today=today_in(request.office.time_zone))
    lacking = missing_signed_texts(facts) if sent["is_signed"] else missing_texts(facts)
    if not lacking:
        messages.success(request, _("Texto guardado: %(language)s.") % told)
        return redirect(way_back(request, reverse("workspace:file", args=[kept.pk])))
    told["next"] = language_name(lacking[0])
    messages.success(request, _("Texto guardado: %(language)s. Falta: %(next)s.") % told)
    query = request.GET.copy()
    query["idioma"] = lacking[0]
    if sent["is_signed"]:
        query["firmada"] = "1"
    return redirect(f"{reverse('workspace:text', args=[kept.pk])}?{query.urlencode()}")


def _initial(request: MemberRequest, kept: Agreement) -> dict[str, object]:
    today = today_in(request.office.time_zone)
    facts = file_facts(kept, today=today)
    signed = is_signed(Stage(kept.stage))
    lacking = missing_signed_texts(facts) if signed else missing_texts(facts)
    asked = request.GET.get("idioma", "")
    is_one = asked in dict(language_choices(*kept.languages.split()))
    language = asked if is_one else lacking[0] if lacking else "es"
    last = TextVersion.objects.filter(text__agreement=kept, text__language=language).order_by("-number").first()
    return {
        **shown_now(kept),
        "language": language,
        "sent_on": today,
        "is_signed": signed and request.GET.get("firmada") == "1",
        "sent_by": Side.OFFICE,
        "is_authentic": last.is_authentic if last else True,
    }


def _was_sent(kept: Agreement, form: TextForm, *, user: UUID | None) -> bool:
    """Say whether this very form was sent before: the button was pressed twice."""
    if form.data.get("version") == str(kept.version):
        return False
    sent = form.files.get("document")
    last = TextVersion.objects.filter(text__agreement=kept, by_user=user, at__gt=seen_at(form)).order_by("-at").first()
    same_name = sent is None or (last is not None and last.document.size == sent.size)
    return last is not None and last.text.language == form.data.get("language") and same_name


def _add(request: MemberRequest, kept: Agreement, form: TextForm) -> None:
    given = form.cleaned_data
    about = About(language=given["language"], dated_on=given["sent_on"], source=str(Side(given["sent_by"]).label))
    try:
        document = given["earlier"] or kept_upload(given["document"], request=request, about=about)
        draft = TextDraft(
            language=given["language"],
            document=document.pk,
            paragraphs=_paragraphs(document),
            sent_by=Side(given["sent_by"]),
            sent_on=given["sent_on"],
            is_signed=given["is_signed"],
            is_authentic=given["is_authentic"],
            note=given["note"].strip(),
        )
        form.remember(document)
        today = today_in(request.office.time_zone)
        actions.add_text_version(kept.pk, by=request.actor, version=given["version"], text=draft, today=today)
    except RefusedDocumentError as refused:
        form.add_error("document", str(refused))
    except TooLongError:
        form.add_error(
            "document", _("El texto es más largo de lo que un acuerdo puede ser: revise que sea el archivo.")
        )
    except StepRefusedError as refused:
        for refusal in refused.refusals:
            form.add_error(_FIELD_OF.get(refusal), str(refusal.label))


_FIELD_OF = {
    Refusal.FUTURE_DATE: "sent_on",
    Refusal.NOT_SIGNED: "is_signed",
    Refusal.COPY_BEFORE_SIGNATURE: "sent_on",
    Refusal.LANGUAGES_SETTLED: "language",
}


def _paragraphs(document: Document) -> list[str]:
    """Read a file as paragraphs; a picture or a scan has none, and is kept all the same."""
    try:
        return text_of(path_of(document.digest).read_bytes(), document.media_type)
    except (RefusedDocumentError, TooLongError):
        raise
    except ValueError:
        return []


@member(Verb.READ_FILES)
def compare(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show two versions of a text side by side, word by word."""
    kept = own_file(request, agreement)
    versions = list(
        TextVersion.objects.filter(text__agreement=kept).select_related("text", "document").order_by("text", "number")
    )
    old, new = (_chosen(versions, request.GET.get(name, "")) for name in ("antes", "despues"))
    if old is None or new is None:
        old, new = _last_two(versions)
    rows, is_too_long = [], False
    if old and new:
        try:
            rows = compare_texts(old.paragraphs, new.paragraphs)
        except TooLongError:
            is_too_long = True
    changed = [row for row in rows if row.change is not Change.EQUAL]
    shown = changed if request.GET.get("solo") else rows
    choices = [(str(one.pk), f"{language_name(one.text.language)}, {one.number} · {one.sent_on}") for one in versions]
    context = {
        "file": kept, "choices": choices, "old": old, "new": new, "rows": shown, "count": len(changed),
        "only": bool(request.GET.get("solo")), "is_too_long": is_too_long,
    }  # fmt: skip
    return render(request, "workspace/files/compare.html", context)


def _chosen(versions: list[TextVersion], key: str) -> TextVersion | None:
    return next((one for one in versions if str(one.pk) == key), None)


def _last_two(versions: list[TextVersion]) -> tuple[TextVersion | None, TextVersion | None]:
    """Return the last two versions of the language that has two, else nothing."""
    for before, after in zip(reversed(versions[:-1]), reversed(versions), strict=False):
        if before.text_id == after.text_id:
            return before, after
    return None, None


@member(Verb.READ_FILES, Verb.REVIEW_FILES, Verb.READ_REGISTER)
def document(request: MemberRequest, document: UUID) -> HttpResponse:
    """Give a file back, as an attachment, to the office it belongs to and to who reviews or registers its agreement."""
    found = Document.objects.filter(pk=document).first()
    if found is None or not _may_read(request, found):
        raise Http404
    try:
        return cast("HttpResponse", attachment(found))  # a response that streams is one too
    except NoDocumentError as gone:
        raise Http404 from gone


def _may_read(request: MemberRequest, document: Document) -> bool:
    if document.office == request.office.pk and can(request.actor, Verb.READ_FILES):
        return True
    agreements = _agreements_of(document)
    if can(request.actor, Verb.REVIEW_FILES) and open_to_review(request.office.pk).filter(pk__in=agreements).exists():
        return True
    return can(request.actor, Verb.READ_REGISTER) and in_register().filter(pk__in=agreements).exists()


def _agreements_of(document: Document) -> set[UUID]:
    texts = TextVersion.objects.filter(document=document).values_list("text__agreement", flat=True)
    papers = StepPaper.objects.filter(document=document).values_list("step__agreement", flat=True)
    minutes = CouncilVote.objects.filter(Q(minutes=document)).values_list("agreement", flat=True)
    return {*texts, *papers, *minutes}
