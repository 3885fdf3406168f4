"""From one team to the next, in a real browser: the outgoing director prepares, the incoming one checks and signs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Watched, axe  # noqa: F401  a fixture
from tests.browser.test_accounts import enter, is_sound, press
from tests.conftest import ROOT, hermanar_env, served

OUTGOING, INCOMING = "direccion@guanajuato.example", "analisis@guanajuato.example"


@pytest.fixture
def folder(untouched_folder, tmp_path):
    """Return a house of its own, whose demonstration office has a file with a paper."""
    own = tmp_path / "var"
    shutil.copytree(untouched_folder, own)
    command = [sys.executable, "-m", "tests.console.house", "furnish", "guanajuato-demo"]
    subprocess.run(command, cwd=ROOT, env=hermanar_env(own), check=True, capture_output=True, timeout=120)
    return own


def person(chromium, site, size):
    context = chromium.new_context(viewport=size, locale="es-MX", accept_downloads=True, bypass_csp=True)
    return Watched(context.new_page(), site)


def checked(path, digest):
    """Check the dossier as its receiver does: with the script that came in it, and no product."""
    with zipfile.ZipFile(path) as archive:
        archive.extract("verify_dossier.py", path.parent)
    command = [sys.executable, "-I", path.parent / "verify_dossier.py", path, "--digest", digest]
    return subprocess.run(command, capture_output=True, text=True, check=False).returncode


def test_an_office_passes_from_one_team_to_the_next(chromium, axe, folder, tmp_path):  # noqa: F811
    with served(folder, HERMANAR_WORKERS="1") as site:
        outgoing = person(chromium, site, DESKTOP)
        enter(outgoing, folder, OUTGOING)
        outgoing.page.get_by_role("navigation", name="Principal").get_by_role("link", name="Oficina").click()
        outgoing.page.get_by_role("link", name="Entrega", exact=True).first.click()
        is_sound(outgoing, axe, "list")
        outgoing.page.get_by_role("main").get_by_role("button", name="Preparar la entrega").click()
        outgoing.page.wait_for_selector("[data-follow], code.digest")
        outgoing.page.wait_for_selector("code.digest")  # the page looks by itself whether it is made
        is_sound(outgoing, axe, "record")
        assert "nadie más puede recibir" in outgoing.page.get_by_role("main").inner_text()  # an office of one, so far
        outgoing.page.screenshot(path=tmp_path / "desktop.png", full_page=True)
        digest = outgoing.page.locator("code.digest").inner_text()
        record = outgoing.page.url.removeprefix(site)

        outgoing.open("/oficina/personas/")
        outgoing.page.locator("dl.facts > div", has_text=INCOMING).get_by_role("link", name="Cambiar el papel").click()
        outgoing.page.get_by_label("Papel").select_option("director")
        press(outgoing, "Cambiar el papel")

        outgoing.open(record)
        assert "otra persona" in outgoing.page.get_by_role("main").inner_text()

        incoming = person(chromium, site, PHONE)
        enter(incoming, folder, INCOMING)
        incoming.open("/oficina/entrega/")
        is_sound(incoming, axe, "list on a telephone")
        incoming.open(record)
        is_sound(incoming, axe, "record on a telephone")
        with incoming.page.expect_download() as download:
            incoming.page.get_by_role("link", name="(ZIP)").click()
        download.value.save_as(tmp_path / "entrega.zip")
        assert checked(tmp_path / "entrega.zip", digest) == 0
        assert checked(tmp_path / "entrega.zip", "0" * 64) == 1
        incoming.page.get_by_label("Observaciones de quien recibe").fill("Falta la copia firmada en inglés")
        press(incoming, "Recibir la oficina")
        is_sound(incoming, axe, "received")
        incoming.page.screenshot(path=tmp_path / "phone.png", full_page=True)
        assert "Falta la copia firmada en inglés" in incoming.page.get_by_role("main").inner_text()

        outgoing.open(record)
        assert "Falta la copia firmada en inglés" in outgoing.page.get_by_role("main").inner_text()
        assert outgoing.page.get_by_role("button", name="Recibir la oficina").count() == 0
        for one in (outgoing, incoming):
            one.page.context.close()
