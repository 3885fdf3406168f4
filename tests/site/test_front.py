"""What a server in front keeps: pages that are for everyone, under a name that no commit leaves standing."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.http import StreamingHttpResponse
from django.test import Client, override_settings

from hermanar.site.front import KEPT, KEPT_FILES, move
from hermanar.site.front.place import OLD_SECONDS, followed, sweep
from hermanar.workspace.forms.activities import DOCUMENTS, PHOTOGRAPHS
from tests.conftest import ROOT, hermanar_env, served
from tests.site.test_remembered import RENAME, House, cookie, page
from tools import front as nginx

HALL = "/salas/"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "front"


def now(folder):
    return (folder / "now").resolve(strict=True).name


def test_each_move_leads_to_a_name_that_was_never_there(folder):
    seen = []
    for _time in range(200):
        move(folder)
        seen.append(now(folder))
    assert len(set(seen)) == 200


def test_old_names_go_and_the_one_that_stands_stays(folder):
    for _time in range(3):
        move(folder)
    long_ago = time.time() - OLD_SECONDS - 1
    for entry in folder.iterdir():
        os.utime(entry, (long_ago, long_ago), follow_symlinks=False)
    (folder / "young").mkdir()
    sweep(folder)
    assert {entry.name for entry in folder.iterdir()} == {"now", now(folder), "young"}


def test_a_folder_that_cannot_be_used_is_told_and_ends_nothing(tmp_path, caplog):
    plain = tmp_path / "plain"
    plain.write_text("no folder")
    move(plain)
    assert "could not be told" in caplog.text


@pytest.mark.parametrize(("moment", "known", "moves"), [(1, 1, False), (2, 1, True), (1, None, True), (None, 1, True)])
def test_whatever_else_commits_is_followed(folder, moment, known, moves):
    assert followed(folder, moment, known=known) == moment
    assert folder.exists() is moves


@pytest.fixture
def wrapper(folder, transactional_db):
    """Return a connection of the product to the suite's database that tells of its commits, with a table to write."""
    with override_settings(FRONT=folder):
        made = connections[DEFAULT_DB_ALIAS].copy("told")
    made.settings_dict = {**connections[DEFAULT_DB_ALIAS].settings_dict}
    connections["told"] = made
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE told_of_a_test (n int)")
        cursor.execute("INSERT INTO told_of_a_test VALUES (0)")
    yield made
    with made.cursor() as cursor:
        cursor.execute("DROP TABLE told_of_a_test")
    made.close()
    del connections["told"]


def moved_by(folder, work):
    before = now(folder)
    work()
    return now(folder) != before


def test_every_way_of_committing_moves_and_reading_does_not(folder, wrapper):
    def run_alone(statement, *values):
        with wrapper.cursor() as cursor:
            cursor.execute(statement, values)

    def run_together(statement, *, ends=None):
        with transaction.atomic(using="told"):
            run_alone("SELECT 1")
            with transaction.atomic(using="told"):
                run_alone(statement)
            before_commit.append(now(folder))
            if ends:
                raise ends

    def lost():
        with pytest.raises(ZeroDivisionError):
            run_together("INSERT INTO told_of_a_test VALUES (3)", ends=ZeroDivisionError)

    def many():
        with wrapper.cursor() as cursor:
            cursor.executemany("INSERT INTO told_of_a_test VALUES (%s)", [[4], [5]])

    before_commit = []
    insert = "INSERT INTO told_of_a_test VALUES (1)"
    assert moved_by(folder, lambda: run_alone("UPDATE told_of_a_test SET n = %s", 2))
    assert moved_by(folder, lambda: run_together(insert))
    assert moved_by(folder, many)
    assert moved_by(folder, lambda: run_alone("WITH a AS (SELECT 1) INSERT INTO told_of_a_test SELECT * FROM a"))
    assert not moved_by(folder, lambda: run_alone("SELECT * FROM told_of_a_test"))
    assert not moved_by(folder, lambda: run_together("SELECT 1"))
    first = now(folder)
    lost()
    assert now(folder) == first
    run_together(insert)
    assert before_commit[-1] == first  # not before it is committed: else a page of before would be kept as one of after


def test_where_no_folder_is_named_nothing_is_written(folder, db):
    assert "_executed" not in {wrapper.__name__ for wrapper in connections[DEFAULT_DB_ALIAS].execute_wrappers}
    assert not folder.exists()


