"""What a paper is, whatever file it becomes: one sequence of pieces, which Word and PDF are both written from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import Any

from babel.dates import format_date
from babel.lists import format_list

LANGUAGES = ("es", "en")
_REGION = {"es": "es-MX", "en": "en-US"}
_BEFORE_I = re.compile(r" y (?=h?[ií](?![aeou])[^,]*$)", re.IGNORECASE)  # «español e inglés», but «y hielo»
_UNWRITABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_BYTE_ORDER_MARK = "\ufeff"  # within a text it is a relic of files put together, and PDF/A forbids it


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages that papers are written in."""

    es: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.es if language == "es" else self.en


MISSING = Words("falta", "missing")
DRAFT = Words("Borrador: debe revisarlo un abogado antes de usarse", "Draft: a lawyer must review it before it is used")


@dataclass(frozen=True, slots=True)
class Blank:
    """Something the record does not say, by its name; it is shown, never guessed."""

    what: str
    language: str

    def __str__(self) -> str:
        return f"[{MISSING[self.language]}: {self.what}]"


Span = str | Blank
Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """Return a text as it is read."""
    return "".join(str(span) for span in text)


class Style(StrEnum):
    """What a line of text is; each writer knows how it looks."""

    LETTERHEAD = "letterhead"
    REFERENCE = "reference"
    PLACE_AND_DATE = "place_and_date"
    RECIPIENT = "recipient"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"  # numbered by the writer
    BODY = "body"
    LARGE = "large"  # for whoever begins to read
    CENTRED = "centred"
    NAME = "name"  # of the person or the work that the paper is about, large
    NOTE = "note"
    ADDRESS = "address"  # of a page, in lines that whoever writes them has parted


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    style: Style
    text: Text


@dataclass(frozen=True, slots=True)
class Items:
    """A list, lettered a), b), c)."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every row is as long as the headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...] = ()  # of the columns, in parts; none: all alike


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: for whom, who, as what."""

    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signature blocks side by side, two to a row."""

    blocks: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """An address as a square code that a telephone reads; `description` is read aloud instead of it."""

    address: str
    description: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ours as SVG, `width` of the line in hundredths; `description` is read aloud instead of it."""

    svg: str
    description: str
    width: int = 100


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Piece = Line | Items | Table | Signatures | Code | Picture | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its language, its title, its pieces in order, and whether a lawyer must still read it."""

    language: str
    title: str
    pieces: tuple[Piece, ...]
    is_draft: bool = True

    @property
    def region(self) -> str:
        """Return the language as the programs that check spelling name it."""
        return _REGION[self.language]


def texts(paper: Paper) -> Iterator[Text]:
    """Yield every text of a paper in the order it is read."""
    for piece in paper.pieces:
        match piece:
            case Line():
                yield piece.text
            case Items():
                yield from piece.items
            case Table():
                yield from ((heading,) for heading in piece.headings)
                yield from (cell for row in piece.rows for cell in row)
            case Signatures():
                yield from (line for block in piece.blocks for line in block.lines)
            case Code():
                yield (piece.address,)
            case Picture():
                yield (piece.description,)


def missing(paper: Paper) -> list[str]:
    """List what the record did not say, each thing once, in the order a reader meets it."""
    blanks = (span.what for text in texts(paper) for span in text if isinstance(span, Blank))
    return list(dict.fromkeys(blanks))


# ── facts and the sentences that hold them ───────────────────────────────────────────────────────────────────────────


def fact(es: str, en: str) -> Any:
    """Declare a fact of a paper, empty unless given, with the words that stand in its place when it is missing."""
    return field(default="", metadata={"words": Words(es, en)})


@dataclass(frozen=True, slots=True)
class Sentences:
    """Fills sentences with facts; the only way a value enters a paper.

    A template names facts in braces, `{mexican.name}` for a part of one. A value is never read as a template.
    """

    language: str
    facts: Any  # a dataclass of plain values

    def __call__(self, template: Words | str) -> Text:
        """Return a template with its facts; what is missing is a Blank."""
        words = template if isinstance(template, str) else template[self.language]
        spans: list[Span] = []
        for literal, name, _form, _conversion in Formatter().parse(words):
            if literal:
                spans.append(literal)
            if name is not None:
                spans.append(self.value(name))
        return tuple(spans)

    def value(self, name: str) -> Span:
        """Return one fact as it is written, or a Blank that names it."""
        *path, last = name.split(".")
        owner, whose = self.facts, ""
        for step in path:
            whose = f" ({label(owner, step, self.language)})"
            owner = _declared(owner, step)
        said = written(_declared(owner, last), self.language)
        return said or Blank(label(owner, last, self.language) + whose, self.language)

    def line(self, template: Words | str, style: Style = Style.BODY) -> Line:
        """Return a filled template as a paragraph."""
        return Line(style, self(template))

    def lines(self, *templates: Words) -> tuple[Line, ...]:
        """Return filled templates as paragraphs."""
        return tuple(self.line(template) for template in templates)

    def heading(self, words: Words) -> Line:
        """Return the heading of a numbered section."""
        return Line(Style.HEADING, (words[self.language],))

    def listed(self, values: Sequence[str], words: Words) -> Items:
        """Return values as a lettered list; without any, a list with one blank."""
        kept = [clean(value) for value in values if clean(value)]
        items: tuple[Text, ...] = tuple((value,) for value in kept)
        return Items(items or ((Blank(words[self.language], self.language),),))


def capital(text: Text) -> Text:
    """Return a text that begins a line of its own."""
    return tuple(
        span[:1].upper() + span[1:] if not at and isinstance(span, str) else span for at, span in enumerate(text)
    )


def _declared(owner: Any, name: str) -> Any:
    """Return a declared fact of an owner; a name that is not one of its facts is a fault of the template."""
    if not dataclasses.is_dataclass(owner) or name not in {declared.name for declared in dataclasses.fields(owner)}:
        raise KeyError(name)
    return getattr(owner, name)


def label(owner: Any, name: str, language: str) -> str:
    """Return the words that stand for a fact which is missing."""
    declared = next(declared for declared in dataclasses.fields(owner) if declared.name == name)
    words: Words = declared.metadata["words"]
    return words[language]


def written(value: Any, language: str) -> str:
    """Write a value as the language does; nothing for what is missing."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        form = "d 'de' MMMM 'de' y" if language == "es" else "MMMM d, y"
        return format_date(value, form, locale=language)
    if isinstance(value, tuple):
        listed = format_list([clean(str(item)) for item in value], locale=language) if value else ""
        return _BEFORE_I.sub(" e ", listed) if language == "es" else listed
    return clean(str(value))


def clean(text: str) -> str:
    """Return a text that any paper can hold: one line, composed letters, nothing that cannot be written."""
    composed = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text))
    kept = (char for char in composed if unicodedata.category(char) not in _UNWRITABLE and char != _BYTE_ORDER_MARK)
    return "".join(kept).strip()
