"""Connections that are shared: by the threads of a process, and by a pooler that lends one for a transaction only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import psycopg
import pytest
from django.db import ConnectionHandler

from hermanar.foundation.walls import seeing
from tests.console.test_backup import House, tables_of
from tools import debian, postgres

pytestmark = pytest.mark.nightly
SERVERS = 2  # connections that the pooler opens, whoever asks
ASKED = "SELECT current_user::text, coalesce(current_setting('hermanar.offices', true), '')"


@contextmanager
def pooler_before(url, folder):
    """Yield the address of a PgBouncer in transaction mode before a server."""
    program = debian.program("pgbouncer")
    if program is None:
        pytest.fail("pgbouncer is missing: apt-get install pgbouncer")
    parts, port = urlsplit(url), postgres.free_port()
    folder.chmod(0o755)
    (folder / "users").write_text(f'"{parts.username}" ""\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n* = host={parts.hostname} port={parts.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = trust\nauth_file = {folder}/users\n"
        f"pool_mode = transaction\ndefault_pool_size = {SERVERS}\nmax_client_conn = 200\n"
    )
    nobody = {"user": postgres.NOBODY, "group": postgres.NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    running = subprocess.Popen(
        [program, "-q", str(folder / "pgbouncer.ini")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **nobody
    )
    try:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield parts._replace(netloc=f"{parts.username}@127.0.0.1:{port}").geturl()
    finally:
        running.terminate()
        running.wait(10)


@pytest.fixture
def reachable(tmp_path_factory):
    """Return a folder that another user can read."""
    folder = Path("/tmp") / f"hermanar-pooler-{uuid.uuid4().hex[:8]}"  # noqa: S108 (pytest's own are private)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def test_a_house_works_behind_a_pooler_by_transactions(bare, postgres_url, reachable, tmp_path):
    """Verbs with locks and files, a copy that reads in steps, what verifies it all."""
    with bare.database_at(postgres_url) as url, pooler_before(url, reachable) as pooled:
        house = House(tmp_path / "var", pooled, is_measured=False)
        house.env["HERMANAR_PGBOUNCER"] = "1"
        house.verb("found")
        house.do("verify")
        house.do("backup", tmp_path / "pooled.zip")
        direct = House(tmp_path / "var", url, is_measured=False)
        direct.do("backup", tmp_path / "direct.zip")
        assert tables_of(tmp_path / "pooled.zip") == tables_of(tmp_path / "direct.zip")


def test_no_office_is_left_behind_in_a_shared_connection(bare, postgres_url, reachable, django_db_blocker):
    """Forty threads of several offices and of the house take turns on two connections of a pooler."""
    wrong: list[object] = []

    def ask(settings, office):
        connection = ConnectionHandler({"default": settings})["default"]
        for _turn in range(25):
            with connection.cursor() as cursor:
                if office is None:
                    cursor.execute(ASKED)
                    wanted = ("hermanar", "")
                else:
                    with seeing(office):
                        cursor.execute(ASKED)
                    wanted = ("hermanar_offices", str(office))
                if (seen := cursor.fetchone()) != wanted:
                    wrong.append((seen, wanted))
        connection.close()

    with bare.database_at(postgres_url) as url, pooler_before(url, reachable) as pooled:
        settings = dj_database_url.parse(pooled) | {
            "ENGINE": "hermanar.site.postgresql", "DISABLE_SERVER_SIDE_CURSORS": True
        }  # fmt: skip
        offices = [None, *(uuid.uuid4() for _office in range(3))]
        with django_db_blocker.unblock():
            threads = [threading.Thread(target=ask, args=(settings, offices[n % 4])) for n in range(40)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
    assert wrong == []


def test_threads_share_the_connections_of_a_process(bare, postgres_url, django_db_blocker):
    """Psycopg's own pool: twenty threads of a process ask at once over three connections."""
    seen = []

    def ask(handler):
        connection = handler["default"]
        for _turn in range(10):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid(), current_user::text")
                seen.append(cursor.fetchone())
            connection.close()  # as at the end of a request: it goes back to the pool

    with bare.database_at(postgres_url) as url:
        settings = dj_database_url.parse(url) | {"ENGINE": "hermanar.site.postgresql", "CONN_MAX_AGE": 0}
        settings["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 3, "timeout": 30}}
        handler = ConnectionHandler({"default": settings})
        with django_db_blocker.unblock():
            threads = [threading.Thread(target=ask, args=(handler,)) for _thread in range(20)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
            handler["default"].close_pool()
        with psycopg.connect(url) as server:
            left = server.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()[0]
    assert len(seen) == 200
    assert len({pid for pid, _user in seen}) <= 3
    assert left == 0
