"""Read a table that someone sends: find out what it is, refuse what cannot be trusted, keep the place of every cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.tables.faults import (
    MOST_FAULTS,
    Fault,
    Message,
    RefusedTableError,
    letter_of,
)

Cell = str | int | float | bool | dt.date | None
# A city's whole registry is some hundred kilobytes.
MOST_BYTES = 50_000_000
_NOT_TABLES = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"SQLite format 3", "SQLite"),
)


@dataclass(slots=True)
class Table:
    """A table as it was read: cells under headings, each row with the number a spreadsheet shows."""

    name: str
    sheet: str  # empty in a CSV
    header: list[str]
    header_row: int
    rows: list[tuple[int, list[Cell]]]
    notices: list[Message] = field(default_factory=list)  # what was assumed, for the person to see

    def fault(self, code: str, *, row: int, column: int, wrong: Message, right: Message) -> Fault:
        """Return a fault at a cell of this table; a column of -1 means the row."""
        heading = self.header[column] if 0 <= column < len(self.header) else ""
        value = next((cells[column] for number, cells in self.rows if number == row), "") if column >= 0 else ""
        shown = "" if value is None else str(value)
        letter = letter_of(column) if column >= 0 else ""
        return Fault(code, wrong, right, self.sheet, row, letter, heading, shown)


def read_table(data: bytes, *, name: str, sheet: str = "", preferred_sheet: str = "") -> Table:
    """Read a CSV or XLSX file; raise RefusedTableError with everything that is wrong with it as a table.

    `sheet` names the sheet to read, `preferred_sheet` the one to take when it is there.
    """
    from hermanar.foundation.tables import csv_files, xlsx_files  # noqa: PLC0415  openpyxl costs 0.2 s of every start

    _refuse_by_size(data)
    extension = PurePath(name).suffix.lower()
    kind = _kind(data)
    if extension not in {".csv", ".tsv", ".txt", ".xlsx"}:
        raise _refused(
            "extension",
            _("el nombre del archivo termina en «%(extension)s»"),
            extension=extension,
        )
    if kind == "ZIP" and extension != ".xlsx":
        raise _refused(
            "not_what_it_says",
            _("se llama «%(name)s», pero es un libro o un archivo ZIP"),
            name=name,
        )
    if kind not in {"ZIP", "TEXT"}:
        raise _refused("not_a_table", _("es un archivo %(kind)s"), kind=kind)
    if extension == ".xlsx":
        if kind != "ZIP":
            raise _refused(
                "not_what_it_says",
                _("se llama «%(name)s», pero no es un libro XLSX"),
                name=name,
            )
        table = xlsx_files.read(data, name=name, sheet=sheet, preferred_sheet=preferred_sheet)
    else:
        table = csv_files.read(data, name=name)
    _check_shape(table)
    return table


def _kind(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "ZIP"
    return next((kind for start, kind in _NOT_TABLES if data.startswith(start)), "TEXT")


def _refuse_by_size(data: bytes) -> None:
    if not data.strip():
        raise _refused("empty", _("el archivo está vacío"))
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise _refused("too_big", _("el archivo pasa de %(limit)d MB"), limit=limit)


def _refused(code: str, wrong: object, **values: object) -> RefusedTableError:
    right = Message(_("Guarde la tabla como CSV (UTF-8) o como libro XLSX y vuelva a intentarlo"))
    return RefusedTableError([Fault(code, Message(wrong, values), right)])


def _check_shape(table: Table) -> None:
    """Refuse headings that are missing or repeated and cells beyond the last heading; drop empty rows."""
    faults = []
    seen: dict[str, int] = {}
    for column, heading in enumerate(table.header):
        if heading and heading.casefold() in seen:
            wrong = Message(
                _("este encabezado ya está en la columna %(letter)s"),
                {"letter": letter_of(seen[heading.casefold()])},
            )
            right = Message(_("Deje un solo encabezado con este nombre"))
            faults.append(
                Fault(
                    "repeated_heading",
                    wrong,
                    right,
                    table.sheet,
                    table.header_row,
                    letter_of(column),
                    heading,
                )
            )
        seen.setdefault(heading.casefold(), column)
    # `any` is C's; the slow look is for rows of zeros and noes.
    table.rows = [row for row in table.rows if any(row[1]) or not all(c is None or c == "" for c in row[1])]
    width = len(table.header)
    nameless = [column for column, heading in enumerate(table.header) if not heading]
    for number, cells in table.rows:
        if len(cells) < width:
            cells.extend([None] * (width - len(cells)))
        if len(cells) > width or nameless:
            faults += _nameless_cells(table, number, cells, nameless)
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise RefusedTableError(faults)


def _nameless_cells(table: Table, number: int, cells: list[Cell], nameless: list[int]) -> list[Fault]:
    beyond = range(len(table.header), len(cells))
    filled = [column for column in (*nameless, *beyond) if cells[column] not in (None, "")]
    del cells[len(table.header) :]
    wrong = Message(_("hay un dato en una columna sin encabezado"))
    right = Message(
        _(
            "Póngale encabezado a la columna o borre el dato; en un CSV, encierre entre comillas"
            " el texto que lleva el separador"
        )
    )
    return [Fault("no_heading", wrong, right, table.sheet, number, letter_of(column)) for column in filled[:1]]
