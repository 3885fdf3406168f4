"""Files that people send: looked into before they are kept, private, and given back only as attachments."""

from hermanar.foundation.documents.answering import attachment
from hermanar.foundation.documents.keeping import (
    NoDocumentError,
    damaged,
    discard,
    open_document,
    orphans,
    store_made,
    store_upload,
)
from hermanar.foundation.documents.places import path_of
from hermanar.foundation.documents.receiving import BoundedUploadHandler
from hermanar.foundation.documents.refusals import RefusedDocumentError
from hermanar.foundation.documents.taking import files_first

__all__ = [
    "BoundedUploadHandler",
    "NoDocumentError",
    "RefusedDocumentError",
    "attachment",
    "damaged",
    "discard",
    "files_first",
    "open_document",
    "orphans",
    "path_of",
    "store_made",
    "store_upload",
]
