"""Read a CSV as people save it: UTF-8 with or without mark, or the Windows code page; comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.tables.encodings import Encoding, as_windows, decode, stray_bytes, with_bytes_shown
from hermanar.foundation.tables.faults import MOST_FAULTS, Fault, Message, RefusedTableError, letter_of
from hermanar.foundation.tables.reading import Cell, Table

_SEPARATORS = (",", ";", "\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SAVE_AGAIN = _("Guarde el archivo otra vez como «CSV UTF-8» desde su hoja de cálculo")
_MEANT = _("¿Dice «%(text)s»? Escríbalo otra vez. %(again)s")
_SHOWN = 60
_NAMES = {",": _("coma"), ";": _("punto y coma"), "\t": _("tabulador")}


def read(data: bytes, *, name: str) -> Table:
    """Read CSV bytes; every assumption about encoding and separator is told in `notices`."""
    text, notices = _decode(data)
    separator = _separator(text)
    if separator != ",":
        notices.append(Message(_("Separador de columnas: %(name)s"), {"name": _NAMES[separator]}))
    records = _records(text, separator)
    header_at = next(
        (i for i, record in enumerate(records) if any(str(cell).strip() for cell in record)),
        None,
    )
    if header_at is None:
        raise RefusedTableError(
            [
                Fault(
                    "empty",
                    Message(_("el archivo no tiene ninguna fila con datos")),
                    Message(_SAVE_AGAIN),
                )
            ]
        )
    header = [str(cell).strip() for cell in records[header_at]]
    while header and not header[-1]:
        header.pop()
    rows: list[tuple[int, list[Cell]]] = [
        (number, record) for number, record in enumerate(records[header_at + 1 :], start=header_at + 2)
    ]
    return Table(
        name=name,
        sheet="",
        header=header,
        header_row=header_at + 1,
        rows=rows,
        notices=notices,
    )


def _decode(data: bytes) -> tuple[str, list[Message]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedTableError([Fault("utf16", Message(_("el texto está en UTF-16")), Message(_SAVE_AGAIN))])
    text, encoding = decode(data)
    if encoding in {Encoding.BROKEN, Encoding.FOREIGN}:
        raise RefusedTableError(_stray_cells(text, encoding))
    notices = []
    if encoding is Encoding.WINDOWS:
        notices.append(Message(_("El texto no está en UTF-8; se leyó como Windows-1252. Revise los acentos")))
    found = _CONTROL.search(text)
    if found:
        row = text.count("\n", 0, found.start()) + 1
        wrong = Message(
            _("hay un carácter que ningún texto lleva (código %(code)d); parece un archivo binario"),
            {"code": ord(found[0])},
        )
        raise RefusedTableError([Fault("binary", wrong, Message(_SAVE_AGAIN), row=row)])
    return text, notices


def _stray_cells(text: str, encoding: Encoding) -> list[Fault]:
    """Name every cell with a byte that is not in the encoding of the rest; guess what it should say."""
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error:
        records = [[line] for line in text.splitlines()]
    faults: list[Fault] = []
    for row, record in enumerate(records, start=1):
        for column, cell in enumerate(record):
            if not cell.isascii() and stray_bytes(cell):
                heading = records[0][column] if row > 1 and column < len(records[0]) else ""
                faults.append(_stray_cell(cell, encoding, row=row, column=column, heading=heading))
        if len(faults) >= MOST_FAULTS:
            break
    return faults


def _stray_cell(cell: str, encoding: Encoding, *, row: int, column: int, heading: str) -> Fault:
    if encoding is Encoding.BROKEN:
        wrong, meant = _("%(bytes)s no es UTF-8, y el resto del archivo sí"), as_windows(cell)
    else:
        wrong, meant = _("%(bytes)s: los acentos no están en UTF-8 ni en Windows-1252"), ""
    right = Message(_MEANT, {"text": meant[:_SHOWN], "again": _SAVE_AGAIN}) if meant else Message(_SAVE_AGAIN)
    return Fault(
        "encoding", Message(wrong, {"bytes": stray_bytes(cell)}), right, row=row, letter=letter_of(column),
        heading=with_bytes_shown(heading).strip(), value=with_bytes_shown(cell),
    )  # fmt: skip


def _separator(text: str) -> str:
    """Return the separator that splits the first filled record into most cells."""
    sample = text.lstrip("\r\n")[:20_000]

    def width(separator: str) -> int:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        try:
            return len(next(reader, []))
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=width)


def _records(text: str, separator: str) -> list[list[Any]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[list[Any]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        wrong = Message(_("las comillas de esta fila no cierran bien, o una celda pasa de 131,072 caracteres"))
        right = Message(_('Duplique las comillas que van dentro de un texto («""») y cierre las que lo encierran'))
        raise RefusedTableError([Fault("quotes", wrong, right, row=len(records) + 1)]) from error
    return records
