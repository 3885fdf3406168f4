"""A file that a verb of common life is given: kept only once the verb knows that what it hangs on is new."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements.actions.filing import documents_of
from hermanar.foundation.access import Actor
from hermanar.foundation.documents import store_upload
from hermanar.foundation.documents.receiving import Readable
from hermanar.foundation.models import Document


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it comes with a form: looked into, and kept, only once the verb knows that it is new."""

    stream: Readable
    name: str


def document_of(file: Sent | UUID, *, by: Actor, is_picture: bool) -> Document:
    """Return a document of the actor's office, keeping what is sent; part of a verb. Raises RefusedDocumentError."""
    if isinstance(file, UUID):
        return documents_of(by.office).get(pk=file)
    return store_upload(file.stream, name=file.name, by=by, office=by.office, is_picture=is_picture)
