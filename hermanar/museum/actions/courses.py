"""Courses entered from files and shown to the public; what an editor changed is never written over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.editing import claim
from hermanar.museum.models.courses import Course, Lesson, Question
from hermanar.museum.queries.courses import course_content, faults_of


class UnfinishedCourseError(ValueError):
    """A course that the public cannot take as it stands, with what is wrong with it."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson as a file gives it."""

    values: Mapping[str, Any]  # by queries.courses.LESSON_FIELDS
    questions: Sequence[Mapping[str, Any]]  # by queries.courses.QUESTION_FIELDS


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course as files give it."""

    slug: str
    position: int
    values: Mapping[str, Any]  # by queries.courses.COURSE_FIELDS
    lessons: Sequence[LessonDraft]


@dataclass(slots=True)
class LoadedCourses:
    """What a load did, course by course."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # an editor changed them
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def load_courses(drafts: Sequence[CourseDraft], *, by: Actor, published_at: dt.datetime) -> LoadedCourses:
    """Enter the shipped courses and bring them up to date; one that an editor touched stays as the editor left it."""
    require(by, Verb.KEEP_COURSES)
    done = LoadedCourses()
    for draft in drafts:
        standing = Course.objects.filter(slug=draft.slug).first()
        if standing is None:
            values = {**draft.values, "position": draft.position, "published_at": published_at}
            course = Course.objects.create(slug=draft.slug, **values)
            done.created.append(draft.slug)
        elif trail.digest_of(course_content(standing)) != standing.shipped_digest:
            done.kept.append(draft.slug)
            continue
        else:
            course = standing
        _write(course, draft, done)
    if done.created or done.updated:
        trail.record("courses.loaded", by=by, content=[*done.created, *done.updated])
    return done


def _write(course: Course, draft: CourseDraft, done: LoadedCourses) -> None:
    """Make the course what the file says, and remember that it came from there; the next version if it was another."""
    before = course.shipped_digest
    for name, value in draft.values.items():
        setattr(course, name, value)
    course.lessons.all().delete()
    for lesson in draft.lessons:
        kept = Lesson.objects.create(course=course, **lesson.values)
        Question.objects.bulk_create(Question(lesson=kept, **values) for values in lesson.questions)
    course.shipped_digest = trail.digest_of(course_content(course))
    if before == course.shipped_digest:
        done.unchanged.append(course.slug)
    elif before:
        course.version += 1
        done.updated.append(course.slug)
    course.save()


@transaction.atomic
def publish_course(course: UUID, *, version: int, by: Actor, at: dt.datetime) -> None:
    """Show a course to the public. Raises UnfinishedCourseError when it cannot be taken as it stands."""
    require(by, Verb.KEEP_COURSES)
    faults = faults_of(Course.objects.get(pk=course))
    if faults:
        raise UnfinishedCourseError(faults)
    claim(Course.objects.filter(pk=course), version=version, published_at=at)
    trail.record("course.published", by=by, subject=str(course))


@transaction.atomic
def unpublish_course(course: UUID, *, version: int, by: Actor) -> None:
    """Take a course away from the public; certificates that were given stay genuine."""
    require(by, Verb.KEEP_COURSES)
    claim(Course.objects.filter(pk=course), version=version, published_at=None)
    trail.record("course.unpublished", by=by, subject=str(course))
