"""Look at a workbook before any library opens it: size, parts, and what a reader would not see."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.documents.archives import ArchiveError, check_relationships, check_sizes, parse
from hermanar.foundation.tables.faults import Fault, Message, RefusedTableError

MOST_COLUMNS = 200
_FORBIDDEN_PARTS = re.compile(r"(?i)(vbaproject|/externallinks/|/activex/|/embeddings/|/ctrlprops/|connections\.xml)")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SAVE_PLAIN = _("Copie solo los valores a un libro nuevo, sin macros ni vínculos, y guárdelo como XLSX")
_MOST_EXAMPLES = 20
_MOST_DIGITS = 8
_TRUE = frozenset({"1", "true"})


@dataclass(slots=True)
class SheetScan:
    """What a sheet's XML holds that values alone do not tell."""

    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)  # with data
    hidden_columns: list[int] = field(default_factory=list)  # with data, counted from 1
    cell_count: int = 0


def refused(code: str, wrong: object, right: object = _SAVE_PLAIN, **values: object) -> RefusedTableError:
    """Return the refusal of a whole workbook."""
    return RefusedTableError([Fault(code, Message(wrong, values), Message(right))])


_WORDS = {
    "zip_parts": _("el libro tiene %(count)d partes"),
    "zip_size": _("el libro ocupa más de %(limit)d MB al abrirse"),
    "encrypted": _("el libro está protegido con contraseña"),
    "zip_ratio": _("una parte del libro está comprimida de modo sospechoso (%(name)s)"),
    "active_content": _("el libro lleva macros, vínculos o archivos incrustados (%(name)s)"),
    "external": _("el libro apunta a otro archivo (%(name)s)"),
    "entities": _("el libro declara entidades XML (%(name)s)"),
    "damaged": _("el libro está dañado (%(name)s)"),
}


@contextmanager
def told_as_a_table() -> Iterator[None]:
    """Turn what is wrong with an archive into the refusal of a workbook."""
    try:
        yield
    except ArchiveError as error:
        raise refused(error.code, _WORDS[error.code], **error.values) from error


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse what may explode, run or reach outside, from the archive's directory and small parts alone."""
    with told_as_a_table():
        check_sizes(archive)
    parts = [part.filename for part in archive.infolist()]
    for name in parts:
        if _FORBIDDEN_PARTS.search(name):
            raise refused("active_content", _WORDS["active_content"], name=name)
    if "xl/workbook.xml" not in parts or "[Content_Types].xml" not in parts:
        raise refused("not_a_workbook", _("no es un libro XLSX, aunque así se llame"))
    with told_as_a_table():
        for name in parts:
            if name.endswith((".xml", ".rels")) and not name.startswith("xl/worksheets/sheet"):
                check_relationships(archive, name)


@dataclass(slots=True)
class _Place:
    """Where in a sheet the walk is."""

    row: int = 0
    column: int = 0
    cell: str = ""
    is_hidden: bool = False


def scan_sheet(archive: zipfile.ZipFile, part: str) -> SheetScan:
    """Walk a sheet's XML once for formulas, error values, merged cells and hidden data."""
    scan = SheetScan()
    hidden: set[int] = set()
    state = _Place()

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]  # some programs write a prefix
        if tag == "c":
            _enter_cell(scan, state, attributes)
        elif tag in {"v", "is"}:
            _see_value(scan, state, hidden)
        elif tag == "f" and len(scan.formulas) < _MOST_EXAMPLES:
            scan.formulas.append(state.cell)
        elif tag == "row":
            state.row, state.column = _number(attributes.get("r"), state.row + 1), 0
            state.is_hidden = attributes.get("hidden") in _TRUE
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = _number(attributes.get("min"), 1), _number(attributes.get("max"), 1)
            hidden.update(range(first, min(last, MOST_COLUMNS) + 1))
        elif tag == "mergeCell" and len(scan.merged) < _MOST_EXAMPLES:
            scan.merged.append(attributes.get("ref", ""))

    with told_as_a_table(), archive.open(part) as stream:
        parse(stream, start, part=part)
    return scan


def _see_value(scan: SheetScan, state: _Place, hidden: set[int]) -> None:
    scan.cell_count += 1
    if state.is_hidden and (not scan.hidden_rows or scan.hidden_rows[-1] != state.row):
        scan.hidden_rows.append(state.row)
    if state.column in hidden and state.column not in scan.hidden_columns:
        scan.hidden_columns.append(state.column)


def _enter_cell(scan: SheetScan, state: _Place, attributes: dict[str, str]) -> None:
    reference = attributes.get("r")
    if reference is None:
        state.column = state.column + 1
        state.cell = f"({state.column}, {state.row})"
    else:
        shape = _REFERENCE.fullmatch(reference)
        if shape is None:
            raise refused("damaged", _("el libro está dañado (%(name)s)"), name=reference[:20])
        state.column = column_number(shape[1])
        state.cell = reference
    if state.column > MOST_COLUMNS:
        raise refused(
            "too_wide",
            _("hay celdas más allá de la columna %(limit)d"),
            limit=MOST_COLUMNS,
        )
    if attributes.get("t") == "e" and len(scan.errors) < _MOST_EXAMPLES:
        scan.errors.append(state.cell)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= _MOST_DIGITS else otherwise


def column_number(letters: str) -> int:
    """Return the number, from 1, of a column's letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
