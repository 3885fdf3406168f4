"""The public calendar: pages, files and subscription, by real parsers; what is not public is nowhere."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.editing import AnotherSentError, EditConflictError
from hermanar.foundation.models import TrailEntry, uuid7
from hermanar.museum.actions.events import (
    cancel_event,
    mend_event,
    propose_event,
    publish_event,
    record_event,
    reinstate_event,
    unpublish_event,
)
from hermanar.museum.models import Event
from hermanar.museum.rules.events import EventRefusedError
from hermanar.museum.vocabulary.events import EventKind, EventState
from hermanar.museum.vocabulary.events import EventRefusal as Why
from tests import factories as make
from tests.museum.going import draft, event, in_days

CANARY = "CanarioZutano"
SCRIPT = "<script>alert('☠')</script>"
AT_SIX = {"starts_at": dt.time(18), "ends_at": dt.time(20)}


def calendar(response):
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content)


def events_of(response):
    return {str(one["summary"]): one for one in calendar(response).walk("VEVENT")}


def text(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.row(19)
def test_an_event_is_kept_once_and_told_to_the_trail(world):
    key = uuid7()
    made = record_event(draft(title="Concierto"), office=None, by=CONSOLE, key=key)
    again = record_event(draft(title="Concierto"), office=None, by=CONSOLE, key=key)
    with pytest.raises(AnotherSentError):
        record_event(draft(title="Otro"), office=None, by=CONSOLE, key=key)
    assert (again.pk, again.title, Event.objects.count()) == (made.pk, "Concierto", 1)
    codes = TrailEntry.objects.filter(subject=str(key)).values_list("code", flat=True)
    assert list(codes) == ["event.recorded"]
    assert trail.first_break() is None


def test_two_who_mend_one_do_not_overwrite_each_other(world):
    made = event()
    mend_event(made.pk, draft(title="Primero"), by=CONSOLE, version=made.version)
    with pytest.raises(EditConflictError):
        mend_event(made.pk, draft(title="Segundo"), by=CONSOLE, version=made.version)
    assert Event.objects.get(pk=made.pk).title == "Primero"


def test_an_event_of_another_office_does_not_exist(world):
    own, other = uuid7(), uuid7()
    made = record_event(draft(), office=own, by=Actor("a", Role.ANALYST, own), key=uuid7())
    stranger = Actor("b", Role.DIRECTOR, other)
    for verb in (publish_event, unpublish_event, reinstate_event):
        with pytest.raises(Event.DoesNotExist):
            verb(made.pk, by=stranger, version=made.version)
    with pytest.raises(NotAllowedError):
        publish_event(made.pk, by=Actor("a", Role.ANALYST, own), version=made.version)
    with pytest.raises(NotAllowedError):
        record_event(draft(), office=own, by=Actor("l", Role.READER, own), key=uuid7())
    shown = publish_event(made.pk, by=Actor("e", Role.MUSEUM_EDITOR, own), version=made.version)
    with pytest.raises(EventRefusedError, match="la cambia quien puede publicarla"):
        mend_event(made.pk, draft(), by=Actor("a", Role.ANALYST, own), version=shown.version)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": "a" * 201}, Why.TOO_LONG),
        ({"description": "a" * 20_001}, Why.TOO_LONG),
        ({"cities": ("a" * 300,)}, Why.TOO_LONG),
        ({"city": "atlantida"}, Why.UNKNOWN_CITY),
        ({"title": "\x00"}, Why.NOT_TEXT),
    ],
)
def test_what_does_not_fit_is_refused_and_not_kept(world, values, why):
    with pytest.raises(EventRefusedError) as refused:
        event(**values)
    assert why in refused.value.refusals
    assert not Event.objects.exists()


def test_wholes_and_parts_go_two_levels_deep(world):
    feast = event(kind=EventKind.FEAST, title="Fiesta")
    festival = event(kind=EventKind.FESTIVAL, title="Edición", part_of=feast.pk)
    event(title="Función", part_of=festival.pk)
    for values in (
        {"part_of": festival.pk, "kind": EventKind.FESTIVAL},
        {"part_of": feast.pk, "kind": EventKind.FEAST},
    ):
        with pytest.raises(EventRefusedError):
            event(**values)
    with pytest.raises(EventRefusedError):  # it has a programme
        mend_event(festival.pk, draft(part_of=feast.pk), by=CONSOLE, version=festival.version)


# ── what the public reads ────────────────────────────────────────────────────────────────────────────────────────────


def test_calendar_tells_what_comes_by_month_and_by_city(visitor, world):
    ashland = world.places["ashland"].slug
    event(title="Concierto", **AT_SIX, cities=(ashland,), place="Teatro Juárez")
    event(title="Lejano", starts_on=in_days(200))
    event(title="Pasado", starts_on=in_days(-40))
    page = text(visitor, "/agenda/")
    assert "Concierto" in page
    assert "Teatro Juárez, Guanajuato" in page
    assert "hora del lugar (UTC−6)" in page
    assert "Pasado" not in page
    month = text(visitor, f"/agenda/?mes={in_days(-40):%Y-%m}")
    assert "Pasado" in month
    assert "Lejano" not in month
    city = text(visitor, f"/agenda/?ciudad={ashland}")
    assert "Concierto" in city
    assert "Lejano" not in city
    assert "Ashland" in text(visitor, "/en/agenda/")


@pytest.mark.parametrize(
    ("query", "status"),
    [("mes=2026-13", 422), ("mes=%00", 422), ("mes=0001-01", 422), ("ciudad=nadie", 404), ("ciudad=" + "x" * 900, 404),
     ("ciudad=<script>", 404), ("otra=1", 422), ("mes=1900-01", 200), ("mes=2199-12", 200), ("utm_source=x", 200)],
)  # fmt: skip
def test_calendar_answers_whatever_is_asked(visitor, query, status):
    assert visitor.get(f"/agenda/?{query}").status_code == status
    assert visitor.post(f"/agenda/?{query}").status_code == 405


def test_calendar_sets_no_cookie(visitor):
    event()
    for path in ("/agenda/", "/agenda.ics"):
        assert not visitor.get(path).cookies


def test_an_unpublished_event_is_nowhere(visitor, world):
    hidden = event(title=CANARY, is_published=False, cities=(world.places["umea"].slug,))
    taken = event(title=f"{CANARY} retirado")
    unpublish_event(taken.pk, by=CONSOLE, version=taken.version)
    whole = event(title=f"{CANARY} festival", kind=EventKind.FESTIVAL, is_published=False)
    part = event(title="Parte visible", part_of=whole.pk)
    for path in ("/agenda/", f"/agenda/?mes={in_days(10):%Y-%m}", "/agenda.ics", "/en/agenda/", "/sitemap-agenda.xml",
                 f"/agenda/{part.slug}/", f"/agenda/{part.slug}.ics"):  # fmt: skip
        response = visitor.get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200, path
        assert CANARY.lower() not in content.decode().lower(), path
        assert "Ume" not in content.decode(), path
    for one in (hidden, taken, whole):
        for tail in ("/", ".ics"):
            assert visitor.get(f"/agenda/{one.slug}{tail}").status_code == 404


def test_nothing_of_a_demonstration_office_is_public(visitor, world):
    from hermanar.offices.models import Office  # noqa: PLC0415  only here

    office = Office.objects.create(slug="demo", name="Demo", level="municipality", place=world.places["leon"],
                                   is_demonstration=True)  # fmt: skip
    made = event(office=office.pk, is_published=False, title=CANARY)
    with pytest.raises(EventRefusedError) as refused:
        publish_event(made.pk, by=CONSOLE, version=made.version)
    assert refused.value.refusals == (Why.DEMONSTRATION,)
    Event.objects.filter(pk=made.pk).update(published_at=made.changed_at)  # however it came to be so
    assert CANARY not in text(visitor, "/agenda/")


def test_scripts_are_text_in_every_field(visitor, world):
    told = {"title": SCRIPT, "title_en": SCRIPT, "description": SCRIPT, "place": SCRIPT, "organiser": SCRIPT}
    made = event(**told, more_url="https://example.org/\"><script>alert('☠')</script>")
    made = cancel_event(made.pk, by=CONSOLE, version=made.version, note=SCRIPT)
    for path in ("/agenda/", f"/agenda/{made.slug}/", f"/en/agenda/{made.slug}/"):
        assert "<script>alert" not in text(visitor, path)


def test_changes_are_told_honestly(visitor, world):
    made = event(title="Concierto", **AT_SIX)
    before = f"{in_days(10).day} de "
    moved = mend_event(made.pk, draft(title="Concierto", starts_on=in_days(17), **AT_SIX), by=CONSOLE,
                       version=made.version)  # fmt: skip
    assert moved.state == EventState.MOVED
    page = text(visitor, f"/agenda/{made.slug}/")
    assert "Cambió de fecha." in page
    assert "Antes: " in page
    assert before in page.partition("Antes: ")[2][:40]
    off = cancel_event(made.pk, by=CONSOLE, version=moved.version, note="Lluvia", note_en="Rain")
    assert "Lluvia" in text(visitor, "/agenda/")
    assert "Rain" in text(visitor, f"/en/agenda/{made.slug}/")
    with pytest.raises(EventRefusedError):
        cancel_event(made.pk, by=CONSOLE, version=off.version, note="Otra vez")
    back = reinstate_event(made.pk, by=CONSOLE, version=off.version)
    assert back.state == EventState.MOVED  # on another day than was told first
    assert "Lluvia" not in text(visitor, f"/agenda/{made.slug}/")


def test_who_says_so_and_what_nobody_knows_are_said(visitor, world):
    source = make.source("paper")
    feast = event(kind=EventKind.FEAST, title="Día de la Cueva", starts_on=None, source=source.pk, passage="línea 650",
                  is_published=False)  # fmt: skip
    feast = propose_event(feast.pk, by=CONSOLE, version=feast.version)
    publish_event(feast.pk, by=CONSOLE, version=feast.version)
    page = text(visitor, f"/agenda/{feast.slug}/")
    assert "No se sabe la fecha" in page
    assert "Fuente paper" in page
    assert "línea 650" in page
    assert "Nadie la ha convocado todavía." in page
    assert "line 650" in text(visitor, f"/en/agenda/{feast.slug}/")


# ── for other programs ───────────────────────────────────────────────────────────────────────────────────────────────


def test_subscription_is_read_by_another_program(visitor, world):
    event(title="Guanajuato, a las seis; «ñ»", starts_on=dt.date(2027, 7, 4), **AT_SIX, place="Plaza; coma, \\barra")
    event(title="Ashland", starts_on=dt.date(2027, 7, 4), **AT_SIX, time_zone="America/Los_Angeles")
    event(title="Invierno", starts_on=dt.date(2027, 12, 4), **AT_SIX, time_zone="America/Los_Angeles")
    event(title="Tres días", starts_on=dt.date(2027, 10, 9), ends_on=dt.date(2027, 10, 11))
    response = visitor.get("/agenda.ics")
    found = events_of(response)
    begin = {name: one.decoded("dtstart") for name, one in found.items()}
    as_utc = {name: day.astimezone(dt.UTC).hour for name, day in begin.items() if isinstance(day, dt.datetime)}
    assert as_utc == {"Guanajuato, a las seis; «ñ»": 0, "Ashland": 1, "Invierno": 2}
    assert found["Guanajuato, a las seis; «ñ»"]["location"] == "Plaza; coma, \\barra, Guanajuato"
    days = found["Tres días"]
    assert (days.decoded("dtstart"), days.decoded("dtend")) == (dt.date(2027, 10, 9), dt.date(2027, 10, 12))
    zones = {str(one["tzid"]): one.to_tz() for one in calendar(response).walk("VTIMEZONE")}
    assert set(zones) == {"America/Mexico_City", "America/Los_Angeles"}
    # the rules that the file itself carries give the same offsets as the world's
    summer, winter = (dt.datetime(2027, month, 4, 18) for month in (7, 12))  # noqa: DTZ001  of the zone's own clocks
    offsets = [zones["America/Los_Angeles"].utcoffset(day) for day in (summer, winter)]
    assert offsets == [dt.timedelta(hours=-7), dt.timedelta(hours=-8)]
    assert zones["America/Mexico_City"].utcoffset(summer) == dt.timedelta(hours=-6)


def test_an_event_keeps_its_sign_and_counts_its_changes(visitor, world):
    made = event(title="Concierto", **AT_SIX)
    first = events_of(visitor.get(f"/agenda/{made.slug}.ics"))["Concierto"]
    made = mend_event(made.pk, draft(title="Concierto nuevo", starts_on=in_days(12)), by=CONSOLE, version=made.version)
    second = events_of(visitor.get(f"/en/agenda/{made.slug}.ics"))["Concierto nuevo"]
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"]
    cancel_event(made.pk, by=CONSOLE, version=made.version, note="Lluvia")
    off = events_of(visitor.get("/agenda.ics"))["CANCELADA: Concierto nuevo"]
    assert (off["status"], off["uid"]) == ("CANCELLED", first["uid"])
    assert off["sequence"] > second["sequence"]
    assert "Lluvia" in off["description"]


def test_the_same_calendar_is_the_same_bytes(visitor, world):
    event(**AT_SIX)
    first = visitor.get("/agenda.ics")
    assert visitor.get("/agenda.ics").content == first.content
    assert visitor.get("/agenda.ics", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_no_field_breaks_out_of_its_line(visitor, world):
    evil = "Fin\r\nEND:VEVENT\r\nBEGIN:VALARM\rX-MALO:1\u2028\u0085"
    event(title=evil, description=evil, place=evil, organiser=evil, **AT_SIX)
    found = calendar(visitor.get("/agenda.ics"))
    assert [len(found.walk(name)) for name in ("VEVENT", "VALARM")] == [1, 0]
    raw = visitor.get("/agenda.ics").content
    assert b"\rX-MALO" not in raw
    assert b"\nX-MALO" not in raw


def test_a_festival_brings_its_programme(visitor, world):
    festival = event(kind=EventKind.FESTIVAL, title="Festival", starts_on=in_days(30), ends_on=in_days(32))
    event(title="Apertura", part_of=festival.pk, starts_on=in_days(30), **AT_SIX)
    event(title=CANARY, part_of=festival.pk, starts_on=in_days(31), is_published=False)
    page = text(visitor, f"/agenda/{festival.slug}/")
    assert "18:00–20:00" in page
    assert CANARY not in page
    assert set(events_of(visitor.get(f"/agenda/{festival.slug}.ics"))) == {"Festival", "Apertura"}


def test_what_is_part_of_a_part_has_its_own_row(visitor, world):
    feast = event(kind=EventKind.FEAST, title="Fiesta", starts_on=in_days(30), ends_on=in_days(33))
    festival = event(kind=EventKind.FESTIVAL, title="Festival", starts_on=in_days(31), part_of=feast.pk)
    concert = event(title="Concierto", starts_on=in_days(31), part_of=festival.pk)
    page = text(visitor, "/agenda/")
    rows = [one.slug for one in (feast, festival, concert) if page.count(f'href="/agenda/{one.slug}/"')]
    assert rows == [feast.slug, concert.slug]
    assert "1 actividad en el programa" in page
    assert "Festival" in page


def test_subscription_by_city_holds_only_its_events(visitor, world):
    slug = world.places["ashland"].slug
    event(title="Con Ashland", cities=(slug,))
    event(title="Sin ella")
    event(title="Hace mucho", starts_on=in_days(-800), cities=(slug,))
    assert set(events_of(visitor.get(f"/agenda.ics?ciudad={slug}"))) == {"Con Ashland"}
    assert visitor.get("/agenda.ics?ciudad=nadie").status_code == 404


def test_the_number_of_queries_does_not_grow(visitor, world, django_assert_max_num_queries):
    whole = event(kind=EventKind.FESTIVAL, title="Festival")
    for number in range(30):
        event(starts_on=in_days(number), part_of=whole.pk, cities=(world.places["ashland"].slug,))
    visitor.get("/agenda/")
    for path, most in (("/agenda/", 26), ("/agenda.ics", 9), (f"/agenda/{whole.slug}/", 9)):
        with django_assert_max_num_queries(most):
            assert visitor.get(path).status_code == 200
