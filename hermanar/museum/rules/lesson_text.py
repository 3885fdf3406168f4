"""The plain writing of lessons, read into blocks that a page shows; nothing in it is ever HTML.

A blank line parts the blocks. A block whose lines begin with

    ##   is a heading                            - is a list           1. is a list of steps
    >    is a quotation                          = figure | what it says
    o 1/34 | what it says: marks, so many of them lit
    % 80 | a label: bars of hundredths; a first line `% what they are` names them

Within a line `[2]` names the second source of the lesson and `*word*` stands out. What is none of these is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "list", "steps", "quote", "figures", "tally", "bars"]
_SPAN = re.compile(r"\[(\d{1,2})\]|\*([^*\n]+)\*")
_STEP = re.compile(r"^\d{1,2}\.\s+")
_TALLY = re.compile(r"^o\s+(\d{1,3})/(\d{1,3})\s*\|\s*(.+)$")
_BAR = re.compile(r"^%\s+(\d{1,3})\s*\|\s*(.+)$")
_MOST_MARKS = 120


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: text, a word that stands out, or the number of a source."""

    text: str
    kind: Literal["text", "strong", "source"] = "text"


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a block: its words; a number or figure that comes with it; of a tally, how many are lit."""

    spans: Spans
    value: str = ""
    lit: int = 0
    total: int = 0

    @property
    def text(self) -> str:
        """Return the words without marks and sources, as they are read aloud."""
        return plain(self.spans)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a lesson."""

    kind: Kind
    items: tuple[Item, ...]
    caption: str = ""


def plain(spans: Spans) -> str:
    """Return words without what names a source."""
    return "".join(span.text for span in spans if span.kind != "source").strip()


def spans_of(text: str) -> Spans:
    """Return a line in pieces."""
    found: list[Span] = []
    last = 0
    for match in _SPAN.finditer(text):
        before = text[last : match.start()]
        if before := before.rstrip() if match[1] else before:  # the number hangs on the word
            found.append(Span(before))
        found.append(Span(match[1], "source") if match[1] else Span(match[2], "strong"))
        last = match.end()
    if last < len(text):
        found.append(Span(text[last:]))
    return tuple(found)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return a lesson as blocks, in their order."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(_block([line.strip() for line in part.split("\n") if line.strip()]) for part in parts if part.strip())


def sources_named(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Return the numbers of the sources that a lesson names."""
    spans = (span for block in blocks for item in block.items for span in item.spans)
    return frozenset(int(span.text) for span in spans if span.kind == "source")


def _block(lines: list[str]) -> Block:
    for reads in (_heading, _marked("- ", "list"), _steps, _marked("> ", "quote"), _figures, _tally, _bars):
        block = reads(lines)
        if block is not None:
            return block
    return Block("paragraph", (Item(spans_of(" ".join(lines))),))


def _heading(lines: list[str]) -> Block | None:
    if len(lines) != 1 or not lines[0].startswith("## "):
        return None
    return Block("heading", (Item(spans_of(lines[0][3:].strip())),))


def _marked(mark: str, kind: Kind) -> Callable[[list[str]], Block | None]:
    def read(lines: list[str]) -> Block | None:
        if not all(line.startswith(mark) for line in lines):
            return None
        return Block(kind, tuple(Item(spans_of(line[len(mark) :].strip())) for line in lines))

    return read


def _steps(lines: list[str]) -> Block | None:
    if not all(_STEP.match(line) for line in lines):
        return None
    return Block("steps", tuple(Item(spans_of(_STEP.sub("", line))) for line in lines))


def _figures(lines: list[str]) -> Block | None:
    if not all(line.startswith("= ") and "|" in line for line in lines):
        return None
    parted = (line[2:].split("|", 1) for line in lines)
    return Block("figures", tuple(Item(spans_of(words.strip()), value.strip()) for value, words in parted))


def _tally(lines: list[str]) -> Block | None:
    found = [_TALLY.match(line) for line in lines]
    items = tuple(
        Item(spans_of(one[3].strip()), f"{one[1]}/{one[2]}", int(one[1]), int(one[2]))
        for one in found
        if one and int(one[1]) <= int(one[2]) <= _MOST_MARKS
    )
    return Block("tally", items) if len(items) == len(lines) else None


def _bars(lines: list[str]) -> Block | None:
    head = lines[0][2:].strip() if lines[0].startswith("% ") and not _BAR.match(lines[0]) else ""
    found = [_BAR.match(line) for line in (lines[1:] if head else lines)]
    items = tuple(Item(spans_of(one[2].strip()), one[1]) for one in found if one and int(one[1]) <= 100)  # noqa: PLR2004
    return Block("bars", items, plain(spans_of(head))) if found and len(items) == len(found) else None
