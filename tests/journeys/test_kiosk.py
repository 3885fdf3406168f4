"""A screen in a hall: opened once with a network, then without one and with its browser begun anew, all rooms stand."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from hermanar.museum.rules.kiosks import MOST_BYTES
from tests.browser.conftest import Watched
from tools import chromium as chromium_tool

NOWHERE = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}  # a way on which every request fails
BASE = "/kiosco/guanajuato/"
SCREEN, WIDE, PHONE = ({"width": w, "height": h} for w, h in ((1080, 1920), (1920, 1080), (360, 780)))
LEAST = 60  # pixels of what a finger reaches
TARGETS = """() => [...document.querySelectorAll('a[href], button, summary, audio')]
    .filter((one) => one.checkVisibility() && !one.closest('dialog:not([open])') && !one.matches('.skip'))
    .map((one) => [one.textContent.trim().slice(0, 40), one.getBoundingClientRect().height])"""
WEIGHT = """async () => {
    let weight = 0;
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const asked of await cache.keys()) weight += (await (await cache.match(asked)).arrayBuffer()).byteLength;
    }
    return weight;
}"""
KEPT = "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)))).flat()"  # noqa: E501


@pytest.fixture
def screens(chromium, tmp_path):
    """Return a function that opens the browser of a screen anew, with all that it kept."""
    opened, path = [], os.environ.get("HERMANAR_CHROMIUM") or chromium_tool.find()

    def begin(*, is_connected=True):
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "screen", executable_path=path, args=list(chromium_tool.FLAGS), viewport=SCREEN,
            locale="es-MX", reduced_motion="reduce", has_touch=True, proxy=None if is_connected else NOWHERE,
        )  # fmt: skip
        opened.append(context)
        return context

    yield begin
    for context in opened:
        context.close()


def inside(page, site):
    """Return where the links of a page lead; none may leave the kiosk."""
    found = page.eval_on_selector_all("a[href]:not(.skip)", "all => all.map((one) => one.href)")
    assert all(link.startswith(site + BASE) for link in found), found
    assert page.locator("form:not([method=dialog]), iframe, [target]").count() == 0
    return {urlsplit(link).path for link in found}


def reachable(page):
    small = [one for one in page.evaluate(TARGETS) if one[1] < LEAST]
    assert small == [], page.url


def test_a_screen_is_whole_without_the_internet_after_one_visit(screens, live_site, axe):
    context = screens()
    screen = Watched(context.new_page(), live_site)
    page = screen.page
    screen.open(BASE)
    expect(page.locator("[data-state]")).to_have_text("Esta pantalla ya funciona sin internet.", timeout=60_000)
    assert page.locator("svg.rosette .ray").count() == 34
    reachable(page)
    assert axe(screen) == []
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert screen.overflow() == 0
    kept = page.evaluate(KEPT)
    weight = page.evaluate(WEIGHT)
    print(f"a copy of {len(kept)} files, {weight / 1e6:.1f} MB")
    assert 500_000 < weight <= MOST_BYTES
    allowed = re.compile(rf"{re.escape(live_site)}(/kiosco/guanajuato/|/static/|/medios/|/mapa/tierra\.svg)")
    assert all(allowed.match(one) for one in kept)
    assert not any("/oficina" in one or "/cuenta" in one or "/cms" in one for one in kept)
    assert context.cookies() == []
    assert screen.problems == []
    context.close()

    context = screens(is_connected=False)  # the browser anew, the network cut
    page = context.new_page()
    page.goto(f"{live_site}{BASE}")
    assert inside(page, live_site) == {f"{BASE}es/", f"{BASE}en/"}
    page.get_by_role("link", name="Español").tap()
    page.wait_for_url(f"**{BASE}es/")
    reachable(page)
    doors = sorted(one for one in inside(page, live_site) if "/salas/" in one)
    assert len(doors) == 10
    for number, door in enumerate(doors):
        for code in ("es", "en") if number == 0 else ("es",):
            page.goto(live_site + door.replace("/es/", f"/{code}/"))
            expect(page.locator("h1")).to_be_visible()
            assert page.locator("html").get_attribute("lang") == code
            assert page.locator("svg.route, svg.qr").count() == 2
            assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "fixed"  # dressed
            inside(page, live_site)
    reachable(page)
    walks_the_audio_guide(page, live_site)
    page.goto(f"{live_site}{BASE}es/salas/no-hay/")
    expect(page.locator("h1")).to_have_text("Guanajuato")  # what is not there is the beginning


def walks_the_audio_guide(page, site):
    """Find Ashland's stop by typing its number, read it, and go on to the next: all of it by keyboard."""
    page.goto(f"{site}{BASE}es/audio/")
    page.keyboard.type("19")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ashland")
    assert "3,092 kilómetros" in page.get_by_role("main").inner_text()
    reachable(page)
    inside(page, site)
    page.get_by_role("link", name=re.compile("La parada siguiente")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Morgantown")


def test_an_idle_screen_asks_and_begins_anew(open_page, axe):
    screen = open_page(SCREEN, reduced_motion="reduce", service_workers="block")
    page = screen.page
    page.clock.install()
    screen.open(f"{BASE}es/salas/ashland/")
    assert axe(screen) == []
    page.clock.run_for(75_000)
    ask = page.get_by_role("dialog", name="¿Sigue ahí?")
    expect(ask).to_be_visible()
    page.get_by_role("button", name="Sí, aquí sigo").press("Enter")
    expect(ask).to_be_hidden()
    page.clock.run_for(65_000)
    assert page.url.endswith("/ashland/")
    left = []
    page.on("request", lambda asked: asked.is_navigation_request() and left.append(asked.url))
    page.clock.run_for(30_000)
    page.wait_for_url(f"**{BASE}")
    expect(page.locator("h1")).to_have_text("Guanajuato")
    assert [one.partition("/kiosco/")[2] for one in left] == ["guanajuato/"]  # once, however long it takes to come
    page.go_back()
    assert not page.url.endswith("/ashland/")  # nobody finds where the one before them was
