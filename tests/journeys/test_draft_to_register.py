"""An officer who knows nothing of the law leads files from draft to register, in a real browser, page by page."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from tests.browser.conftest import DESKTOP, PHONE, Watched, axe  # noqa: F401  (a fixture)
from tests.browser.test_accounts import DIRECTOR, press
from tests.conftest import ROOT, hermanar_env

SHOTS = os.environ.get("SHOTS", "")
# Until the register has pages of its own here, its custodian acts as the program's own verbs let her.
REGISTER = """
from hermanar.agreements import actions
from hermanar.agreements.models import Agreement
from hermanar.offices.models import Membership
from hermanar.offices.queries import acting
from hermanar.foundation.calendar import today_in
kept = Agreement.objects.get(pk="{key}")
steward = acting(Membership.objects.get(user__email="registro@sre.example"))
today = today_in(kept.office.time_zone)
step = actions.StepDraft(on=today, letter="DGCP/99")
actions.record_registration(kept.pk, by=steward, version=kept.version, step=step, today=today, number="RAI-2026-7")
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
        self.page.get_by_role("main").get_by_role("button", name=name).click()
        self.page.wait_for_load_state("networkidle")

    def follow(self, name):
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state("networkidle")

    def said(self):
        return self.page.get_by_role("main").inner_text()

    def step(self, **values):
        """Fill a step's form by the names of its fields and send it."""
        for name, value in values.items():
            self.fields += 1
            self.page.locator(f"[name={name}]").first.fill(value)
        self.page.locator("main form.form button[type=submit]").first.click()
        self.page.wait_for_load_state("networkidle")

    def text(self, language, *paragraphs, signed=False):
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
        assert "Texto guardado." in self.said()

    def take(self, name):
        """Download what a link gives and read it back."""
        with self.page.expect_download() as got:
            self.page.get_by_role("link", name=name).click()
        data = Path(got.value.path()).read_bytes()
        return " ".join(text_of(data, PDF if got.value.suggested_filename.endswith("pdf") else WORD))


@pytest.fixture(scope="module")
def signed_in(chromium, live_site, loaded_folder):
    """Return the cookies of the demonstration's director: a code of the second factor is good only once."""
    context = chromium.new_context(viewport=DESKTOP, locale="es-MX")
    watched = Watched(context.new_page(), live_site)
    script = f"from hermanar.console.demonstration import password_of; print(password_of('{DIRECTOR}'))"
    secret = run(loaded_folder, script).splitlines()[-1]
    watched.open("/oficina/")
    watched.page.get_by_label("Correo electrónico").fill(DIRECTOR)
    watched.page.get_by_label("Contraseña", exact=True).fill(secret)
    press(watched, "Entrar")
    watched.page.get_by_label("Código").fill(watched.page.locator(".note .secret").inner_text())
    press(watched, "Entrar")
    yield context.storage_state()
    context.close()


@pytest.fixture
def officer(chromium, live_site, loaded_folder, signed_in):
    """Return the director of the demonstration at desktop width; nothing may go wrong."""
    context = chromium.new_context(viewport=DESKTOP, locale="es-MX", accept_downloads=True, storage_state=signed_in)
    who = Officer(context.new_page(), live_site, loaded_folder)
    yield who
    assert who.problems == []
    context.close()


def opened(officer, city, *, standing="", days=40):
    officer.open("/oficina/")
    officer.page.get_by_role("navigation", name="Principal").get_by_role("link", name="Expedientes").click()
    officer.follow(re.compile("Abrir (un expediente|el primero)"))
    officer.fill("¿Con qué ciudad, estado o provincia?", city)
    if standing:
        officer.pick(standing)
    officer.fill("Fecha prevista de firma", day(days))
    officer.page.get_by_text("Áreas, idiomas y vigencia").click()
    officer.pick("cultura")
    officer.pick("inglés")
    officer.press("Abrir el expediente")
    if officer.page.get_by_role("group", name="¿Cuál de ellas?").count():
        officer.page.locator("[name=place]").first.check()
        officer.fields += 1
        officer.press("Abrir el expediente")
    return officer.page.url.rstrip("/").rsplit("/", 1)[1]


def asked(officer, letter="OF/2"):
    officer.page.locator(".guide__now a.go--first").click()
    officer.step(letter=letter)


