"""The wheel in an empty environment, outside the project, without make, Node or git: the product with its data."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import urllib.request
from urllib.parse import urljoin

import pytest

from tests.conftest import ROOT, free_port, wait_until_answers

pytestmark = [pytest.mark.row(36), pytest.mark.nightly]


@contextlib.contextmanager
def running(apart):
    """Serve by `hermanar run`, told no folder: its data lie in `var` of the folder it is called in."""
    port = free_port()
    log = apart.folder / "server.log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [apart.bin / "hermanar", "run"], cwd=apart.folder, env=apart.environment(HERMANAR_PORT=str(port)),
            stdout=sink, stderr=sink, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_answers(f"http://127.0.0.1:{port}/", server=server, log=log)
        yield f"http://127.0.0.1:{port}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)


@pytest.fixture(scope="module")
def address(installed):
    with running(installed) as found:
        yield found


def asked(address):
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 (our own server)
        return answer.headers, answer.read()


def test_nothing_comes_from_the_project(installed):
    ask = "import hermanar, sys; print(hermanar.__file__); print('\\n'.join(sys.path))"
    said = installed.do("python", "-c", ask)
    assert str(installed.bin.parent) in said.splitlines()[0]
    assert str(ROOT) not in said
    for tool in ("make", "node", "npm", "git"):
        assert shutil.which(tool, path=installed.environment()["PATH"]) is None


def test_serves_the_product_with_its_data(address, figure):
    _headers, home = asked(f"{address}/")
    assert "Guanajuato" in home.decode()
    _headers, statistics = asked(f"{address}/api/v1/agreements?host=Guanajuato&limit=500")
    count = json.loads(statistics)["count"]
    assert count == 34
    figure(f"{count} agreements of Guanajuato asked of the installed wheel")


def test_serves_a_room_in_both_languages(address):
    _headers, hall = asked(f"{address}/salas/")
    room = re.search(r'href="(/salas/[a-z0-9-]+/)"', hall.decode())[1]
    spanish, english = asked(f"{address}{room}")[1].decode(), asked(f"{address}/en{room}")[1].decode()
    assert '<html lang="es"' in spanish
    assert '<html lang="en"' in english
    assert "sister cities" in asked(f"{address}/en/")[1].decode()


def test_serves_static_files_by_digest(address):
    page = asked(f"{address}/")[1].decode()
    sheets = re.findall(r'"(/static/ui/build/site\.[0-9a-f]{12}\.css)"', page)
    headers, sheet = asked(f"{address}{sheets[0]}")
    assert "immutable" in headers["Cache-Control"]
    fonts = re.findall(r"url\(\"?([^)\"]+\.woff2)", sheet.decode())
    assert fonts
    assert asked(urljoin(f"{address}{sheets[0]}", fonts[0]))[1][:4] == b"wOF2"


def test_makes_a_pdf(address):
    headers, paper = asked(f"{address}/cursos/guia-para-escuelas.pdf")
    assert headers["Content-Type"] == "application/pdf"
    assert paper.startswith(b"%PDF-")


def test_check_ends_well(address, installed):
    assert (installed.folder / "var" / "hermanar.sqlite3").is_file()
    done = installed.run("hermanar", "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verify" in installed.do("hermanar", "help")
    assert installed.run("hermanar", "verify").returncode == 0
