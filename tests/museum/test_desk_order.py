"""Lists of the desk in one order on both databases: what has no day yet waits for somebody, so it comes first."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from hermanar.foundation.access import Role
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.dialogue import PracticeDraft, ProblemDraft, gather, keep_problem, show_practice
from hermanar.museum.actions.open_calls import OpenCallDraft, record_call
from hermanar.museum.actions.pairs import draft as draft_pair
from hermanar.museum.actions.pairs import publish
from hermanar.museum.models import Event, OpenCall, Pair
from hermanar.museum.queries.agenda import event_sheet, in_month
from hermanar.museum.queries.events import dated_events
from hermanar.museum.queries.open_calls import published_calls
from tests.cast import gather as gather_cast
from tests.museum.everyday import a_pair
from tests.museum.going import event, in_days
from tests.workspace.signing_in import client_of


@pytest.fixture
def cast(db):
    cache.clear()
    return gather_cast()


def listed(cast, address, titles):
    """Return in which order a page of the desk names what it lists."""
    shown = client_of(cast.of(Role.DIRECTOR)).get(f"/cms/museo/{address}/").text
    return re.findall("|".join(titles), shown)


def a_call(cast, title, opens_on):
    return record_call(
        OpenCallDraft(title=title, opens_on=opens_on), office=cast.office.pk, city=cast.guanajuato.slug,
        by=cast.of(Role.DIRECTOR), key=uuid7(),
    )  # fmt: skip


def test_calls_without_days_come_before_the_newest(cast):
    told = {"Pasada": in_days(-9), "Borrador": None, "Próxima": in_days(9)}
    for title, day in told.items():
        a_call(cast, title, day)
    assert listed(cast, "convocatorias", told) == ["Borrador", "Próxima", "Pasada"]


def test_public_calls_without_days_come_last(cast):
    made = {title: a_call(cast, title, day) for title, day in (("Sin fecha", None), ("Con fecha", in_days(1)))}
    OpenCall.objects.filter(pk__in=[one.pk for one in made.values()]).update(published_at=timezone.now())
    assert [one.title for one in published_calls()] == ["Con fecha", "Sin fecha"]


def test_events_without_days_come_before_the_others(cast):
    told = {"Pasado": in_days(1), "Sin día": None, "Lejano": in_days(30)}
    for title, day in told.items():
        kind = "event" if day else "feast"
        event(title=title, starts_on=day, kind=kind, office=cast.office.pk, by=cast.of(Role.DIRECTOR),
              city=cast.guanajuato.slug, is_published=False)  # fmt: skip
    assert listed(cast, "agenda", told) == ["Sin día", "Lejano", "Pasado"]


def test_pairs_that_nobody_sees_come_first_and_none_is_cut_off(cast, monkeypatch):
    monkeypatch.setattr("hermanar.museum.desk.pairs._MOST", 2)
    told = ["Una pregunta", "Otra pregunta", "Un borrador"]
    for number, question in enumerate(told):
        kept = draft_pair(a_pair(slug=f"p-{number}", question=question), by=cast.of(Role.DIRECTOR))
        if number < 2:
            publish(kept.pk, by=cast.of(Role.DIRECTOR), version=1)
    assert listed(cast, "comparaciones", told) == ["Un borrador", "Una pregunta"]
    assert Pair.objects.count() == 3


def test_practices_that_nobody_sees_come_before_the_others(cast):
    by = cast.of(Role.DIRECTOR)
    asked = keep_problem(ProblemDraft("agua", cast.guanajuato.slug, "¿Y el agua?", "Falta."), by=by)
    told = ["Cisternas", "Lluvia"]
    for title in told:
        kept = gather(PracticeDraft(asked.pk, title, "Así."), by=by)
        if title == "Cisternas":
            show_practice(kept.pk, by=by, version=1, is_shown=True)
    assert listed(cast, "tablero", told) == ["Lluvia", "Cisternas"]


def test_what_has_no_hour_opens_its_day(cast):
    day, city = in_days(10), cast.guanajuato.slug
    whole = event(title="Feria", starts_on=day, city=city, kind="festival")
    for title, hour in (("Concierto", dt.time(18)), ("Todo el día", None)):
        event(title=title, starts_on=day, starts_at=hour, part_of=whole.pk, city=city)
    parts = Event.objects.filter(part_of=whole)
    assert [one.title for one in dated_events() if one in parts] == ["Todo el día", "Concierto"]
    sheet = event_sheet(whole.slug, today=in_days(0), language="es")
    assert [one.title for one in sheet.parts] == ["Todo el día", "Concierto"]
    assert len(in_month(day.replace(day=1), today=in_days(0), language="es")) == 3
