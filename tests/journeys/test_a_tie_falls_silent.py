"""A tie falls asleep in a real browser: the office is warned, writes, suspends and resumes; what is true is shown."""

from __future__ import annotations

import shutil

import pytest

from hermanar.foundation.calendar import months_later, today_in
from tests.browser.conftest import DESKTOP
from tests.browser.test_accounts import DIRECTOR, enter
from tests.conftest import served
from tests.journeys.people import Officer, run

TIE = """
from hermanar.agreements.actions import PartyDraft, PastDraft, enter_past
from hermanar.agreements.vocabulary import Kind, Role
from hermanar.directory.models import Place
from hermanar.foundation.access import Actor
from hermanar.foundation.access import Role as Post
from hermanar.offices.models import Office
from hermanar.workspace.due import today_of
office = Office.objects.get(slug="guanajuato-demo")
ashland = Place.objects.get(identifiers__scheme="geonames", identifiers__value="5711789")
parties = [PartyDraft(office.place_id, Role.DECLARING), PartyDraft(ashland.pk, Role.COUNTERPART)]
by = Actor("ensayo", Post.DIRECTOR, office.pk)
past = PastDraft(parties, Kind.TWINNING, "Archivo")
print(enter_past(past, office=office.pk, by=by, today=today_of(office)).pk)
"""


@pytest.fixture
def folder(loaded_folder, tmp_path):
    own = tmp_path / "var"
    shutil.copytree(loaded_folder, own)
    return own


@pytest.fixture
def director(chromium, folder):
    """Return the director of a house of its own, at a desktop."""
    with served(folder) as site:
        context = chromium.new_context(viewport=DESKTOP, locale="es-MX", accept_downloads=True, bypass_csp=True)
        who = Officer(context.new_page(), site, folder)
        enter(who, folder, DIRECTOR)
        yield who
        assert who.problems == []
        context.close()


def noted(who, key, on, what):
    who.open(f"/oficina/expedientes/{key}/vida/")
    who.follow("Anotar una actividad")
    who.pick("visita")
    who.pick("otro día, o varios")
    who.fill("Primer día", str(on))
    who.page.get_by_label("Qué se hizo", exact=True).fill(what)
    who.page.get_by_role("button", name="Guardar la actividad").click()
    who.page.get_by_role("heading", name=what).wait_for()


def stepped(who, key, step, reason):
    who.open(f"/oficina/expedientes/{key}/")
    who.page.get_by_role("navigation", name="Otras cosas").get_by_role("link", name=step).click()
    who.fill("Motivo", reason)
    who.step()
    assert "Asentado" in who.page.locator("body").inner_text()


def test_a_tie_falls_silent_is_warned_of_suspended_and_resumed(director, folder, look):
    today = today_in("America/Mexico_City")
    key = run(folder, TIE)
    noted(director, key, months_later(today, -58), "Visita de una delegación")
    director.open(f"/oficina/expedientes/{key}/vida/")
    assert "dormido" in director.said()
    look(director, "life-asleep")
    director.open("/oficina/")
    assert "El lazo quedará en silencio" in director.said()  # two months before it does
    look(director, "warned")
    director.page.get_by_role("navigation", name="Principal").get_by_role("link", name="Vida de los lazos").click()
    director.page.get_by_role("link", name="Por reactivar").first.click()
    letter = director.take("PDF, español")
    assert "Visita de una delegación" in letter
    assert "Ashland" in letter

    stepped(director, key, "suspender", "Elecciones en ambas ciudades")
    director.open("/oficina/")
    assert "El lazo quedará en silencio" not in director.said()  # it rests by will: nobody is warned
    director.open("/oficina/reactivar/")
    assert "el acuerdo está suspendido" in director.said()
    look(director, "asleep-and-suspended")

    stepped(director, key, "reanudar", "Las nuevas administraciones lo quieren")
    director.open("/oficina/")
    assert "El lazo quedará en silencio" in director.said()
    noted(director, key, today, "Encuentro de las dos alcaldías")
    director.open("/oficina/reactivar/")
    assert "Todos los lazos están activos" in director.said()
    director.open(f"/oficina/expedientes/{key}/")
    said = director.said()
    assert "Elecciones en ambas ciudades" in said
    assert "Las nuevas administraciones lo quieren" in said
    look(director, "resumed")
