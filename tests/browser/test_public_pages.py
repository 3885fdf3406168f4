"""Every public page in a real browser: no fault for axe, no sideways scroll, whole without scripts, in both themes."""

from __future__ import annotations

import re
import sqlite3
import uuid
from itertools import product

import pytest
from playwright.sync_api import expect

PATHS = {
    "home": "/",
    "another home": "/?ciudad=cancun",
    "hall": "/salas/",
    "room": "/salas/ashland/",
    "silent room": "/salas/umea/",
    "map": "/mapa/",
    "city": "/ciudades/guanajuato/",
    "city of reports only": "/ciudades/guadalajara-jalisco/",
    "city of nothing": "/ciudades/cuautlancingo/",
    "cities": "/ciudades/",
    "cities found": "/ciudades/?q=guanajato",
    "cities with agreements": "/ciudades/?con=acuerdos",
    "no city found": "/ciudades/?q=zzzzqqqq",
    "agreements": "/acuerdos/",
    "agreements chosen": "/acuerdos/?ciudad=inegi:11015&vitalidad=unknown",
    "no agreements": "/acuerdos/?q=zzzzqqqq",
    "agreement": "/acuerdos/guanajuato-ashland/",
    "agreement of Mexican cities": "/acuerdos/guanajuato-morelia/",
    "collection": "/coleccion/",
    "nothing in the collection": "/coleccion/?clase=money",
    "selection of what is gone": "/coleccion/seleccion/?obra=0000000000",
    "empty selection": "/coleccion/seleccion/",
    "observatory": "/observatorio/",
    "data": "/datos/",
    "pairs": "/comparar/",
    "pair to guess": "/comparar/cuanta-gente-vive-aqui/",
    "pair told": "/comparar/la-primera-hermana/?respuesta=0",
    "pair to turn": "/comparar/el-nombre-de-la-otra/",
    "courses": "/cursos/",
    "course": "/cursos/hermanar-dos-ciudades/",
    "lesson": "/cursos/hermanar-dos-ciudades/por-que-se-apagan/",
    "guide for schools": "/cursos/guia-para-escuelas/",
    "final test": "/cursos/hermanar-dos-ciudades/prueba-final/",
    "hellos": "/saludos/",
    "new hello": "/saludos/escribir/?ciudad=guanajuato",
    "board": "/dialogo/",
    "problem of the board": "/dialogo/la-basura/",
    "audio guide": "/audioguia/",
    "stop of the audio guide": "/audioguia/19/",
    "kiosks": "/kiosco/",
    "new answer": "/dialogo/la-basura/responder/",
    "calls": "/convocatorias/",
    "proposals": "/propuestas/",
    "new proposal": "/propuestas/escribir/",
    "calendar": "/agenda/",
    "month of the calendar": "/agenda/?mes=2026-12",
    "feast": "/agenda/festival-internacional-cervantino-fic/",
    "newsletter": "/boletin/",
    "business": "/negocios/",
    "support": "/apoyar/",
    "search": "/buscar/",
    "found": "/buscar/?q=ashland",
    "found in one kind": "/buscar/?q=guanajuato&clase=comparaciones",
    "nothing found": "/buscar/?q=zzzzqqqq",
    "group visit": "/apoyar/visitas/",
    "nothing here": "/nada/",
    "ambiguous": "/acuerdos/?lugar=Cuautla",
    "impossible": "/acuerdos/?desde=1987-02-30",
}
THE_WORLD = re.compile(r"^20,\d{3} lazos")
REFUSED = {"nothing here": 404, "ambiguous": 409, "impossible": 422}
LANGUAGES = {"es": "", "en": "/en"}
THEMES = ("light", "dark")
ROWS = "#tabla ~ .table tbody tr, #tabla ~ .shelf tbody tr"  # of the map's table
WIDTHS = {"phone": 360, "desktop": 1280}
# Each language, width and theme is in one of these two, and each page is asked for in one of them by turns; the nightly
# run asks for every page in the other seven.
PAIRED = [("es", "phone", "light"), ("en", "desktop", "dark")]
BY_DAY = {name: PAIRED[number % 2] for number, name in enumerate(PATHS)}
# What must be readable where no script runs.
TELLS = {
    "home": "34 salas, una por ciudad hermana",
    "map": "Oregon, Estados Unidos",
    "hall": "Alcázar de San Juan",
    "room": "Antes que las ciudades se encontraron las universidades",
    "city": "Alcalá de Henares",
    "city of reports only": "34 lazos que otros reportan",
    "city of nothing": "Ningún acuerdo documentado aquí.",
    "agreements": "60 acuerdos",
    "agreement": "Celebración de los 55 años",
    "observatory": "60 acuerdos documentados",
    "data": "CSV",
    "courses": "Hermanar dos ciudades",
    "lesson": "¿Qué se lleva de esta lección?",
    "guide for schools": "Encuéntralas en el mapa",
    "collection": "Tanques de agua y equipo dental de South Bend",
    "empty selection": "Todavía no hay nada elegido",
    "audio guide": "Alcázar de San Juan",
    "stop of the audio guide": "Antes que las ciudades se encontraron las universidades",
    "calendar": "Semana Medieval",
    "feast": "No se sabe la fecha",
    "cities found": "Guanajuato",
    "found": "Hermanamiento Guanajuato – Ashland",
    "nothing found": "Nada aquí responde a «zzzzqqqq»",
    "pairs": "¿Cuánta gente vive en la ciudad?",
    "pair told": "Claremont",
    "nothing here": "Aquí no hay nada",
}


