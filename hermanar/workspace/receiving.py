"""A file that a form brings: looked into, kept for the office."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from hermanar.foundation.documents import RefusedDocumentError, store_upload
from hermanar.foundation.documents.keeping import About
from hermanar.foundation.models import Document
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.views.door import MemberRequest

_MOST_PAPERS = 20


def kept_upload(
    sent: UploadedFile, *, request: MemberRequest, about: About | None = None, is_picture: bool = False
) -> Document:
    """Keep a file for the office of a person. Raises RefusedDocumentError."""
    name = sent.name or "documento"
    assert sent.file is not None
    office = request.office.pk
    return store_upload(sent.file, name=name, by=request.actor, office=office, about=about, is_picture=is_picture)


def keep_paper(form: forms.Form, *, request: MemberRequest) -> None:
    """Keep the `paper` that came with a form and remember it there: a form that is shown again would lose it.

    A paper that is refused is told beside its field. Raises RefusedDocumentError.
    """
    sent = form.files.get("paper")
    if sent is None or "paper" not in form.fields or "paper" in form.errors:
        return
    try:
        remember(form, kept_upload(sent, request=request))
    except RefusedDocumentError as refused:
        form.add_error("paper", str(refused))
        raise


def remember(form: forms.Form, document: Document) -> None:
    """Name a document among the papers that a form has sent."""
    data = typed(form)
    data["papers"] = f"{data.get('papers', '')} {document.pk}".strip()
    form.data = data


def sent_papers(form: forms.Form | None, *, request: MemberRequest) -> list[Document]:
    """Return the papers that tries of a form have sent; of no other office, whatever the form says."""
    if form is None or not form.is_bound:
        return []
    keys = []
    for word in str(form.data.get("papers", "")).split()[:_MOST_PAPERS]:
        try:
            keys.append(UUID(word))
        except ValueError:
            continue
    return list(Document.objects.filter(office=request.office.pk, pk__in=keys))
