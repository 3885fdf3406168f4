"""Asking Wikidata, against recorded answers that a real server gives over a real socket."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command
from urllib3.util import Timeout

import hermanar
from hermanar.console import wikidata
from hermanar.observatory.models import Capture, ReportedPlace, ReportedTie
from tests.open_data import world


def binding(number, one="Q1", other="Q2", **more):
    base = "http://www.wikidata.org/entity/"
    values = {
        "st": f"{base}statement/s{number}", "a": base + one, "aLabel": "Guanajuato", "aPaisLabel": "México",
        "b": base + other, "bLabel": "Toledo", "bPaisLabel": "España",
        "rango": "http://wikiba.se/ontology#NormalRank", **more,
    }  # fmt: skip
    return {name: {"type": "literal", "value": value} for name, value in values.items()}


def answer(*bindings):
    return (
        200,
        {"Content-Type": "application/sparql-results+json"},
        json.dumps({"results": {"bindings": list(bindings)}}).encode(),
    )


@contextmanager
def server(*answers):
    """Serve recorded answers in turn, the last one again and again; yield the address and what was asked."""
    left, asked = list(answers), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((time.monotonic(), self.headers["User-Agent"], parse_qs(body)))
            status, headers, content = left.pop(0) if len(left) > 1 else left[0]
            if status == "slow":
                time.sleep(1.5)
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content) + (50 if headers.get("X-Cut") else 0)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{served.server_port}/sparql", asked
    finally:
        served.shutdown()
        served.server_close()
        thread.join()


def ask(address):
    return wikidata.ask(address, timeout=Timeout(connect=2, read=0.4), pause=0.01)


def test_the_query_is_asked_once_by_name():
    with server(answer(binding(1))) as (address, asked):
        assert len(ask(address)) == 1
    ((_at, agent, form),) = asked
    assert agent.startswith(f"Hermanar/{hermanar.__version__}")
    assert form["format"] == ["json"]
    assert "p:P190" in form["query"][0]
    for end in "ab":  # either end may be the foreign one
        assert all(f"?{end}{column}" in form["query"][0] for column in ("Pais ", "PaisLabel", "Inegi", "Geonames"))


def test_retry_after_is_honoured():
    with server((429, {"Retry-After": "1"}, b""), answer(binding(1))) as (address, asked):
        ask(address)
    assert asked[1][0] - asked[0][0] >= 1


@pytest.mark.parametrize("wait", ["soon", "-5", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_wait_nobody_can_read_or_long_past_is_ours_to_choose(wait):
    with server((429, {"Retry-After": wait}, b""), answer(binding(1))) as (address, asked):
        assert len(ask(address)) == 1
    assert len(asked) == 2


def test_a_moved_endpoint_is_asked_the_same_by_the_same_name():
    with server(answer(binding(1))) as (moved, asked), server((307, {"Location": moved}, b"")) as (address, _first):
        assert len(ask(address)) == 1
    assert asked[0][1].startswith("Hermanar/")
    assert "p:P190" in asked[0][2]["query"][0]


def test_errors_of_the_server_are_tried_again():
    with server((500, {}, b""), (503, {}, b""), answer(binding(1))) as (address, asked):
        ask(address)
    assert len(asked) == 3


BAD = [
    ("a server that keeps failing", (500, {}, b"")),
    ("a server that asks for an hour", (429, {"Retry-After": "3600"}, b"")),
    ("a refusal", (403, {}, b"")),
    ("broken JSON", (200, {}, b'{"results": {"bindi')),
    ("a page instead of an answer", (200, {}, b"<html>")),
    ("an answer of another query", (200, {}, b'{"results": {"bindings": [{"x": {"value": "1"}}]}}')),
    ("an answer without ties", (200, {}, b'{"results": {"bindings": []}}')),
    ("an answer cut short", (200, {"X-Cut": "1"}, b'{"results"')),
    ("no answer in time", ("slow", {}, b"")),
]


@pytest.mark.parametrize("recorded", [case[1] for case in BAD], ids=[case[0] for case in BAD])
def test_what_is_no_answer_is_told(recorded):
    with server(recorded) as (address, _asked), pytest.raises(wikidata.NoAnswerError) as caught:
        ask(address)
    assert str(caught.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://no-existe.invalid/", "file:///etc/passwd"])
@pytest.mark.django_db
def test_without_internet_the_command_says_so_and_changes_nothing(monkeypatch, address):
    monkeypatch.setenv("HERMANAR_SPARQL", address)
    monkeypatch.setattr(wikidata, "_RETRIES", 0)
    with pytest.raises(CommandError, match="Nada cambió"):
        call_command("refresh")
    assert not Capture.objects.exists()


@pytest.mark.django_db
def test_an_answer_becomes_a_capture_and_nothing_is_forgotten(monkeypatch, capsys):
    world.build()
    monkeypatch.setattr(
        "hermanar.console.management.commands.refresh.public_day", lambda: __import__("datetime").date(2026, 1, 1)
    )
    with server(answer(binding(1), binding(2, other="Q3", bLabel="Ashland"))) as (address, _asked):
        monkeypatch.setenv("HERMANAR_SPARQL", address)
        call_command("refresh")
        monkeypatch.setattr(
            "hermanar.console.management.commands.refresh.public_day",
            lambda: __import__("datetime").date(2026, 2, 1),
        )
    reverse = binding(
        3, one="Q4", aLabel="Mérida", aPaisLabel="España", other="Q1", bLabel="Guanajuato", bPaisLabel="México"
    )
    with server(answer(binding(1), reverse)) as (address, _asked):
        monkeypatch.setenv("HERMANAR_SPARQL", address)
        call_command("refresh")
    told = capsys.readouterr().out
    assert "Aparecieron: 1" in told
    assert "Desaparecieron: 1" in told
    assert Capture.objects.count() == 2
    assert ReportedTie.objects.count() == 4
    merida = ReportedPlace.objects.get(name="Mérida")
    assert (merida.country_as_written, merida.country_code) == ("España", "ES")
