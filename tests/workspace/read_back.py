"""A report read back from what was made of it: the page, the Word file, the PDF, the tables."""

from __future__ import annotations

import csv
import io
import re

import docx
import openpyxl
import pypdfium2
from lxml import html

_GAPS = re.compile(r"\s+")


def told(text):
    """Return a text without the shape of its lines."""
    return _GAPS.sub(" ", text).strip()


def of_page(text):
    """Return the figures of a page by label, and its grids by caption: headings and rows."""
    tree = html.fromstring(text)
    figures = [
        (told(one.findtext("dt") or ""), told(one.find("dd").text_content()))
        for one in tree.xpath("//dl[contains(@class, 'facts--figures')]/div")
    ]
    grids = {}
    for table in tree.xpath("//main//table"):
        caption = told(table.xpath("string(caption)"))
        rows = [[_cell(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tbody/tr")]
        grids[caption] = ([told(one.text_content()) for one in table.xpath(".//thead//th")], rows)
    return figures, grids


def _cell(cell):
    hidden = cell.xpath(".//*[contains(@class, 'visually-hidden')]")
    for one in hidden:
        one.getparent().remove(one)
    return told(cell.text_content())


def of_word(content):
    """Return the same of a Word file: the tables of figures, and the others by the line above them."""
    document = docx.Document(io.BytesIO(content))
    figures, grids, above = [], {}, ""
    for child in document.element.body.iterchildren():
        if child.tag.endswith("}p"):
            text = told("".join(one.text or "" for one in child.iter() if one.tag.endswith("}t")))
            above = text or above
        elif child.tag.endswith("}tbl"):
            table = docx.table.Table(child, document)
            first, *rows = [[told(cell.text) for cell in row.cells] for row in table.rows]
            if len(first) == 2 and first[0] in {"Cifra", "Figure"}:
                figures += [tuple(row) for row in rows]
            elif len(first) > 1:
                grids[above] = (first, rows)
    return figures, grids


def text_of_pdf(content):
    """Return what a PDF says, in one line."""
    document = pypdfium2.PdfDocument(content)
    return told(" ".join(page.get_textpage().get_text_bounded() for page in document))


def of_csv(content):
    """Return the rows of a CSV below its headings."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]


def of_xlsx(content):
    """Return the rows of a workbook below its headings, as text."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows(values_only=True))[1:]
    return [["" if cell is None else str(cell) for cell in row] for row in rows]
