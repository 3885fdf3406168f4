"""Guanajuato and Ashland, from the phases to an evaluation: one tie through every room, told by both of its cities."""

from __future__ import annotations

import datetime as dt
import re

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import ASHLAND, day, run
from tests.journeys.test_assessments import choose
from tests.journeys.test_committees import joins
from tests.journeys.test_guests import comes_in, invited, tells
from tests.journeys.test_plans import plans, writes
from tests.journeys.test_projects import TITLE, aimed, begun, described, put_in
from tests.journeys.test_reports import downloaded
from tests.workspace import read_back

TODAY = dt.date.fromisoformat(day())
OURS = "La banda de Guanajuato tocó en Ashland"
THEIRS = {"The Ashland choir sang in Guanajuato": -20, "Nurses of both cities met": -6}
# In its first weeks a year has not seen them all.
OF_THIS_YEAR = [what for what, days in {OURS: -60, **THEIRS}.items() if day(days)[:4] == str(TODAY.year)]


def life(who, key):
    who.open(f"/oficina/expedientes/{key}/vida/")


def named(who, key):
    """Say who takes part, from what the path lacks."""
    who.open(f"/oficina/expedientes/{key}/camino/")
    before = who.page.locator(".rail__step--done").count()
    who.follow("Quiénes participan de cada lado")
    for side, kind, name in (("own", "other", "Universidad de Guanajuato"), ("other", "civil_society", "Amigo Club")):
        who.open(f"/oficina/expedientes/{key}/actores/agregar/")
        who.page.locator(f"[name=side][value={side}]").check()
        who.page.locator(f"[name=kind][value={kind}]").check()
        who.page.locator("[name=name]").fill(name)
        who.page.locator("[name=part]").fill("Organiza los encuentros")
        who.press("Agregarlo")
    return before


def gathered(who, key):
    """Found the committee of an area of the tie, paired with the one abroad."""
    who.open(f"/oficina/comites/crear/?expediente={key}&area=culture")
    who.page.locator("[name=peer_name]").fill("Ashland Arts Committee")
    who.press("Crear el comité")
    joins(who, "Ana Pérez", post="Presidencia", sector="autoridades", began_on=day(-30))
    joins(who, "Iris Vega", sector="sociedad civil", began_on=day(-30))


def planned(who, key):
    life(who, key)
    who.follow("Hacer el plan")
    writes(who, starts_on=f"{TODAY.year}-01-01", ends_on=f"{TODAY.year + 2}-12-31", purpose="Conocerse y confiar")
    who.press("Hacer el plan")
    who.follow(re.compile("Agregar el primer programa"))
    who.page.locator("[name=year]").select_option(str(TODAY.year))
    who.press("Agregar")
    plans(who, "Concierto de las dos bandas", starts_on=f"{TODAY.year}-12-01", ends_on=f"{TODAY.year}-12-31")
    assert "Concierto de las dos bandas" in who.said()


def noted(who, key):
    life(who, key)
    who.follow("Anotar una actividad")
    who.page.locator("[name=kind][value=culture]").check()
    who.pick("otro día, o varios")
    who.fill("Primer día", day(-60))
    who.page.get_by_label("Qué se hizo", exact=True).fill(OURS)
    who.page.get_by_role("button", name="Guardar la actividad").click()
    who.page.get_by_role("heading", name=OURS).wait_for()


def taken_in(who, key):
    """Take in what the other side told; nothing of it counts before."""
    life(who, key)
    assert "Contó 2 actividades que esperan que las reciba" in who.said()
    for what in THEIRS:
        who.open(f"/oficina/expedientes/{key}/sala/")
        who.follow(what)
        who.page.locator("[name=description_es]").fill(f"{what} (traducido)")
        who.press("Recibirla")


def given(who, key):
    life(who, key)
    who.follow("Asentar un regalo o una donación")
    who.pick("llegó: nos lo dieron")
    who.fill("¿Qué es?", "Un vitral de Lithia Park")
    who.page.locator("main form.form [name=kind]").select_option("artwork")
    who.fill("¿Cuándo se dio?", str(TODAY.year))
    who.page.get_by_label("¿Cómo se sabe?").first.fill("Acta de entrega 4")
    who.fill("Lugar donde se guarda", "Sala de cabildo")
    who.press("Asentar")
    assert "Un vitral de Lithia Park" in who.said()


def judged(who, key):
    """Begin an evaluation from the tie, answer with reason, and close it with what stays unknown."""
    life(who, key)
    who.follow("Comenzar una")
    who.press("Comenzar")
    page = who.page.url.removeprefix(who.site)
    who.open(f"{page}seccion/igualdad/")
    choose(who, "en las dos direcciones", "2 · en parte", "Van y vienen bandas y coros.")
    who.press("Guardar y volver")
    who.follow("Revisar y cerrar")
    who.press("Cerrar la evaluación")
    assert "cerrada" in who.said()


def reported(who, key):
    """Read the report of the year back from Word: every room is in it, with the numbers of the page."""
    who.open(f"/oficina/informes/anual/{TODAY.year}/")
    figures, grids = read_back.of_page(who.page.content())
    word = downloaded(who, "Word, en español")
    assert read_back.of_word(word) == (figures, grids)
    told = " ".join(cell for _heads, rows in grids.values() for row in rows for cell in row)
    for words in (*OF_THIS_YEAR, "Comité de cultura", TITLE, "Un vitral de Lithia Park"):
        assert words in told, words
    return dict(figures)


def test_a_tie_lives_from_its_phases_to_its_evaluation_by_both_sides(house, look):
    officer, key = house.come(DIRECTOR), run(house.folder, ASHLAND)
    begun_with = named(officer, key)
    look(officer, "life-actors")
    gathered(officer, key)
    planned(officer, key)
    life(officer, key)
    begun(officer, look)
    described(officer, look)
    put_in(officer, look)
    aimed(officer, look)
    noted(officer, key)

    guest = house.come(size=PHONE)
    comes_in(guest, invited(officer, key, house.folder, email="bo@ashland.example.org"))
    room = guest.page.url.removeprefix(guest.site)
    for what, days in THEIRS.items():
        guest.open(room)
        tells(guest, what, day(days))
    taken_in(officer, key)
    given(officer, key)
    judged(officer, key)
    life(officer, key)
    look(officer, "life-of-a-tie")
    said = officer.said()
    for words in ("activo", OURS, "Comité de cultura", TITLE, "solo se ha recibido"):
        assert words in said, words

    figures = reported(officer, key)
    look(officer, "life-report")
    assert figures["Actividades"] == str(len(OF_THIS_YEAR)), figures
    officer.open(f"/oficina/expedientes/{key}/camino/")
    assert officer.page.locator(".rail__step--done").count() > begun_with
    look(officer, "life-path")
