"""A small course for tests: two lessons of two questions, a final test of two."""

from __future__ import annotations

from django.utils import timezone

from hermanar.foundation.access import CONSOLE
from hermanar.museum.actions.courses import CourseDraft, LessonDraft, load_courses
from hermanar.museum.models import Course

BLANK = {f"option_{letter}{tail}": "" for letter in "abcd" for tail in ("", "_en")}


def question(number, *, right="b", is_final=False, **more):
    return {
        "number": number, "is_final": is_final, "text": f"¿Pregunta {number}?", "text_en": f"Question {number}?",
        **BLANK, "option_a": "una", "option_a_en": "one", "option_b": "dos", "option_b_en": "two", "right": right,
        "explanation": f"Porque {number}.", "explanation_en": f"Because {number}.", **more,
    }  # fmt: skip


def lesson(number, *, questions=None, **more):
    values = {
        "number": number, "slug": f"leccion-{number}", "title": f"Título {number}", "title_en": f"Title {number}",
        "body": f"Texto {number} [1].", "body_en": f"Text {number} [1].", "sources": "una-fuente | línea 3", **more,
    }  # fmt: skip
    asked = [question(1), question(2), question(1, is_final=True)] if questions is None else questions
    return LessonDraft(values, asked)


def draft(slug="curso", lessons=None, **more):
    values = {
        "audience": "everyone", "title": "El curso", "title_en": "The course", "summary": "De qué trata.",
        "summary_en": "What it is about.", "pass_percent": 75, **more,
    }  # fmt: skip
    return CourseDraft(slug, 1, values, lessons or [lesson(1), lesson(2)])


def entered(*drafts):
    """Enter courses as a load does and return the first."""
    given = drafts or (draft(),)
    load_courses(given, by=CONSOLE, published_at=timezone.now())
    return Course.objects.get(slug=given[0].slug)
