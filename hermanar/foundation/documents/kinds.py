"""The kinds of files that are kept, told by their first bytes and then by really reading them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.documents import office_files, pdf_files
from hermanar.foundation.documents.refusals import RefusedDocumentError, refused

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it begins, what it is called, how it is looked into."""

    media_type: str
    extensions: tuple[str, ...]  # the first is the one it is kept under
    starts: tuple[bytes, ...]
    check: Callable[[IO[bytes]], None] | None  # None: a picture, which is written anew instead


KINDS = (
    Kind("application/pdf", (".pdf",), (b"%PDF-",), pdf_files.check_pdf),
    Kind(_WORD, (".docx",), (b"PK\x03\x04",), office_files.check_word),
    Kind(_EXCEL, (".xlsx",), (b"PK\x03\x04",), office_files.check_workbook),
    Kind("image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",), None),
    Kind("image/png", (".png",), (b"\x89PNG\r\n\x1a\n",), None),
    Kind("image/webp", (".webp",), (b"RIFF",), None),
)
_TAKEN = _("Se admiten PDF, Word (DOCX), Excel (XLSX) y fotografías (JPEG, PNG, WebP)")
# What people send most often by mistake, with the way out of it.
_REMEDIES = {
    ".doc": _("Guárdelo en Word como DOCX y vuelva a subirlo"),
    ".docm": _("Guárdelo en Word como DOCX, sin macros, y vuelva a subirlo"),
    ".odt": _("Guárdelo como DOCX o como PDF y vuelva a subirlo"),
    ".rtf": _("Guárdelo como DOCX o como PDF y vuelva a subirlo"),
    ".xls": _("Guárdelo en Excel como XLSX y vuelva a subirlo"),
    ".xlsm": _("Guárdelo en Excel como XLSX, sin macros, y vuelva a subirlo"),
    ".svg": _("Expórtela como PNG y vuelva a subirla"),
    ".gif": _("Expórtela como PNG y vuelva a subirla"),
    ".heic": _("Expórtela como JPEG y vuelva a subirla"),
    ".tif": _("Expórtela como PDF o PNG y vuelva a subirla"),
    ".tiff": _("Expórtela como PDF o PNG y vuelva a subirla"),
    ".html": _("Imprímala a PDF desde su navegador y vuelva a subirla"),
    ".htm": _("Imprímala a PDF desde su navegador y vuelva a subirla"),
    ".zip": _("Extraiga los archivos y suba cada uno por separado"),
}


def kind_of(stream: IO[bytes], extension: str) -> Kind:
    """Return the kind that both the name and the first bytes say. Raises RefusedDocumentError."""
    stream.seek(0)
    head = stream.read(16)
    if not head:
        raise refused(
            "empty", wrong=_("el archivo está vacío"), right=_("Revise que se haya guardado y vuelva a subirlo")
        )
    kind = next((kind for kind in KINDS if extension in kind.extensions), None)
    if kind is None:
        raise refused(
            "kind", wrong=_("no es un tipo de archivo que se guarde aquí"), right=_REMEDIES.get(extension, _TAKEN)
        )
    is_webp = kind.media_type != "image/webp" or head[8:12] == b"WEBP"
    if not (head.startswith(kind.starts) and is_webp):
        raise _not_what_it_says(extension)
    return kind


def no_picture() -> RefusedDocumentError:
    """Return the refusal of a file that is kept here elsewhere, where a picture was asked for."""
    return refused(
        "no_picture",
        wrong=_("no es una fotografía"),
        right=_("Súbala como JPEG, PNG o WebP"),
    )


def _not_what_it_says(extension: str) -> RefusedDocumentError:
    return refused(
        "not_what_it_says",
        wrong=_("su nombre termina en «%(extension)s», pero por dentro es otra cosa"),
        right=_TAKEN,
        values={"extension": extension},
    )
