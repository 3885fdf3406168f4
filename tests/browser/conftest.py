"""A page at telephone and at desktop width, and axe to judge it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
MOMENT_MS, QUIET_MOMENTS, PATIENCE = 40, 2, 30
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


class Watched:
    """A browser page that remembers what went wrong while it was open."""

    def __init__(self, page, site):
        self.page = page
        self.site = site
        self.problems = []
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("console", lambda said: said.type == "error" and self.problems.append(f"console: {said.text}"))
        page.on("response", lambda got: got.status >= 400 and self.problems.append(f"{got.status} {got.url}"))
        page.on("request", lambda asked: self.elsewhere(asked.url))
        self.awaited = set()
        page.on("request", lambda asked: asked.url.startswith("http") and self.awaited.add(asked))
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, self.heard)

    def heard(self, asked):
        """Forget a request that ended."""
        self.awaited.discard(asked)

    def elsewhere(self, url):
        """Remember a request to another machine: a public page makes none."""
        if not url.startswith((self.site, "data:", "blob:", "about:")):
            self.problems.append(f"asks another site: {url}")

    def open(self, path):
        """Open an address of the site and wait until it is quiet."""
        self.awaited.clear()  # what the page before still waited for ends with it
        answer = self.page.goto(f"{self.site}{path}")
        self.settle()
        return answer

    def settle(self):
        """Wait until the page is loaded and asks for nothing for two moments: the tool itself waits half a second."""
        self.page.wait_for_load_state()
        quiet, deadline = 0, time.monotonic() + PATIENCE
        while quiet < QUIET_MOMENTS:
            self.page.wait_for_timeout(MOMENT_MS)
            quiet = 0 if self.awaited else quiet + 1
            assert time.monotonic() < deadline, f"still waiting for {[one.url for one in self.awaited]}"

    def overflow(self):
        """Return by how many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def open_page(chromium, live_site):
    """Return a function that opens a watched page of the given size; extra options go to the browser context."""
    contexts = []

    def make(size=DESKTOP, **options):
        context = chromium.new_context(viewport=size, locale=options.pop("locale", "es-MX"), **options)
        contexts.append(context)
        return Watched(context.new_page(), live_site)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def visit(request, open_page):
    """Return a watched page, once at telephone and once at desktop width."""
    return open_page(request.param)


@pytest.fixture(scope="session")
def axe():
    """Return a function that lists what axe finds wrong with a page, one line per rule and element."""
    script = HERE / "node_modules" / "axe-core" / "axe.min.js"
    assert script.is_file(), "axe-core is missing: `make test` installs tests/browser/package-lock.json"
    source = script.read_text(encoding="utf-8")

    def run(watched, *, without=()):
        left_out = {rule: {"enabled": False} for rule in without}
        only = {"type": "tag", "values": WCAG}
        options = json.dumps({"runOnly": only, "resultTypes": ["violations"], "rules": left_out})
        if not watched.page.evaluate("Boolean(window.axe)"):
            watched.page.evaluate(source)
        found = watched.page.evaluate(f"axe.run(document, {options}).then((result) => result.violations)")
        return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]

    return run
