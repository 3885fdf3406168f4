"""From the map to a room, on a telephone: a pupil enters, reads, walks on and comes back to the hall."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def test_pupil_goes_from_the_map_to_a_room_and_on(visitors, look):
    pupil = visitors(size=PHONE, reduced_motion="reduce")
    page = pupil.page
    pupil.open("/mapa/")
    page.get_by_role("main").get_by_role("link", name="entrar en sus salas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("34 ciudades hermanas de Guanajuato")
    doors = page.locator(".door a")
    assert doors.count() == 34
    assert (
        min(
            door["height"] for door in doors.evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
        )
        >= 44
    )
    assert page.locator(".door--lives").all_inner_texts() == [page.locator(".door--dormant").inner_text()]
    look(pupil, "salas")
    page.locator(".door", has_text="Ashland").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ashland")
    page.get_by_role("link", name="Leer su historia").click()
    assert page.url.endswith("#historia")
    page.get_by_text("Uno por uno, con quién lo dice").click()
    assert page.get_by_role("list", name="Lo firmado y lo hecho").get_by_role("listitem").count() == 10
    look(pupil, "sala-ashland")
    assert page.evaluate("performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js')).length") == 2
    page.get_by_role("link", name=re.compile("La sala siguiente")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Morgantown")
    pupil.open("/salas/sevilla/")
    page.get_by_role("link", name="Lo que falta saber").click()
    expect(page.get_by_role("heading", name="Lo que falta saber")).to_be_in_viewport()
    look(pupil, "sala-callada")
    page.get_by_role("link", name="Salas de Guanajuato").click()
    pupil.open("/en/salas/umea/")
    look(pupil, "room-in-english")
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible()
    assert page.locator("svg.route").is_visible()
