"""A file that a form brings: looked into, kept for the office."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from hermanar.foundation.documents import store_upload
from hermanar.foundation.documents.keeping import About
from hermanar.foundation.models import Document
from hermanar.workspace.views.door import MemberRequest


def kept_upload(
    sent: UploadedFile, *, request: MemberRequest, about: About | None = None, is_picture: bool = False
) -> Document:
    """Keep a file for the office of a person. Raises RefusedDocumentError."""
    name = sent.name or "documento"
    assert sent.file is not None
    office = request.office.pk
    return store_upload(sent.file, name=name, by=request.actor, office=office, about=about, is_picture=is_picture)
