"""Courses as the public reads them: in the reader's language, each text marked when it is in another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hermanar.catalogue.read.locators import locator
from hermanar.foundation.models import Source
from hermanar.museum.models.courses import LETTERS, Audience, Course, Lesson, Question
from hermanar.museum.rules.courses import minutes
from hermanar.museum.rules.lesson_text import Block, blocks_of, sources_named


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and its language when that is not the reader's."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An answer one may choose."""

    letter: str
    text: Said


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A question with its options; who answers is told which is right only afterwards."""

    name: str  # of its field: r1, r2…
    lesson: int
    text: Said
    options: tuple[OptionLine, ...]
    right: str
    explanation: Said


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source that a lesson rests on, with the places in it by the numbers that the text gives them."""

    title: Said
    author: str
    published: str
    address: str
    passages: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson in the list of its course."""

    number: int
    slug: str
    title: Said
    minutes: int
    question_count: int


@dataclass(frozen=True, slots=True)
class LessonSheet:
    """A lesson whole."""

    line: LessonLine
    blocks: tuple[Block, ...]
    lang: str
    questions: tuple[QuestionSheet, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class CourseSheet:
    """A course with its lessons and its final test."""

    slug: str
    audience: str
    title: Said
    summary: Said
    version: int
    pass_percent: int
    lessons: tuple[LessonLine, ...]
    final: tuple[QuestionSheet, ...]

    @property
    def minutes(self) -> int:
        """Return how long the lessons take together."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the lessons, in their order."""
        return tuple(lesson.number for lesson in self.lessons)


def said(record: Any, name: str, *, language: str) -> Said:
    """Return a text in the reader's language, or in the other one with its mark."""
    spanish, english = getattr(record, name), getattr(record, f"{name}_en")
    if language == "en":
        return Said(english) if english else Said(spanish, "es")
    return Said(spanish)


def published() -> QuerySet[Course]:
    """Return the courses that the public may take."""
    return Course.objects.filter(published_at__lte=timezone.now())


def courses(*, language: str) -> tuple[CourseSheet, ...]:
    """Return every published course, in the order its editors chose."""
    found = published().prefetch_related("lessons__questions")
    return tuple(_course(course, language) for course in found)


def course(slug: str, *, language: str) -> CourseSheet | None:
    """Return a published course, or None."""
    found = published().filter(slug=slug).prefetch_related("lessons__questions").first()
    return _course(found, language) if found else None


def lesson(course_slug: str, slug: str, *, language: str) -> LessonSheet | None:
    """Return a lesson of a published course, or None."""
    found = Lesson.objects.filter(course__in=published(), course__slug=course_slug, slug=slug).first()
    if found is None:
        return None
    body = said(found, "body", language=language)
    blocks = blocks_of(body.text)
    return LessonSheet(
        _line(found, language),
        blocks,
        body.lang,
        _questions([one for one in found.questions.all() if not one.is_final], found.number, language, first=1),
        _sources(found, language),
    )


def _course(found: Course, language: str) -> CourseSheet:
    lessons = list(found.lessons.all())
    final: list[QuestionSheet] = []
    for one in lessons:
        asked = [question for question in one.questions.all() if question.is_final]
        final += _questions(asked, one.number, language, first=len(final) + 1)
    return CourseSheet(
        found.slug,
        str(Audience(found.audience).label),
        said(found, "title", language=language),
        said(found, "summary", language=language),
        found.version,
        found.pass_percent,
        tuple(_line(one, language) for one in lessons),
        tuple(final),
    )


def _line(found: Lesson, language: str) -> LessonLine:
    asked = sum(not question.is_final for question in found.questions.all())
    body = said(found, "body", language=language).text
    time = minutes(body, questions=asked)
    return LessonLine(found.number, found.slug, said(found, "title", language=language), time, asked)


def _questions(found: Sequence[Question], number: int, language: str, *, first: int) -> tuple[QuestionSheet, ...]:
    return tuple(
        QuestionSheet(
            f"r{at}",
            number,
            said(one, "text", language=language),
            tuple(
                OptionLine(letter, said(one, f"option_{letter}", language=language))
                for letter in LETTERS
                if getattr(one, f"option_{letter}")
            ),
            one.right,
            said(one, "explanation", language=language),
        )
        for at, one in enumerate(found, first)
    )


def _sources(found: Lesson, language: str) -> tuple[SourceLine, ...]:
    """Return each source once, in the order in which the text first names one."""
    places: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(listed_sources(found), 1):
        key, _bar, where = line.partition("|")
        places.setdefault(key.strip(), []).append((number, locator(where.strip(), language)))
    known = {one.key: one for one in Source.objects.filter(key__in=places)}
    return tuple(_source(known.get(key), key, tuple(passages), language) for key, passages in places.items())


def _source(found: Source | None, key: str, passages: tuple[tuple[int, str], ...], language: str) -> SourceLine:
    if found is None:  # written by hand: the words are all there is
        return SourceLine(Said(key), "", "", "", passages)
    spanish = Said(found.title_es, "es" if language == "en" else "")
    title = Said(found.title_en) if language == "en" and found.title_en else spanish
    return SourceLine(title, found.author, found.published, found.address, passages)


# ── what a course holds, and what it lacks ───────────────────────────────────────────────────────────────────────────

COURSE_FIELDS = ("audience", "title", "title_en", "summary", "summary_en", "pass_percent")
LESSON_FIELDS = ("number", "slug", "title", "title_en", "body", "body_en", "sources")
QUESTION_FIELDS = (
    "number", "is_final", "text", "text_en", "right", "explanation", "explanation_en",
    *(f"option_{letter}{tail}" for letter in LETTERS for tail in ("", "_en")),
)  # fmt: skip


def course_content(found: Course) -> dict[str, Any]:
    """Return everything a person wrote in a course, for its digest."""
    lessons = []
    for one in Lesson.objects.filter(course=found).order_by("number"):
        asked = Question.objects.filter(lesson=one).order_by("is_final", "number")
        questions = [{name: getattr(question, name) for name in QUESTION_FIELDS} for question in asked]
        lessons.append({name: getattr(one, name) for name in LESSON_FIELDS} | {"questions": questions})
    return {name: getattr(found, name) for name in COURSE_FIELDS} | {"lessons": lessons}


def listed_sources(found: Lesson) -> list[str]:
    """Return the lines that name the sources of a lesson."""
    return [line for line in found.sources.splitlines() if line.strip()]


def faults_of(found: Course) -> list[str]:
    """Return why the public cannot take a course as it stands, in words."""
    lessons = list(Lesson.objects.filter(course=found).order_by("number"))
    faults = [] if lessons else [_("No tiene lecciones.")]
    for one in lessons:
        asked = list(one.questions.all())
        if not any(not question.is_final for question in asked):
            faults.append(_("La lección %(number)d no tiene preguntas.") % {"number": one.number})
        listed = len(listed_sources(one))
        for number in sorted(sources_named(blocks_of(one.body)) | sources_named(blocks_of(one.body_en))):
            if number > listed or number == 0:
                words = _("La lección %(number)d nombra la fuente [%(source)d], que no está en su lista.")
                faults.append(words % {"number": one.number, "source": number})
    if lessons and not Question.objects.filter(lesson__course=found, is_final=True).exists():
        faults.append(_("No tiene prueba final."))
    return faults
