"""Calendars kept by verbs: closures entered, withdrawn, told again as known, and the shipped ones beside them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hermanar.console.shipped import load_sources, load_working_days, rows_of
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, GRANTED, Actor, NotAllowedError, Role, Verb
from hermanar.foundation.calendar.keeping import (
    CalendarFaultError,
    ClosureDraft,
    UnknownCalendarError,
    calendar_of,
    make_calendar,
    record_closure,
    withdraw_closure,
)
from hermanar.foundation.calendar.loading import load_calendars
from hermanar.foundation.calendar.statutory import StatutoryRule
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import Closure, TrailEntry, WorkingCalendar
from tests import factories as make

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor", Role.PUBLIC)
MAY_1, MAY_4, MAY_5 = dt.date(2026, 5, 1), dt.date(2026, 5, 4), dt.date(2026, 5, 5)


def draft(first=MAY_1, last=None, name="Cierre", **values):
    return ClosureDraft(first, last or first, name, "fuente", **values)


@pytest.fixture
def town():
    make.source()
    return make_calendar("gto", by=CONSOLE, name_es="Ayuntamiento de Guanajuato", authority="Ayuntamiento")


def version(key="gto"):
    return WorkingCalendar.objects.get(key=key).version


def close(*args, key="gto", **values):
    return record_closure(key, draft(*args, **values), by=CONSOLE, version=version(key))


def entries():
    return list(TrailEntry.objects.order_by("number").values_list("code", flat=True))


@pytest.mark.row(19)
def test_verbs_leave_a_trail_and_a_version(town):
    closure = close()
    withdraw_closure(closure.pk, by=CONSOLE, version=2, reason="El acuerdo se dejó sin efecto.")
    assert entries() == ["calendar.made", "calendar.closure_recorded", "calendar.closure_withdrawn"]
    assert [entry.subject for entry in TrailEntry.objects.order_by("number")] == [str(town.pk), *[str(closure.pk)] * 2]
    assert (version(), trail.first_break()) == (3, None)


def test_calendar_is_read_as_it_stands(town):
    assert calendar_of("gto").is_working(MAY_1)
    close(MAY_1, MAY_4, "Feria", name_en="Fair", passage="acta 12")
    calendar = calendar_of("gto")
    (span,) = calendar.closures
    assert (span.name_es, span.name_en, span.calendar, span.source, span.passage) == (
        "Feria", "Fair", "gto", "fuente", "acta 12",
    )  # fmt: skip
    assert calendar.add_working_days(dt.date(2026, 4, 30), 1).day == MAY_5
    assert calendar.rest_days == {6, 7}


def test_calendar_adds_to_the_ones_below(town):
    make_calendar("sapal", by=CONSOLE, name_es="Organismo", based_on="gto", rest_days=[7])
    make_calendar("ventanilla", by=CONSOLE, name_es="Ventanilla", based_on="sapal")
    close(MAY_1)
    close(MAY_5, key="sapal")
    close(MAY_4, key="ventanilla")
    found = {key: {one.first_on for one in calendar_of(key).closures} for key in ("gto", "sapal", "ventanilla")}
    assert found == {"gto": {MAY_1}, "sapal": {MAY_1, MAY_5}, "ventanilla": {MAY_1, MAY_4, MAY_5}}
    assert [calendar_of(key).is_working(dt.date(2026, 5, 2)) for key in ("gto", "sapal")] == [False, True]


def test_withdrawn_closure_stays_for_counts_of_the_past(town):
    at_first = calendar_of("gto")
    before = WorkingCalendar.objects.get().entered_at
    closure = close()
    with_it = calendar_of("gto")
    closed_at = Closure.objects.get().entered_at
    withdraw_closure(closure.pk, by=CONSOLE, version=2, reason="Se trabajó.")
    corrected = close(name="Día del Trabajo")
    assert {one.name_es for one in calendar_of("gto").closures} == {"Día del Trabajo"}
    assert calendar_of("gto", as_known_at=before) == at_first
    assert calendar_of("gto", as_known_at=closed_at) == with_it
    assert calendar_of("gto", as_known_at=corrected.entered_at) == calendar_of("gto")
    withdrawn = Closure.objects.get(pk=closure.pk)
    assert calendar_of("gto", as_known_at=withdrawn.withdrawn_at).closures == frozenset()
    assert (Closure.objects.count(), withdrawn.withdrawal_reason) == (2, "Se trabajó.")


def test_calendar_is_unknown_before_it_was_made(town):
    with pytest.raises(UnknownCalendarError):
        calendar_of("gto", as_known_at=town.entered_at - dt.timedelta(seconds=1))
    with pytest.raises(UnknownCalendarError):
        calendar_of("otro")


def test_reading_a_calendar_asks_little(town, django_assert_num_queries):
    make_calendar("hija", by=CONSOLE, name_es="Hija", based_on="gto")
    for month in range(1, 13):
        close(dt.date(2026, month, 2))
    with django_assert_num_queries(2):  # the calendar with its base, the closures of both
        assert len(calendar_of("hija").closures) == 12


@pytest.mark.parametrize("role", Role)
def test_who_keeps_calendars(town, role):
    actor = Actor("alguien", role)
    if role in {Role.CONSOLE, Role.REGISTRY_STEWARD}:
        assert record_closure("gto", draft(), by=actor, version=1).name_es == "Cierre"
        return
    assert (Verb.KEEP_CALENDAR in GRANTED[role]) == (
        role in {Role.DIRECTOR, Role.ADMINISTRATOR}
    )  # who keeps the office's own only
    with pytest.raises(NotAllowedError):
        record_closure("gto", draft(), by=actor, version=1)


def test_verbs_refuse_who_may_not(town):
    closure = close()
    before = entries()
    for attempt in (
        lambda: make_calendar("otro", by=VISITOR, name_es="Otro"),
        lambda: record_closure("gto", draft(MAY_4), by=VISITOR, version=2),
        lambda: withdraw_closure(closure.pk, by=VISITOR, version=2, reason="porque sí"),
        lambda: load_calendars([], [], by=VISITOR),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert (entries(), version(), Closure.objects.filter(withdrawn_at=None).count()) == (before, 2, 1)


def test_second_of_two_people_learns_that_it_changed(town):
    closure = close()
    with pytest.raises(EditConflictError):
        record_closure("gto", draft(MAY_4), by=CONSOLE, version=1)
    with pytest.raises(EditConflictError):
        withdraw_closure(closure.pk, by=CONSOLE, version=1, reason="Se trabajó.")
    withdraw_closure(closure.pk, by=CONSOLE, version=2, reason="Se trabajó.")
    with pytest.raises(EditConflictError):  # a second click, even by someone who has read again
        withdraw_closure(closure.pk, by=CONSOLE, version=3, reason="Se trabajó.")
    assert entries() == ["calendar.made", "calendar.closure_recorded", "calendar.closure_withdrawn"]
    assert version() == 3


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (draft(MAY_4, MAY_1), "anterior al primero"),
        (draft(name="  "), "en español por qué"),
        (draft(dt.date(226, 5, 1)), "2000 al 2100"),
        (draft(MAY_1, dt.date(2126, 5, 1)), "2000 al 2100"),
        (draft(MAY_1, MAY_1 + dt.timedelta(days=366)), "366 días"),
        (draft(name="x" * 201), "caben 200"),
        (draft(passage="x" * 301), "caben 300"),
    ],
)
def test_closure_that_is_none_is_refused_in_words(town, given, told):
    with pytest.raises(CalendarFaultError, match=told):
        record_closure("gto", given, by=CONSOLE, version=1)
    assert (Closure.objects.count(), version(), entries()) == (0, 1, ["calendar.made"])


def test_the_same_days_are_entered_once(town):
    close(name="Feria")
    with pytest.raises(CalendarFaultError, match="Feria"):
        close(name="Feria de mayo")
    assert (Closure.objects.count(), version()) == (1, 2)


def test_longest_closure_is_a_leap_year(town):
    close(dt.date(2028, 1, 1), dt.date(2028, 12, 31))
    with pytest.raises(CalendarFaultError):
        close(dt.date(2028, 1, 1), dt.date(2029, 1, 1))


def test_closure_needs_a_known_source_and_calendar(town):
    with pytest.raises(KeyError):
        record_closure("gto", ClosureDraft(MAY_1, MAY_1, "Cierre", "nadie"), by=CONSOLE, version=1)
    with pytest.raises(UnknownCalendarError):
        record_closure("otro", draft(), by=CONSOLE, version=1)
    assert version() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_withdrawal_needs_a_reason(town, reason):
    closure = close()
    with pytest.raises(CalendarFaultError):
        withdraw_closure(closure.pk, by=CONSOLE, version=2, reason=reason)
    assert not calendar_of("gto").is_working(MAY_1)


@pytest.mark.parametrize(
    "values",
    [
        {"key": "gto"},
        {"key": "dos palabras"},
        {"key": ""},
        {"key": "x" * 61},
        {"name_es": " "},
        {"name_es": "x" * 201},
        {"rest_days": range(1, 8)},
        {"rest_days": [0]},
    ],
)
def test_calendar_that_is_none_is_refused(town, values):
    given = {"key": "otro", "name_es": "Otro"} | values
    with pytest.raises(CalendarFaultError):
        make_calendar(given.pop("key"), by=CONSOLE, **given)
    with pytest.raises(UnknownCalendarError):
        make_calendar("otro", by=CONSOLE, name_es="Otro", based_on="nadie")
    assert WorkingCalendar.objects.count() == 1


def test_database_holds_what_must_never_be_false(town):
    closure = close()
    for wrong in (
        {"last_on": closure.first_on - dt.timedelta(days=1)},
        {"withdrawn_at": closure.entered_at - dt.timedelta(seconds=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Closure.objects.filter(pk=closure.pk).update(**wrong)
    closure.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        closure.save(force_insert=True)


# The shipped ones.


def rules(**changed):
    """Return the shipped rules, one of them changed when asked: `May 5` is the one."""
    rows = rows_of("statutory_days", "calendars")
    return [StatutoryRule.parse(row | (changed if row["rule"] == "05-05" else {})) for row in rows]


def load(given=None):
    return load_calendars(rows_of("calendars", "calendars"), rules() if given is None else given, by=CONSOLE)


@pytest.fixture
def shipped():
    load_sources()
    return load()


def standing(key="mx-federal"):
    return Closure.objects.filter(calendar__key=key, withdrawn_at=None)


def test_shipped_calendars_are_loaded_once(shipped):
    assert (shipped.entered, shipped.withdrawn, shipped.unchanged, shipped.kept) == (219, 0, 0, ())
    assert (standing().count(), standing("mx-labour").count()) == (120, 99)
    before = entries()
    again = load()
    assert (again.entered, again.withdrawn, again.unchanged, again.kept) == (0, 0, 219, ())
    assert (entries(), version("mx-federal")) == (before, 2)
    assert load_working_days() == "0 cierres nuevos, 0 retirados, 219 iguales"


def test_shipped_closures_say_who_says_so(shipped):
    may_5 = calendar_of("mx-federal").why_closed(MAY_5).closure
    assert (may_5.source, may_5.passage, may_5.name_en) == (
        "ley-procedimiento-administrativo", "art. 28", "Battle of Puebla",
    )  # fmt: skip


def test_later_facts_take_the_place_of_shipped_ones(shipped):
    moment = Closure.objects.latest("entered_at").entered_at
    done = load(rules(name_es="Aniversario de la Batalla de Puebla"))
    assert (done.entered, done.withdrawn, done.unchanged) == (13, 13, 206)
    assert calendar_of("mx-federal").why_closed(MAY_5).closure.name_es == "Aniversario de la Batalla de Puebla"
    assert calendar_of("mx-federal", as_known_at=moment).why_closed(MAY_5).closure.name_es == "Batalla de Puebla"
    assert load(rules(last_year="2030")).withdrawn == 13 + 0  # back to the first words, and six years gone
    assert standing().count() == 114
    assert load().entered == 6  # what a load withdrew, a load may enter again


def test_what_a_person_withdrew_stays_withdrawn(shipped):
    gone = standing().get(first_on=MAY_5)
    withdraw_closure(gone.pk, by=CONSOLE, version=2, reason="Se habilitó por acuerdo.")
    assert load().kept == (gone.reference,)
    assert load(rules(name_es="Otra vez")).kept == (gone.reference,)
    assert calendar_of("mx-federal").is_working(MAY_5)


def test_what_a_person_entered_stands_instead_of_the_shipped(shipped):
    gone = standing().get(first_on=MAY_5)
    withdraw_closure(gone.pk, by=CONSOLE, version=2, reason="Con otras palabras.")
    make.source()
    close(MAY_5, key="mx-federal", name="Batalla del 5 de mayo")
    assert load().kept == (gone.reference,)
    assert calendar_of("mx-federal").why_closed(MAY_5).closure.name_es == "Batalla del 5 de mayo"


def test_days_entered_before_they_are_shipped_are_left_alone(shipped):
    load([rule for rule in rules() if rule.rule != "05-05"])
    make.source()
    close(MAY_5, key="mx-federal", name="Asentado a mano")
    done = load()
    assert (done.entered, done.kept) == (12, ("mx-federal:05-05:2026",))
    assert calendar_of("mx-federal").why_closed(MAY_5).closure.name_es == "Asentado a mano"


@pytest.mark.parametrize("verb", ["make", "record", "withdraw", "load"])
def test_verb_holds_the_trail_before_it_reads_what_it_decides_on(town, verb):
    load_sources()
    closure = close()
    act = {
        "make": lambda: make_calendar("otro", by=CONSOLE, name_es="Otro"),
        "record": lambda: record_closure("gto", draft(MAY_4), by=CONSOLE, version=2),
        "withdraw": lambda: withdraw_closure(closure.pk, by=CONSOLE, version=2, reason="Se trabajó."),
        "load": load,
    }[verb]
    with CaptureQueriesContext(connection) as seen:
        act()
    said = [one["sql"] for one in seen.captured_queries]
    held = next(n for n, sql in enumerate(said) if "'trail:registry'" in sql)
    touched = [n for n, sql in enumerate(said) if "foundation_workingcalendar" in sql or "foundation_closure" in sql]
    assert touched[0] > held
