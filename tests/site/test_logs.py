"""Lines of the log: each request's own, and never a person in them nor a key that opens something."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
import sqlite3
import subprocess
import sys
from types import SimpleNamespace
from wsgiref.util import setup_testing_defaults

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import IntegrityError, close_old_connections, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from hermanar.foundation.models import User
from hermanar.site.watch.answers import CutError, Watched
from hermanar.site.watch.identity import identity_of
from hermanar.site.watch.logs import JsonLines, Lines, failure_of, logging_settings, written_as
from tests.conftest import ROOT, hermanar_env

pytestmark = pytest.mark.row(27)

WORD = "secretísimo"
MAIL = "ana.canaria@example.org"
TOKEN = "eyJjYW5hcmlhIjoxfQ:1vKq3x:Zq0canaria0Zq0canaria0Zq0canaria0"  # as Django signs
KEY = "0197c0de-cafe-7bad-8bad-0123456789ab"
PROXYS = "0123456789abcdef" * 2
PLANTED = (WORD, MAIL, TOKEN, KEY, "canaria")


class House:
    """The house behind its watch, everything it logs, and its answers."""

    def __init__(self, written="json", level="DEBUG"):
        self.sink = io.StringIO()
        settings = logging_settings(written=written, level=level)
        settings["handlers"]["console"]["stream"] = self.sink
        logging.config.dictConfig(settings)
        self.application = WSGIHandler()

    def ask(self, where, *, method="GET", body=b"", query="", **more):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": where.encode().decode("latin-1"), "QUERY_STRING": query}
        setup_testing_defaults(environ := {"HTTP_HOST": "testserver", **environ, **more})
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": "203.0.113.77"}
        told = []

        def start(status, headers, *_failed):
            told[:] = [status, dict(headers)]

        pieces = list(Watched(self.application)(environ, start))
        return int(told[0][:3]), told[1], b"".join(pieces)

    @property
    def text(self):
        return self.sink.getvalue()

    def lines(self):
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def house():
    """Log as the product does for one test; the suite's own logging comes back."""
    kept = [(each, each.handlers[:], each.level) for each in (logging.getLogger(), logging.getLogger("django"))]
    disabled = logging.root.manager.disable
    for signal in (request_started, request_finished):  # the suite's one connection stays
        signal.disconnect(close_old_connections)
    yield House
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    logging.disable(disabled)
    for each, handlers, level in kept:
        each.handlers[:], each.level = handlers, level


def fails(_request, **_token):
    raise ValueError(f"{WORD} {MAIL} {TOKEN}")


def breaks_a_rule(_request):
    User.objects.create(username=MAIL, email=MAIL)
    User.objects.create(username=MAIL, email=MAIL)


def chained(_request):
    try:
        fails(None)
    except ValueError as error:
        raise RuntimeError(WORD) from error


def tells(request, **_token):
    logging.getLogger("hermanar.somewhere").warning("a letter to %s could not leave: %s", MAIL, TOKEN)
    logging.getLogger("some.library").warning("asked %s for %s", request.path, WORD)
    return HttpResponse("dicho")


def streams(_request):
    def pieces():
        yield b"uno"
        raise ValueError(WORD)

    return StreamingHttpResponse(pieces())


urlpatterns = [
    path("falla/<str:token>/", fails, name="fails"),
    path("regla/", breaks_a_rule),
    path("cadena/", chained),
    path("dice/<str:token>/", tells),
    path("corta/", streams),
]
handler500 = "hermanar.museum.views.refusals.failure"
OWN = override_settings(ROOT_URLCONF=__name__)

ADDRESSES = [
    f"/confirmar/{TOKEN}/", f"/constancia/{TOKEN}/", f"/constancia/{TOKEN}/fotografia/{KEY}/", f"/recibo/{KEY}/",
    f"/boletin/confirmar/{TOKEN}/", f"/boletin/baja/{TOKEN}/", f"/cursos/constancia/{TOKEN}/", f"/{WORD}/",
    f"/convocatorias/voto/{TOKEN}/", f"/convocatorias/jurado/{TOKEN}/", f"/oficina/invitacion/{TOKEN}/",
    f"/cms/{WORD}/", f"/cuenta/{TOKEN}/", f"/contraparte/invitacion/{TOKEN}/", "/acuerdos/", "/oficina/",
    "/api/v1/nada",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["plain", "json"])
def test_nothing_of_a_person_and_no_key_enters_the_log(house, written, figure):
    site = house(written)
    more = {
        "HTTP_COOKIE": f"hermanar_session={WORD}", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}", "HTTP_USER_AGENT": WORD,
        "HTTP_REFERER": f"https://example.org/confirmar/{TOKEN}/", "HTTP_X_FORWARDED_FOR": "203.0.113.78",
    }  # fmt: skip
    form = f"email={MAIL}&nombre={WORD}".encode()
    asked = 0
    for where in ADDRESSES:
        for method in ("GET", "POST"):
            site.ask(where, method=method, body=form, query=f"q={WORD}&correo={MAIL}", **more)
            asked += 1
    site.ask("/nada/", method=WORD[:5].upper())
    site.ask("/", HTTP_HOST=f"{WORD[:4]}.canaria.example")
    with OWN:
        for where in (f"/falla/{TOKEN}/", "/regla/", "/cadena/", f"/dice/{TOKEN}/"):
            site.ask(where, body=form, **more)
    said = site.text
    assert len(re.findall("answered", said)) == asked + 6
    assert [word for word in (*PLANTED, "203.0.113", "SECRE") if word in said] == []
    figure(f"{len(ADDRESSES)} addresses, {said.count(chr(10))} {written} lines, 0 of {len(PLANTED)} planted")


