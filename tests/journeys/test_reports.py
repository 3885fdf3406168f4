"""The year is reported in a real browser: entered once, read on the page, in Word and in the table, shown to others."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2

from tests.journeys.test_draft_to_register import opened
from tests.workspace import read_back


def day():
    """Return the day it is in the office, which is the day of what it notes as of today."""
    return dt.datetime.now(ZoneInfo("America/Mexico_City")).date().isoformat()


def downloaded(officer, name):
    with officer.page.expect_download() as waiting:
        officer.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    return Path(waiting.value.path()).read_bytes()


def noted(officer, key):
    """Note an event of today with thirty people from here and twenty-six from there."""
    officer.open(f"/oficina/actividades/anotar/?expediente={key}")
    page = officer.page
    page.locator("[name=kind][value=culture]").check()
    page.locator("[name=on]").first.check()
    page.locator("[name=description_es]").fill("Concierto de las dos orquestas")
    page.get_by_text("Dónde, cuántas personas, prensa, documentos").click()
    page.locator("[name=place]").fill("Teatro Juárez")
    for number, (country, people) in enumerate((("México", "30"), ("Estados Unidos", "26")), start=1):
        page.locator(f"[name=country_{number}]").fill(country)
        page.locator(f"[name=people_{number}]").fill(people)
    officer.press("Guardar la actividad")
    assert "Concierto" in officer.said()


def reported(officer, look):
    """Open the report of the year; what the page says, the Word file, the PDF and the table say too."""
    officer.open("/oficina/")
    officer.page.get_by_role("navigation", name="Principal").get_by_role("link", name="Informes").click()
    look(officer, "reports")
    officer.follow(day()[:4])
    look(officer, "annual")
    figures, grids = read_back.of_page(officer.page.content())
    told = dict(figures)
    assert int(told["Participaciones"].replace(",", "")) >= 56
    word = downloaded(officer, "Word, en español")
    assert read_back.of_word(word) == (figures, grids)
    assert any("Concierto de las dos orquestas" in row[0] for row in grids["Una por una"][1])
    pdf = pypdfium2.PdfDocument(downloaded(officer, "PDF, en español"))
    assert "Concierto de las dos orquestas" in read_back.told(
        " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    )
    rows = list(csv.reader(io.StringIO(downloaded(officer, "las cifras en CSV").decode("utf-8-sig"))))
    assert ["Participaciones", told["Participaciones"].replace(",", "")] in [row[2:4] for row in rows]


def filled_in(officer):
    """Follow one thing that is lacking to its very field."""
    link = officer.page.locator("section[aria-labelledby=falta] a").first
    field = link.get_attribute("href").partition("#")[2]
    with officer.page.expect_navigation():
        link.click()
    assert officer.page.locator(f"#{field}, #{field}_0").count()
    officer.page.go_back()


def proved(officer, look, key):
    """Prepare a proof page of the concert; a demonstration puts nothing on the web."""
    officer.open("/oficina/informes/")
    officer.follow("Preparar una constancia")
    look(officer, "proof-choose")
    officer.open(f"/oficina/informes/constancias/nueva/?expediente={key}")
    officer.fill("Nombre del encuentro", "Encuentro de orquestas")
    officer.fill("¿En qué ciudad fue?", "Guanajuato")
    officer.page.locator("[name=starts_on]").fill(day())
    officer.page.locator("[name=ends_on]").fill(day())
    officer.press("Guardar la constancia")
    look(officer, "proof-refused")
    assert "Elija al menos una actividad" in officer.said()
    officer.page.get_by_label("Concierto de las dos orquestas", exact=False).check()
    officer.press("Guardar la constancia")
    look(officer, "proof")
    said = officer.said()
    assert "Nadie la ve fuera de la oficina" in said
    assert "Estados Unidos" in said
    officer.press("Publicarla")
    assert "oficina de demostración no se publica" in officer.page.content()


def test_a_year_is_reported_from_what_was_entered_once(officer, look):
    key = opened(officer, "Ashland")
    noted(officer, key)
    reported(officer, look)
    filled_in(officer)
    proved(officer, look, key)
    officer.open("/oficina/informes/iati/")
    look(officer, "iati")
    officer.open("/oficina/proyectos/asentar/")
    officer.page.locator("[name=title_es]").fill("Orquesta de las dos ciudades")
    officer.page.locator("main form.form button[type=submit]").first.click()
    officer.settle()
    officer.follow("Ficha para la AMEXCID")
    look(officer, "project-sheet")
    assert "Orquesta de las dos ciudades" in officer.said()
    officer.open("/oficina/informes/iati/")
    look(officer, "iati-with-project")
