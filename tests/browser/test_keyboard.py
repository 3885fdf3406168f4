"""By keyboard alone: everything that can be touched is reached, once, in the order it is read, and shows the focus."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE

BY_DAY = {
    "home": "/",
    "room": "/salas/ashland/",
    "guess": "/comparar/cuanta-gente-vive-aqui/",
    "collection": "/coleccion/",
    "lesson": "/cursos/hermanar-dos-ciudades/por-que-se-apagan/",
    "postcard": "/saludos/escribir/?ciudad=guanajuato",
}
BY_NIGHT = {
    "slide": "/comparar/bajo-un-mismo-techo/",
    "turn": "/comparar/el-nombre-de-la-otra/",
    "questions": "/comparar/",
    "answer": "/dialogo/la-basura/responder/",
    "proposal": "/propuestas/escribir/",
    "calendar": "/agenda/",
    "visit": "/apoyar/visitas/",
    "newsletter": "/boletin/",
}
# What a tabulator stops at; of a group of radio buttons, only one. What is not drawn is not reached.
STOPS = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.nobody, [inert]');
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, canvas[tabindex="0"]')];
  const open = all.filter((one) => !one.disabled && one.type !== 'hidden' && one.tabIndex >= 0 && seen(one));
  const groups = new Set();
  const stops = open.filter((one) => one.type !== 'radio' || !(groups.has(one.name) || !groups.add(one.name)));
  window.stops = stops;
  return stops.length;
}"""
HERE = """() => {
  const one = document.activeElement;
  const at = one.type === 'radio' ? window.stops.findIndex((it) => it.name === one.name) : window.stops.indexOf(one);
  const look = (it) => getComputedStyle(it);
  const drawn = (it) => it && parseFloat(look(it).outlineWidth) > 0 && look(it).outlineStyle !== 'none';
  const box = one.getBoundingClientRect();
  const marks = [one, one.parentElement, one.nextElementSibling, one.closest('label, .facing__side')];
  const inside = box.bottom > 0 && box.top < innerHeight;
  return { at, shows: marks.some(drawn), inside, what: one.outerHTML.slice(0, 120) };
}"""


def walk(page):
    """Return every stop of the tabulator from the head of a page to its end."""
    before = None
    for _ in range(page.evaluate(STOPS)):
        page.keyboard.press("Tab")
        while (here := page.evaluate(HERE))["at"] == before and before != -1:
            page.keyboard.press("Tab")  # a date has a stop for its day, its month, its year and its calendar
        before = here["at"]
        yield here


def sees_it_all(open_page, path):
    page = open_page(PHONE, reduced_motion="reduce")
    page.open(path)
    stops = list(walk(page.page))
    assert [stop["at"] for stop in stops] == list(range(len(stops))), "the order of the keyboard is not the page's"
    assert [stop["what"] for stop in stops if not stop["shows"]] == []
    assert [stop["what"] for stop in stops if not stop["inside"]] == []
    assert page.problems == []


@pytest.mark.parametrize("path", BY_DAY.values(), ids=BY_DAY)
def test_keyboard_reaches_everything_in_order_and_shows_where_it_is(open_page, path):
    sees_it_all(open_page, path)


@pytest.mark.nightly
@pytest.mark.parametrize("path", BY_NIGHT.values(), ids=BY_NIGHT)
def test_keyboard_reaches_everything_on_the_other_pages_too(open_page, path):
    sees_it_all(open_page, path)


def test_skip_link_leads_past_the_navigation(open_page):
    page = open_page()
    page.open("/salas/")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.className") == "skip"
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_nothing_moves_for_who_asks_for_less(open_page):
    page = open_page(reduced_motion="reduce")
    for path in ("/", "/comparar/el-nombre-de-la-otra/", "/comparar/cuanta-gente-vive-aqui/?respuesta=20000"):
        page.open(path)
        page.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        moving = "document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length"
        assert page.page.evaluate(moving) == 0