@pytest.mark.row(27)
def test_what_may_be_kept_is_said_of_pages_for_everyone_only():
    house = House()
    house.door._told = (KEPT,)
    assert KEPT[0] in house.ask()[1]
    assert KEPT[0] in house.ask()[1]  # from memory too
    for answer in (lambda: page(is_for_everyone=False), lambda: page(status=404), cookie):
        house.answer = lambda _environ, answer=answer: answer()
        house.moment += 1
        assert KEPT[0] not in house.ask()[1]
    assert KEPT[0] not in House().ask()[1]


def streamed(*, is_for_everyone=True, status=200):
    response = StreamingHttpResponse([b"uno", b"dos"], status=status)
    response.is_for_everyone = is_for_everyone
    return response


@pytest.mark.row(27)
def test_what_may_be_kept_is_said_of_files_of_everything_only():
    house = House(lambda _environ: streamed())
    house.door._told_of_files = (KEPT_FILES,)
    for query in ("", "lang=en"):
        status, headers, body = house.ask(QUERY_STRING=query)
        assert (status, headers[KEPT_FILES[0]], body) == ("200 OK", KEPT_FILES[1], b"unodos")
    for answer in (lambda: streamed(is_for_everyone=False), lambda: streamed(status=503), page, cookie):
        house.answer = lambda _environ, answer=answer: answer()
        house.moment += 1
        assert KEPT[0] not in house.ask()[1]


@pytest.mark.django_db
@pytest.mark.parametrize(("asked_for", "is_whole"), [
    ("/datos/acuerdos.csv", True), ("/datos/acuerdos.json?lang=en", True), ("/datos/acuerdos.csv?q=paz", False),
    ("/datos/acuerdos.csv?lang=%65n", False),
])  # fmt: skip
def test_a_file_of_everything_is_for_everyone_and_one_by_filters_is_not(asked_for, is_whole):
    answer = Client().get(asked_for)
    assert answer.status_code == 200
    assert answer.is_for_everyone is is_whole
    answer.close()


def test_the_shipped_configuration_leaves_the_choice_to_the_house():
    text = nginx.SHIPPED.read_text(encoding="utf-8")
    assert "proxy_cache_valid" not in text  # else answers that say nothing would be kept
    assert set(re.findall(r"^\s*proxy_ignore_headers (.+);", text, re.MULTILINE)) == {"Cache-Control Expires"}
    assert "$request_uri $" not in text.split("upstream")[0]  # no address in the log


def size_of(text):
    """Return how many bytes a form may have by a piece of the configuration."""
    [megabytes] = re.findall(r"client_max_body_size (\d+)m;", text)
    return int(megabytes) * 1024**2


def test_the_shipped_configuration_takes_the_largest_form(settings):
    text = nginx.SHIPPED.read_text(encoding="utf-8")
    server, _name, rest = text.partition("location ~ ^/(?:en/)?(?:oficina|cuenta|contraparte|")
    file, words = settings.UPLOAD_MOST_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert size_of(server) > file + words, "one file, of whoever takes part in a call"
    activity = (PHOTOGRAPHS + DOCUMENTS) * file + words  # noted by the office or by its counterpart
    assert size_of(rest.partition("\n    }")[0]) > activity


# ── nginx itself, in front of the house ────────────────────────────────────────────────────────────────────────────

SESSION = """
from hermanar.foundation.models import User
from tests.workspace.signing_in import client_of
houses = {}
for person in User.objects.exclude(email="").order_by("pk"):
    houses.setdefault(person.email.rpartition("@")[2], person)
for person in list(houses.values())[:2]:
    print(client_of(person).session.session_key, person.email)
"""


