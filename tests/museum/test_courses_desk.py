"""Courses at the desk: an editor mends one, two never undo each other, and only what is whole is shown."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.html import escape

from hermanar.foundation.access import APPROVES, EDITS, INVITED, Role
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.actions.rooms import group_of
from hermanar.museum.models import Course, Lesson, Question
from tests.cast import gather
from tests.museum.lessons import draft, entered, lesson
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
KINDS = {"course": "wagtailsnippets_museum_course", "lesson": "wagtailsnippets_museum_lesson"}


@pytest.fixture
def cast(db):
    lay_out()
    return gather()


@pytest.fixture
def client(cast):
    return client_of(cast.of(Role.MUSEUM_EDITOR))


def edit(kind, record):
    return reverse(f"{KINDS[kind]}:edit", args=[record.pk])


def course_fields(course, **more):
    names = ("title", "title_en", "summary", "summary_en", "slug", "audience", "pass_percent", "position")
    shown = {"is_shown": "on"} if course.published_at else {}
    return {name: getattr(course, name) for name in names} | {"read_at": course.version} | shown | more


def lesson_fields(found, **more):
    names = ("number", "slug", "title", "title_en", "body", "body_en", "sources")
    fields = {name: getattr(found, name) for name in names} | {
        "course": found.course_id,
        "read_at": found.course.version,
    }
    asked = list(found.questions.all())
    for at, question in enumerate(asked):
        for field in Question._meta.fields:
            if field.name in {"lesson", "is_final"}:
                continue
            fields[f"questions-{at}-{field.name}"] = getattr(question, field.name)
        if question.is_final:
            fields[f"questions-{at}-is_final"] = "on"
    counts = {"TOTAL": len(asked), "INITIAL": len(asked), "MIN_NUM": 0, "MAX_NUM": 1000}
    return fields | {f"questions-{name}_FORMS": count for name, count in counts.items()} | more


def test_an_editor_mends_a_course_under_its_next_version(client):
    course = entered()
    assert client.get(edit("course", course)).status_code == 200
    assert client.post(edit("course", course), course_fields(course, title="Otro título")).status_code == 302
    course.refresh_from_db()
    assert (course.title, course.version) == ("Otro título", 2)
    assert course.published_at is not None


def test_a_lesson_with_its_questions_makes_the_next_version_of_its_course(client):
    course = entered()
    found = course.lessons.first()
    assert client.get(edit("lesson", found)).status_code == 200
    response = client.post(edit("lesson", found), lesson_fields(found, **{"questions-0-right": "a"}))
    assert response.status_code == 302
    course.refresh_from_db()
    assert course.version == 2
    assert Question.objects.get(lesson=found, number=1, is_final=False).right == "a"


@pytest.mark.parametrize("kind", ["course", "lesson"])
def test_who_comes_second_learns_it_and_loses_nothing(client, kind):
    course = entered()
    record = course if kind == "course" else course.lessons.first()
    fields = (course_fields if kind == "course" else lesson_fields)(record, title="Lo de la segunda")
    Course.objects.update(version=2, title="Lo de la primera")
    response = client.post(edit(kind, record), fields)
    assert response.status_code == 200
    assert "Alguien más cambió este curso" in response.content.decode()
    assert "Lo de la segunda" in response.content.decode()
    assert Course.objects.get().title == "Lo de la primera"
    assert not Lesson.objects.filter(title="Lo de la segunda").exists()


def test_what_is_not_whole_is_not_shown(client):
    course = entered(draft(lessons=[lesson(1, body="Dicho [7].")]))
    response = client.post(edit("course", course), course_fields(course))
    assert escape("nombra la fuente [7]") in response.content.decode()
    fields = course_fields(course)
    del fields["is_shown"]
    assert client.post(edit("course", course), fields).status_code == 302
    assert Course.objects.get().published_at is None


@pytest.mark.parametrize(
    ("role", "status"), [(Role.DIRECTOR, 200), (Role.MUSEUM_EDITOR, 200), (Role.ANALYST, 403), (Role.READER, 403)]
)
def test_only_who_works_in_the_museum_mends_courses(cast, role, status):
    course, client = entered(), client_of(cast.of(role))
    assert client.get(edit("course", course)).status_code == status
    if status == 403:
        assert client.post(edit("course", course), course_fields(course, title="Ajeno")).status_code == 403
        assert Course.objects.get().title == "El curso"


def test_whoever_is_only_asked_into_a_room_has_no_part_in_courses(cast):
    lay_out()
    for part, has_part in ((EDITS, True), (APPROVES, True), (INVITED, False)):
        group = group_of(part, "guanajuato", "ashland" if part == INVITED else "")
        assert group.permissions.filter(codename="change_course").exists() is has_part


def test_nobody_deletes_one(cast):
    course, client = entered(), client_of(cast.of(Role.DIRECTOR))
    client.post(reverse(f"{KINDS['course']}:delete", args=[course.pk]))
    assert Course.objects.filter(pk=course.pk).exists()


def test_the_lists_open(client):
    entered()
    for name in KINDS.values():
        assert client.get(reverse(f"{name}:list")).status_code == 200
        assert client.get(reverse(f"{name}:add")).status_code == 200
