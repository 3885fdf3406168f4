"""PDF files: every object is read; what is locked, runs, or carries other files is refused."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.documents.refusals import RefusedDocumentError, refused

MOST_OBJECTS = 50_000  # a book has some tens of thousands
MOST_PAGES = 2_000
MOST_DEPTH = 100
_TAIL = 2_048
_FORBIDDEN = {
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/Launch": "Launch",
    "/SubmitForm": "SubmitForm",
    "/ImportData": "ImportData",
    "/GoToR": "GoToR",
    "/GoToE": "GoToE",
    "/Rendition": "Rendition",
    "/RichMedia": "RichMedia",
    "/RichMediaContent": "RichMedia",
    "/XFA": "XFA",
    "/EmbeddedFile": "EmbeddedFile",
    "/EmbeddedFiles": "EmbeddedFile",
    "/EF": "EmbeddedFile",
    "/FileAttachment": "EmbeddedFile",
    "/3D": "3D",
    "/Movie": "Movie",
    "/Sound": "Sound",
}
# Keys whose presence is enough; the others are forbidden as the kind of an action, annotation or stream.
_AS_KEY = frozenset({"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"})
_KIND_KEYS = ("/S", "/Subtype", "/Type")
# A reader more lenient than ours may find objects that ours does not: the longest names are also looked for as written.
_WRITTEN = ("JavaScript", "EmbeddedFile", "RichMedia", "Launch", "SubmitForm")

_PRINT = _("Imprímalo a PDF desde su lector (así queda solo lo que se ve) y súbalo de nuevo")
_EXPORT = _("Ábralo, expórtelo de nuevo como PDF y vuelva a subirlo")


def _spelled(name: str) -> bytes:
    """Return a pattern for a name however its letters are escaped."""
    letters = (f"(?:{re.escape(letter)}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name)
    return ("/" + "".join(letters)).encode()


_WRITTEN_NAMES = re.compile(b"|".join(_spelled(name) for name in _WRITTEN))


def check_pdf(stream: IO[bytes]) -> None:
    """Refuse a file that is not a plain PDF. Raises RefusedDocumentError."""
    _check_frame(stream)
    from pypdf import PdfReader  # noqa: PLC0415  only uploads pay for it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every small fault of a file that is not ours
    stream.seek(0)
    try:
        reader = PdfReader(stream, strict=False)
        if reader.is_encrypted:
            raise refused(
                "encrypted",
                wrong=_("está protegido con contraseña o restricciones"),
                right=_("Quite la protección y vuelva a subirlo"),
            )
        _check_objects(reader)
        pages = len(reader.pages)
    except RefusedDocumentError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError) as error:
        raise damaged() from error
    except (RecursionError, AssertionError, NotImplementedError, StopIteration) as error:
        raise damaged() from error
    if not 0 < pages <= MOST_PAGES:
        raise refused(
            "pages",
            wrong=_("tiene %(count)d páginas; se admiten de 1 a %(limit)d"),
            right=_("Divídalo en varios archivos"),
            values={"count": pages, "limit": MOST_PAGES},
        )


def damaged() -> RefusedDocumentError:
    """Return the refusal of what cannot be read."""
    return refused("damaged", wrong=_("no se puede leer como PDF: está dañado o incompleto"), right=_EXPORT)


def _check_frame(stream: IO[bytes]) -> None:
    """A PDF begins at its first byte, ends at its last mark, and names nothing forbidden in plain sight."""
    stream.seek(0)
    data = stream.read()
    if not data.startswith(b"%PDF-"):
        raise damaged()
    mark = data.rfind(b"%%EOF")
    if mark < 0:
        raise damaged()
    rest = data[mark + 5 :].strip(b"\r\n \t\0")
    if rest or (data.find(b"PK\x05\x06", max(0, len(data) - 66_000)) >= 0 and b"PK\x03\x04" in data):
        raise refused(
            "polyglot", wrong=_("es además un archivo de otro tipo: lleva datos tras su final"), right=_EXPORT
        )
    found = _WRITTEN_NAMES.search(data)
    if found:
        raise _active(re.sub(rb"#(..)", lambda code: bytes.fromhex(code[1].decode()), found[0]).decode()[1:])


def _active(what: str) -> RefusedDocumentError:
    return refused(
        "active_content",
        wrong=_("lleva acciones o archivos incrustados (%(what)s)"),
        right=_PRINT,
        values={"what": what},
    )


def _check_objects(reader: Any) -> None:
    numbers = {(number, generation) for generation, known in reader.xref.items() for number in known}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise refused(
            "objects",
            wrong=_("tiene demasiados objetos internos (%(count)d)"),
            right=_PRINT,
            values={"count": len(numbers)},
        )
    from pypdf.generic import IndirectObject  # noqa: PLC0415

    for found in _forbidden_in(reader.trailer):
        raise _active(found)
    for number, generation in sorted(numbers):
        if number == 0:
            continue
        for found in _forbidden_in(reader.get_object(IndirectObject(number, generation, reader))):
            raise _active(found)


def _forbidden_in(thing: Any) -> Iterator[str]:
    """Walk one object without following references: each referred object is walked in its turn."""
    from pypdf.generic import ArrayObject, DictionaryObject  # noqa: PLC0415

    waiting = [(thing, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise damaged()
        if isinstance(value, DictionaryObject):
            for key in _AS_KEY & value.keys():
                yield _FORBIDDEN[key]
            for key in _KIND_KEYS:
                kind = value.raw_get(key) if key in value else None
                if kind in _FORBIDDEN:
                    yield _FORBIDDEN[str(kind)]
            waiting.extend((dict.__getitem__(value, key), depth + 1) for key in value)
        elif isinstance(value, ArrayObject):
            waiting.extend((item, depth + 1) for item in list.__iter__(value))
