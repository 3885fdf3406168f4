"""Every public page in a real browser: no fault for axe, no sideways scroll, whole without scripts, in both themes."""

from __future__ import annotations

import re
import sqlite3
import uuid

import pytest
from playwright.sync_api import expect

PATHS = {
    "home": "/",
    "another home": "/?ciudad=cancun",
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
    "observatory": "/observatorio/",
    "data": "/datos/",
    "nothing here": "/nada/",
    "ambiguous": "/acuerdos/?lugar=Cuautla",
    "impossible": "/acuerdos/?desde=1987-02-30",
}
THE_WORLD = re.compile(r"^20,\d{3} lazos")
REFUSED = {"nothing here": 404, "ambiguous": 409, "impossible": 422}
LANGUAGES = {"es": "", "en": "/en"}
THEMES = ("light", "dark")
WIDTHS = {"phone": 360, "desktop": 1280}
# What must be readable where no script runs.
TELLS = {
    "home": "34 ciudades hermanas",
    "map": "Oregon, Estados Unidos",
    "city": "Alcalá de Henares",
    "city of reports only": "34 lazos que otros reportan",
    "city of nothing": "Ningún acuerdo documentado aquí.",
    "agreements": "60 acuerdos",
    "agreement": "Celebración de los 55 años",
    "observatory": "60 acuerdos documentados",
    "data": "CSV",
    "cities found": "Guanajuato",
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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PATHS)
def test_page_has_no_fault_and_fits(open_page, axe, name, language, width, theme):
    page = open_page({"width": WIDTHS[width], "height": 800}, color_scheme=theme, reduced_motion="reduce")
    status = REFUSED.get(name, 200)
    assert page.open(LANGUAGES[language] + PATHS[name]).status == status
    assert page.page.locator("html").get_attribute("lang") == language
    assert axe(page) == []
    assert page.overflow() == 0
    assert complaints(page, status) == []


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


@pytest.mark.parametrize("name", TELLS)
def test_page_is_whole_without_scripts(open_page, name):
    page = open_page(java_script_enabled=False)
    page.open(PATHS[name])
    assert TELLS[name] in page.page.get_by_role("main").inner_text()


def test_map_without_scripts_is_a_drawing_and_a_table(open_page):
    page = open_page(java_script_enabled=False)
    page.open("/mapa/?ciudad=guanajuato")
    assert page.page.locator("svg.worldmap .arc").count() == 34
    assert page.page.locator("#tabla ~ .table tbody tr, #tabla ~ .shelf tbody tr").count() == 34
    assert not page.page.locator(".map__tools").is_visible()


def test_map_brings_the_world_when_it_is_touched(open_page):
    page = open_page(reduced_motion="reduce")
    page.open("/mapa/")
    status = page.page.locator(".map__status")
    assert status.inner_text() == "37 lazos entre 38 lugares"
    page.page.locator(".map canvas").focus()
    expect(status).to_have_text(THE_WORLD, timeout=20_000)
    assert page.problems == []


def test_map_obeys_the_keyboard_and_the_search(open_page):
    page = open_page(reduced_motion="reduce")
    page.open("/mapa/")
    page.page.locator("[data-map-search]").fill("Bethlehem")
    expect(page.page.locator(".map__status")).to_have_text(THE_WORLD, timeout=20_000)
    page.page.locator("[data-map-search]").press("Enter")
    assert page.page.locator(".map__card strong").inner_text().startswith("Bethlehem")
    page.page.locator(".map canvas").focus()
    for key in ("ArrowLeft", "ArrowUp", "+", "-", "Enter"):
        page.page.keyboard.press(key)
    assert page.page.locator(".map__card a").is_visible()
    assert page.problems == []


def test_map_that_cannot_have_its_data_keeps_the_drawing(open_page):
    page = open_page()
    page.page.route("**/mapa/datos.json*", lambda route: route.abort())
    page.open("/mapa/")
    assert page.page.locator("svg.worldmap").is_visible()
    assert "La tabla de abajo dice lo mismo" in page.page.locator(".map__status").inner_text()


def test_pages_set_no_cookie(open_page):
    page = open_page()
    for path in PATHS.values():
        page.open(path)
    assert page.page.context.cookies() == []


def test_pages_print_without_tools(open_page):
    page = open_page()
    page.open(PATHS["city"])
    page.page.emulate_media(media="print")
    for selector in (".nav", ".theme-toggle", ".downloads", ".go"):
        assert not page.page.locator(selector).first.is_visible()
    assert page.page.get_by_role("table").first.is_visible()