@pytest.fixture(scope="session")
def disputed(loaded_folder, live_site):
    """Return the address of an agreement on whose signature two sources cannot both be right."""
    with sqlite3.connect(next(loaded_folder.glob("*.sqlite3")), timeout=30) as base:
        row = base.execute(
            "SELECT s.subject, s.source_id FROM foundation_statement s JOIN agreements_agreement a ON a.id = s.subject"
            " WHERE a.slug = 'guanajuato-ashland' AND s.field = 'signed_on' LIMIT 1"
        ).fetchone()
        columns = [column[1] for column in base.execute("PRAGMA table_info(foundation_statement)")]
        known = {"id": uuid.uuid4().hex, "subject": row[0], "source_id": row[1], "field": "signed_on", "value": "1971"}
        values = [known.get(column, "") for column in columns]
        marks = ", ".join("?" * len(columns))
        base.execute(f"INSERT INTO foundation_statement VALUES ({marks})", values)  # noqa: S608 (our own columns)
    return "/acuerdos/guanajuato-ashland/"


def complaints(page, status):
    """Return what went wrong, but for the refusal that was asked for."""
    if status == 200:
        return page.problems
    return [problem for problem in page.problems if f"{status}" not in problem]


@pytest.mark.parametrize("name", PATHS)
def test_page_has_no_fault_and_fits(open_page, axe, name):
    language, width, theme = BY_DAY[name]
    faultless(open_page, axe, name, language=language, width=width, theme=theme)


@pytest.mark.nightly
@pytest.mark.parametrize(("name", "way"), [
    (name, way) for name in PATHS for way in product(LANGUAGES, WIDTHS, THEMES) if way != BY_DAY[name]
])  # fmt: skip
def test_page_has_no_fault_in_any_other_way_either(open_page, axe, name, way):
    language, width, theme = way
    faultless(open_page, axe, name, language=language, width=width, theme=theme)


def faultless(open_page, axe, name, *, language, width, theme):
    page = open_page({"width": WIDTHS[width], "height": 800}, reduced_motion="reduce")
    status = REFUSED.get(name, 200)
    page.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    assert page.open(LANGUAGES[language] + PATHS[name]).status == status
    assert page.page.locator("html").get_attribute("lang") == language
    assert axe(page) == []
    assert page.overflow() == 0
    assert complaints(page, status) == []
    assert page.page.context.cookies() == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_agreement_on_which_sources_disagree_has_no_fault(open_page, axe, disputed, language, width):
    page = open_page({"width": WIDTHS[width], "height": 800})
    page.open(LANGUAGES[language] + disputed)
    assert page.page.locator(".disputed").count() == 1
    assert axe(page) == []
    assert page.overflow() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_opened_folds_have_no_fault(open_page, axe, width):
    page = open_page({"width": WIDTHS[width], "height": 800})
    for name in ("map", "city", "agreements"):
        page.open(PATHS[name])
        page.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert axe(page) == []
        assert page.overflow() == 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_work_without_a_photograph_has_no_fault(open_page, axe, language, width):
    page = open_page({"width": WIDTHS[width], "height": 800})
    page.open(f"{LANGUAGES[language]}/coleccion/")
    page.page.locator("main .hung h3 a").first.click()
    page.settle()
    assert page.page.locator("svg.voyage").count() == 1
    assert axe(page) == []
    assert page.overflow() == 0
    assert page.problems == []


@pytest.mark.parametrize("name", TELLS)
def test_page_is_whole_without_scripts(open_page, name):
    page = open_page(java_script_enabled=False)
    page.open(PATHS[name])
    assert TELLS[name] in page.page.get_by_role("main").inner_text()


