"""Read one sheet of a workbook that the guard let through."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from typing import Any

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.exceptions import InvalidFileException

from hermanar.foundation.tables.faults import (
    Fault,
    Message,
    RefusedTableError,
    letter_of,
)
from hermanar.foundation.tables.reading import Cell, Table
from hermanar.foundation.tables.xlsx_guard import (
    SheetScan,
    check_archive,
    column_number,
    refused,
    scan_sheet,
)

_MAC_EPOCH = 1904
_MOST_FORMATTED = 100_000  # rows; a sheet formatted to its last row is not data


def read(data: bytes, *, name: str, sheet: str, preferred_sheet: str) -> Table:
    """Read workbook bytes; hidden data, formulas, errors and merged cells are refused, each by its cell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            book = _open(data)
            scans = {one.title: scan_sheet(archive, part_of(one)) for one in book.worksheets}
            chosen = _choose(book, scans, sheet, preferred_sheet)
            _refuse_unseen(chosen.title, scans[chosen.title])
            return _table(book, chosen, scans, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise refused("damaged", _("el libro está dañado (%(name)s)"), name=name) from error


def part_of(sheet: Any) -> str:
    """Return where in the archive a sheet's XML is."""
    return str(sheet._worksheet_path).lstrip("/")  # noqa: SLF001  openpyxl tells it nowhere else


def _open(data: bytes) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and validations it does not keep
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except RefusedTableError:
        raise
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        SyntaxError,
        IndexError,
    ) as error:
        raise refused("damaged", _("el libro está dañado (%(name)s)"), name="workbook.xml") from error
    if not book.worksheets:
        raise refused("no_sheets", _("el libro no tiene hojas con celdas"))
    return book


def _choose(book: Any, scans: dict[str, SheetScan], sheet: str, preferred: str) -> Any:
    hidden = [one.title for one in book.worksheets if one.sheet_state != "visible" and scans[one.title].cell_count]
    if hidden:
        right = _("Muestre la hoja o bórrela; lo oculto no se lee ni se calla")
        raise refused(
            "hidden_sheet",
            _("hay una hoja oculta con datos: «%(name)s»"),
            right,
            name=hidden[0],
        )
    filled = {one.title: one for one in book.worksheets if scans[one.title].cell_count}
    if sheet and sheet not in filled:
        names = ", ".join(filled) or "—"
        raise refused(
            "no_such_sheet",
            _("no hay una hoja con datos que se llame «%(name)s»"),
            _("Hojas: ") + names,
            name=sheet,
        )
    if not filled:
        raise refused(
            "empty",
            _("el libro no tiene ninguna celda con datos"),
            _("Escriba los datos en la primera hoja"),
        )
    by_fold = {title.casefold(): title for title in filled}
    title = sheet or by_fold.get(preferred.casefold()) or next(iter(filled))
    return filled[title]


def _refuse_unseen(title: str, scan: SheetScan) -> None:
    faults = [
        *_at_cells(
            "formula",
            title,
            scan.formulas,
            _("es una fórmula"),
            _("Pegue el valor en lugar de la fórmula"),
        ),
        *_at_cells(
            "error_value",
            title,
            scan.errors,
            _("es un valor de error"),
            _("Corrija la celda o déjela vacía"),
        ),
        *_at_cells(
            "merged",
            title,
            scan.merged,
            _("las celdas %(ref)s están combinadas"),
            _("Separe las celdas y escriba el dato en cada fila"),
        ),
    ]
    wrong, right = (
        Message(_("la fila está oculta y tiene datos")),
        Message(_("Muestre la fila o bórrela")),
    )
    faults += [Fault("hidden_row", wrong, right, title, row) for row in scan.hidden_rows[:20]]
    wrong, right = (
        Message(_("la columna está oculta y tiene datos")),
        Message(_("Muestre la columna o bórrela")),
    )
    faults += [Fault("hidden_column", wrong, right, title, 0, letter_of(c - 1)) for c in scan.hidden_columns[:20]]
    if faults:
        raise RefusedTableError(faults)


def _at_cells(code: str, title: str, references: list[str], wrong: object, right: object) -> list[Fault]:
    faults = []
    for reference in references:
        shape = re.match(r"([A-Z]{1,3})(\d{1,7})(?!\d)", reference)
        letter, row = (shape[1], int(shape[2])) if shape else ("", 0)
        faults.append(
            Fault(
                code,
                Message(wrong, {"ref": reference}),
                Message(right),
                title,
                row,
                letter,
            )
        )
    return faults


def _table(book: Any, sheet: Any, scans: dict[str, SheetScan], name: str) -> Table:
    sheet.reset_dimensions()  # the declared size may be a lie, or a million empty columns
    rows = _rows(sheet)
    header_at = next(
        (i for i, (_number, cells) in enumerate(rows) if any(cell is not None for cell in cells)),
        0,
    )
    header_row, heading_cells = rows[header_at]
    header = ["" if cell is None else str(cell).strip() for cell in heading_cells]
    while header and not header[-1]:
        header.pop()
    notices = [Message(_("Hoja leída: «%(name)s»"), {"name": sheet.title})]
    others = [title for title, scan in scans.items() if title != sheet.title and scan.cell_count]
    if others:
        notices.append(Message(_("Hojas que no se leyeron: %(names)s"), {"names": ", ".join(others)}))
    if book.epoch.year == _MAC_EPOCH:
        notices.append(Message(_("El libro cuenta las fechas desde 1904; se convirtieron")))
    return Table(name, sheet.title, header, header_row, rows[header_at + 1 :], notices)


def _rows(sheet: Any) -> list[tuple[int, list[Cell]]]:
    rows: list[tuple[int, list[Cell]]] = []
    number = empty = 0
    try:
        for values in sheet.iter_rows(values_only=True):
            number += 1
            cells = [_cell(value) for value in values]
            if "#VALUE!" in cells:  # what openpyxl makes of a number that is no possible date
                raise ValueError(number)  # noqa: TRY301  told below with its row
            if any(cell is not None for cell in cells):
                rows.append((number, cells))
                empty = 0
            elif (empty := empty + 1) > _MOST_FORMATTED:
                break
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
        SyntaxError,
    ) as error:
        right = _("Revise la celda con una fecha o un número imposible cerca de esta fila")
        wrong = Message(_("la fila no se puede leer"))
        raise RefusedTableError([Fault("unreadable", wrong, Message(right), sheet.title, max(number, 1))]) from error
    return rows


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, bool | int | float | dt.date):
        return value
    return str(value)


__all__ = ["column_number", "read"]
