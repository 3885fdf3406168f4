"""Courses are entered once, brought up to date, left alone where an editor was, and shown only when they are whole."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import IntegrityError
from django.utils import timezone

from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry
from hermanar.museum.actions.courses import UnfinishedCourseError, load_courses, publish_course, unpublish_course
from hermanar.museum.models import Course, Lesson, Question
from hermanar.museum.queries.courses import faults_of
from tests.museum.lessons import draft, entered, lesson, question

pytestmark = pytest.mark.django_db
EDITOR = Actor("edición", Role.MUSEUM_EDITOR)


def load(*drafts):
    return load_courses(drafts, by=CONSOLE, published_at=timezone.now())


def test_a_load_may_be_repeated():
    assert load(draft()).created == ["curso"]
    assert load(draft()).unchanged == ["curso"]
    assert (Course.objects.count(), Lesson.objects.count(), Question.objects.count()) == (1, 2, 6)
    assert Course.objects.get().version == 1
    assert TrailEntry.objects.filter(code="course.loaded").count() == 1


def test_a_changed_file_makes_the_next_version():
    first = entered()
    done = load(draft(lessons=[lesson(1, body="Otro texto."), lesson(2), lesson(3)]))
    assert done.updated == ["curso"]
    again = Course.objects.get()
    assert (again.pk, again.version, again.lessons.count()) == (first.pk, 2, 3)
    assert again.published_at == first.published_at


@pytest.mark.parametrize(
    "edit",
    [
        lambda: Course.objects.update(title="De la editora"),
        lambda: Lesson.objects.filter(number=2).update(body_en="Hers"),
        lambda: Question.objects.filter(number=2).update(right="a"),
        lambda: Question.objects.filter(is_final=True).delete(),
        lambda: Lesson.objects.filter(number=1).delete(),
    ],
)
def test_what_an_editor_changed_wins(edit):
    entered()
    edit()
    done = load(draft(lessons=[lesson(1, title="Del archivo"), lesson(2)], title="Del archivo"))
    assert done.kept == ["curso"]
    assert not Lesson.objects.filter(title="Del archivo").exists()
    assert not Course.objects.filter(title="Del archivo").exists()


def test_a_load_never_shows_what_was_hidden():
    course = entered()
    unpublish_course(course.pk, version=1, by=EDITOR)
    load(draft())
    load(draft(title="Otro"))
    assert Course.objects.get().published_at is None


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (dataclasses.replace(draft(), lessons=[]), "No tiene lecciones."),
        (draft(lessons=[lesson(1, questions=[question(1, is_final=True)])]), "La lección 1 no tiene preguntas."),
        (draft(lessons=[lesson(1, questions=[question(1)])]), "No tiene prueba final."),
        (
            draft(lessons=[lesson(1, body="Dicho [7].")]),
            "La lección 1 nombra la fuente [7], que no está en su lista.",
        ),
    ],
)
def test_an_unfinished_course_is_not_shown(broken, fault):
    course = entered(broken)
    assert faults_of(course) == [fault]
    with pytest.raises(UnfinishedCourseError) as refused:
        publish_course(course.pk, version=1, by=EDITOR, at=timezone.now())
    assert refused.value.faults == (fault,)


def test_publishing_checks_the_version_and_leaves_a_trace():
    course = entered()
    unpublish_course(course.pk, version=1, by=EDITOR)
    with pytest.raises(EditConflictError):
        publish_course(course.pk, version=1, by=EDITOR, at=timezone.now())
    publish_course(course.pk, version=2, by=EDITOR, at=timezone.now())
    course.refresh_from_db()
    assert course.published_at is not None
    codes = list(TrailEntry.objects.order_by("number").values_list("code", flat=True))
    assert codes[-2:] == ["course.unpublished", "course.published"]


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.READER, Role.ANALYST, Role.COMMITTEE_MEMBER])
def test_others_may_not(role):
    course = entered()
    by = Actor("otra", role)
    with pytest.raises(NotAllowedError):
        load_courses([draft()], by=by, published_at=timezone.now())
    with pytest.raises(NotAllowedError):
        unpublish_course(course.pk, version=1, by=by)
    with pytest.raises(NotAllowedError):
        publish_course(course.pk, version=1, by=by, at=timezone.now())


@pytest.mark.parametrize("right", ["c", "d", "x", ""])
def test_the_right_option_is_one_of_those_there(right):
    entered()
    with pytest.raises(IntegrityError):
        Question.objects.filter(number=1).update(right=right)