@pytest.mark.django_db
def test_every_line_of_a_request_bears_its_identity(house):
    site = house()
    with OWN:
        status, headers, page = site.ask(f"/falla/{TOKEN}/")
    assert status == 500
    identity = headers["X-Request-ID"]
    assert identity in page.decode()  # for whoever tells the office of it
    told = site.lines()
    assert {line["request"] for line in told} == {identity}
    failed = next(line for line in told if line["logger"] == "django.request")
    assert (failed["event"], failed["level"]) == ("status 500", "ERROR")
    assert failed["failure"][0]["kind"] == "ValueError"
    assert failed["failure"][0]["at"][-1].endswith(" fails")
    answered = told[-1]
    assert {name: answered[name] for name in ("event", "method", "route", "status", "bytes")} == {
        "event": "answered", "method": "GET", "route": "fails", "status": 500, "bytes": len(page),
    }  # fmt: skip
    assert set(answered) == {
        "time", "level", "logger", "event", "request", "method", "route", "status", "ms", "bytes",
    }  # fmt: skip


def test_an_answer_nobody_waits_for_lets_go_of_what_it_is_made_of():
    closed = []

    class Body:
        def __iter__(self):
            return iter([b"a"])

        def close(self):
            closed.append(True)

    def application(_environ, start_response):
        start_response("200 OK", [])
        return Body()

    setup_testing_defaults(environ := {"REQUEST_METHOD": "GET", "PATH_INFO": "/"})
    answer = Watched(application)(environ, lambda *_told: None)
    answer.close()
    answer.close()
    assert closed == [True]


@pytest.mark.django_db
def test_an_answer_that_is_cut_off_is_told_and_counted_with_its_identity(house):
    site = house()
    with OWN, pytest.raises(CutError):
        site.ask("/corta/")
    cut, answered = site.lines()[-2:]
    assert cut["event"] == "an answer was cut off"
    assert cut["failure"][0]["kind"] == "ValueError"
    assert (answered["bytes"], answered["request"]) == (3, cut["request"])
    assert WORD not in site.text


def test_what_no_middleware_caught_is_answered_and_told(house):
    site = house()
    site.application = lambda _environ, _start: fails(None)
    status, headers, page = site.ask("/")
    assert (status, WORD in page.decode()) == (500, False)
    assert site.lines()[0]["request"] == headers["X-Request-ID"]
    assert WORD not in site.text


@pytest.mark.parametrize(("given", "kept"), [
    (PROXYS, True), (KEY, True), ("", False), (WORD, False), ("ana-canaria", False), (PROXYS.upper(), False),
    (PROXYS + "\n", False), (PROXYS * 2, False),
])  # fmt: skip
def test_a_proxys_identity_is_taken_only_when_it_is_nothing_but_one(given, kept):
    found = identity_of({"HTTP_X_REQUEST_ID": given})
    assert (found == given) is kept
    assert re.fullmatch(r"[0-9a-f-]{32,36}", found)


def test_identities_are_each_their_own():
    assert len({identity_of({}) for _number in range(1000)}) == 1000


@pytest.mark.django_db
def test_the_words_of_databases_are_their_codes():
    User.objects.create(username=MAIL, email=MAIL)
    with pytest.raises(IntegrityError) as met:
        User.objects.create(username=MAIL, email=MAIL)
    told = failure_of(met.value)
    code = "23505 foundation_user_" if connection.vendor == "postgresql" else "SQLITE_CONSTRAINT_UNIQUE"
    assert any(code in one["told"] for one in told)
    assert MAIL not in json.dumps(told)


def test_of_the_systems_errors_its_reason_is_told_without_the_name_of_the_file():
    told = failure_of(OSError(28, "No space left on device", f"/var/{WORD}"))
    assert told == [{"kind": "OSError", "told": "No space left on device", "at": []}]
    assert failure_of(psycopg.OperationalError(WORD))[0]["told"] == ""
    assert failure_of(sqlite3.OperationalError(WORD))[0]["told"] == ""


def record(name, message, *values):
    return logging.makeLogRecord({"name": name, "msg": message, "args": values, "levelname": "INFO"})


def test_an_event_is_one_line_whatever_is_said():
    for formatter in (Lines(), JsonLines()):
        assert formatter.format(record("hermanar.x", "uno\ndos")).count("\n") == 0
    assert json.loads(JsonLines().format(record("library", "uno %s %s", "a")))["event"] == "uno %s %s"


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="xml"):
        written_as("xml")
    env = hermanar_env(ROOT / "var", HERMANAR_LOG_FORMAT="xml")
    done = subprocess.run(
        [sys.executable, "-c", "import hermanar.site.settings"], env=env, capture_output=True, text=True, check=False
    )
    assert "HERMANAR_LOG_FORMAT" in done.stderr


def test_control_the_usual_formatter_tells_what_is_planted():
    """What ours is for: Python's own writes what a library filled in, and a failure's words."""
    usual = logging.Formatter()
    assert WORD in usual.format(record("library", "asked for %s", WORD))
    try:
        fails(None)
    except ValueError:
        failed = SimpleNamespace(told=usual.formatException(sys.exc_info()))
    assert TOKEN in failed.told
