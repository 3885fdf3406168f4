"""Word and Excel files: walked part by part in bounded memory; what runs, reaches outside or hides is refused."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.documents.archives import (
    MOST_ELEMENTS,
    ArchiveError,
    check_frame,
    check_relationships,
    check_sizes,
    parse,
)
from hermanar.foundation.documents.refusals import RefusedDocumentError, refused

MOST_XML = 25_000_000  # sixty pages of text are one or two
# Of all parts together, by the main one.
_MOST_ELEMENTS = {"word/document.xml": 1_000_000, "xl/workbook.xml": MOST_ELEMENTS}
_MOST_INSTRUCTION = 1_000  # letters of a field's instruction: its first word tells what it does
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN_TYPE = {
    "word/document.xml": f"{_WORD}.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MAIN_ROOT = {"word/document.xml": "document", "xl/workbook.xml": "workbook"}
_ACTIVE = re.compile(
    r"(?i)(vba|/activex|/embeddings/|/ctrlprops/|/externallinks/|connections\.xml|/querytables/|/afchunk|oleobject|"
    r"/customui|/webextensions/|\.(bin|exe|dll|js|vbs|htm|html|mht|mhtml|rtf|svg)$)"
)
_HARMLESS_BINARY = re.compile(r"(?i)/printersettings\d*\.bin$")
# The parts of a Word file that are walked for commands, whatever their number.
_SPEAKS = re.compile(r"^word/[^/]*\.xml$")
# Fields that fetch, run or bring in something else when they are brought up to date.
_FIELDS = frozenset(
    {"DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "EMBED", "DATABASE", "RD"}
    | {"MACROBUTTON", "CONTROL"}
)
_FOREIGN_ELEMENTS = frozenset({"altChunk", "object", "OLEObject", "control", "subDoc"})
_SAFE_LINK = re.compile(r"(?i)(https?://|mailto:|#)")

_PLAIN = _("Quite las macros, los vínculos y los objetos incrustados, o guárdelo como PDF, y vuelva a subirlo")
_AGAIN = _("Ábralo en su programa, guárdelo de nuevo con otro nombre y vuelva a subirlo")
_WORDS = {
    "zip_parts": (_("tiene %(count)d partes, demasiadas para un documento"), _AGAIN),
    "zip_size": (_("ocupa más de %(limit)d MB al abrirse"), _("Reduzca sus imágenes y vuelva a subirlo")),
    "encrypted": (_("está protegido con contraseña"), _("Quite la contraseña y vuelva a subirlo")),
    "zip_ratio": (_("una parte está comprimida de modo sospechoso (%(name)s)"), _AGAIN),
    "active_content": (_("lleva macros u objetos incrustados (%(name)s)"), _PLAIN),
    "external": (_("trae contenido de otro lugar al abrirse (%(name)s)"), _PLAIN),
    "field": (_("lleva un campo que trae o ejecuta algo de otro lugar (%(field)s)"), _PLAIN),
    "entities": (_("declara entidades XML (%(name)s)"), _AGAIN),
    "damaged": (_("está dañado (%(name)s)"), _AGAIN),
    "polyglot": (_("es además un archivo de otro tipo: tiene datos antes o después del documento"), _AGAIN),
    "not_office": (_("no es un documento de Word ni un libro de Excel, aunque así se llame"), _AGAIN),
}


def _told(error: ArchiveError) -> RefusedDocumentError:
    wrong, right = _WORDS[error.code]
    return refused(error.code, wrong=wrong, right=right, values=error.values)


@contextmanager
def _archive(stream: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose directory is sound, and tell what is wrong with it in words for a document."""
    try:
        with zipfile.ZipFile(stream) as archive:
            check_sizes(archive)
            check_frame(stream, archive)
            yield archive
    except ArchiveError as error:
        raise _told(error) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, UnicodeError) as error:
        raise _told(ArchiveError("damaged", part="ZIP")) from error


def check_word(stream: IO[bytes]) -> None:
    """Refuse a file that is not a plain Word document. Raises RefusedDocumentError."""
    with _archive(stream) as archive:
        _check(archive, "word/document.xml")
        for name in archive.namelist():
            if _SPEAKS.match(name):
                _check_commands(archive, name)


