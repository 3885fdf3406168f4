"""The calendar at the desk, and what is shipped: told, shown, moved and called off by those of the city alone."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from hermanar.console.shipped import rows_of
from hermanar.foundation.access import CONSOLE, Role
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.events import mend_event
from hermanar.museum.actions.shipped_events import load_events
from hermanar.museum.models import Event
from hermanar.museum.vocabulary.events import EventState
from tests import factories as make
from tests.cast import gather
from tests.museum.going import draft, event, in_days
from tests.workspace.signing_in import client_of

ADDRESS = "/cms/museo/agenda/"


@pytest.fixture
def cast(db):
    cache.clear()
    return gather()


@pytest.fixture
def editor(cast):
    return client_of(cast.of(Role.MUSEUM_EDITOR))


def told(cast, **values):
    return {
        "key": str(uuid7()), "version": "", "kind": "event", "title": "Concierto", "city": cast.guanajuato.slug,
        "starts_on": in_days(10).isoformat(), "starts_at": "18:00", "time_zone": "America/Mexico_City", **values,
    }  # fmt: skip


def test_an_editor_tells_an_event_and_the_public_reads_it(cast, editor):
    assert "Nueva actividad" in editor.get(ADDRESS).content.decode()
    assert editor.get(f"{ADDRESS}nueva/").status_code == 200
    sent = told(cast)
    for _ in range(2):  # the same form twice is one event
        assert editor.post(f"{ADDRESS}nueva/", sent).status_code == 302
    made = Event.objects.get()
    assert made.office == cast.office.pk
    page = f"{ADDRESS}{made.pk}/"
    assert "Guardar y publicarla" in editor.get(page).content.decode()
    assert editor.post(f"{page}publish/", {"version": made.version}).status_code == 302
    assert "Concierto" in Client().get("/agenda/").content.decode()
    made.refresh_from_db()
    editor.post(page, told(cast, version=made.version, starts_on=in_days(12).isoformat()))
    made.refresh_from_db()
    assert made.state == EventState.MOVED
    editor.post(f"{page}cancel/", {"version": made.version, "note": "Lluvia"})
    assert "Lluvia" in Client().get("/agenda/").content.decode()


def as_shown(page):
    """Return what a browser would send of a page's first form, were nothing touched: a day it cannot read is none."""
    form = re.search(r'<form method="post" novalidate>(.*?)</form>', page, re.DOTALL)[1]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        field = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if field.get("type") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", field.get("value", "")):
            field["value"] = ""
        if "name" in field:
            sent[field["name"]] = unescape(field.get("value", ""))
    sent |= {
        name: unescape(text)
        for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    }
    for name, options in re.findall(r'<select name="(\w+)"(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = unescape(chosen[1]) if chosen else ""
    return sent


def test_a_page_saved_as_it_was_shown_changes_no_day(cast, editor):
    made = event(
        office=cast.office.pk, city=cast.guanajuato.slug, starts_on=in_days(9), ends_on=in_days(11), title="Feria"
    )
    page = f"{ADDRESS}{made.pk}/"
    sent = as_shown(editor.get(page).content.decode())
    assert sent["title"] == "Feria"
    assert editor.post(page, sent | {"title": "Feria de octubre"}).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.starts_on, made.ends_on) == ("Feria de octubre", in_days(9), in_days(11))
    assert made.state == EventState.PLANNED


def test_publishing_keeps_what_was_just_typed(cast, editor):
    made = event(is_published=False, office=cast.office.pk, city=cast.guanajuato.slug, title="Antes")
    page = f"{ADDRESS}{made.pk}/"
    assert "Guardar y publicarla" in editor.get(page).content.decode()
    typed = told(cast, version=made.version, title="Después", publish="1")
    assert "Guardada y publicada" in editor.post(page, typed, follow=True).content.decode()
    shown = Client().get("/agenda/").content.decode()
    assert "Después" in shown
    assert "Antes" not in shown
    assert "Guardar y publicarla" not in editor.get(page).content.decode()


