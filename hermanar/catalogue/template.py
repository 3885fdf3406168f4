"""The template of a city's own file: the columns an import reads, with their help, lists and an example."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.agreements.vocabulary.import_fields import IMPORT_FIELDS, IMPORT_SHEET, CellKind, ImportField
from hermanar.directory.models import Country

SHEET = IMPORT_SHEET
_LISTS = "listas"
_ROWS = 2000


def template_csv() -> bytes:
    """Return the template as a CSV that Excel opens with its accents: the headings alone."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([field.es for field in IMPORT_FIELDS])
    return ("\ufeff" + buffer.getvalue()).encode()


def template_xlsx() -> bytes:
    """Return the template as a workbook: the sheet to fill in with its drop-down lists, instructions, the lists."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    lists = _write_lists(book)
    for column, field in enumerate(IMPORT_FIELDS, start=1):
        cell = sheet.cell(1, column, field.es)
        cell.font = Font(bold=True, underline="single" if field.is_required else None)
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(14, len(field.es) + 3)
        if field.kind in {CellKind.TEXT, CellKind.DATE, CellKind.AREAS}:
            for row in range(2, 202):
                sheet.cell(row, column).number_format = "@"  # or a spreadsheet makes a day of 1969-09
        if field.name in lists:
            sheet.add_data_validation(_drop_down(lists[field.name], letter, field))
    sheet.freeze_panes = "A2"
    _write_instructions(book.create_sheet(_("instrucciones"), 1))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _options(field: ImportField) -> list[str]:
    if field.kind is CellKind.YES_NO:
        return ["sí", "no"]
    if field.kind is CellKind.COUNTRY:
        return [country.name_es for country in Country.objects.order_by("name_es")]
    return [str(label) for label in field.choices.labels] if field.choices else []


def _write_lists(book: Any) -> dict[str, str]:
    """Write the words of each list in a sheet that can be seen; return the range of each field's words."""
    sheet = book.create_sheet(_LISTS)
    ranges: dict[str, str] = {}
    written: dict[tuple[str, ...], str] = {}
    for field in IMPORT_FIELDS:
        options = tuple(_options(field))
        if options and options not in written:
            column = len(written) + 1
            letter = get_column_letter(column)
            for row, option in enumerate((field.es, *options), start=1):
                sheet.cell(row, column, option)
            written[options] = f"{_LISTS}!${letter}$2:${letter}${len(options) + 1}"
        if options:
            ranges[field.name] = written[options]
    column = len(written) + 1
    for row, option in enumerate(("áreas", *(str(label) for label in AreaOfCooperation.labels)), start=1):
        sheet.cell(row, column, option)
    return ranges


def _drop_down(words: str, letter: str, field: ImportField) -> DataValidation:
    rule = DataValidation(type="list", formula1=words, allow_blank=True, showDropDown=False)
    rule.showErrorMessage = field.kind is not CellKind.COUNTRY  # ISO codes are welcome too
    rule.errorTitle, rule.error = field.es, _("Elija una palabra de la lista")
    rule.add(f"{letter}2:{letter}{_ROWS}")
    return rule


def _write_instructions(sheet: Any) -> None:
    lines = [
        _("Escriba un acuerdo por fila en la hoja «acuerdos». Lo que no se sepa, déjelo vacío."),
        _("No use fórmulas, celdas combinadas ni filas ocultas: se rechazan para que nada se pierda."),
        _("Pruebe con: hermanar import ARCHIVO. Dice qué haría, sin escribir nada; con --yes lo asienta."),
    ]
    for row, line in enumerate(lines, start=1):
        sheet.cell(row, 1, line)
    start = len(lines) + 2
    headings = (_("columna"), _("obligatoria"), _("qué va"), _("cómo se escribe"), _("ejemplo"))
    for column, heading in enumerate(headings, start=1):
        sheet.cell(start, column, heading).font = Font(bold=True)
    for row, field in enumerate(IMPORT_FIELDS, start=start + 1):
        shape = str(CellKind(field.kind).label)
        cells = (field.es, _("sí") if field.is_required else "", str(field.help), shape, field.example)
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = text, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate((28, 12, 60, 40, 24), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
