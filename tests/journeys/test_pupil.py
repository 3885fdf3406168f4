"""A pupil with a telephone, a thumb and a slow line: from the map to a room, a comparison, a quiz and a hello."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from hermanar.console.shipped_courses import course_drafts
from tests.browser.conftest import PHONE, axe  # noqa: F401  (a fixture)

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}  # bytes a second
FRIENDS = next(one for one in course_drafts() if one.slug == "ciudades-amigas")
FINGER = 24  # pixels that WCAG 2.2 AA asks of a target at least


@pytest.fixture
def pupil(people):
    """Return a telephone that is touched, on a slow line."""
    who = people(size=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    who.page.context.new_cdp_session(who.page).send("Network.emulateNetworkConditions", SLOW)
    return who


def touch(pupil, target):
    """Touch something and wait for where it leads."""
    target = target.first
    box = target.bounding_box()
    assert min(box["width"], box["height"]) >= FINGER, target
    target.tap()
    pupil.settle()


def link(pupil, name):
    return pupil.page.get_by_role("main").get_by_role("link", name=name)


def hall(pupil, name):
    return pupil.page.get_by_role("navigation", name="Principal").get_by_role("link", name=name, exact=True)


def sound(pupil, axe):  # noqa: F811
    assert axe(pupil) == []
    assert pupil.overflow() == 0


def test_pupil_goes_from_the_map_to_a_hello(pupil, axe):  # noqa: F811
    page = pupil.page
    pupil.open("/mapa/")
    touch(pupil, link(pupil, "entrar en sus salas"))
    touch(pupil, page.locator(".door", has_text="Ashland").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ashland")
    touch(pupil, link(pupil, "Leer su historia"))
    assert page.url.endswith("#historia")
    sound(pupil, axe)

    touch(pupil, link(pupil, re.compile(r"^\d+ preguntas a las dos ciudades$")))
    touch(pupil, page.locator(".asked__line a"))
    hand = page.locator("[data-hand]")
    box = hand.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    expect(page.locator("[data-guess]")).not_to_have_text("¿?")
    page.get_by_role("button", name="Ver la respuesta").tap()
    expect(page.locator("[data-verdict]")).to_be_visible()
    sound(pupil, axe)

    touch(pupil, hall(pupil, "Cursos"))
    touch(pupil, link(pupil, FRIENDS.values["title"]))
    touch(pupil, link(pupil, "Empezar la lección 1"))
    for number, letter in enumerate((one["right"] for one in FRIENDS.lessons[0].questions if not one["is_final"]), 1):
        page.locator(f"label:has([name=r{number}][value={letter}])").tap()
    touch(pupil, page.get_by_role("button", name="Revisar mis respuestas"))
    assert "Lección aprobada." in pupil.said()
    sound(pupil, axe)

    touch(pupil, hall(pupil, "Participar"))
    touch(pupil, link(pupil, "Escribir una postal"))
    page.locator("[name=pair]").select_option(label="a Ashland")
    page.get_by_role("radio", name="Los años juntas").tap()
    assert page.get_by_role("radio", name="Los años juntas").is_checked()
    page.locator("[name=text]").fill("Acá también hay un río debajo de la calle.")
    page.locator("[name=consent]").tap()
    touch(pupil, page.get_by_role("main").get_by_role("button", name="Enviar"))
    assert "Gracias. Llegó." in pupil.said()
    sound(pupil, axe)
    assert page.context.cookies() == []
