"""Each kind of what visitors send, from the form to its removal: a visitor on a telephone, the office at its desk."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE

LOOK_AT = (
    "/saludos/",
    "/saludos/escribir/",
    "/dialogo/",
    "/dialogo/la-basura/",
    "/propuestas/",
    "/propuestas/escribir/",
)


def write_hello(visitor):
    visitor.open("/saludos/")
    visitor.follow("Escribir una postal")
    visitor.page.locator("[name=pair]").select_option(label="a Ashland")
    visitor.page.get_by_role("radio", name="El sol de cada una").check(force=True)
    visitor.page.get_by_role("checkbox", name="Ave").check(force=True)
    visitor.page.locator("[name=text]").fill("Les mando el ruido de las campanas.")
    return "/saludos/", "Les mando el ruido de las campanas."


def write_answer(visitor):
    visitor.open("/dialogo/")
    visitor.follow("¿Adónde va la basura?")
    visitor.follow("Contar cómo se hace allá")
    visitor.page.locator("[name=text]").fill("Se separa en casa y pasa un camión distinto cada día.")
    visitor.page.locator("[name=city]").select_option(label="Ashland")
    return "/dialogo/la-basura/", "Se separa en casa y pasa un camión distinto cada día."


def write_proposal(visitor):
    visitor.open("/propuestas/")
    visitor.follow("Proponer algo")
    visitor.page.locator("[name=title]").fill("Un banco en cada plaza")
    visitor.page.locator("[name=text]").fill("Dos bancos iguales, con la distancia tallada.")
    return "/propuestas/", "Un banco en cada plaza"


@pytest.mark.parametrize("write", [write_hello, write_answer, write_proposal])
def test_what_a_visitor_sends_is_published_reported_and_removed(officer, people, look, write):
    visitor = people(size=PHONE)
    where, words = write(visitor)
    look(visitor, f"{write.__name__}-form")
    visitor.page.locator("[name=consent]").check()
    visitor.press("Enviar")
    receipt = visitor.page.url
    assert "Gracias. Llegó." in visitor.said()
    look(visitor, f"{write.__name__}-receipt")
    visitor.open(where)
    assert words not in visitor.said()

    officer.open("/oficina/")
    officer.page.get_by_role("link", name="del público").click()
    assert words in officer.said()
    look(officer, f"{write.__name__}-queue")
    officer.page.get_by_role("button", name="Publicar", exact=True).press("Enter")  # by keyboard alone
    assert "Deshacer" in officer.said()
    visitor.open(where)
    assert words in visitor.said()
    if where != "/dialogo/la-basura/":
        visitor.page.locator("a.postcard").first.click() if where == "/saludos/" else visitor.follow(words)
    look(visitor, f"{write.__name__}-public")
    visitor.page.get_by_role("link", name="Avisar").first.click()
    visitor.page.get_by_role("radio", name="Otra razón").check()
    visitor.press("Enviar")
    assert "Gracias por avisar" in visitor.said()

    officer.open("/oficina/moderacion/")
    assert "1 aviso" in officer.said()
    officer.page.locator(".queue__item h2 a").first.click()
    officer.page.get_by_text("Borrar para siempre").first.click()
    officer.page.locator("#motivo-borrar").fill("Fin del ensayo")
    officer.page.get_by_role("button", name="Borrar para siempre").click()
    visitor.open(where)
    assert words not in visitor.said()
    visitor.page.goto(receipt)
    assert "Ya no está" in visitor.said()
    assert visitor.page.context.cookies() == []


def test_the_pages_are_whole_without_script(people, look):
    for size in (PHONE, None):
        visitor = people(java_script_enabled=True, **({"size": size} if size else {}))
        for address in LOOK_AT:
            visitor.open(address)
            look(visitor, f"voices{address.replace('/', '-')}")
    plain = people(java_script_enabled=False)
    plain.open("/saludos/escribir/")
    plain.page.locator("[name=wall][value=cobalt]").check(force=True)
    plain.press("Ver cómo queda")
    assert plain.page.locator(".postcard").get_attribute("data-wall") == "cobalt"
