"""The people of the journeys: each at a browser of their own, counting what the program asks of them."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import docx

from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from tests.browser.conftest import Watched
from tests.conftest import ROOT, hermanar_env

# A tie with Ashland that the demonstration's office keeps as one of long ago; prints its key.
ASHLAND = """
from hermanar.agreements.actions import PartyDraft, PastDraft, enter_past
from hermanar.agreements.vocabulary import Kind, Role
from hermanar.directory.models import Place
from hermanar.foundation.access import Actor
from hermanar.foundation.access import Role as Post
from hermanar.offices.models import Office
from hermanar.workspace.due import today_of
office = Office.objects.get(slug="guanajuato-demo")
ashland = Place.objects.get(identifiers__scheme="geonames", identifiers__value="5711789")
parties = [PartyDraft(office.place_id, Role.DECLARING), PartyDraft(ashland.pk, Role.COUNTERPART)]
by = Actor("ensayo", Post.DIRECTOR, office.pk)
print(enter_past(PastDraft(parties, Kind.TWINNING, "Archivo"), office=office.pk, by=by, today=today_of(office)).pk)
"""


def run(folder, script):
    """Run a script of the program over a served folder and return what it prints."""
    start = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'hermanar.site.settings'; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + script], cwd=ROOT, env=hermanar_env(folder), capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def day(days=0):
    return (dt.datetime.now(dt.UTC) - dt.timedelta(hours=8) + dt.timedelta(days=days)).date().isoformat()


class Officer(Watched):
    """A person at the office's pages; counts the screens seen and the fields filled."""

    def __init__(self, page, site, folder, look=None):
        super().__init__(page, site)
        self.folder = folder
        self.look = look or (lambda _name: None)
        self.fields = 0
        self.screens = []
        page.on("framenavigated", lambda _frame: self.screens.append(page.url))

    def fill(self, label, value):
        self.fields += 1
        self.page.get_by_label(label).first.fill(value)

    def pick(self, label):
        self.fields += 1
        self.page.get_by_label(label, exact=True).check()

    def press(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=name).click()

    def follow(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def said(self):
        return self.page.get_by_role("main").inner_text()

    def step(self, **values):
        """Fill a step's form by the names of its fields and send it."""
        for name, value in values.items():
            self.fields += 1
            self.page.locator(f"[name={name}]").first.fill(value)
        with self.page.expect_navigation():
            self.page.locator("main form.form button[type=submit]").first.click()

    def text(self, language, *paragraphs, signed=False):
        if "/textos/" not in self.page.url:  # a first text leads on to the next language
            self.follow("Agregar un texto")
        self.page.locator("[name=language]").select_option(language)
        self.fields += 1
        made, buffer = docx.Document(), io.BytesIO()
        for words in paragraphs:
            made.add_paragraph(words)
        made.save(buffer)
        sent = {"name": f"acuerdo-{language}.docx", "mimeType": WORD, "buffer": buffer.getvalue()}
        self.page.locator("[name=document]").set_input_files(sent)
        self.fields += 1
        if signed:
            self.page.locator("[name=is_signed]").check()
        self.press("Guardar el texto")
        assert "Texto guardado:" in self.page.locator("body").inner_text()

    def take(self, name, role="link"):
        """Download what a link or button gives and read it back."""
        with self.page.expect_download() as got:
            self.page.get_by_role("main").get_by_role(role, name=name).first.click()
        data = Path(got.value.path()).read_bytes()
        return " ".join(text_of(data, PDF if got.value.suggested_filename.endswith("pdf") else WORD))
