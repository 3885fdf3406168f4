"""A committee from its founding to a member who leaves, in a real browser; its minutes read back."""

from __future__ import annotations

import re

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import day

NAME = "Comité de Ciudades Hermanas"


def joins(who, name, **picked):
    """Let a person into the committee whose page is open."""
    who.follow(re.compile("Agregar al? (primer|un) integrante"))
    who.fill("Nombre", name)
    for label, words in picked.items():
        field = who.page.locator(f"[name={label}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=words)
        else:
            field.fill(words)
    who.press("Agregar")
    assert name in who.said()


def test_a_committee_lives_on_when_a_member_leaves(people, officer, look):  # noqa: PLR0915  one story, told whole
    officer.open("/oficina/")
    officer.page.get_by_role("navigation", name="Principal").get_by_role("link", name="Vida de los lazos").click()
    officer.page.get_by_role("link", name="Comités", exact=True).first.click()
    look(officer, "committees-empty")
    officer.follow("Crear un comité")
    officer.fill("Nombre del comité", NAME)
    officer.page.locator("[name=founded_on]").fill(day(-400))
    officer.page.locator("[name=quorum]").select_option("majority")
    officer.page.locator("[name=second_call]").select_option("present")
    look(officer, "committees-found")
    officer.press("Crear el comité")
    assert "Hay fecha o instrumento de creación" in officer.said()  # nothing without its paper
    officer.page.locator("[name=source]").fill("Acta de cabildo 12, Archivo Municipal")
    officer.press("Crear el comité")

    joins(officer, "Ana Pérez", post="Presidencia", sector="autoridades", began_on=day(-90))
    joins(officer, "Luis Mora", post="Secretaría", sector="academia", began_on=day(-90))
    joins(officer, "Iris Vega", sector="sociedad civil", began_on=day(-90))
    assert "Detrás de Ana Pérez (Presidencia) no hay nadie" in officer.said()
    joins(officer, "Eva Luna", stands_for="Ana Pérez", sector="autoridades", began_on=day(-90))
    assert "Detrás de Ana Pérez" not in officer.said()
    look(officer, "committees-page")

    officer.follow("Convocar a una sesión")
    officer.page.locator("[name=on]").fill(day(-1))
    officer.page.locator("[name=at]").fill("17:30")
    officer.fill("¿Dónde?", "Teatro Juárez")
    officer.page.locator("[name=called_on]").fill(day(-9))
    officer.page.locator("[name=agenda]").fill("Lista de asistencia\nPlan de trabajo con Ashland")
    look(officer, "committees-call")
    officer.press("Asentar la sesión")
    officer.follow("Asentar la asistencia")
    officer.page.get_by_label("Iris Vega").check()
    look(officer, "committees-attendance")
    officer.press("Guardar la asistencia")
    assert "Sin quórum: no toma acuerdos" in officer.said()
    look(officer, "committees-no-quorum")
    officer.follow("Corregir la asistencia")
    officer.page.get_by_label("Eva Luna, suplente de Ana Pérez").check()
    officer.press("Guardar la asistencia")
    assert "Asistieron 2 de 3 lugares." in officer.said()
    assert "Hubo quórum." in officer.said()
    officer.follow("Escribir lo que se trató")
    officer.page.locator("[name=said_1]").fill("Se pasó lista.")
    officer.page.locator("[name=said_2]").fill("Se leyó el plan y se aclararon dudas.")
    officer.press("Guardar")
    officer.follow("Asentar un acuerdo")
    officer.page.locator("[name=text]").fill("Se aprueba el plan de trabajo con Ashland.")
    officer.page.locator("[name=votes_for]").fill("2")
    officer.press("Guardar el acuerdo")
    year = day(-1)[:4]
    assert f"1/{year}" in officer.said()
    officer.follow("Dar la tarea")
    officer.fill("¿Qué hay que hacer?", "Enviar el plan a Ashland")
    officer.page.locator("[name=owner]").select_option(label="Ana Pérez, Presidencia")
    officer.page.locator("[name=due_on]").fill(day(5))
    officer.press("Dar la tarea")

    officer.page.locator("section[aria-labelledby=sesiones] dt a").click()
    look(officer, "committees-session")
    for name in ("Word", "PDF"):
        text = officer.take(name)
        for words in ("Eva Luna", "suplente de Ana Pérez", "No asistieron: Luis Mora.", "Hubo quórum.", f"1/{year}",
                      "Se aprueba el plan de trabajo con Ashland.", "Enviar el plan a Ashland"):  # fmt: skip
            assert "".join(words.split()) in "".join(text.split()), (name, words)

    officer.open("/oficina/")
    assert "Tarea de un comité: Enviar el plan a Ashland" in officer.said()
    officer.follow(NAME)
    row = officer.page.locator("section[aria-labelledby=integrantes] tr", has_text="Presidencia")
    row.get_by_role("link", name=re.compile("Deja el comité.*Ana Pérez")).click()
    officer.page.locator("[name=reason]").fill("Terminó la administración")
    officer.press("Asentar su salida")
    assert "Eva Luna, su suplente, puede asumir." in officer.page.locator("body").inner_text()
    assert "«Enviar el plan a Ashland» quedó sin responsable" in officer.said()
    look(officer, "committees-left")
    officer.follow("Asentar que asume")
    officer.press("Asentar que asume")
    officer.follow("Dársela a otra persona")
    officer.page.locator("[name=owner]").select_option(label="Eva Luna, Presidencia")
    officer.press("Guardar")
    assert "sin responsable" not in officer.said()

    phone = people(DIRECTOR, size=PHONE, java_script_enabled=False)
    phone.open("/oficina/")
    phone.follow("Tarea de un comité: Enviar el plan a Ashland")
    phone.page.locator("[name=note]").fill("Recibido en Ashland")
    phone.press("Guardar")
    assert "Nada pendiente." in phone.said()