def test_what_cannot_be_published_stays_kept_and_says_so(cast, editor):
    made = event(is_published=False, office=cast.office.pk, city=cast.guanajuato.slug, title="Antes")
    typed = told(cast, version=made.version, title="Sin día", starts_on="", starts_at="", publish="1")
    answer = editor.post(f"{ADDRESS}{made.pk}/", typed, follow=True).content.decode()
    assert "Guardada, sin publicar" in answer
    made.refresh_from_db()
    assert (made.title, made.published_at) == ("Sin día", None)


def test_a_form_sent_again_with_another_text_loses_neither(cast, editor):
    sent = told(cast)
    assert editor.post(f"{ADDRESS}nueva/", sent).status_code == 302
    answer = editor.post(f"{ADDRESS}nueva/", sent | {"title": "Otro acto"})
    assert answer.status_code == 200
    again = answer.content.decode()
    assert 'value="Otro acto"' in again
    assert "ya se guardó otro texto" in again
    key = re.search(r'name="key" value="([^"]+)"', again)[1]
    assert editor.post(f"{ADDRESS}nueva/", sent | {"title": "Otro acto", "key": key}).status_code == 302
    assert set(Event.objects.values_list("title", flat=True)) == {"Concierto", "Otro acto"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_on": ""}, "no dice qué día empieza"),
        ({"title": "x" * 201}, "200"),
        ({"more_url": "javascript:alert(1)"}, "error-message"),
        ({"city": "nadie"}, "error-message"),
        ({"time_zone": "Marte/Olimpo"}, "No existe esa zona horaria"),
        ({"title": "\x00"}, "error-message"),
    ],
)
def test_what_cannot_be_kept_is_said_and_not_lost(cast, editor, values, words):
    answer = editor.post(f"{ADDRESS}nueva/", told(cast, place="Teatro Juárez", **values))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "Teatro Juárez" in answer.content.decode()
    assert not Event.objects.exists()


def test_a_stale_form_takes_nothing_over(cast, editor):
    editor.post(f"{ADDRESS}nueva/", told(cast))
    made = Event.objects.get()
    page = f"{ADDRESS}{made.pk}/"
    editor.post(page, told(cast, version=made.version, title="Primero"))
    answer = editor.post(page, told(cast, version=made.version, title="Segundo"))
    assert "Alguien la cambió" in answer.content.decode()
    assert Event.objects.get().title == "Primero"


def test_the_events_of_another_city_do_not_exist(cast):
    made = event(office=cast.office.pk, title="Ajena", city="", place="Teatro", is_published=False)
    stranger = client_of(cast.at(cast.other_office, Role.DIRECTOR))
    assert "Ajena" not in stranger.get(ADDRESS).content.decode()
    assert stranger.get(f"{ADDRESS}{made.pk}/").status_code == 404
    assert stranger.post(f"{ADDRESS}{made.pk}/publish/", {"version": 1}).status_code == 404
    assert Client().get(ADDRESS).status_code == 302
    reader = client_of(cast.of(Role.READER))
    assert reader.get(ADDRESS).status_code == 403


def test_shipped_feasts_are_loaded_once_and_leave_a_persons_change_alone(db):
    make.place("Guanajuato", slug="guanajuato")
    make.source("paper-guanajuato")
    rows = rows_of("events", "museum")
    assert load_events(rows, by=CONSOLE)["entered"] == len(rows) == 14
    assert load_events(rows, by=CONSOLE)["unchanged"] == 14
    feast = Event.objects.get(reference="giff")
    mend_event(feast.pk, draft(title="GIFF", kind=feast.kind), by=CONSOLE, version=feast.version)
    changed = [{**row, "title_es": f"{row['title_es']}!"} for row in rows]
    done = load_events(changed, by=CONSOLE)
    assert (done["changed"], done["kept"]) == (13, 1)
    assert Event.objects.get(reference="giff").title == "GIFF"
    page = Client().get("/agenda/").content.decode()
    assert "Semana Medieval!" in page
    assert Event.objects.get(reference="festival-ciudades-hermanas").state == EventState.PROPOSED
