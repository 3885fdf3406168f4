"""The counterpart takes part: asked in, it tells, the office merges, it confirms a result, and its access is ended."""

from __future__ import annotations

import io
import re

from PIL import Image

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import code_of
from tests.journeys.people import ASHLAND, day, run

EMAIL = "ann@ashland.example.org"


def send(who, form="main form.form"):
    """Press the first button of a form, whatever language it is written in."""
    with who.page.expect_navigation():
        who.page.locator(f"{form} button[type=submit]").first.click()


def tells(guest, what, on, kind="culture"):
    """Fill in what was done, with a photograph."""
    with guest.page.expect_navigation():
        guest.page.locator("main .actions a.go--first").click()
    guest.page.locator(f"[name=kind][value={kind}]").check()
    guest.page.locator("[name=on][value=other]").check()
    guest.page.locator("[name=from_on]").fill(on)
    guest.page.locator("[name=description_es]").fill(what)
    guest.page.locator("[name=people_1]").fill("12")
    stream = io.BytesIO()
    Image.new("RGB", (1200, 800), "blue").save(stream, "JPEG")
    sent = {"name": "choir.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}
    guest.page.locator("[name=photograph_1]").set_input_files(sent)
    guest.page.locator("[name=alternative_1]").fill("A choir on the steps of the library")
    send(guest)
    assert what in guest.said()


def notes(officer, what, on):
    """Note in the office what its own side did."""
    officer.page.locator("[name=kind][value=culture]").check()
    officer.page.locator("[name=on][value=other]").check()
    officer.page.locator("[name=from_on]").fill(on)
    officer.page.get_by_label("Qué se hizo", exact=True).fill(what)
    officer.press("Guardar la actividad")


def invited(officer, tie, folder, email=EMAIL):
    """Ask somebody in from the page of the tie's life, and return the address that the letter brings."""
    officer.open(f"/oficina/expedientes/{tie}/vida/")
    officer.follow("Invitar a la contraparte")
    officer.page.locator("[name=email]").fill(email)
    officer.page.locator("[name=language]").select_option("en")
    officer.press("Enviar la invitación")
    newest_first = sorted((folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    letters = [path.read_text(encoding="utf-8", errors="replace") for path in newest_first]
    letter = next(text for text in letters if f"To: {email}" in text)
    return re.search(r"http://\S+(/en/contraparte/invitacion/\S+)", letter)[1]


def comes_in(guest, address):
    """Open the account of the link, with a second factor, and go where its pages lead."""
    guest.open(address)
    guest.page.locator("[name=name]").fill("Ann Mayor")
    guest.page.locator("[name=password]").fill("a sentence that nobody knows")
    send(guest)
    guest.open("/en/cuenta/aplicacion/")
    guest.page.locator("[name=code]").fill(code_of(guest.page.locator("p .secret").inner_text()))
    send(guest)
    with guest.page.expect_navigation():
        guest.page.get_by_role("banner").locator("nav a[href='/en/contraparte/']").first.click()


def test_both_sides_tell_a_tie_and_its_door_closes(people, officer, storied_folder, look):  # noqa: PLR0915  one story
    tie = run(storied_folder, ASHLAND)
    link = invited(officer, tie, storied_folder)
    look(officer, "guests-office-asked")

    guest = people(size=PHONE)
    comes_in(guest, link)
    assert f"/en/contraparte/{tie}/" in guest.page.url
    assert guest.page.locator("html").get_attribute("lang") == "en"
    look(guest, "guests-room-empty")
    room = guest.page.url.removeprefix(guest.site)
    tells(guest, "The Ashland choir sang in Guanajuato", day(-20))
    look(guest, "guests-entry")
    guest.open(room)
    tells(guest, "Guanajuato's estudiantina visited Ashland", day(-90))

    officer.open(f"/oficina/actividades/anotar/?expediente={tie}")
    notes(officer, "Concierto del coro de Ashland en el Teatro Juárez", day(-18))
    officer.open(f"/oficina/actividades/anotar/?expediente={tie}")
    notes(officer, "Donación de 200 libros a la biblioteca", day(-200))
    officer.open("/oficina/")
    assert "Lo que contó la contraparte, por recibir" in officer.said()
    officer.open(f"/oficina/expedientes/{tie}/sala/")
    look(officer, "guests-office-waiting")

    officer.follow("The Ashland choir sang")  # the same concert, two days apart
    assert "la misma clase, en días cercanos" in officer.said()
    look(officer, "guests-office-entry")
    officer.page.locator("[name=description_es]").fill("El coro de Ashland cantó en Guanajuato")
    officer.press("Recibirla")
    assert "Ya hay algo muy parecido" in officer.said()  # nothing is merged by itself
    officer.page.get_by_label(re.compile("Concierto del coro de Ashland")).check()
    officer.press("Recibirla")
    assert "Es la misma que otra" in officer.said()
    officer.open(f"/oficina/expedientes/{tie}/sala/")
    officer.follow("Guanajuato's estudiantina")
    officer.page.locator("[name=description_es]").fill("La estudiantina visitó Ashland")
    officer.page.locator("[name=direction]").select_option("outbound")
    officer.press("Recibirla")
    assert "Ashland, contraparte" in officer.said()

    officer.open(f"/oficina/expedientes/{tie}/sala/")
    officer.press(re.compile("Compartirla.*Donación de 200 libros"))
    look(officer, "guests-office-shared")
    guest.open(room)
    look(guest, "guests-room")
    with guest.page.expect_navigation():
        guest.page.locator("main section dl a", has_text="Donación de 200 libros").first.click()
    guest.page.locator("[name=answer][value=contests]").check()
    send(guest)
    assert guest.page.locator(".faults").count() == 1  # a no says what was otherwise
    look(guest, "guests-say")
    guest.page.locator("[name=answer][value=confirms]").check()
    send(guest)
    officer.open(f"/oficina/expedientes/{tie}/sala/")
    assert "así fue" in officer.said()
    assert "Ann Mayor" in officer.said()

    officer.press(re.compile(f"Terminar su acceso.*{EMAIL}"))
    assert "terminó el" in officer.said()
    assert guest.problems == []
    assert guest.open(room).status == 404
    guest.problems.clear()  # the closed door is what was asked for
    officer.open(f"/oficina/expedientes/{tie}/sala/")
    assert "Guanajuato's estudiantina visited Ashland" in officer.said()  # what was said stays
