"""Courses: the list, one of them, its lessons and its final test. Progress goes along in the address, signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.museum import linked
from hermanar.museum.limits import admits
from hermanar.museum.queries import courses as queries
from hermanar.museum.queries.courses import CourseSheet, LessonSheet
from hermanar.museum.rules.courses import next_lesson
from hermanar.museum.rules.lesson_text import Item, spans_of
from hermanar.museum.rules.turns import COURSE_FINAL
from hermanar.museum.tokens import Passed, pass_token, progress_token, read_progress
from hermanar.museum.views.choosing import GUANAJUATO
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.quizzes import FIELDS, quiz
from hermanar.museum.views.refusals import too_many
from hermanar.museum.views.sharing import shared


@public()
def course_list(request: HttpRequest) -> HttpResponse:
    """List the courses that are open, after what they are for: how many ties a source found alive."""
    context = {"courses": queries.courses(language=language()), "alive": _alive()}
    return render(request, "museum/courses/list.html", context)


def _alive() -> Item | None:
    """Return how many of the city's ties a source called active, to be drawn; None when no source counted."""
    sheet = read.place(GUANAJUATO, today=today(), language=language())
    figure = next((one for one in sheet.figures if "active" in one.key), None) if sheet else None
    if sheet is None or figure is None or not figure.value.isdigit() or int(figure.value) > len(sheet.agreements):
        return None
    told = f"{figure.stated_by}, {figure.as_of}"
    return Item(spans_of(told), f"{figure.value}/{len(sheet.agreements)}", int(figure.value), len(sheet.agreements))


@public("avance")
def course_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a course: what one learns, its lessons, how far one came, the next step."""
    course, passed = _course(request, slug)
    told = linked_course(request, course)
    return _page(request, "page", {**_way(course, passed), **told})


def linked_course(request: HttpRequest, course: CourseSheet) -> dict[str, Any]:
    """Return how a course is told elsewhere; the address bears no learner's progress."""

    def nodes(url: str, site: str) -> list[linked.Node]:
        return [linked.course(course, url=url, site=site, language=language())]

    steps = [(_("Cursos"), reverse("museum:courses"))]
    said = course.summary.text
    return shared(request, course.title.text, description=said, card=("curso", course.slug), steps=steps, nodes=nodes)


def _linked_lesson(request: HttpRequest, course: CourseSheet, sheet: LessonSheet) -> dict[str, Any]:
    course_path = reverse("museum:course", args=[course.slug])

    def nodes(url: str, site: str) -> list[linked.Node]:
        return [linked.lesson(sheet, url=url, course_url=site + course_path, language=language())]

    steps = [(_("Cursos"), reverse("museum:courses")), (course.title.text, course_path)]
    title = sheet.line.title.text
    return shared(request, title, description=course.title.text, card=("curso", course.slug), steps=steps, nodes=nodes)


@public("avance", *FIELDS)
def lesson_page(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """Show a lesson and its questions; with answers, which were right and why."""
    course, passed = _course(request, slug)
    sheet = queries.lesson(slug, lesson, language=language())
    if sheet is None:
        raise Http404
    test = quiz(request, sheet.questions, pass_percent=course.pass_percent)
    number = sheet.line.number
    was_passed = number in passed
    if test["is_passed"]:
        passed |= {number}
    context = {**_way(course, passed, here=number), "lesson": sheet, "quiz": test, "was_passed": was_passed}
    return _page(request, "lesson", {**context, **_linked_lesson(request, course, sheet)})


@public("avance", *FIELDS)
def final_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the final test to whoever passed every lesson; passed, it leads to the certificate."""
    course, passed = _course(request, slug)
    if not course.final:
        raise Http404
    context = _way(course, passed, here=0)
    if context["next"]["lesson"]:
        return _page(request, "before_final", context)
    test = quiz(request, course.final, pass_percent=course.pass_percent)
    if test["is_sent"] and not admits(request, COURSE_FINAL):
        return too_many(request)
    weak = {one["sheet"].lesson for one in test["questions"] if not one["is_right"]}
    context |= {"quiz": test, "again": [one for one in context["lessons"] if one["line"].number in weak]}
    if test["is_passed"]:
        context["pass_token"] = pass_token(Passed(slug, course.version, test["score"].percent, today()))
    return _page(request, "final", context)


def _course(request: HttpRequest, slug: str) -> tuple[CourseSheet, frozenset[int]]:
    course = queries.course(slug, language=language())
    if course is None:
        raise Http404
    return course, read_progress(request.GET.get("avance", ""), course=slug) & frozenset(course.numbers)


def _way(course: CourseSheet, passed: Iterable[int], *, here: int | None = None) -> dict[str, Any]:
    """Return a course with its lessons, which were passed, and the next step; every link carries the progress."""
    done = frozenset(passed)
    token = progress_token(course.slug, done) if done else ""
    lessons: list[dict[str, Any]] = [
        {
            "line": line,
            "url": _address("lesson", course.slug, line.slug, token=token),
            "is_passed": line.number in done,
            "is_here": line.number == here,
        }
        for line in course.lessons
    ]
    coming = next_lesson(course.numbers, done, after=here or 0)
    following = next((one for one in lessons if one["line"].number == coming), None)
    return {
        "course": course,
        "lessons": lessons,
        "passed_count": len(done),
        "token": token,
        "course_url": _address("course", course.slug, token=token),
        "final_url": _address("course_final", course.slug, token=token),
        "next": {"lesson": following, "is_final": following is None and bool(course.final)},
        "is_final_here": here == 0,
    }


def _address(name: str, *args: str, token: str) -> str:
    query = f"?{urlencode({'avance': token}, safe='~')}" if token else ""
    return reverse(f"museum:{name}", args=args) + query


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, f"museum/courses/{name}.html", context)
    if request.GET:  # a learner's own address is nobody else's to find
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-cache"
    return response
