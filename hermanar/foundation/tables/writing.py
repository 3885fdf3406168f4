"""Write tables row by row in constant memory, with every text inert: no cell of ours is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

Value = str | int | float | bool | dt.date | None
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CHUNK = 32_768
_FIRST_CHUNK = 512  # so that the first byte leaves before much is read
_LONGEST_CELL = 32_767
MOST_SHEET_ROWS = 1_048_576


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how to take its cell from a row."""

    heading: str
    value: Callable[[Any], Value]


def inert(text: str) -> str:
    """Return a text no spreadsheet runs: an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _csv_cell(value: Value) -> str | int | float:
    if isinstance(value, str):
        return inert(value.replace("\x00", "") if "\x00" in value else value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if value is None:
        return ""
    return value if isinstance(value, int | float) else value.isoformat()


def csv_chunks(columns: Sequence[Column], rows: Iterable[Any], *, with_mark: bool = True) -> Iterator[bytes]:
    """Yield a CSV in UTF-8, by default with the mark that makes Excel read it as such."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([inert(column.heading) for column in columns])
    mark = "\ufeff" if with_mark else ""
    yield (mark + buffer.getvalue()).encode()
    buffer.seek(0)
    buffer.truncate()
    values = [column.value for column in columns]
    limit = _FIRST_CHUNK
    for row in rows:
        writer.writerow([_csv_cell(value(row)) for value in values])
        if buffer.tell() >= limit:
            yield buffer.getvalue().encode(errors="replace")
            buffer.seek(0)
            buffer.truncate()
            limit = _CHUNK
    if buffer.tell():
        yield buffer.getvalue().encode(errors="replace")


class _Sink(io.RawIOBase):
    """Where the ZIP writes to: it cannot be rewound, so the archive can leave while it is made."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def take(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        self.size = 0
        return data


def xlsx_chunks(columns: Sequence[Column], rows: Iterable[Any], *, sheet: str) -> Iterator[bytes]:
    """Yield a workbook of one sheet; texts are text cells, never formulas, also after being edited in place."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in _fixed_parts(sheet):
            # Without the moment it was made: the same rows give the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        yield sink.take()
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(_SHEET_START.encode())
            part.write(_xml_row(1, [column.heading for column in columns], style=2).encode())
            values = [column.value for column in columns]
            for number, row in enumerate(rows, start=2):
                if number == MOST_SHEET_ROWS:  # never cut in silence: the last row says where the rest is
                    part.write(_xml_row(number, [_("Una hoja no admite más filas: el resto está en el CSV.")]).encode())
                    break
                part.write(_xml_row(number, [value(row) for value in values]).encode())
                if sink.size >= _CHUNK:
                    yield sink.take()
            part.write(b"</sheetData></worksheet>")
    yield sink.take()


def _xml_row(number: int, cells: Sequence[Value], style: int = 0) -> str:
    return f'<row r="{number}">{"".join([_xml_cell(cell, style) for cell in cells])}</row>'


def _xml_cell(value: Value, style: int) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    text = value if isinstance(value, str) else value.isoformat()
    text = escape(_ILLEGAL.sub("\ufffd", text)[:_LONGEST_CELL])
    # Style 1 is the quote prefix: the cell stays text when somebody edits it.
    marked = style or (1 if text.startswith(_RUNS) else 0)
    return f'<c t="inlineStr" s="{marked}"><is><t xml:space="preserve">{text}</t></is></c>'


_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_START = (
    f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)


def _fixed_parts(sheet: str) -> list[tuple[str, str]]:
    name = escape(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31], {'"': "&quot;"})
    types = (
        f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    )
    root = (
        f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    book = (
        f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    links = (
        f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"'
    bold = plain.replace('fontId="0"', 'fontId="1"') + ' applyFont="1"'
    styles = (
        f'{_DECLARED}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="3">{plain}/>{plain} quotePrefix="1"/>{bold}/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    return [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/styles.xml", styles),
    ]


# A cell that is not in a CSV as it is.
_UNSAFE = re.compile(f'[",\r\n\x00]|^[{re.escape("".join(_RUNS))}]')


def csv_lines(headings: Sequence[str], batches: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield a CSV in UTF-8 with the mark, of rows that are written but for their ends and come many at a time."""
    yield f"\ufeff{csv_cells(headings)}\r\n".encode()
    for batch in batches:
        packed = "\r\n".join([*batch, ""]).encode(errors="replace")
        del batch  # the reader may take long for what is yielded
        yield packed


def csv_cells(cells: Iterable[str]) -> str:
    """Return neighbouring cells as they stand inside a row of a CSV: quoted where they must be, every text inert."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([*map(_csv_cell, cells), ""])  # the last, so that one empty cell is not quoted
    return buffer.getvalue().removesuffix(",\r\n")


def csv_column(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells of one column as `csv_cells` writes each; a column where none needs it costs a few looks."""
    text = "\n".join(cells)
    if _may_need_more(text, len(cells)):
        return [csv_cells([cell]) if _UNSAFE.search(cell) else cell for cell in cells]
    return [f'"{cell}"' if "," in cell else cell for cell in cells] if "," in text else cells


def _may_need_more(text: str, count: int) -> bool:
    """Say whether cells, a line each, may hold more than commas: a quote, an end of line, the start of a formula."""
    if '"' in text or "\r" in text or "\x00" in text or text.count("\n") >= count or text.startswith(_RUNS):
        return True
    return any(sign in text and f"\n{sign}" in text for sign in _RUNS if sign != "\n")
