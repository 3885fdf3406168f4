"""Who goes through the doors: people signed in at browsers of their own, and a look at what they are shown."""

from __future__ import annotations

import os
import shutil
import zlib

import pytest

from tests.browser.conftest import DESKTOP, PHONE, axe, open_page  # noqa: F401  (fixtures)
from tests.browser.test_accounts import DIRECTOR, enter
from tests.conftest import served
from tests.journeys.people import Officer

SHOTS = os.environ.get("SHOTS", "")
NIGHT = bool(os.environ.get("HERMANAR_NIGHT"))


@pytest.fixture(scope="session")
def storied_folder(untouched_folder, tmp_path_factory):
    """Return the copy of the documented facts to which the stories of one process add; who counts opens another."""
    own = tmp_path_factory.mktemp("storied") / "var"
    shutil.copytree(untouched_folder, own)
    return own


@pytest.fixture(scope="session")
def storied_site(storied_folder):
    """Return the address of the house to which stories add."""
    with served(storied_folder) as address:
        yield address


@pytest.fixture(scope="session")
def signed_in(chromium, storied_site, storied_folder):
    """Return a function that gives the cookies of a person of the demonstration: a code is good only once."""
    known = {}

    def state_of(email):
        if email not in known:
            context = chromium.new_context(viewport=DESKTOP, locale="es-MX")
            enter(Officer(context.new_page(), storied_site, storied_folder), storied_folder, email)
            known[email] = context.storage_state()
            context.close()
        return known[email]

    return state_of


@pytest.fixture
def people(chromium, storied_site, storied_folder, signed_in):
    """Return a function that opens a person's browser, signed in or not; nothing may go wrong in any of them."""
    yield from opening(chromium, storied_site, storied_folder, signed_in=signed_in)


@pytest.fixture
def visitors(chromium, live_site, loaded_folder):
    """Return a function that opens a visitor's browser in the house to which nobody adds."""
    yield from opening(chromium, live_site, loaded_folder)


def opening(chromium, site, folder, *, signed_in=None):
    """Yield a function that opens a browser in a house; close them all after, and let nothing have gone wrong."""
    opened = []

    def come(email=None, size=DESKTOP, **options):
        if email:
            options["storage_state"] = signed_in(email)
        context = chromium.new_context(viewport=size, locale="es-MX", accept_downloads=True, bypass_csp=True, **options)
        who = Officer(context.new_page(), site, folder)
        opened.append((who, context))
        return who

    yield come
    for who, context in opened:
        assert who.problems == []
        context.close()


@pytest.fixture
def officer(people):
    """Return the director of the demonstration at desktop width."""
    return people(DIRECTOR)


class House:
    """A house of one's own: whoever comes in finds nothing of other stories."""

    def __init__(self, chromium, site, folder):
        self.chromium, self.site, self.folder = chromium, site, folder
        self.opened = []

    def come(self, email=None, size=DESKTOP):
        """Open a browser, signed in or not; a person of the demonstration can come once."""
        options = {"viewport": size, "locale": "es-MX", "accept_downloads": True, "bypass_csp": True}
        context = self.chromium.new_context(**options)
        who = Officer(context.new_page(), self.site, self.folder)
        self.opened.append((who, context))
        if email:
            enter(who, self.folder, email)
        return who


@pytest.fixture
def house(chromium, untouched_folder, tmp_path):
    """Return a house with the shipped facts, served for one story; nothing may go wrong in any browser."""
    folder = tmp_path / "var"
    shutil.copytree(untouched_folder, folder)
    with served(folder, HERMANAR_WORKERS="1") as site:  # who share a server find it with two (`live_site`)
        kept = House(chromium, site, folder)
        yield kept
        for who, context in kept.opened:
            assert who.problems == []
            context.close()


@pytest.fixture
def look(axe):  # noqa: F811
    """Return a function that holds a page to the rules at both widths, and keeps a picture where asked.

    Whether it fits is asked at both, by day axe at one of them, told by the page's name; by night at both, and the
    contrast of colours too, which is half of what axe takes: all pages share the colours of those that have it by day.
    """

    def at(who, name):
        later = () if NIGHT else ("color-contrast",)
        judged = (PHONE, DESKTOP) if NIGHT else ((PHONE, DESKTOP)[zlib.crc32(name.encode()) % 2],)
        for size in (PHONE, DESKTOP):
            who.page.set_viewport_size(size)
            who.settle()
            if SHOTS:
                who.page.screenshot(path=f"{SHOTS}/{name}-{size['width']}.png", full_page=True)
            assert who.overflow() == 0, f"{name} {size}"
            assert size not in judged or axe(who, without=later) == [], f"{name} {size}"

    return at
