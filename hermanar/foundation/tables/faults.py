"""What is wrong with a table, where, and what would be right; the words are made when shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

_SHOWN = 80
# More faults than a person reads at once hide the first; the rest are counted.
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its values; translated when it is turned into text."""

    template: Any  # a lazy translation
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.template) % self.values


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at one place of a table; `row` counts as a spreadsheet does, 0 means the whole file."""

    code: str
    wrong: Message
    right: Message
    sheet: str = ""
    row: int = 0
    letter: str = ""
    heading: str = ""
    value: str = ""

    @property
    def where(self) -> str:
        """Name sheet, row and column in the reader's language."""
        parts = []
        if self.sheet:
            parts.append(_("hoja «%(name)s»") % {"name": self.sheet})
        if self.row:
            parts.append(_("fila %(number)d") % {"number": self.row})
        if self.letter or self.heading:
            heading = f" «{self.heading}»" if self.heading else ""
            parts.append(_("columna %(letter)s") % {"letter": f"{self.letter}{heading}".strip()})
        return ", ".join(parts) or _("el archivo")

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= _SHOWN else f"{self.value[:_SHOWN]}…"
        quoted = f"«{printable(shown)}»: " if self.value else ""
        right = str(self.right)
        return f"{self.where}: {quoted}{self.wrong}. {right}{'' if right.endswith('?') else '.'}"


class RefusedTableError(ValueError):
    """A table is not taken as it is; `faults` say why, place by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults: {', '.join(sorted({fault.code for fault in self.faults}))}")

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def printable(text: str) -> str:
    """Return a text whose control characters are shown, so that a fault can be printed on one line."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def letter_of(index: int) -> str:
    """Return the letters a spreadsheet gives to a column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
