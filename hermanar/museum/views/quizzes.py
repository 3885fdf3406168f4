"""A test as a page shows it: what was answered stands in the address, so nothing is kept and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from hermanar.museum.queries.courses import QuestionSheet
from hermanar.museum.rules.courses import Score, is_passed, needed, score

MOST = 60  # questions of one test
CHECK = "revisar"
FIELDS = (CHECK, *(f"r{number}" for number in range(1, MOST + 1)))


def quiz(request: HttpRequest, questions: Sequence[QuestionSheet], *, pass_percent: int) -> dict[str, Any]:
    """Return a test with what was answered; once every question is, its score and whether it is passed."""
    given = {one.name: _letter(request, one) for one in questions}
    found = score({one.name: one.right for one in questions}, given)
    is_sent = CHECK in request.GET
    is_whole = is_sent and not found.missing and bool(questions)
    return {
        "questions": [_asked(one, given[one.name], found, is_sent=is_sent) for one in questions],
        "score": found,
        "is_sent": is_sent,
        "is_whole": is_whole,
        "is_passed": is_whole and is_passed(found, pass_percent=pass_percent),
        "needed": needed(found.total, pass_percent=pass_percent),
    }


def _letter(request: HttpRequest, question: QuestionSheet) -> str:
    """Return the option chosen, or nothing: what is no option of the question was not chosen."""
    given = request.GET.get(question.name, "")
    return given if given in {option.letter for option in question.options} else ""


def _asked(question: QuestionSheet, given: str, found: Score, *, is_sent: bool) -> dict[str, Any]:
    return {
        "sheet": question,
        "is_missing": is_sent and not given,
        "is_right": given == question.right,
        "options": [
            {"line": option, "is_chosen": option.letter == given, "is_right": option.letter == question.right}
            for option in question.options
        ],
    }