def test_map_without_scripts_is_a_drawing_and_a_table(open_page):
    page = open_page(java_script_enabled=False)
    page.open("/mapa/?ciudad=guanajuato")
    assert page.page.locator("svg.worldmap .arc").count() == 34
    assert page.page.locator(ROWS).count() == 34
    assert not page.page.locator(".map__buttons").is_visible()
    page.page.locator("#mapa-ciudad").fill("Leon, Gto")
    page.page.locator("#mapa-ciudad").press("Enter")
    assert page.page.locator("h1").inner_text() == "León en el mundo"
    assert "Guanajuato, México" in page.page.title()


def test_map_brings_the_world_when_it_is_touched(open_page):
    page = open_page(reduced_motion="reduce")
    page.open("/mapa/")
    status = page.page.locator(".map__status")
    assert status.inner_text() == "37 lazos entre 38 lugares"
    page.page.locator(".map canvas").focus()
    expect(status).to_have_text(THE_WORLD, timeout=20_000)
    assert page.problems == []


def choose(page, field, text):
    page.page.locator(field).fill(text)
    page.page.locator(".suggest [role=option]").first.wait_for()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")


def test_map_obeys_the_keyboard_and_marks_its_centre(open_page):
    page = open_page(reduced_motion="reduce")
    page.open("/mapa/")
    assert not page.page.locator(".map__centre").is_visible()
    page.page.locator(".map canvas").focus()
    expect(page.page.locator(".map__status")).to_have_text(THE_WORLD, timeout=20_000)
    for key in ("ArrowLeft", "ArrowUp", "+", "-"):
        page.page.keyboard.press(key)
    assert page.page.locator(".map__centre").is_visible()
    nearest = page.page.locator(".map__card strong").inner_text()
    page.page.keyboard.press("Enter")
    expect(page.page.locator("h1")).to_have_text(f"{nearest} en el mundo")
    assert page.problems == []


def test_map_page_follows_the_chosen_city_and_goes_back(open_page):
    page = open_page(reduced_motion="reduce")
    page.open("/mapa/")
    choose(page, "#mapa-ciudad", "cancun")
    expect(page.page.locator("h1")).to_have_text("Benito Juárez en el mundo", timeout=20_000)
    expect(page.page).to_have_url(re.compile(r"\?ciudad=benito-juarez-quintana-roo$"))
    expect(page.page.locator(ROWS)).to_have_count(19)
    expect(page.page.locator(".map__card strong")).to_have_text("Benito Juárez")
    assert "Benito Juárez" in page.page.title()
    assert page.page.locator("a[hreflang=en]").get_attribute("href").endswith("ciudad=benito-juarez-quintana-roo")
    page.page.go_back()
    expect(page.page.locator("h1")).to_have_text("Guanajuato en el mundo")
    expect(page.page.locator(ROWS)).to_have_count(34)
    expect(page.page.locator(".map__card strong")).to_have_text("Guanajuato")
    assert page.problems == []


def test_map_offers_homonyms(open_page):
    page = open_page(reduced_motion="reduce")
    page.open("/mapa/")
    page.page.locator("#mapa-ciudad").fill("León")
    page.page.locator("#mapa-ciudad").press("Enter")
    expect(page.page.locator("h1")).to_have_text("¿Cuál «León»?")
    page.page.get_by_role("link", name="León").nth(1).click()
    expect(page.page.locator("h1")).to_have_text("León en el mundo")


def test_suggestions_tell_homonyms_apart(visit, axe):
    visit.open("/")
    visit.page.locator("#elegir").fill("leon")
    options = visit.page.locator(".suggest [role=option]")
    options.first.wait_for()
    said = options.all_inner_texts()
    assert any("Nicaragua" in one for one in said)
    assert any("Guanajuato" in one for one in said)
    visit.page.keyboard.press("ArrowDown")
    assert axe(visit) == []
    assert visit.overflow() == 0
    options.nth(1).click()
    expect(visit.page.locator("h1")).to_have_text("León")


@pytest.mark.parametrize("language", LANGUAGES)
def test_choice_of_homonyms_has_no_fault(visit, axe, language):
    visit.open(f"{LANGUAGES[language]}/?ciudad=Alcala")
    assert visit.page.locator(".candidates li").count() > 2
    assert axe(visit) == []
    assert visit.overflow() == 0


def test_map_that_cannot_have_its_data_keeps_the_drawing(open_page):
    page = open_page()
    page.page.route("**/mapa/datos.json*", lambda route: route.abort())
    page.open("/mapa/")
    assert page.page.locator("svg.worldmap").is_visible()
    assert "La tabla de abajo dice lo mismo" in page.page.locator(".map__status").inner_text()


def test_pages_print_without_tools(open_page):
    page = open_page()
    page.open(PATHS["city"])
    page.page.emulate_media(media="print")
    for selector in (".nav", ".theme-toggle", ".downloads", ".go"):
        assert not page.page.locator(selector).first.is_visible()
    assert page.page.get_by_role("table").first.is_visible()
