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
from hermanar.museum.queries.contents import course_told
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
    trail.hold()
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
        if draft.slug in {*done.created, *done.updated}:
            _tell("course.loaded", course, by=by)
    return done


def _tell(code: str, course: Course, *, by: Actor) -> Course:
    """Tell the trail of a course as it is kept now."""
    fresh = Course.objects.get(pk=course.pk)
    trail.record(code, by=by, subject=str(fresh.pk), content=course_told(fresh))
    return fresh


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
    trail.hold()
    kept = Course.objects.get(pk=course)
    _be_whole(kept)
    claim(Course.objects.filter(pk=course), version=version, published_at=at)
    _tell("course.published", kept, by=by)


@transaction.atomic
def unpublish_course(course: UUID, *, version: int, by: Actor) -> None:
    """Take a course away from the public; certificates that were given stay genuine."""
    require(by, Verb.KEEP_COURSES)
    trail.hold()
    claim(Course.objects.filter(pk=course), version=version, published_at=None)
    _tell("course.unpublished", Course.objects.get(pk=course), by=by)


@transaction.atomic
def keep_course(values: Mapping[str, Any], *, by: Actor, course: UUID | None = None, version: int = 0) -> Course:
    """Write a new course, not shown yet, or mend one at the version that was read.

    `values` go by queries.courses.COURSE_FIELDS, slug and position. Raises NotAllowedError, Course.DoesNotExist,
    EditConflictError, and UnfinishedCourseError for one that the public takes and could no longer.
    """
    require(by, Verb.KEEP_COURSES)
    trail.hold()
    if course is None:
        return _tell("course.kept", Course.objects.create(**values), by=by)
    claim(Course.objects.filter(pk=course), version=version, **values)
    kept = Course.objects.get(pk=course)
    if kept.published_at:
        _be_whole(kept)
    return _tell("course.kept", kept, by=by)


@transaction.atomic
def keep_lesson(
    draft: LessonDraft, *, course: UUID, by: Actor, lesson: UUID | None = None, version: int | None = None
) -> Lesson:
    """Write a lesson with its questions, in the next version of its course; a new one may name no version.

    Raises as `keep_course`, and Lesson.DoesNotExist for one of another course.
    """
    require(by, Verb.KEEP_COURSES)
    trail.hold()
    kept_course = Course.objects.get(pk=course)
    claim(Course.objects.filter(pk=course), version=kept_course.version if version is None else version)
    if lesson is None:
        kept = Lesson.objects.create(course=kept_course, **draft.values)
    else:
        kept = Lesson.objects.get(pk=lesson, course=course)
        Lesson.objects.filter(pk=lesson).update(**draft.values)
        Question.objects.filter(lesson=lesson).delete()
    Question.objects.bulk_create(Question(lesson=kept, **values) for values in draft.questions)
    if kept_course.published_at:
        _be_whole(kept_course)
    _tell("course.lesson_kept", kept_course, by=by)
    return Lesson.objects.get(pk=kept.pk)


def _be_whole(course: Course) -> None:
    if faults := faults_of(course):
        raise UnfinishedCourseError(faults)
