"""No page works harder because there are more agreements: counted in steps of the database, never in seconds."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT, hermanar_env

FEW, MANY = 4_000, 12_000  # with fewer, a city's page is not full yet and still grows
SLACK = 60  # hundreds of steps: three times as many agreements make an index a level deeper, not a page slower
PAGES = [
    "/", "/ciudades/", "/ciudades/?q=tijuana", "/ciudades/tijuana/", "/ciudades/guanajuato/", "/mapa/",
    "/salas/", "/salas/ashland/",
    "/mapa/datos.json", "/mapa/datos.json?ciudad=tijuana", "/sitemap.xml", "/sitemap-acuerdos-3.xml",
    "/sitemap-ciudades-3.xml", "/acuerdos/", "/acuerdos/?lugar=inegi:02004", "/observatorio/", "/datos/",
    "/datos/catalogo.jsonld", "/api/v1/places/inegi:02004",
]  # fmt: skip


def work(folder, count):
    command = [sys.executable, "-m", "tests.museum.work", str(count), *PAGES]
    done = subprocess.run(command, cwd=ROOT, env=hermanar_env(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def loaded_twice(untouched_folder, tmp_path):
    return [shutil.copytree(untouched_folder, tmp_path / name) for name in ("few", "many")]


@pytest.mark.nightly  # writes sixteen thousand agreements
def test_work_of_a_page_does_not_grow_with_the_agreements(loaded_twice):
    few, many = (work(folder, count) for folder, count in zip(loaded_twice, (FEW, MANY), strict=True))
    grown = {path: (few[path], many[path]) for path in PAGES if many[path] > 1.25 * few[path] + SLACK}
    assert grown == {}
