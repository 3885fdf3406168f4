"""Take in what is sent, never more than the bound: neither a long upload nor a fast one fills the disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.documents.refusals import RefusedDocumentError, refused

_CHUNK = 65_536


class Readable(Protocol):
    """Whatever can be read piece by piece: an open file, an upload, a body."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


def bound() -> int:
    """Return how many bytes a document may have."""
    return int(settings.UPLOAD_MOST_BYTES)


def copy_bounded(stream: Readable, into: IO[bytes]) -> int:
    """Copy a stream to a file and return its size; stop one byte beyond the bound. Raises RefusedDocumentError."""
    size = 0
    for chunk in _chunks(stream):
        size += len(chunk)
        if size > bound():
            raise too_big()
        into.write(chunk)
    return size


def _chunks(stream: Readable) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def too_big() -> RefusedDocumentError:
    """Return the refusal of a file beyond the bound."""
    return refused(
        "too_big",
        wrong=_("pasa de %(limit)d MB"),
        right=_("Reduzca sus imágenes, escanee a 200 puntos por pulgada o divídalo en partes"),
        values={"limit": bound() // 1_000_000},
    )


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keep at most one byte more than the bound of each upload: enough for `store_upload` to refuse it by its size."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what still fits, read past the rest."""
        room = bound() + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> Any:
        """Hand over what was kept, under the size that was kept."""
        return super().file_complete(min(file_size, bound() + 1))


class FewFiles(FileUploadHandler):
    """Stand before the others and let no more files begin than a form has: what is refused is never written."""

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        """Count the files of one request."""
        super().__init__(request)
        self._left = most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Refuse the whole request at the first file too many."""
        if not self._left:
            raise MultiPartParserError("more files than the form has")
        self._left -= 1
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass everything on."""
        del start
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave it to the others to hand the file over."""
