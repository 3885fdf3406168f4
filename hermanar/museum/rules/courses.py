"""How a course is scored and what comes next: pure functions on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_WORDS_A_MINUTE = 180  # reading to learn, with pauses
_SECONDS_A_QUESTION = 20


@dataclass(frozen=True, slots=True)
class Score:
    """How many answers were right, of how many questions; `missing` are the questions left open."""

    right: int
    total: int
    wrong: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Return the share of right answers in hundredths, never rounded up."""
        return 100 * self.right // self.total if self.total else 0


def score(key: Mapping[str, str], answers: Mapping[str, str]) -> Score:
    """Compare answers with the key; what the key does not ask counts for nothing."""
    missing = tuple(name for name in key if not answers.get(name))
    wrong = tuple(name for name, right in key.items() if answers.get(name) and answers[name] != right)
    return Score(len(key) - len(missing) - len(wrong), len(key), wrong, missing)


def is_passed(found: Score, *, pass_percent: int) -> bool:
    """Say whether enough was right; a test without questions is not passed by anyone."""
    return found.total > 0 and 100 * found.right >= pass_percent * found.total


def needed(total: int, *, pass_percent: int) -> int:
    """Return how many right answers pass a test."""
    return -(-pass_percent * total // 100)


def next_lesson(numbers: Sequence[int], passed: Iterable[int], *, after: int = 0) -> int | None:
    """Return the first lesson not passed yet, looking on from one and then from the start; None when all are."""
    left = [number for number in numbers if number not in set(passed)]
    return next((number for number in left if number > after), left[0] if left else None)


def minutes(text: str, *, questions: int = 0) -> int:
    """Return how long a lesson takes to read and answer, at least a minute."""
    seconds = 60 * len(text.split()) / _WORDS_A_MINUTE + _SECONDS_A_QUESTION * questions
    return max(1, round(seconds / 60))
