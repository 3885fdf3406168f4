"""The 17 goals and 169 targets of the 2030 Agenda (D7.5), and a search among them in Spanish and English."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import hermanar
from hermanar.foundation.words import fold, forms, words

_FILE = Path(hermanar.__file__).parent / "data" / "sdg" / "targets.csv"
# What nearly every text has, in either language, tells none of them apart.
_NO_WORDS = frozenset(words("a al and by con de del el en in la las los of para por que the to todos y"))


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal (`4`) or a target (`4.7`) as the General Assembly adopted it."""

    code: str
    goal: int
    name_es: str  # the short name of a goal
    text_es: str
    text_en: str

    @property
    def is_target(self) -> bool:
        """Say whether it is one of the 169 targets."""
        return "." in self.code


@functools.cache
def goals() -> Mapping[str, Goal]:
    """Return all goals and targets by their code, each goal before its targets."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [Goal(**{**row, "goal": int(row["goal"])}) for row in csv.DictReader(file)]  # type: ignore[arg-type]
    return MappingProxyType({row.code: row for row in sorted(rows, key=_place)})


def goal_place(code: str) -> tuple[int, int, int, str]:
    """Return where a code stands among the others: 4, 4.1, 4.10, 4.a, 5."""
    first, _dot, rest = code.partition(".")
    return int(first), 0 if not rest else 1 if rest.isdigit() else 2, int(rest) if rest.isdigit() else 0, rest


def _place(row: Goal) -> tuple[int, int, int, str]:
    return goal_place(row.code)


def find_goals(text: str) -> list[Goal]:
    """Return the goals and targets that have all the words, in either language, or that bear the number.

    Accents, capitals, number and gender do not matter; words that every text has are left aside.
    """
    asked = text.strip().casefold().rstrip(".")
    if asked in goals():
        return [row for row in goals().values() if row.code == asked or str(row.goal) == asked]
    wanted = [word for word in words(fold(text)) if word not in _NO_WORDS]
    if not wanted:
        return []
    return [row for row in goals().values() if any(_has(index, wanted) for index in _indexes()[row.code])]


def _has(index: frozenset[str], wanted: list[str]) -> bool:
    return all(any(form in index for form in forms(word)) for word in wanted)


@functools.cache
def _indexes() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the words of each row, by language, in every form they are looked for as."""
    return {
        row.code: (_forms(f"{row.name_es} {row.text_es}"), _forms(row.text_en)) for row in goals().values()
    }  # fmt: skip


def _forms(text: str) -> frozenset[str]:
    return frozenset(form for word in words(text) for form in forms(word))
