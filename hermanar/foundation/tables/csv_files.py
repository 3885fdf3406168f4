"""Read a CSV as people save it: UTF-8 with or without mark, or the Windows code page; comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.tables.faults import Fault, Message, RefusedTableError
from hermanar.foundation.tables.reading import Cell, Table

_SEPARATORS = (",", ";", "\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SAVE_AGAIN = _("Guarde el archivo otra vez como «CSV UTF-8» desde su hoja de cálculo")
_NAMES = {",": _("coma"), ";": _("punto y coma"), "\t": _("tabulador")}


def read(data: bytes, *, name: str) -> Table:
    """Read CSV bytes; every assumption about encoding and separator is told in `notices`."""
    text, notices = _decode(data)
    separator = _separator(text)
    if separator != ",":
        notices.append(Message(_("Separador de columnas: %(name)s"), {"name": _NAMES[separator]}))
    records = _records(text, separator)
    header_at = next(
        (i for i, record in enumerate(records) if any(cell.strip() for cell in record)),
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
    header = [cell.strip() for cell in records[header_at]]
    while header and not header[-1]:
        header.pop()
    rows: list[tuple[int, list[Cell]]] = [
        (number, list(record)) for number, record in enumerate(records[header_at + 1 :], start=header_at + 2)
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
    notices = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            row = data.count(b"\n", 0, error.start) + 1
            wrong = Message(_("el texto no está en UTF-8 ni en Windows-1252"))
            raise RefusedTableError([Fault("encoding", wrong, Message(_SAVE_AGAIN), row=row)]) from error
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


def _records(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        wrong = Message(_("las comillas de esta fila no cierran bien, o una celda pasa de 131,072 caracteres"))
        right = Message(_('Duplique las comillas que van dentro de un texto («""») y cierre las que lo encierran'))
        raise RefusedTableError([Fault("quotes", wrong, right, row=len(records) + 1)]) from error
    return records
