"""Every verb locks its chain before any row: two that locked in turn would wait for each other on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hermanar.foundation import intake
from hermanar.foundation.access import CONSOLE, Actor, Role
from hermanar.foundation.intake import Complaint, Kind, Sending
from hermanar.foundation.intake.erasing import erase_of
from hermanar.foundation.models import Revision, uuid7
from hermanar.museum.actions import courses, dialogue, pairs
from hermanar.museum.models import Lesson, Problem
from tests.museum.everyday import WHOLE, a_pair
from tests.museum.lessons import draft, entered, lesson
from tests.museum.voices import PROBLEM

pytestmark = pytest.mark.django_db
EDITOR = Actor("editor", Role.COORDINATOR)
HELLO = {"sender": "guanajuato", "receiver": "ashland", "scene": "path", "wall": "rose", "text": "Hola, vecinos"}
LETTER = {"organisation": "Taller", "contact": "ana@example.org"}
WRITES = ("INSERT", "UPDATE", "DELETE")


def of_courses():
    kept, now = entered(), timezone.now()
    return {
        courses.load_courses: lambda: courses.load_courses(
            [draft(title="Otro"), draft("segundo")], by=CONSOLE, published_at=now
        ),
        courses.unpublish_course: lambda: courses.unpublish_course(kept.pk, version=2, by=EDITOR),
        courses.publish_course: lambda: courses.publish_course(kept.pk, version=3, by=EDITOR, at=now),
        courses.keep_course: lambda: courses.keep_course({"title": "De ella"}, by=EDITOR, course=kept.pk, version=4),
        courses.keep_lesson: lambda: courses.keep_lesson(
            lesson(1), course=kept.pk, by=EDITOR, lesson=Lesson.objects.get(course=kept, number=1).pk, version=5
        ),
    }


def of_pairs():
    kept = pairs.draft(a_pair(slug="primera"), by=EDITOR)
    return {
        pairs.draft: lambda: pairs.draft(a_pair(slug="segunda"), by=EDITOR),
        pairs.publish: lambda: pairs.publish(kept.pk, by=EDITOR, version=1),
        pairs.mend: lambda: pairs.mend(kept.pk, said=a_pair(slug="primera", note="Otra"), by=EDITOR, version=2),
        pairs.withdraw: lambda: pairs.withdraw(kept.pk, by=EDITOR, version=3),
        pairs.load_pairs: lambda: pairs.load_pairs([WHOLE], by=CONSOLE),
    }


def of_the_board():
    dialogue.load_problems([PROBLEM], by=EDITOR)
    asked = Problem.objects.get()
    said = dialogue.ProblemDraft("otra", "", "¿Y el agua?", "Falta.")
    learnt = dialogue.PracticeDraft(asked.pk, "Separar", "En casa.")
    practice = dialogue.gather(learnt, by=EDITOR)
    return {
        dialogue.load_problems: lambda: dialogue.load_problems([replace(PROBLEM, text="Más.")], by=EDITOR),
        dialogue.keep_problem: lambda: dialogue.keep_problem(said, by=EDITOR, problem=asked.pk, version=2),
        dialogue.show_problem: lambda: dialogue.show_problem(asked.pk, by=EDITOR, version=3, is_shown=False),
        dialogue.gather: lambda: dialogue.gather(learnt, by=EDITOR, practice=practice.pk, version=1),
        dialogue.show_practice: lambda: dialogue.show_practice(practice.pk, by=EDITOR, version=2, is_shown=True),
    }


def of_the_intake():
    office = uuid7()
    by = Actor("director", Role.DIRECTOR, office, uuid7())
    hello, *letters = [
        intake.receive(Sending(kind, content, "es", uuid4(), office=office))
        for kind, content in ((Kind.HELLO, HELLO), *[(Kind.INQUIRY, {**LETTER, "text": f"{n}"}) for n in range(3)])
    ]
    return {
        intake.publish: lambda: intake.publish(hello.pk, by=by, version=1),
        intake.report: lambda: intake.report(hello.pk, Complaint.HARM, note="", key=uuid4()),
        intake.take_back: lambda: intake.take_back(hello.key),
        intake.forget_personal: lambda: intake.forget_personal(letters[0].pk),
        intake.remove: lambda: intake.remove(letters[1].pk, by=by, version=1, reason="x"),
        erase_of: lambda: erase_of(LETTER["contact"], by=CONSOLE),
    }


def order_of(verb):
    """Return in which order a verb touches what: the chain's row, then what it locks."""
    with CaptureQueriesContext(connection) as asked:
        verb()
    said = [one["sql"] for one in asked]
    chain = next(at for at, sql in enumerate(said) if f'"{Revision._meta.db_table}"' in sql)
    locks = [at for at, sql in enumerate(said) if sql.startswith(WRITES) or "FOR UPDATE" in sql]
    return chain, min(locks)


@pytest.mark.parametrize("verbs", [of_courses, of_pairs, of_the_board, of_the_intake])
def test_each_verb_locks_its_chain_before_any_row(verbs):
    late = {}
    for verb, do in verbs().items():
        chain, first = order_of(do)
        if first < chain:
            late[verb.__name__] = (chain, first)
    assert not late
