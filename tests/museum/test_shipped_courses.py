"""What is shipped is whole: both languages, one right answer each, every claim with its place in a source."""

from __future__ import annotations

import csv
import re

import pytest

from hermanar.console.shipped_courses import course_drafts
from hermanar.museum.models.courses import LETTERS, Lesson, Question
from hermanar.museum.rules.lesson_text import blocks_of, sources_named
from tests.conftest import ROOT

DRAFTS = course_drafts()
LESSONS = [(draft, lesson) for draft in DRAFTS for lesson in draft.lessons]
each_lesson = pytest.mark.parametrize(
    ("draft", "lesson"), LESSONS, ids=[f"{draft.slug}-{one.values['number']}" for draft, one in LESSONS]
)


def test_courses_are_whole():
    for draft in DRAFTS:
        assert all(draft.values[name] for name in ("title", "title_en", "summary", "summary_en"))
        assert [lesson.values["number"] for lesson in draft.lessons] == list(range(1, len(draft.lessons) + 1))
        assert sum(one["is_final"] for lesson in draft.lessons for one in lesson.questions) >= 5


def test_one_course_is_complete():
    main = DRAFTS[0]
    assert 6 <= len(main.lessons) <= 8
    for lesson in main.lessons:
        for body in (lesson.values["body"], lesson.values["body_en"]):
            assert 300 <= len(body.split()) <= 600
        assert 4 <= sum(not one["is_final"] for one in lesson.questions) <= 6


@each_lesson
def test_lesson_says_the_same_in_both_languages(draft, lesson):
    values = lesson.values
    assert values["title"]
    assert values["title_en"]
    spanish, english = blocks_of(values["body"]), blocks_of(values["body_en"])
    assert [(block.kind, len(block.items)) for block in spanish] == [(one.kind, len(one.items)) for one in english]
    named = [re.findall(r"\[\d+\]", values[name]) for name in ("body", "body_en")]
    assert sorted(named[0]) == sorted(named[1])


@each_lesson
def test_every_claim_names_a_source_that_is_there(draft, lesson):
    with (ROOT / "hermanar/data/registry/sources.csv").open(encoding="utf-8", newline="") as file:
        known = {row["key"] for row in csv.DictReader(file)}
    lines = [line.split(" | ") for line in lesson.values["sources"].splitlines()]
    assert {key for key, _where in lines} <= known
    assert all(re.search(r"\d", where) for _key, where in lines)
    for name in ("body", "body_en"):
        assert sources_named(blocks_of(lesson.values[name])) == set(range(1, len(lines) + 1))


@each_lesson
def test_every_question_has_one_right_answer_and_says_why(draft, lesson):
    for one in lesson.questions:
        options = [one[f"option_{letter}"] for letter in LETTERS]
        english = [one[f"option_{letter}_en"] for letter in LETTERS]
        assert all(one[name] for name in ("text", "text_en", "explanation", "explanation_en"))
        assert one[f"option_{one['right']}"]
        assert [bool(text) for text in options] == [bool(text) for text in english]
        for texts in (options, english):
            given = [text for text in texts if text]
            assert len(given) >= 2
            assert len(set(given)) == len(given)


def test_right_answers_are_not_always_in_one_place():
    rights = [one["right"] for _draft, lesson in LESSONS for one in lesson.questions]
    assert all(rights.count(letter) >= len(rights) // 5 for letter in "abc")


@each_lesson
def test_texts_fit_their_columns(draft, lesson):
    for model, rows in ((Lesson, [lesson.values]), (Question, lesson.questions)):
        longest = {field.name: field.max_length for field in model._meta.fields if getattr(field, "max_length", None)}
        for row in rows:
            assert all(len(str(row[name])) <= most for name, most in longest.items() if name in row)
