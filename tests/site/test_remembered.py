"""Public pages that a process remembers: never one that is private, and none that is older than the last commit."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing

import psycopg
import pytest
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse

from hermanar.site.remembered import Remembered
from hermanar.site.remembered.moments import NoMoments, PostgresMoments, SqliteMoments, moments_of
from tests.conftest import ROOT, hermanar_env, served

# ── what tells that something was written ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE t (n)")
    return path


def write(path, *, ends="COMMIT"):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO t VALUES (1)")
    if ends:
        connection.execute(ends)
    return connection


@pytest.mark.parametrize("journal", ["DELETE", "TRUNCATE", "WAL"])
def test_a_commit_makes_another_moment_and_nothing_else_does(file, journal):
    with closing(sqlite3.connect(file)) as made:
        made.execute(f"PRAGMA journal_mode={journal}")
    moments = SqliteMoments(file)
    first = moments.now()
    assert first is not None
    assert moments.now() == first
    write(file, ends="ROLLBACK").close()
    assert moments.now() == first
    write(file).close()
    second = moments.now()
    assert second not in {None, first}
    with closing(write(file, ends="")):  # not committed: nobody sees it
        assert moments.now() == second


def test_while_somebody_writes_to_the_file_nothing_is_known(file):
    moments = SqliteMoments(file)
    first = moments.now()
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert moments.now() is None
    assert moments.now() == first


def test_a_file_in_the_place_of_another_is_another_moment(file, tmp_path):
    moments, copy = SqliteMoments(file), tmp_path / "copy"
    first = moments.now()
    shutil.copyfile(file, copy)
    copy.rename(file)
    assert moments.now() not in {None, first}
    file.unlink()
    assert moments.now() is None


@pytest.fixture
def server(postgres_url, django_db_blocker):
    """Return the moments of a PostgreSQL, a connection that writes to it, and the one that is asked."""
    wrapper = _wrapper(postgres_url)
    with django_db_blocker.unblock(), psycopg.connect(postgres_url, autocommit=True) as writer:
        writer.execute("CREATE TABLE IF NOT EXISTS moments_of_a_test (n int)")
        yield PostgresMoments(wrapper), writer, wrapper
        writer.execute("DROP TABLE moments_of_a_test")
    wrapper.close()


def _wrapper(url):
    from django.db.backends.postgresql.base import DatabaseWrapper  # noqa: PLC0415 (only where there is a server)

    given = psycopg.conninfo.conninfo_to_dict(url)
    settings = {**connections["default"].settings_dict, "NAME": given["dbname"], "OPTIONS": {}, "CONN_MAX_AGE": None}
    names = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return DatabaseWrapper({**settings, **{ours: given.get(theirs, "") for ours, theirs in names.items()}})


def test_a_commit_on_a_server_makes_another_moment(server):
    moments, writer, _wrapper = server
    first = moments.now()
    assert first is not None
    assert moments.now() == first
    writer.execute("INSERT INTO moments_of_a_test VALUES (1)")
    second = moments.now()
    assert second not in {None, first}
    with writer.transaction(force_rollback=True):
        writer.execute("INSERT INTO moments_of_a_test VALUES (2)")
        during = moments.now()
    assert moments.now() is not None
    assert during is not None


def test_a_server_that_ends_the_connection_costs_no_answer(server):
    moments, writer, wrapper = server
    first = moments.now()
    writer.execute("SELECT pg_terminate_backend(%s)", [wrapper.connection.info.backend_pid])
    assert moments.now() is None
    assert moments.now() not in {None, first}


def test_a_server_that_is_not_there_costs_no_answer(django_db_blocker):
    wrapper = _wrapper("postgresql://nobody@127.0.0.1:1/nothing")
    with django_db_blocker.unblock():
        assert PostgresMoments(wrapper).now() is None


def test_a_file_that_is_no_database_costs_no_answer(tmp_path):
    path = tmp_path / "letter"
    path.write_text("Estimada ciudad hermana: " * 100)
    assert SqliteMoments(path).now() is None


@pytest.mark.django_db
def test_of_a_database_in_memory_nothing_is_known():
    if connections["default"].vendor == "sqlite":
        assert isinstance(moments_of("default"), NoMoments)
        assert moments_of("default").now() is None


# ── what is remembered, and for how long ───────────────────────────────────────────────────────────────────────────


class House:
    """An application that counts its answers, a database whose moment is set by hand, a clock."""

    def __init__(self, answer=None, *, most=1_000_000):
        self.made, self.moment, self.seconds, self.answer = 0, 1, 0.0, answer or (lambda _environ: page())
        self.door = Remembered(self.application, self, most=most, clock=lambda: self.seconds)

    def now(self):
        return self.moment

    def application(self, environ, start_response):
        self.made += 1
        response = self.answer(environ)
        headers = [*response.items(), *(("Set-Cookie", one.output(header="")) for one in response.cookies.values())]
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        return response

    def ask(self, path="/salas/", **more):
        told = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "museo.example", "QUERY_STRING": "", **more}
        body = b"".join(self.door(environ, lambda status, headers: told.append((status, dict(headers)))))
        return (*told[0], body)


class Whole(HttpResponse):
    """An answer outside a request: its end is not told to connections."""

    def close(self):
        pass


def page(body="<p>Salas</p>", *, is_for_everyone=True, status=200, **headers):
    response = Whole(body, status=status)
    response.is_for_everyone = is_for_everyone
    for name, value in {"Cache_Control": "no-cache", "ETag": '"uno"', **headers}.items():
        response[name.replace("_", "-")] = value
    return response


def test_a_page_is_made_once_for_a_moment_and_a_minute():
    house = House()
    first = house.ask()
    assert house.ask() == first
    assert house.made == 1
    house.moment = 2
    assert house.ask() == first
    assert house.made == 2
    house.seconds = 61
    house.ask()
    assert house.made == 3


def test_control_without_moments_a_change_is_not_seen():
    """What the moments are for: take them away, and what was written stays unseen."""
    said = ["antes"]
    house = House(lambda _environ: page(said[0]))
    assert house.ask()[2] == b"antes"
    said[0] = "despues"
    assert house.ask()[2] == b"antes"
    house.moment = 2
    assert house.ask()[2] == b"despues"


def test_a_page_made_while_something_was_written_is_not_remembered_for_the_new_moment():
    house = House()

    def written(_environ):
        house.moment = 2
        return page("a medias")

    house.answer = written
    house.ask()
    house.answer = lambda _environ: page("entera")
    assert house.ask()[2] == b"entera"


def cookie():
    response = page()
    response.set_cookie("quien", "ana")
    return response


@pytest.mark.parametrize("answer", [
    lambda: page(is_for_everyone=False), lambda: page(status=404), lambda: page(Cache_Control="private, no-cache"),
    lambda: page(Cache_Control="no-store"), lambda: page(Vary="Cookie"), lambda: page(Vary="*"), cookie,
    lambda: StreamingHttpResponse([b"uno", b"dos"]), lambda: page("x" * 1_000_001),
], ids=[
    "not for everyone", "not found", "private", "no-store", "by cookie", "by all", "sets a cookie", "stream", "long",
])  # fmt: skip
def test_what_is_not_for_everyone_is_made_each_time(answer):
    house = House(lambda _environ: answer())
    assert house.ask()[2] == house.ask()[2]
    assert house.made == 2


@pytest.mark.parametrize("more", [
    {"REQUEST_METHOD": "POST"}, {"REQUEST_METHOD": "HEAD"}, {"QUERY_STRING": "q=ana"}, {"HTTP_RANGE": "bytes=0-1"},
])  # fmt: skip
def test_what_asks_for_more_than_a_page_is_answered_by_the_application(more):
    house = House()
    house.ask()
    house.ask(**more)
    assert house.made == 2


def test_addresses_hosts_and_what_varies_are_apart():
    house = House(lambda environ: page(environ.get("HTTP_ACCEPT_LANGUAGE", ""), Vary="Accept-Language"))
    spanish, english = {"HTTP_ACCEPT_LANGUAGE": "es"}, {"HTTP_ACCEPT_LANGUAGE": "en"}
    for more in (spanish, english, {**spanish, "HTTP_HOST": "otro.example"}, {**spanish, "PATH_INFO": "/mapa/"}):
        assert house.ask(**more)[2].decode() == more["HTTP_ACCEPT_LANGUAGE"]
    assert house.made == 4
    assert house.ask(**english)[2] == b"en"
    assert house.made == 4


@pytest.mark.parametrize("asked", ['"uno"', 'W/"uno"', '"otro", "uno"'])
def test_a_browser_that_has_the_page_is_told_so(asked):
    house = House(lambda _environ: page(Vary="Accept-Encoding"))
    house.ask()
    status, headers, body = house.ask(HTTP_IF_NONE_MATCH=asked)
    assert (status, body, house.made) == ("304 Not Modified", b"", 1)
    assert headers == {"Cache-Control": "no-cache", "ETag": '"uno"', "Vary": "Accept-Encoding"}
    assert house.ask(HTTP_IF_NONE_MATCH='"otro"')[0] == "200 OK"


def test_the_oldest_pages_make_room():
    house = House(lambda _environ: page("x" * 8_000), most=25_000)
    for path in ("/a/", "/b/", "/a/", "/c/"):
        house.ask(path)
    house.ask("/a/")
    assert house.made == 3
    house.ask("/b/")
    assert house.made == 4


def test_addresses_without_end_take_no_more_room():
    house = House(lambda _environ: page("x" * 4_000, Vary="Accept"), most=20_000)
    for number in range(500):
        house.ask(HTTP_X_FORWARDED_PROTO=str(number))
    assert len(house.door._pages) <= 3
    assert len(house.door._varying) <= 11


def test_nothing_is_remembered_where_there_is_no_room_or_no_moment():
    for house in (House(most=0), House()):
        if house.door._most:
            house.moment = None
        house.ask()
        house.ask()
        assert house.made == 2


# ── the house itself ───────────────────────────────────────────────────────────────────────────────────────────────

RENAME = """
from hermanar.museum.models import HallPage
hall = HallPage.objects.get(url_path="/es/salas/")
hall.lede = {lede!r}
hall.save_revision().publish()
"""


def read(address):
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (our own server)
        return answer.read().decode()


def test_an_edit_is_seen_at_the_next_request_of_every_process(untouched_folder, tmp_path):
    folder = tmp_path / "var"
    shutil.copytree(untouched_folder, folder)
    with served(folder) as site:
        for lede in ("Treinta y cuatro puertas.", "Treinta y cinco puertas."):
            for _ask in range(8):  # both processes make it and remember it
                assert lede not in read(f"{site}/salas/")
            command = [sys.executable, "-m", "hermanar.site", "shell", "-c", RENAME.format(lede=lede)]
            subprocess.run(command, cwd=ROOT, env=hermanar_env(folder), capture_output=True, check=True)
            for _ask in range(8):
                assert lede in read(f"{site}/salas/")