def asked(address, **headers):
    """Return status, headers and text of an answer, following nothing."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (our own server)
    opener = urllib.request.build_opener(NoRedirects)
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_what):
        return None


def in_the_house(folder, code, **more):
    command = [sys.executable, "-m", "hermanar.site", "shell", "-v", "0", "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=hermanar_env(folder, **more), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def fronted(untouched_folder, tmp_path_factory):
    """Serve a house with nginx by the shipped configuration in front; yield (address, folder, its log, environment)."""
    if not nginx.program():
        pytest.fail("nginx is needed (on Debian: apt-get install nginx-light)")
    here = tmp_path_factory.mktemp("fronted")
    var, moments = here / "var", here / "moments"
    shutil.copytree(untouched_folder, var)
    env = {"HERMANAR_FRONT": str(moments)}
    with served(var, **env) as behind:
        port = int(behind.rpartition(":")[2])
        with nginx.Front(here, port=port, var=var, moments=moments) as front:
            yield f"http://127.0.0.1:{front.port}", var, here / "hermanar.log", env


def kept(log):
    """Return how often nginx answered from what it keeps."""
    return log.read_text(encoding="utf-8").count(" HIT")


@pytest.mark.nightly
def test_behind_nginx_an_edit_is_seen_at_the_next_request(fronted):
    site, var, log, env = fronted
    for lede in ("Treinta y seis puertas.", "Treinta y siete puertas."):
        before = kept(log)
        for _ask in range(6):
            assert lede not in asked(site + HALL)[2]
        assert kept(log) > before
        in_the_house(var, RENAME.format(lede=lede), **env)
        for _ask in range(6):
            assert lede in asked(site + HALL)[2]


@pytest.mark.nightly
def test_behind_nginx_a_file_of_everything_is_made_once_until_something_is_written(fronted):
    site, var, log, env = fronted
    rename = (
        "from hermanar.agreements.models import Listing; Listing.objects.filter(slug={slug!r}).update(title_es={to!r})"
    )
    before, title = kept(log), "Hermanamiento Guanajuato – Ashland"
    for to in ("Otro título", title):
        file = asked(f"{site}/datos/acuerdos.csv")[2]
        assert (title in file) is (to != title)
        assert [asked(f"{site}/datos/acuerdos.csv")[2] for _ask in range(3)] == [file] * 3
        assert "kind (in words)" in asked(f"{site}/datos/acuerdos.csv?lang=en")[2]
        in_the_house(var, rename.format(slug="guanajuato-ashland", to=to), **env)
        assert (to in asked(f"{site}/datos/acuerdos.csv")[2]) is True
    assert kept(log) >= before + 6
    before = kept(log)
    for _ask in range(3):
        asked(f"{site}/datos/acuerdos.csv?q=ashland")
    assert kept(log) == before


@pytest.mark.nightly
def test_behind_nginx_what_another_program_writes_is_seen_within_a_second(fronted):
    site, var, _log, _env = fronted
    asked(site + HALL)
    with closing(sqlite3.connect(var / "hermanar.sqlite3", timeout=20)) as other, other:
        other.execute("UPDATE museum_hallpage SET lede = 'Escrito por fuera.'")
    deadline = time.monotonic() + 10  # time is not what is asserted
    while "Escrito por fuera." not in asked(site + HALL)[2]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.nightly
@pytest.mark.row(17)
def test_behind_nginx_nothing_private_is_kept_nor_crossed(fronted):
    site, var, log, env = fronted
    keys = [line.split() for line in in_the_house(var, SESSION, **env).strip().splitlines()]
    assert len(keys) == 2
    for where in ("/oficina/", "/en/oficina/", "/oficina/personas/"):
        shown = []
        for _time in range(2):
            for session, _mail in keys:
                status, headers, text = asked(site + where, Cookie=f"hermanar_session={session}")
                assert headers["Cache-Control"] == "private, no-store"
                shown.append((status, text))
            assert asked(site + where)[0] in {302, 404}
        assert {status for status, _text in shown} == {200}
        mails = [mail for _session, mail in keys]
        for number, (_status, text) in enumerate(shown):
            assert mails[1 - number % 2] not in text
    for where in ("/cuenta/entrar/", "/salud/", "/acuerdos/?q=paz", "/nada/", "/boletin/", "/recibo/nada/"):
        for _time in range(2):
            asked(site + where)
    told = log.read_text(encoding="utf-8").splitlines()
    assert len([line for line in told if line.endswith(" HIT")]) == kept(log)
    private = [line for line in told if line.endswith(" -")]
    assert len(private) >= 18  # asked of the house each time
    assert not re.search(r"oficina|cuenta|127\.0\.0\.1", log.read_text(encoding="utf-8"))


@pytest.mark.nightly
def test_behind_nginx_answers_bear_their_own_identity_and_no_word_to_proxies(fronted):
    site, _var, _log, _env = fronted
    seen = [asked(site + HALL)[1] for _ask in range(5)]
    assert len({headers["X-Request-ID"] for headers in seen}) == 5
    assert [headers.get("X-Accel-Expires") for headers in seen] == [None] * 5
    style = re.search(r'/static/[^"]+\.css', asked(site + "/")[2])[0]
    status, headers, _text = asked(site + style)
    assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert asked(site + "/listo/")[0] == 404
    assert asked(site + "/static/../hermanar.sqlite3")[0] in {400, 404}
    assert asked(site + "/medios/originales/nada.jpg")[0] == 404


@pytest.mark.nightly
def test_behind_nginx_without_a_moment_nothing_is_kept(fronted, tmp_path):
    site, _var, log, _env = fronted
    moments = log.parent / "moments"
    aside = moments.rename(log.parent / "aside")
    try:
        before = kept(log)
        for _ask in range(4):
            assert asked(site + HALL)[0] == 200
        assert kept(log) == before
    finally:
        shutil.rmtree(moments, ignore_errors=True)
        aside.rename(moments)
