"""Give a file back so that a browser saves it and never runs it."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from django.http import FileResponse

from hermanar.foundation.documents.keeping import NoDocumentError
from hermanar.foundation.documents.places import path_of
from hermanar.foundation.models import Document

_POLICY = "default-src 'none'; sandbox"


def attachment(document: Document) -> FileResponse:
    """Answer with a document that the caller has opened for its office.

    Raises NoDocumentError when its file is gone.
    """
    path = path_of(document.digest)
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise NoDocumentError(str(document.pk)) from error
    response = FileResponse(file, content_type=document.media_type)
    response.headers["Content-Disposition"] = disposition(document.name)
    response.headers["Content-Length"] = str(document.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _POLICY  # django-csp leaves a policy that is already there
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str) -> str:
    """Return the header that names an attachment: plain letters for old readers, the true name beside it (RFC 6266)."""
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in decomposed if char.isascii() and char.isprintable() and char not in '"\\')
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
