"""How lasting a tie is and what the city can do, in a real browser: from a telephone, by two people, over time."""

from __future__ import annotations

import docx

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import day, run

ANALYST = "analisis@guanajuato.example"
MAKE_FILE = """
from hermanar.agreements.actions import FileDraft, PartyDraft, draft
from hermanar.agreements.vocabulary import Role
from hermanar.directory.models import Place
from hermanar.foundation.calendar import public_day
from hermanar.offices.models import Membership
from hermanar.offices.queries import acting
kept = Membership.objects.get(user__email="direccion@guanajuato.example", ended_at=None)
ashland = Place.objects.get(identifiers__scheme="geonames", identifiers__value="5711789")
parties = [PartyDraft(kept.office.place_id, Role.DECLARING), PartyDraft(ashland.pk, Role.COUNTERPART)]
print(draft(FileDraft(parties), office=kept.office_id, by=acting(kept), today=public_day()).pk)
"""


def choose(who, question, answer, why=""):
    """Answer one question of a section by its words."""
    group = who.page.locator("fieldset.question", has_text=question)
    group.get_by_label(answer).check()
    if why:
        group.get_by_label("Por qué, en una frase").fill(why)
    return group


def test_a_tie_is_assessed_twice_and_compared(people, look, storied_folder):
    agreement = run(storied_folder, MAKE_FILE)
    director, analyst = people(DIRECTOR, size=PHONE), people(ANALYST, size=DESKTOP)
    director.open(f"/oficina/expedientes/{agreement}/vida/")
    director.follow("Comenzar una")
    look(director, "begin")
    director.page.set_viewport_size(PHONE)
    director.fill("¿De qué día es?", day(-30))
    director.press("Comenzar")
    page = director.page.url
    look(director, "draft")

    # Two people at two sections: neither loses anything.
    director.open(f"{page}seccion/igualdad/".removeprefix(director.site))
    analyst.open(f"{page}seccion/innovacion/".removeprefix(analyst.site))
    group = choose(director, "en las dos direcciones", "2 · en parte", "Van y vienen estudiantes.")
    group.get_by_text("Agregar evidencia").click()
    group.get_by_label("Un enlace").fill("https://ashland.example/hermanas")
    group.get_by_label("Lo que alguien dice").fill("El acta 12 lo cuenta.")
    look(director, "section")
    choose(analyst, "amenazas y las oportunidades", "se desconoce")
    analyst.press("Guardar la sección")
    director.press("Guardar y seguir")
    assert "Falta quién lo dice" in director.said()  # words need a source
    look(director, "refused")
    director.page.get_by_label("Quién lo dice, o dónde consta").first.fill("Acta 12 del comité")
    director.press("Guardar y seguir")
    assert "Pragmatismo" in director.page.locator("h1").inner_text()
    director.open(page.removeprefix(director.site))
    assert "1 de 25 preguntas con valor; 1 con evidencia; 1 se desconoce; 23 sin responder" in director.said()
    assert "«El acta 12 lo cuenta.»" in director.said()
    look(director, "answered")

    at_once(director, analyst, look, page)
    closed_and_taken_away(director, look, page)
    begun_again_and_compared(director, look)


def at_once(director, analyst, look, page):
    """At the same section the second sees the first."""
    for who in (director, analyst):
        who.open(f"{page}seccion/pragmatismo/".removeprefix(who.site))
    choose(director, "metas son alcanzables", "3 · logrado", "Hay plan.")
    choose(analyst, "metas son alcanzables", "1 · iniciado", "Apenas.")
    director.press("Guardar y volver")
    analyst.press("Guardar y volver")
    assert "Otra persona guardó esta sección" in analyst.said()
    look(analyst, "conflict")


def closed_and_taken_away(director, look, page):
    director.open(page.removeprefix(director.site))
    director.follow("Revisar y cerrar")
    look(director, "closing")
    director.press("Cerrar la evaluación")
    assert "cerrada" in director.said()
    with director.page.expect_download() as got:
        director.page.get_by_role("main").get_by_role("link", name="Word").click()
    written = docx.Document(got.value.path())
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert "3 · logrado" in cells
    assert "se desconoce" in cells


def begun_again_and_compared(director, look):
    """A second one begins from the first and shows what it said."""
    director.open("/oficina/evaluacion/")
    look(director, "list")
    director.follow("Comenzar la siguiente")
    director.press("Comenzar")
    second = director.page.url
    director.open(f"{second}seccion/igualdad/".removeprefix(director.site))
    assert "Van y vienen estudiantes." in director.said()
    look(director, "as-before")
    choose(director, "en las dos direcciones", "3 · logrado", "Ya es parejo.")
    director.press("Guardar y volver")
    director.follow("Revisar y cerrar")
    director.press("Cerrar la evaluación")
    director.follow("Historia y comparación")
    assert "mejoró" in director.said()
    assert "ya no se sabe" in director.said()
    look(director, "history")


def test_the_city_is_assessed_and_stands_beside_the_ones_the_sources_tell_of(people, look):
    director = people(DIRECTOR)
    director.open("/oficina/evaluacion/comenzar/?guia=capacity")
    director.page.get_by_label("¿De qué día es?").fill(day())
    director.press("Comenzar")
    page = director.page.url
    director.open(f"{page}seccion/estructura/".removeprefix(director.site))
    choose(director, "área de relaciones internacionales", "1 · iniciado", "La hay en papel desde 2018.")
    director.press("Guardar y volver")
    assert "AMAIE" not in director.said()
    director.follow("Revisar y cerrar")
    director.press("Cerrar la evaluación")
    director.page.get_by_role("main").get_by_role("link", name="Otras ciudades").click()
    director.settle()
    said = director.said()
    for words in (
        "La hay en papel desde 2018.",
        "Alcalá de Henares, España",
        "de tamaño parecido",
        "Trabajo Internacional",
    ):
        assert words in said
    assert said.count("Artículo sobre la racionalidad") == 10
    look(director, "cities")
