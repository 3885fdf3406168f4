"""The trail shows that a link was changed, taken out, put in or moved."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from hermanar.console import shipped
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role, Verb, require
from hermanar.foundation.models import Source, Statement, TrailEntry
from hermanar.foundation.statements import StatementDraft, record_sources, replace_statements
from hermanar.foundation.trail.wall import build, take_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return [trail.record("agreement.recorded", by=CONSOLE, content={"row": n}) for n in range(5)]


def test_trail_untouched_has_no_break(chain):
    assert [entry.number for entry in chain] == [1, 2, 3, 4, 5]
    assert trail.first_break() is None


@pytest.mark.parametrize("field", ["actor", "code", "subject", "content_digest", "previous_digest"])
def test_trail_edit_is_seen(chain, field, no_wall):
    TrailEntry.objects.filter(number=3).update(**{field: "x"})
    assert trail.first_break() == 3


def test_trail_deletion_is_seen(chain, no_wall):
    TrailEntry.objects.filter(number=2).delete()
    assert trail.first_break() == 2


def test_trail_swap_is_seen(chain, no_wall):
    TrailEntry.objects.filter(number=2).update(number=99)
    TrailEntry.objects.filter(number=3).update(number=2)
    assert trail.first_break() == 2


EMPTYING = (
    "TRUNCATE foundation_trailentry" if connection.vendor == "postgresql" else "DELETE FROM foundation_trailentry"
)


@pytest.mark.row(19)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_trailentry SET code = 'x' WHERE number = 2",
        "DELETE FROM foundation_trailentry WHERE number = 2",
        EMPTYING,
    ],
)
def test_the_database_itself_refuses(chain, statement):
    with (
        pytest.raises(IntegrityError, match="the trail only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert trail.first_break() is None
    assert TrailEntry.objects.count() == 5
    take_down(connection)
    with connection.cursor() as cursor:  # the control: nothing else stood in its way
        cursor.execute(statement)
    build(connection)
    trail.record("agreement.recorded", by=CONSOLE, chain="otra")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_trailentry WHERE chain = 'otra'")


def test_public_may_only_send_report_and_judge():
    for verb in set(Verb) - {Verb.CONTRIBUTE, Verb.REPORT_CONTRIBUTION, Verb.JUDGE_WORKS}:
        with pytest.raises(NotAllowedError):
            require(Actor("visitor", Role.PUBLIC), verb)


SUBJECT = uuid.UUID(int=7)
SOURCES = [{"key": key, "kind": "press", "title_es": key} for key in ("una", "otra")]


def stated(value, key="una"):
    return replace_statements({SUBJECT: [StatementDraft("event", value, key)]}, by=CONSOLE)


def test_sources_leave_a_trail_only_when_they_change():
    assert (record_sources(SOURCES, by=CONSOLE), record_sources(SOURCES, by=CONSOLE)) == (2, 2)
    record_sources([{**SOURCES[0], "title_es": "Una"}], by=CONSOLE)
    assert Source.objects.get(key="una").title_es == "Una"
    assert list(TrailEntry.objects.values_list("code", flat=True)) == ["source.recorded"] * 2


def test_statements_replace_only_those_of_their_source():
    record_sources(SOURCES, by=CONSOLE)
    for value, key in (("a", "una"), ("b", "otra"), ("c", "una"), ("c", "una")):
        stated(value, key)
    assert sorted(Statement.objects.values_list("value", "source__key")) == [("b", "otra"), ("c", "una")]
    assert TrailEntry.objects.filter(code="facts.stated").count() == 3


def test_visitor_states_nothing():
    visitor = Actor("visitor", Role.PUBLIC)
    for attempt in (lambda: record_sources(SOURCES, by=visitor), lambda: replace_statements({}, by=visitor)):
        with pytest.raises(NotAllowedError):
            attempt()
    assert (Source.objects.count(), TrailEntry.objects.count()) == (0, 0)


def test_shipped_list_is_stated_as_the_import_states_it():
    row = dict.fromkeys(
        ["signed", "kind", "term_years", "registered", "active", "active_as_of", "note_es", "note_en", "passage"], ""
    )
    said = [(one.field, one.value) for one in shipped._own_statements({**row, "source": "una"})]
    assert said == [("listed", "yes")]
