"""A gift from the day it came to the ledger, in a real browser: told, mended, followed, and seen by whoever asks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PIL import Image

from tests.journeys.test_draft_to_register import opened


def picture():
    """Return a photograph that says where it was taken, as a telephone makes it."""
    made, buffer = Image.new("RGB", (640, 480), "#a5173a"), io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 7.0)})
    made.save(buffer, "JPEG", exif=exif)
    return {"name": "ambulancia.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def field(officer, name):
    return officer.page.locator(f"main form.form [name={name}]")


def told_with_faults(officer, look, key):
    """Tell an ambulance: what is wrong is said beside its field, and nothing that was typed is lost."""
    officer.pick("llegó: nos lo dieron")
    assert field(officer, "agreement").input_value() == key
    officer.fill("¿Qué es?", "Una ambulancia")
    field(officer, "kind").select_option("vehicle")
    officer.fill("¿Cuándo se dio?", "1985")
    officer.page.get_by_label("¿Cómo se sabe?").first.fill("Inventario de Protección Civil")
    field(officer, "is_donation").check()
    officer.fill("Valor cuando se dio", "15,000")
    field(officer, "currency").select_option("MXN")
    officer.fill("Lugar donde se guarda", "Cuartel de bomberos")
    officer.page.get_by_text("Quién lo dio, su historia y su fotografía").click()
    officer.fill("Su historia", "Cruzó la frontera en 1985.")
    field(officer, "photograph").set_input_files(picture())
    officer.press("Asentar")
    said = officer.said()
    assert "Falta para qué fue la donación" in said
    assert "Falta decir con palabras lo que se ve" in said
    assert "(MXN) no era moneda en 1985: lo es desde 1993" in said
    look(officer, "gift-refused")
    field(officer, "purpose").select_option("humanitarian")
    field(officer, "currency").select_option("USD")
    officer.fill("¿Qué se ve en la fotografía?", "Una ambulancia roja")
    officer.fill("¿De quién es la fotografía y con qué permiso se usa?", "La oficina; uso libre")
    assert field(officer, "story_es").input_value() == "Cruzó la frontera en 1985."
    officer.press("Asentar")
    assert "15,000.00" in officer.said()
    shown = officer.page.locator("main img[alt='Una ambulancia roja']")
    assert shown.evaluate("image => image.complete && image.naturalWidth") == 640
    look(officer, "gift")


def mended_and_followed(officer, look):
    officer.follow("Corregir")
    look(officer, "gift-mend")
    officer.fill("¿Qué es?", "Una ambulancia Ford")
    officer.press("Guardar la corrección")
    assert "Decía «Una ambulancia»; ahora, «Una ambulancia Ford»." in officer.said()
    officer.follow("Decir dónde está ahora")
    look(officer, "gift-whereabouts")
    officer.pick("se perdió o ya no existe")
    officer.fill("¿Cómo se sabe?", "Se dio de baja en 2004")
    officer.press("Anotar")
    assert officer.said().index("se perdió") < officer.said().index("Cuartel de bomberos")
    officer.follow("Publicarlo")
    look(officer, "gift-publish")
    officer.press("Publicar")
    assert "oficina de demostración no se publica" in officer.said()


def went_the_other_way(officer, look, key):
    """Give something back: the ledger shows it, the donation stands apart, and the table says the same."""
    officer.open(f"/oficina/expedientes/{key}/vida/")
    assert "Solo donaciones" in officer.said()
    officer.follow("Asentar un regalo o una donación")
    officer.pick("salió: lo dimos")
    officer.fill("¿Qué es?", "Una talavera")
    field(officer, "kind").select_option("artwork")
    officer.page.get_by_label("¿Cómo se sabe?").first.fill("Acta de la visita")
    officer.fill("Lugar donde se guarda", "Ayuntamiento de Ashland")
    officer.press("Asentar")
    officer.open("/oficina/regalos/")
    officer.follow("Balance de reciprocidad")
    assert "En un solo sentido: solo se ha dado" in officer.said()
    look(officer, "ledger")
    with officer.page.expect_download() as waiting:
        officer.page.get_by_role("main").get_by_role("link", name="CSV").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig"))))[1:]
    told = sorted((row[2], row[3], row[4], row[5], row[6]) for row in rows)
    assert [row for row in told if row[1] == "bienes"] == [  # visits of other stories are exchanged people
        ("no", "bienes", "dado", "1", ""),
        ("sí", "bienes", "recibido", "1", "15000.00 USD"),
    ]
    officer.open(f"/oficina/expedientes/{key}/vida/")
    look(officer, "file-with-ledger")
    officer.open("/oficina/regalos/?tipo=donacion")
    assert "1 regalo o donación" in officer.said()
    look(officer, "gifts")


def test_a_gift_is_told_mended_followed_and_counted(officer, look):
    key = opened(officer, "Ashland")
    officer.open("/oficina/")
    menu = officer.page.get_by_role("navigation", name="Principal")
    menu.get_by_role("link", name="Vida de los lazos").click()
    menu.get_by_role("link", name="Regalos").click()
    look(officer, "gifts-empty-or-few")
    officer.open(f"/oficina/expedientes/{key}/vida/")
    assert "Todavía no hay nada asentado" in officer.said()
    officer.follow("Asentar un regalo o una donación")
    told_with_faults(officer, look, key)
    gift = officer.page.url.removeprefix(officer.site)
    mended_and_followed(officer, look)
    went_the_other_way(officer, look, key)
    officer.open(gift)
    officer.follow("Retirar el registro")
    officer.fill("¿Por qué se retira?", "Está asentado dos veces")
    officer.press("Retirar")
    assert "Está asentado dos veces" in officer.said()
    look(officer, "gift-withdrawn")


def test_documented_donations_are_in_the_ledger_anyone_reads(people, look):
    visitor = people()
    for slug, verdict in (
        ("guanajuato-ashland", "De ida y vuelta."),
        ("guanajuato-south-bend", "De ida y vuelta."),
        ("guanajuato-salinas", "Solo donaciones"),
    ):
        visitor.open("/acuerdos/?q=" + slug.removeprefix("guanajuato-").replace("-", "+"))
        visitor.page.locator(f"main a[href^='/acuerdos/{slug}']").first.click()
        visitor.settle()
        section = visitor.page.locator("section[aria-labelledby=reciprocidad]").inner_text()
        assert verdict in section
        assert "Donaciones, contadas aparte" in section
        look(visitor, f"public-{slug}")
