"""A tie from the letter that asks for it to the phase that waits: in a real browser, as a new officer would."""

from __future__ import annotations

import re

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import day

CITY = "Umeå"


def test_a_request_is_weighed_accepted_and_leads_to_the_path_of_a_tie(people, officer, look):  # noqa: PLR0915  one story
    officer.open("/oficina/nuevos/")
    look(officer, "beginnings-empty")
    officer.follow("Recibir una solicitud")
    officer.fill("¿Qué ciudad, estado o provincia?", CITY)
    officer.page.locator("[name=requester]").fill("Kerstin Lind")
    officer.page.locator("[name=requester_post]").fill("Alcaldesa")
    officer.page.locator("[name=on]").fill(day(-6))
    officer.page.locator("[name=asks]").fill("Intercambio de música y de universidades")
    officer.page.locator("[name=answer_by]").fill(day(4))
    look(officer, "request-new")
    officer.press("Guardar la solicitud")
    if officer.page.locator("[name=place]").count():  # several places are like it: say which
        officer.page.get_by_role("radio", name=re.compile(f"^{CITY} ·")).first.check()
        officer.press("Guardar la solicitud")
    assert "No se ha escrito qué une a las dos ciudades" in officer.said()

    officer.open("/oficina/")
    officer.follow("Responder la solicitud de hermanamiento")
    officer.follow("Escribirlo")
    officer.page.locator("[name=link]").fill("Sus universidades ya intercambian estudiantes")
    officer.page.locator("[name=incentives][value=historical_cultural]").check()
    officer.press("Guardar")

    officer.open("/oficina/nuevos/")
    officer.follow("Elegir una ciudad con criterios")
    officer.page.locator("[name=title]").fill("Una ciudad universitaria")
    for value in ("economic", "strategic", "social_migratory", "needs", "actors", "resources", "complement"):
        officer.page.locator(f"[name=suggested][value={value}]").uncheck()
    look(officer, "selection-begin")
    officer.press("Comenzar")
    officer.follow("Dar peso a los criterios")
    for field, weight in zip(officer.page.locator("input[name^=weight_]").all(), ("8", "4", "10"), strict=True):
        field.fill(weight)
    look(officer, "selection-weights")
    officer.press("Guardar los pesos")
    officer.follow("Agregar una candidata")
    officer.page.locator("[name=request]").select_option(label=f"{CITY} · Kerstin Lind")
    officer.press("Agregarla")
    for field, mark in zip(officer.page.locator("fieldset:has([name^=value_])").all(), ("3", "2", "5"), strict=True):
        field.get_by_role("radio", name=mark, exact=True).check()
    for field in officer.page.locator("[name^=reason_]").all():
        field.fill("Consta en el convenio de las universidades")
    look(officer, "selection-marks")
    officer.press("Guardar las calificaciones")
    officer.follow("Agregar una candidata")
    officer.fill("¿Qué ciudad, estado o provincia?", "Villa Sin Mapa")
    officer.press("Agregarla")
    if officer.page.locator("[name=place]").count():
        officer.page.locator("[name=place][value=none]").check()
        officer.press("Agregarla")
    officer.page.get_by_role("main").get_by_role("link", name="Volver sin guardar").click()
    assert "74.5" in officer.said()
    assert "entre 0.0 y 100.0: faltan 3 calificaciones" in officer.said()
    look(officer, "selection-compared")

    officer.open("/oficina/nuevos/")
    officer.follow(CITY)
    officer.follow("Asentar la respuesta")
    officer.page.locator("[name=answer][value=accepted]").check()
    officer.page.locator("[name=reason]").fill("Es la que más suma, y el Cabildo la aprobó")
    officer.page.locator("[name=file]").select_option("new")
    officer.page.locator("[name=reply_en]").fill("Your universities already work with ours.")
    look(officer, "request-answer")
    officer.press("Asentar la respuesta")
    look(officer, "request-answered")
    for name, words in (("Word, inglés", "already work with ours"), ("PDF, español", "la acepta")):
        text = officer.take(name)
        assert "".join(words.split()) in "".join(text.split())
        assert "Cabildo" not in text

    officer.open("/oficina/nuevos/")
    officer.follow("Una ciudad universitaria")
    officer.follow("Asentar la decisión")
    officer.page.get_by_role("radio", name=re.compile(CITY)).check()
    officer.page.locator("[name=decider]").fill("Ayuntamiento, sesión 12")
    officer.page.locator("[name=reason]").fill("Sus universidades")
    opened = officer.page.locator("[name=file] option", has_text=CITY).first  # the file that the request opened
    officer.page.locator("[name=file]").select_option(opened.get_attribute("value"))
    officer.press("Asentar la decisión")
    look(officer, "selection-decided")
    officer.follow("Seguir el camino del lazo")
    assert "Lo que sigue: fase 3 de 7".upper() in officer.said().upper()
    look(officer, "path")
    officer.follow("Nombrar a quienes participan de nuestro lado.")
    officer.page.locator("[name=kind][value=other]").check()
    officer.page.locator("[name=name]").fill("Universidad de Guanajuato")
    officer.page.locator("[name=part]").fill("Recibe estudiantes")
    officer.page.locator("[name=resources][value=human]").check()
    look(officer, "stakeholder")
    officer.press("Agregarlo")
    assert "Universidad de Guanajuato" in officer.said()
    officer.follow("Quiénes participan de cada lado")
    officer.page.get_by_role("link", name=re.compile(f"Agregar.*sociedad civil.*{CITY}")).click()
    assert officer.page.locator("[name=side][value=other]").is_checked()
    officer.page.locator("[name=name]").fill("Umeå musikförening")
    officer.page.locator("[name=part]").fill("Lleva el intercambio de música")
    officer.press("Agregarlo")
    look(officer, "stakeholders")
    assert "Clases sin nadie" in officer.said()

    phone = people(DIRECTOR, size=PHONE, java_script_enabled=False)
    phone.open("/oficina/nuevos/")
    phone.follow("Una ciudad universitaria")
    phone.follow("Seguir el camino del lazo")
    assert "Universidad de Guanajuato" in phone.said()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
