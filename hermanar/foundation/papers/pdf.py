"""A paper as PDF/A that can be read aloud; made in memory, from data that is never read as markup."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
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
)
from hermanar.foundation.papers.typesetting import TypesettingError, typeset

_TEMPLATE = Path(__file__).with_name("paper.typ")
# Tagged PDF for archives (ISO 19005-2, level a) that is also accessible (ISO 14289-1).
STANDARDS = ("a-2a", "ua-1")
_PAGE = Words("Página ", "Page ")
_OF = Words(" de ", " of ")
_TERRITORY = {"es": "MX", "en": "US"}
_SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"
_UNKNOWN = Words(
    "La letra de este PDF no tiene los caracteres marcados con \N{REPLACEMENT CHARACTER}: {codes}. "
    "Están completos en la versión Word.",
    "The typeface of this PDF lacks the characters marked \N{REPLACEMENT CHARACTER}: {codes}. "
    "They are complete in the Word version.",
)
_MOST_CODES = 20
_MOST_TRIES = 12  # one for each writing that the typeface lacks; whoever mixes more gets them all marked at once
_LAST_KNOWN = "\u017f"  # of the letters that the typeface has for certain
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


class PaperError(RuntimeError):
    """A paper could not be made; the fault is ours, not the reader's."""


def write_pdf(paper: Paper, *, made_at: dt.datetime | None = None) -> bytes:
    """Return the paper as a PDF file."""
    data = _data(paper)
    lacking: list[str] = []
    for attempt in range(_MOST_TRIES):
        content = json.dumps(data, ensure_ascii=False)
        made, fault = _compile(content, made_at or dt.datetime.now(dt.UTC))
        if made is not None:
            return made
        unknown = _not_shown(fault, content)
        # A sign that combines with the mark in its place keeps the mark from being shown.
        if attempt == _MOST_TRIES - 2 or unknown == {_SHOWN_INSTEAD}:
            unknown |= {char for char in content if char > _LAST_KNOWN and char != _SHOWN_INSTEAD}
        lacking += sorted(set(unknown) - set(lacking))
        data = _without(_data(paper), lacking, paper.language)
    raise PaperError(fault)


def _compile(content: str, made_at: dt.datetime) -> tuple[bytes | None, str]:
    try:
        return typeset(_TEMPLATE.read_bytes(), inputs={"paper": content}, made_at=made_at, standards=STANDARDS), ""
    except TypesettingError as error:
        return None, str(error)


# ── the data that the template shows ─────────────────────────────────────────────────────────────────────────────────


def _data(paper: Paper) -> dict[str, Any]:
    writers: dict[type, Callable[[Any], dict[str, Any]]] = {
        Line: _line,
        Items: _items,
        Table: _table,
        Signatures: _signatures,
        Code: _code,
        Picture: _picture,
        NewPage: lambda _page: {"kind": "page"},
    }
    pieces = [writers[type(piece)](piece) for piece in paper.pieces]
    for piece, following in zip(pieces, [*pieces[1:], {}], strict=True):
        piece["last"] = piece.get("style") != following.get("style")  # of the lines of an address
        piece["keep"] = following.get("kind") == "signatures"  # nobody signs a page without text
    return {
        "title": paper.title,
        "language": paper.language,
        "territory": _TERRITORY[paper.language],
        "mark": DRAFT[paper.language] if paper.is_draft else "",
        "page": _PAGE[paper.language],
        "of": _OF[paper.language],
        "pieces": pieces,
    }


def _spans(text: Text) -> list[dict[str, Any]]:
    return [{"blank": isinstance(span, Blank), "text": str(span)} for span in text]


def _line(line: Line) -> dict[str, Any]:
    return {"kind": "line", "style": line.style.value, "text": _spans(line.text)}


def _items(items: Items) -> dict[str, Any]:
    return {"kind": "items", "items": [{"spans": _spans(text)} for text in items.items]}


def _table(table: Table) -> dict[str, Any]:
    rows = [[{"spans": _spans(cell)} for cell in row] for row in table.rows]
    widths = list(table.widths or (1,) * len(table.headings))
    return {"kind": "table", "headings": list(table.headings), "rows": rows, "widths": widths}


def _signatures(signatures: Signatures) -> dict[str, Any]:
    blocks = [[{"spans": _spans(line)} for line in block.lines] for block in signatures.blocks]
    return {"kind": "signatures", "blocks": blocks}


def _code(code: Code) -> dict[str, Any]:
    import segno  # noqa: PLC0415

    drawing = io.BytesIO()
    segno.make(code.address, error="m", micro=False).save(drawing, kind="svg", scale=4)
    return {"kind": "code", "svg": drawing.getvalue().decode(), "description": f"{code.description}: {code.address}"}


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "kind": "picture",
        "svg": picture.svg,
        "description": picture.description,
        "width": picture.width,
    }


# ── characters the typeface lacks ────────────────────────────────────────────────────────────────────────────────────


def _not_shown(fault: str, content: str) -> set[str]:
    """Return the characters of the same writing as the one the fault names; raise what is another fault."""
    found = _NOT_SHOWN.search(fault)
    if found is None:
        raise PaperError(fault)
    named = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    writings = {_writing(char) for char in named}
    return {char for char in content if char > _LAST_KNOWN and _writing(char) in writings} | set(named)


def _writing(char: str) -> str:
    return unicodedata.name(char, char).split(" ", maxsplit=1)[0].split("-", maxsplit=1)[0]


def _without(data: dict[str, Any], lacking: list[str], language: str) -> dict[str, Any]:
    """Put a mark in the place of characters that cannot be shown, and say so at the end."""
    instead = str.maketrans(dict.fromkeys(lacking, _SHOWN_INSTEAD))

    def shown(value: Any) -> Any:
        match value:
            case str():
                return value.translate(instead)
            case list():
                return [shown(item) for item in value]
            case dict():
                return {key: item if key in {"svg", "kind", "style"} else shown(item) for key, item in value.items()}
        return value

    marked: dict[str, Any] = shown(data)
    codes = ", ".join(f"U+{ord(char):04X}" for char in lacking[:_MOST_CODES])
    note = _UNKNOWN[language].replace("{codes}", codes + ("…" if len(lacking) > _MOST_CODES else ""))
    marked["pieces"].append(_line(Line(Style.NOTE, (note,))))
    return marked
