"""An office's own Word templates: what they may say, what is wrong with them and where."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.foundation.documents.archives import parse
from hermanar.foundation.documents.office_files import check_word
from hermanar.foundation.documents.refusals import RefusedDocumentError, refused

MOST_STORY = 2_000_000  # bytes of what a template says; sixty pages are one or two
MOST_TAGS = 1_000
_SHOWN = 80
_MOST_TAG = 500
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LOOP = re.compile(r"for\s+([A-Za-z]\w*)\s+in\s+(.+)", re.DOTALL)
_OVER = re.compile(r"(\w+)(?:\s+if\s.+)?", re.DOTALL)
_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a template: of which part, which one, how it reads."""

    part: str
    number: int
    text: str

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        parts = {
            "document": _("cuerpo"),
            "header": _("encabezado"),
            "footer": _("pie de página"),
            "footnotes": _("notas al pie"),
            "endnotes": _("notas al final"),
        }
        return _("%(part)s, párrafo %(number)d: «%(text)s»") % {
            "part": parts[self.part.rstrip("0123456789")],
            "number": self.number,
            "text": shown,
        }


@dataclass(frozen=True, slots=True)
class Unknown:
    """A field that the record does not have."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Broken:
    """A tag that cannot be understood or is not allowed."""

    tag: str
    wrong: Any  # a lazy translation
    place: Place

    def __str__(self) -> str:
        return f"{self.place}: {self.tag} · {self.wrong}"


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """What a template asks for and what is wrong with it."""

    used: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    broken: tuple[Broken, ...]
    lacking: tuple[str, ...]  # fields of the record that the template does not show

    @property
    def is_usable(self) -> bool:
        """Say whether the template can be filled without a mistake of its own."""
        return not self.unknown and not self.broken


_UNCLOSED = gettext_lazy("no se cierra en el mismo párrafo")
_UNOPENED = gettext_lazy("cierra algo que no se abrió en el mismo párrafo")
_NOT_UNDERSTOOD = gettext_lazy("no se entiende: escriba {{ nombre_del_campo }}")
_NOT_ALLOWED = gettext_lazy("no se permite en una plantilla: solo campos, condiciones y listas")
_NO_LIST = gettext_lazy("no es una lista del expediente: solo lo que es lista se puede repetir")
_NO_END = gettext_lazy("le falta su {% endif %} o {% endfor %}")
_TOO_LONG = gettext_lazy("dice más de lo que cabe en una plantilla")
_SHORTER = gettext_lazy("Deje en ella solo el papel y las etiquetas que lo llenan, y vuelva a subirla")
_NO_START = gettext_lazy("no corresponde a ninguna condición o lista abierta")


def check_template(template: bytes, known_fields: Collection[str], *, lists: Collection[str] = ()) -> TemplateReport:
    """Say what a Word template asks for and what is wrong with it, by paragraph; `lists` are the fields to repeat.

    Raises RefusedDocumentError when it is not a plain Word document, or says more than a paper does.
    """
    check_word(io.BytesIO(template))
    reader = _Reader(texts=frozenset(known_fields) - frozenset(lists))
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        stories = sorted(name for name in archive.namelist() if _STORY.fullmatch(name))
        if sum(archive.getinfo(name).file_size for name in stories) > MOST_STORY:
            raise _too_long("template_size")
        for name in stories:
            reader.begin()
            for place in _paragraphs(archive, name):
                reader.read(place)
            reader.finish()
    used = tuple(dict.fromkeys(name for name, _place in reader.names))
    known = set(known_fields)
    return TemplateReport(
        used=used,
        unknown=tuple(Unknown(name, place) for name, place in reader.names if name not in known),
        broken=tuple(reader.broken),
        lacking=tuple(name for name in known_fields if name not in used),
    )


def _too_long(code: str) -> RefusedDocumentError:
    return refused(code, wrong=_TOO_LONG, right=_SHORTER)


def _paragraphs(archive: zipfile.ZipFile, name: str) -> Iterator[Place]:
    """Yield the paragraphs of a part as a reader sees them, whatever runs Word has cut them into."""
    found: list[Place] = []
    open_paragraphs: list[tuple[int, list[str]]] = []
    count = 0
    inside = False

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal inside, count
        local = tag.rpartition(":")[2]
        inside = local == "t"
        if local == "p":
            count += 1
            open_paragraphs.append((count, []))

    def text(characters: str) -> None:
        if inside and open_paragraphs:
            open_paragraphs[-1][1].append(characters)

    def end(tag: str) -> None:
        nonlocal inside
        inside = False
        if tag.rpartition(":")[2] == "p" and open_paragraphs:
            number, pieces = open_paragraphs.pop()
            found.append(Place(name.removeprefix("word/").removesuffix(".xml"), number, "".join(pieces)))

    with archive.open(name) as stream:
        parse(stream, start, part=name, text=text, end=end)
    yield from sorted(found, key=lambda place: place.number)


@dataclass(slots=True)
class _Open:
    """A condition or list that is still open."""

    word: str
    variable: str
    tag: str
    place: Place


@dataclass(slots=True)
class _Reader:
    """Reads the tags of a template in order."""

    texts: frozenset[str]  # the fields that are no lists
    names: list[tuple[str, Place]] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    _count: int = 0
    _open: list[_Open] = field(default_factory=list)

    def begin(self) -> None:
        self._open = []

    def finish(self) -> None:
        self.broken += [Broken(one.tag, _NO_END, one.place) for one in self._open]

    def read(self, place: Place) -> None:
        """Read one paragraph: every tag begins and ends in it."""
        opened = None
        for mark in _BRACES.finditer(place.text):
            self._count += 1
            if self._count > 2 * MOST_TAGS:  # each opens and closes
                raise _too_long("template_tags")
            if mark[0] in _CLOSES:
                if opened is not None:
                    self._break(place.text[opened.start() : mark.start()], _UNCLOSED, place)
                opened = mark
            elif opened is None:
                self._break(mark[0], _UNOPENED, place)
            elif _CLOSES[opened[0]] != mark[0]:
                self._break(place.text[opened.start() : mark.end()], _NOT_UNDERSTOOD, place)
                opened = None
            else:
                self._tag(opened[0], place.text[opened.end() : mark.start()], place)
                opened = None
        if opened is not None:
            self._break(place.text[opened.start() :], _UNCLOSED, place)

    def _break(self, tag: str, wrong: Any, place: Place) -> None:
        self.broken.append(Broken(tag[:_SHOWN], wrong, place))

    def _tag(self, opening: str, content: str, place: Place) -> None:
        tag = f"{opening}{content}{_CLOSES[opening]}"
        if len(tag) > _MOST_TAG:
            self._break(tag, _NOT_UNDERSTOOD, place)
        elif opening == "{{":
            self._expression(content, tag, place)
        elif opening == "{%":
            words = re.sub(r"^(?:p|tr|tc)\s+", "", content.strip().strip("-").strip())
            self._statement(words.strip(), tag, place)

    def _statement(self, words: str, tag: str, place: Place) -> None:
        word, _space, rest = words.partition(" ")
        loop = _LOOP.fullmatch(words)
        if word == "if" and rest:
            self._open.append(_Open("if", "", tag, place))
            self._expression(rest, tag, place)
        elif loop:
            before = len(self.broken)
            self._expression(loop[2], tag, place)
            if len(self.broken) == before:
                self._check_loop(loop[2].strip(), tag, place)
            self._open.append(_Open("for", loop[1], tag, place))
        elif word in {"endif", "endfor"} and not rest:
            if self._open and self._open[-1].word == word.removeprefix("end"):
                self._open.pop()
            else:
                self._break(tag, _NO_START, place)
        elif word == "elif" or words == "else":
            if not self._open:
                self._break(tag, _NO_START, place)
            if rest:
                self._expression(rest, tag, place)
        else:
            self._break(tag, _NOT_ALLOWED, place)

    def _check_loop(self, what: str, tag: str, place: Place) -> None:
        name = _OVER.fullmatch(what)
        if name is None:
            self._break(tag, _NOT_ALLOWED, place)
        elif name[1] in self.texts or name[1] in {one.variable for one in self._open}:
            self._break(tag, _NO_LIST, place)

    def _expression(self, content: str, tag: str, place: Place) -> None:
        if re.match(r"r\s+\w", content.lstrip("-")):  # docxtpl's way to put in markup
            self._break(tag, _NOT_ALLOWED, place)
            return
        from hermanar.foundation.papers import template_language  # noqa: PLC0415  jinja2 is for those who fill templates

        # Word turns straight quotation marks into curly ones.
        straight = content.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
        try:
            names = template_language.names_in(straight)
        except template_language.ForbiddenError:
            self._break(tag, _NOT_ALLOWED, place)
            return
        except template_language.NotUnderstoodError:
            self._break(tag, _NOT_UNDERSTOOD, place)
            return
        own = {one.variable for one in self._open} | {"loop"}
        self.names += [(name, place) for name in sorted(names - own)]
