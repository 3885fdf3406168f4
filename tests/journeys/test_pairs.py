"""A pupil on a telephone meets the other city: guesses, slides and turns, by keyboard alone and without a script."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE, axe  # noqa: F401  (a fixture)

GUESS = "/comparar/cuanta-gente-vive-aqui/"
SLIDE = "/comparar/bajo-un-mismo-techo/"
TURN = "/comparar/el-nombre-de-la-otra/"


@pytest.fixture
def pupil(people):
    """Return a telephone that moves nothing, with scripts."""
    return people(size=PHONE, reduced_motion="reduce")


def reach(page, role):
    """Go on with the tabulator until something of this role has the focus, as whoever has no mouse."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches(arguments_of_role)".replace("arguments_of_role", repr(role))):
            return
    pytest.fail(f"the keyboard does not reach {role}")


def sound(who, axe):  # noqa: F811
    assert axe(who) == []
    assert who.overflow() == 0


def test_pupil_guesses_slides_and_turns_by_keyboard(pupil, axe):  # noqa: F811
    page = pupil.page
    pupil.open("/comparar/")
    sound(pupil, axe)
    page.get_by_role("link", name="Empezar").click()
    pupil.settle()
    reach(page, "input[type=range]")
    dots = "[data-try] circle:not(.is-off)"
    before = page.locator(dots).count()
    page.keyboard.press("Home")
    for _ in range(40):  # from 1,000 by 500 to 21,000
        page.keyboard.press("ArrowRight")
    assert page.locator("[data-guess]").inner_text() == "21,000"
    assert page.locator(dots).count() == 42 < before  # the drawing follows the hand
    reach(page, "button[type=submit]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-verdict]')")  # what is read next is the answer
    verdict = page.locator("[data-verdict]").inner_text()
    assert "¡Exacto!" in verdict
    assert "21,000" in verdict
    assert "20,861" in verdict
    assert pupil.page.url.endswith(GUESS)  # the link that goes to a friend does not tell
    sound(pupil, axe)
    pupil.open(SLIDE)
    sound(pupil, axe)
    reach(page, "input[type=radio]")
    page.keyboard.press("ArrowRight")
    assert page.locator("[value='1']").is_checked()
    reach(page, "button[type=submit]")
    page.keyboard.press("Enter")
    assert "Es la otra." in page.locator("[data-verdict]").inner_text()
    sound(pupil, axe)
    pupil.open(TURN)
    reach(page, "summary")
    page.keyboard.press("Enter")
    assert "Un paseo, un mural y un salón" in page.get_by_role("main").inner_text()
    reach(page, "summary")
    page.keyboard.press("Space")
    assert "Ninguna fuente lo cuenta todavía." in page.get_by_role("main").inner_text()
    sound(pupil, axe)


def test_finger_slides_the_knob_to_a_city(pupil):
    pupil.open(SLIDE)
    page = pupil.page
    knob = page.locator("[data-knob]").bounding_box()
    page.mouse.move(knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2)
    page.mouse.down()
    page.mouse.move(30, knob["y"] + 20, steps=4)
    page.mouse.up()
    assert page.locator("[value='0']").is_checked()
    page.get_by_role("button", name="Ver la respuesta").click()
    assert "¡Así es!" in page.locator("[data-verdict]").inner_text()
    page.get_by_role("link", name="Contestar otra vez").click()
    assert page.locator("[data-ask]").is_visible()
    assert not page.locator("[data-told]").is_visible()


def test_all_of_it_works_without_a_script(people):
    who = people(size=PHONE, java_script_enabled=False)
    page = who.page
    who.open(GUESS)
    page.get_by_role("slider").press("Home")
    page.get_by_role("button", name="Ver la respuesta").click()
    who.settle()
    assert "Es más." in page.get_by_role("status").inner_text()
    assert "20,861" in page.get_by_role("main").inner_text()
    who.open(SLIDE)
    page.locator("label").filter(has_text="Guanajuato").click()
    page.get_by_role("button", name="Ver la respuesta").click()
    who.settle()
    assert "¡Así es!" in page.get_by_role("status").inner_text()
    who.open(TURN)
    page.locator("summary").first.click()
    assert "Un paseo, un mural y un salón" in page.get_by_role("main").inner_text()
