"""A call from its title to its result: in a real browser, as an officer and as whoever wants to go."""

from __future__ import annotations

import pytest

from tests.journeys.people import day, run

OFFICE = """
from hermanar.cooperation.models import Call
from hermanar.offices.models import Office
Office.objects.filter(pk__in=Call.objects.values("office")).update(is_demonstration={is_demonstration})
"""


@pytest.fixture
def real_office(storied_folder):
    """Return a function that makes the office of the calls a real one: only those reach the public."""
    yield lambda: run(storied_folder, OFFICE.format(is_demonstration=False))
    run(storied_folder, OFFICE.format(is_demonstration=True))


def test_a_call_is_told_shown_and_resolved(officer, people, look, real_office):  # noqa: PLR0915  one story
    officer.open("/oficina/convocatorias/")
    look(officer, "calls-empty")
    officer.follow("Asentar la primera")
    officer.pick("intercambio de estudiantes")
    officer.page.locator("[name=title_es]").fill("Un semestre en Ashland")
    officer.page.locator("[name=opens_on]").fill(day(-30))
    officer.page.locator("[name=closes_on]").fill(day(-40))
    officer.press("Asentar la convocatoria")
    assert "Cierra antes de abrir" in officer.said()
    look(officer, "call-refused")
    officer.page.locator("[name=closes_on]").fill(day(-2))
    officer.press("Asentar la convocatoria")
    assert "Lo que falta" in officer.said()
    look(officer, "call-page")

    officer.follow("Cómo se participa: a dónde se escribe y qué se envía.")
    officer.page.locator("[name=how_to_apply]").fill("Escriba a intercambios@example.org antes del cierre.")
    officer.page.locator("[name=description_es]").fill("Un semestre de música para estudiantes de la ciudad.")
    officer.page.locator("[name=places]").fill("3")
    officer.press("Guardar")
    officer.follow("Publicarla")
    look(officer, "call-publish")
    officer.press("Publicarla")
    assert "Lo de la oficina de demostración no se publica." in officer.said()
    look(officer, "call-not-published")
    visitor = people()
    visitor.open("/convocatorias/")
    assert "No hay convocatorias publicadas" in visitor.said()
    look(visitor, "calls-public-empty")
    real_office()
    officer.press("Publicarla")
    visitor.open("/")
    visitor.page.get_by_role("contentinfo").get_by_role("link", name="Convocatorias").click()
    visitor.follow("Un semestre en Ashland")
    look(visitor, "call-public")
    assert "cerrada, en espera del resultado" in visitor.said()
    assert "Un semestre de música" in visitor.said()

    officer.open("/oficina/convocatorias/")
    officer.follow("Un semestre en Ashland")
    officer.follow("Asentar el resultado")
    officer.page.locator("[name=applied]").fill("12")
    officer.page.locator("[name=placed]").fill("4")
    officer.press("Guardar el resultado")
    assert "más personas elegidas que lugares" in officer.said()
    officer.page.locator("[name=placed]").fill("3")
    officer.press("Guardar el resultado")
    look(officer, "call-resolved")
    officer.open("/oficina/convocatorias/")
    look(officer, "calls")
    visitor.open("/convocatorias/")
    assert "con resultado" in visitor.said()
    look(visitor, "calls-public")
