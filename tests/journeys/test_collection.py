"""A gift from the office to the museum and back: published it hangs there and is looked at, withdrawn it is gone."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from tests.journeys.people import run
from tests.journeys.test_draft_to_register import opened

PUBLIC = """
from hermanar.agreements.models import Agreement
from hermanar.offices.models import Office
from django.utils import timezone
office = Office.objects.filter(slug="guanajuato-demo")
office.update(is_demonstration={is_demonstration})
shown = timezone.now() if not {is_demonstration} else None
Agreement.objects.filter(office__in=office, pk="{key}").update(published_at=shown, slug="prueba-de-la-coleccion")
"""


@pytest.fixture
def real_office(storied_folder):
    """Return a function that makes the office a real one with a public tie: only those reach the public."""
    known = []

    def make(key):
        known.append(key)
        run(storied_folder, PUBLIC.format(is_demonstration=False, key=key))

    yield make
    for key in known:
        run(storied_folder, PUBLIC.format(is_demonstration=True, key=key))


def picture():
    """Return a photograph large enough to come close to, with lines in it."""
    made, buffer = Image.new("RGB", (2400, 1600), "#e6aa35"), io.BytesIO()
    draw = ImageDraw.Draw(made)
    for step in range(0, 2400, 100):
        draw.line((step, 0, 2400 - step, 1600), fill="#a5173a", width=8)
    made.save(buffer, "JPEG")
    return {"name": "oleo.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def told(officer):
    officer.follow("Asentar un regalo o una donación")
    officer.pick("llegó: nos lo dieron")
    officer.fill("¿Qué es?", "Óleo de la plaza de Ashland")
    officer.page.locator("[name=kind]").select_option("artwork")
    officer.page.get_by_label("¿Cómo se sabe?").first.fill("Inventario, 2006")
    officer.fill("¿Cuándo se dio?", "2005")
    officer.fill("Lugar donde se guarda", "Bodega del ayuntamiento")
    officer.page.get_by_text("Quién lo dio, su historia y su fotografía").click()
    officer.fill("Su historia", "Lo pintó un grupo de vecinos de la plaza.")
    officer.page.locator("[name=photograph]").set_input_files(picture())
    officer.fill("¿Qué se ve en la fotografía?", "Líneas que se cruzan")
    officer.fill("¿De quién es la fotografía y con qué permiso se usa?", "La oficina; uso libre")
    officer.press("Asentar")


def come_close(visitor, look):
    """Open the viewer and move in it with the keyboard alone."""
    page = visitor.page
    page.get_by_role("button", name="Acercarse a la obra").press("Enter")
    page.locator(".zoom__stage[data-ready]").wait_for()
    canvas = page.get_by_role("application")
    with page.expect_response(lambda answer: ",512,512/512,512/" in answer.url) as tile:
        for _time in range(4):
            canvas.press("+")
    assert tile.value.status in {200, 304}
    canvas.press("ArrowRight")
    look(visitor, "exhibit-close")
    page.get_by_role("button", name="Volver a la fotografía").press("Enter")
    assert page.locator("figure img").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Acercarse a la obra"


def test_a_gift_hangs_in_the_museum_and_is_taken_down(officer, people, look, real_office):
    key = opened(officer, "Ashland")
    officer.open(f"/oficina/expedientes/{key}/vida/")
    told(officer)
    gift = officer.page.url.removeprefix(officer.site)
    visitor = people()
    visitor.open("/coleccion/")
    look(visitor, "collection")
    assert "Óleo de la plaza" not in visitor.said()
    real_office(key)
    officer.follow("Publicarlo")
    officer.page.locator("[name=photograph]").check()
    look(officer, "gift-publish-besides")
    officer.press("Publicar")
    officer.follow("Verlo en la colección del museo")
    exhibit = officer.page.url.removeprefix(officer.site)

    visitor.open("/coleccion/")
    visitor.page.get_by_label("Elegir: Óleo de la plaza de Ashland").check()
    look(visitor, "collection-with-photograph")
    visitor.follow("Óleo de la plaza de Ashland")
    assert visitor.page.url.endswith(exhibit)
    assert "Bodega del ayuntamiento" not in visitor.said()
    assert visitor.page.locator("script[src*=viewer]").count() == 0
    look(visitor, "exhibit")
    come_close(visitor, look)
    visitor.follow("A mi selección")
    look(visitor, "selection")
    selection = visitor.page.url.removeprefix(visitor.site)
    plain = people(java_script_enabled=False)
    plain.open(exhibit)
    assert plain.page.locator("figure img").evaluate_all("found => found.length") == 1
    assert plain.page.get_by_role("button", name="Acercarse").count() == 0
    plain.open(selection)
    assert "1 obra elegida." in plain.said()

    officer.open(gift)
    officer.follow("Dejar de mostrarlo")
    officer.press("Dejar de mostrarlo")
    visitor.open(selection)
    assert "Una ya no se muestra." in visitor.said()
    look(visitor, "selection-gone")
    assert visitor.page.request.get(visitor.site + exhibit).status == 404