def check_workbook(stream: IO[bytes]) -> None:
    """Refuse a file that is not a plain Excel workbook. Raises RefusedDocumentError."""
    with _archive(stream) as archive:
        _check(archive, "xl/workbook.xml")


def _check(archive: zipfile.ZipFile, main: str) -> None:
    names = archive.namelist()
    if main not in names or "[Content_Types].xml" not in names:
        raise ArchiveError("not_office")
    for name in names:
        if ".." in name or name.startswith(("/", "\\")):
            raise ArchiveError("damaged", part=name)
        if _ACTIVE.search(name) and not _HARMLESS_BINARY.search(name):
            raise ArchiveError("active_content", part=name)
    xml = [part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
    if sum(part.file_size for part in xml) > MOST_XML:
        raise ArchiveError("zip_size", limit=MOST_XML // 1_000_000)
    left = _MOST_ELEMENTS[main]
    for part in xml:
        left -= check_relationships(archive, part.filename, most=left)
        if part.filename.endswith(".rels"):
            _check_links(archive, part.filename)
    _check_main(archive, main)


def _check_links(archive: zipfile.ZipFile, name: str) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind in {"attachedTemplate", "aFChunk", "oleObject", "vbaProject", "frame", "subDocument"}:
            raise ArchiveError("external" if kind == "attachedTemplate" else "active_content", part=name)
        if attributes.get("TargetMode") == "External" and not _SAFE_LINK.match(attributes.get("Target", "")):
            raise ArchiveError("external", part=name)

    with archive.open(name) as stream:
        parse(stream, start, part=name)


def _check_main(archive: zipfile.ZipFile, main: str) -> None:
    """Make sure that the main part is what the directory of types says and what its own root says."""
    stated: list[str] = []
    roots: list[str] = []

    def types(_tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("PartName") == f"/{main}":
            stated.append(attributes.get("ContentType", ""))

    def root(tag: str, _attributes: dict[str, str]) -> None:
        if not roots:
            roots.append(tag.rpartition(":")[2])

    with archive.open("[Content_Types].xml") as stream:
        parse(stream, types, part="[Content_Types].xml")
    with archive.open(main) as stream:
        parse(stream, root, part=main)
    if stated != [_MAIN_TYPE[main]] or roots != [_MAIN_ROOT[main]]:
        raise ArchiveError("not_office")


@dataclass(slots=True)
class _Commands:
    """Reads the instructions of fields, which Word may split and nest, and refuses foreign elements."""

    part: str
    _fields: list[str] = field(default_factory=list)  # what was read of each field that is open
    _is_instruction: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local in _FOREIGN_ELEMENTS:
            raise ArchiveError("active_content", part=self.part)
        self._is_instruction = local == "instrText"
        if local == "fldSimple":
            _check_field(_value(attributes, "instr"))
        elif local == "fldChar":
            self._mark(_value(attributes, "fldCharType"))

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            if self._fields and not self._fields[-1].strip():  # the name of the field would be computed
                raise ArchiveError("field", part=self.part, field="{ { } }")
            self._fields.append("")
        elif kind in {"separate", "end"} and self._fields:
            _check_field(self._fields[-1])
            if kind == "end":
                self._fields.pop()

    def text(self, characters: str) -> None:
        if self._is_instruction and self._fields:
            self._fields[-1] = (self._fields[-1] + characters).lstrip()[:_MOST_INSTRUCTION]

    def end(self, _tag: str) -> None:
        self._is_instruction = False


def _check_commands(archive: zipfile.ZipFile, name: str) -> None:
    commands = _Commands(name)
    with archive.open(name) as stream:
        parse(stream, commands.start, part=name, text=commands.text, end=commands.end)


def _value(attributes: dict[str, str], local: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == local), "")


def _check_field(instruction: str) -> None:
    words = instruction.split(maxsplit=1)
    if words and words[0].strip('"').upper() in _FIELDS:
        raise ArchiveError("field", field=words[0][:40])
