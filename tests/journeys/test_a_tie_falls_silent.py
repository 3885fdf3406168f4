"""A tie falls asleep in a real browser: the office is warned, writes, suspends and resumes; what is true is shown."""

from __future__ import annotations

from hermanar.foundation.calendar import months_later, today_in
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import ASHLAND, run


def noted(who, key, on, what):
    who.open(f"/oficina/expedientes/{key}/vida/")
    who.follow("Anotar una actividad")
    who.pick("visita")
    who.pick("otro día, o varios")
    who.fill("Primer día", str(on))
    who.page.get_by_label("Qué se hizo", exact=True).fill(what)
    who.page.get_by_role("button", name="Guardar la actividad").click()
    who.page.get_by_role("heading", name=what).wait_for()


def warned(who, key):
    """Say whether the first page of the office warns of this tie."""
    who.open("/oficina/")
    found = who.page.locator(f"a[href$='?expediente={key}']", has_text="El lazo quedará en silencio")
    return found.count() == 1


def stepped(who, key, step, reason):
    who.open(f"/oficina/expedientes/{key}/")
    who.page.get_by_role("navigation", name="Otras cosas").get_by_role("link", name=step).click()
    who.fill("Motivo", reason)
    who.step()
    assert "Asentado" in who.page.locator("body").inner_text()


def test_a_tie_falls_silent_is_warned_of_suspended_and_resumed(house, look):
    today, director = today_in("America/Mexico_City"), house.come(DIRECTOR)
    key = run(house.folder, ASHLAND)
    noted(director, key, months_later(today, -58), "Visita de una delegación")
    director.open(f"/oficina/expedientes/{key}/vida/")
    assert "dormido" in director.said()
    look(director, "life-asleep")
    assert warned(director, key)  # two months before it does
    look(director, "warned")
    director.page.get_by_role("navigation", name="Principal").get_by_role("link", name="Vida de los lazos").click()
    director.page.get_by_role("link", name="Por reactivar").first.click()
    letter = director.take("PDF, español")
    assert "Visita de una delegación" in letter
    assert "Ashland" in letter

    stepped(director, key, "suspender", "Elecciones en ambas ciudades")
    assert not warned(director, key)  # it rests by will: nobody is warned
    director.open("/oficina/reactivar/")
    assert "el acuerdo está suspendido" in director.said()
    look(director, "asleep-and-suspended")

    stepped(director, key, "reanudar", "Las nuevas administraciones lo quieren")
    assert warned(director, key)
    noted(director, key, today, "Encuentro de las dos alcaldías")
    director.open("/oficina/reactivar/")
    assert key not in director.page.content()  # it lives again
    director.open(f"/oficina/expedientes/{key}/")
    said = director.said()
    assert "Elecciones en ambas ciudades" in said
    assert "Las nuevas administraciones lo quieren" in said
    look(director, "resumed")
