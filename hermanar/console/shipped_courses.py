"""The courses that come with the product, read from their files."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from hermanar.foundation.access import CONSOLE
from hermanar.museum.actions.courses import CourseDraft, LessonDraft, load_courses
from hermanar.museum.queries.courses import COURSE_FIELDS, LESSON_FIELDS, QUESTION_FIELDS

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "museum" / "courses"
Row = dict[str, str]


def load_shipped_courses() -> str:
    """Enter the courses and say what was done."""
    done = load_courses(course_drafts(), by=CONSOLE, published_at=timezone.now())
    counted = {"new": len(done.created), "changed": len(done.updated), "same": len(done.unchanged)}
    told = _("%(new)d cursos nuevos, %(changed)d cambiados, %(same)d iguales") % counted
    return told + ("; " + _("editados, sin tocar: %s") % ", ".join(done.kept) if done.kept else "")


def course_drafts() -> list[CourseDraft]:
    """Return the shipped courses as their files give them."""
    lessons: dict[str, list[Row]] = defaultdict(list)
    for row in _rows("lessons"):
        lessons[row["course"]].append(row)
    questions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _rows("questions"):
        questions[row["course"], row["lesson"]].append(row)
    return [
        CourseDraft(
            slug=row["slug"],
            position=int(row["position"]),
            values={name: row[name] for name in COURSE_FIELDS} | {"pass_percent": int(row["pass_percent"])},
            lessons=[_lesson(one, questions[row["slug"], one["number"]]) for one in lessons[row["slug"]]],
        )
        for row in _rows("courses")
    ]


def _lesson(row: Row, questions: list[Row]) -> LessonDraft:
    texts = {"body": _text(row, "es"), "body_en": _text(row, "en")}
    values = {name: row[name] for name in LESSON_FIELDS if name not in texts} | texts | {"number": int(row["number"])}
    return LessonDraft(values, [_question(one) for one in questions])


def _question(row: Row) -> dict[str, object]:
    values: dict[str, object] = {name: row[name] for name in QUESTION_FIELDS}
    return values | {"number": int(row["number"]), "is_final": row["is_final"] == "yes"}


def _text(row: Row, language: str) -> str:
    return (_FOLDER / "texts" / row["course"] / f"{row['number']}.{language}.txt").read_text(encoding="utf-8").strip()


def _rows(name: str) -> list[Row]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
