"""A paper as a Word file that an office can edit: real styles, real numbering, real fields."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from hermanar.foundation.papers.structure import (
    DRAFT,
    Blank,
    Code,
    Items,
    Line,
    NewPage,
    Paper,
    Picture,
    Signatures,
    Style,
    Table,
    Text,
    Words,
    plain,
)

_PAGE = Words("Página ", "Page ")
_OF = Words(" de ", " of ")
# Word shows these built-in styles under the names of its own language: Título, Encabezado 1, Normal…
_STYLES = {
    Style.LETTERHEAD: "Header",
    Style.REFERENCE: "Normal",
    Style.PLACE_AND_DATE: "Normal",
    Style.RECIPIENT: "No Spacing",
    Style.TITLE: "Title",
    Style.SUBTITLE: "Subtitle",
    Style.HEADING: "Heading 1",
    Style.BODY: "Normal",
    Style.LARGE: "Normal",
    Style.CENTRED: "Normal",
    Style.NAME: "Title",
    Style.NOTE: "Caption",
    Style.ADDRESS: "Caption",
}
_FONT = "Cambria"
_INK = (0x1B, 0x1B, 0x1B)
_TITLE_POINTS, _HEADING_POINTS, _SUBTITLE_POINTS, _NOTE_POINTS, _BODY_POINTS = 18, 13, 12, 9, 11
_MARGIN = 2.5  # cm
_CODE_WIDTH = 3.2  # cm
_HEADING_LIST, _LETTER_LIST = 90, 91  # numbers of our lists, clear of those in the empty document


def write_word(paper: Paper, *, made_at: dt.datetime | None = None) -> bytes:
    """Return the paper as a DOCX file."""
    import docx  # noqa: PLC0415  0.1 s and 20 MB that only those who write papers pay for

    document = docx.Document()
    _set_up(document, paper, made_at)
    writers: dict[type, Callable[[Any, Any], None]] = {
        Line: _line,
        Items: _items,
        Table: _table,
        Signatures: _signatures,
        Code: _code,
        Picture: _picture,
        NewPage: lambda made, _page: made.add_page_break(),
    }
    for piece in paper.pieces:
        if isinstance(piece, Signatures) and document.paragraphs:
            document.paragraphs[-1].paragraph_format.keep_with_next = True  # nobody signs a page without text
        writers[type(piece)](document, piece)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# ── the document as a whole ──────────────────────────────────────────────────────────────────────────────────────────


def _set_up(document: Any, paper: Paper, made_at: dt.datetime | None) -> None:
    from docx.shared import Cm, Inches  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
    properties = document.core_properties
    properties.title, properties.language = paper.title[:255], paper.region
    properties.author = properties.comments = properties.last_modified_by = ""
    moment = made_at or dt.datetime.now(dt.UTC)
    properties.created = properties.modified = moment.astimezone(dt.UTC).replace(tzinfo=None)
    _set_language(document, paper.region)
    _set_styles(document)
    _add_lists(document)
    if paper.is_draft:
        _mark(section.header.paragraphs[0], DRAFT[paper.language])
    _number_pages(section.footer.paragraphs[0], paper.language)


def _set_language(document: Any, region: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), region)
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), region)


def _set_styles(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    sizes = {
        "Normal": _BODY_POINTS,
        "No Spacing": _BODY_POINTS,
        "Title": _TITLE_POINTS,
        "Subtitle": _SUBTITLE_POINTS,
        "Heading 1": _HEADING_POINTS,
        "Caption": _NOTE_POINTS,
        "Header": _BODY_POINTS,
    }
    for name, points in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.name, style.font.color.rgb = Pt(points), _FONT, RGBColor(*_INK)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(attribute), _FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    document.styles["Caption"].font.bold = False
    document.styles["Caption"].paragraph_format.space_after = Pt(4)
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.font.bold = True
    for border in list(title.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _add_lists(document: Any) -> None:
    """Define the numbering of headings (bound to the style, as Word does it) and of lettered lists."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls, qn  # noqa: PLC0415

    numbering = document.part.numbering_part.element
    shapes = {
        _HEADING_LIST: ("decimal", "%1.", '<w:pStyle w:val="Heading1"/>', 432),
        _LETTER_LIST: ("lowerLetter", "%1)", "", 720),
    }
    first = numbering.find(qn("w:num"))
    for number, (form, text, bound, indent) in shapes.items():
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{bound}<w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="432"/></w:pPr></w:lvl></w:abstractNum>'
        )
        first.addprevious(abstract)  # the schema wants all shapes before all lists
    _new_list(document, _HEADING_LIST, number=_HEADING_LIST)
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = _HEADING_LIST


def _new_list(document: Any, shape: int, *, number: int) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{shape}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )


def _mark(paragraph: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold = True


def _number_pages(paragraph: Any, language: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, name in ((_PAGE, "PAGE"), (_OF, "NUMPAGES")):
        paragraph.add_run(words[language])
        _field(paragraph, name)


def _field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {name} ")
    paragraph._p.append(field)  # noqa: SLF001  python-docx has no fields


# ── its pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(paragraph: Any, text: Text) -> Any:
    """Write a text; what is missing stands out on paper and on the screen."""
    from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415

    for span in text:
        run = paragraph.add_run(str(span))
        if isinstance(span, Blank):
            run.bold = True
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def _line(document: Any, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph = _write(document.add_paragraph(style=_STYLES[line.style]), line.text)
    if line.style in {Style.LETTERHEAD, Style.CENTRED}:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.style in {Style.REFERENCE, Style.PLACE_AND_DATE}:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif line.style is Style.BODY:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _items(document: Any, items: Items) -> None:
    lists = document.part.numbering_part.element.num_lst
    number = max(one.numId for one in lists) + 1
    _new_list(document, _LETTER_LIST, number=number)
    for text in items.items:
        paragraph = _write(document.add_paragraph(style="List Number"), text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  python-docx has no lists
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def _table(document: Any, table: Table) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    grid = document.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    for cell, heading in zip(grid.rows[0].cells, table.headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  read aloud, repeated on each page
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], text)
    document.add_paragraph()


def _signatures(document: Any, signatures: Signatures) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    columns = min(2, len(signatures.blocks))
    grid = document.add_table(rows=-(-len(signatures.blocks) // columns), cols=columns)
    for index, block in enumerate(signatures.blocks):
        cell = grid.cell(index // columns, index % columns)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Cm(1.8)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for number, text in enumerate(block.lines):
            if number:
                paragraph = cell.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = 0
            _write(paragraph, text)
    document.add_paragraph()


def _code(document: Any, code: Code) -> None:
    import segno  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    picture = io.BytesIO()
    segno.make(code.address, error="m", micro=False).save(picture, kind="png", scale=8)
    picture.seek(0)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(picture, width=Cm(_CODE_WIDTH))
    shape._inline.docPr.set("descr", f"{code.description}: {plain((code.address,))}")  # noqa: SLF001  read aloud


def _picture(document: Any, picture: Picture) -> None:
    """Say what a drawing shows: Word has no place for SVG alone, and an office has the PDF."""
    _write(document.add_paragraph(style="Caption"), (picture.description,))