def test_a_file_goes_from_draft_to_register_through_two_rounds_of_observations(officer):
    key = opened(officer, "Ashland")
    assert "Va por la Cancillería" in officer.said()
    officer.page.locator(".guide__now a.go--first").click()
    officer.follow("Escríbalo aquí, en Word o PDF")
    officer.step(number="OF/1", dated_on="2026-05-04", recipient="Lic. Prueba Ejemplo", recipient_title="Directora")
    for name in ("Llevarse en Word", "Llevarse en PDF"):
        words = officer.take(name)
        assert "OF/1" in words
        assert "Ashland" in words
        assert "artículo 7 de la Ley sobre la Celebración de Tratados" in words
    officer.follow("Volver al expediente")
    officer.page.locator(".guide__now a.go--first").click()
    officer.step(letter="OF/1")
    assert "Falta el texto en inglés." in officer.said()
    officer.text("es", "Las Partes cooperarán.", "La vigencia será de dos años.")
    officer.text("en", "The Parties shall cooperate.")
    asked(officer)
    for round_ in (1, 2):
        officer.follow("Asentar observaciones")
        officer.step(letter=f"CJA/{round_}", quote_1="dos años", comment_1=f"Observación {round_}: diga desde cuándo.")
        officer.text("es", "Las Partes cooperarán.", f"La vigencia será de {round_ + 2} años desde la firma.")
        officer.follow("Decir cómo se atendió")
        officer.step(answer="Se precisó.")
        asked(officer, f"OF/{round_ + 2}")
    officer.follow("Ver qué cambió en la última")
    assert officer.page.locator(".redline del").first.inner_text() == "3"
    assert officer.page.locator(".redline ins").first.inner_text() == "4"
    officer.open(f"/oficina/expedientes/{key}/")
    officer.page.locator(".guide__now a.go--first").click()
    officer.page.get_by_label("favorable: ya se puede firmar", exact=True).check()
    officer.step(letter="CJA/3")
    officer.page.locator(".guide__now a.go--first").click()
    officer.step(place="Guanajuato", signatories="Alcaldesa de Guanajuato\nMayor of Ashland")
    officer.text("es", "Firmado.", signed=True)
    officer.text("en", "Signed.", signed=True)
    officer.follow("Enviar las copias firmadas")
    officer.step(letter="OF/9")
    assert "Se espera" in officer.said()
    officer.follow("Envío de las copias firmadas")
    assert "CJA/3" in officer.take("Llevarse en PDF")
    run(officer.folder, REGISTER.format(key=key))
    officer.open(f"/oficina/expedientes/{key}/")
    assert "inscrito" in officer.said()
    assert "RAI-2026-7" in officer.said()


def test_a_twinning_between_mexican_cities_needs_only_the_signature(officer):
    opened(officer, "Morelia")
    assert "No va por la Cancillería" in officer.said()
    officer.page.locator(".guide__now a.go--first").click()
    officer.step(place="Morelia", signatories="Alcaldesa\nAlcalde")
    assert "Nada pendiente" in officer.said()
    assert "carece de respaldo" not in officer.said().lower()


def test_an_agreement_signed_without_opinion_is_shown_so_until_it_is_cured(officer):
    key = opened(officer, "Ashland")
    officer.follow("asentar que se firmó sin dictamen")
    officer.step(place="Guanajuato", signatories="Alcaldesa")
    assert "No hay dictamen favorable" in officer.said()
    officer.page.locator("[name=is_without_opinion]").check()
    officer.step(reason="Se firmó en la visita.")
    assert "Carece de respaldo" in officer.said()
    officer.text("es", "Las Partes cooperarán."), officer.text("en", "The Parties shall cooperate.")
    asked(officer)
    officer.page.locator(".guide__now a.go--first").click()
    officer.page.get_by_label("favorable: ya se puede firmar", exact=True).check()
    officer.step(letter="CJA/8")
    assert "carece de respaldo" not in officer.said().lower()
    assert key in officer.page.url


def test_pages_of_files_read_well_and_fit(officer, axe):  # noqa: F811
    key = opened(officer, "Ashland", days=5)
    officer.text("es", "Uno.", "Dos."), officer.text("es", "Uno.", "Tres.")
    of = f"/oficina/expedientes/{key}"
    pages = {
        "lista": "/oficina/expedientes/",
        "nada": "/oficina/expedientes/?q=xyzzy",
        "abrir": "/oficina/expedientes/abrir/",
        "expediente": f"{of}/",
        "datos": f"{of}/datos/",
        "texto": f"{of}/textos/",
        "comparar": f"{of}/comparar/",
        "votacion": f"{of}/votacion/",
        "informar": f"{of}/informar-a-la-cancilleria/",
        "observaciones": f"{of}/asentar-observaciones/",
        "cerrado": f"{of}/solicitar-dictamen/",
        "firma": f"{of}/asentar-firma/",
        "aviso": f"{of}/papeles/aviso/",
        "programa": f"{of}/papeles/programa-es/",
        "plantillas": "/oficina/plantillas/",
        "plantilla": "/oficina/plantillas/aviso/",
    }
    for size in (PHONE, DESKTOP):
        officer.page.set_viewport_size(size)
        for name, address in pages.items():
            officer.open(address)
            if SHOTS:
                officer.page.screenshot(path=f"{SHOTS}/{name}-{size['width']}.png", full_page=True)
            assert axe(officer) == [], (name, size)
            assert officer.overflow() <= 0, (name, size)
