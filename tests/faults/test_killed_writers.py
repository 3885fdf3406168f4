"""Two who write are killed again and again, and a database under them: nothing acknowledged is lost, nothing half."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import psycopg
import pytest

from tests.conftest import hermanar_env
from tests.faults.mother import kills, mother_of
from tests.faults.servers import NAME, own_server

pytestmark = pytest.mark.nightly
KILLS_OF_WRITERS, KILLS_OF_SERVERS = 300, 60
PATIENCE = 60
EVERY = 25  # kills between two checkpoints of the trail


def judge(seen, figure, *, what):
    """Compare what was acknowledged with what is there."""
    assert seen["missing"] == []
    assert seen["flaws"] == []
    assert seen["integrity"] == "ok"
    assert seen["acknowledged"] > 0
    told = f"{what}, {seen['acknowledged']:,} acknowledged, 0 lost, {seen['entries']:,} entries of the trail whole"
    figure(told)


@pytest.mark.row(1)
def test_writers_on_sqlite_are_killed_and_nothing_acknowledged_is_lost(bare, tmp_path, figure):
    """Kill both at once, at any moment; what tells of a kill in the middle is a verb begun and not acknowledged.

    That writes reach the disk itself cannot be seen so: what a killed process has written the system keeps (row 3).
    """
    bare.file_at(tmp_path / "var" / "hermanar.sqlite3")
    acks = [str(tmp_path / f"acks-{number}") for number in range(2)]
    chance = random.Random(1)  # noqa: S311  moments, no secrets
    with mother_of("tests.faults.writers", env=hermanar_env(tmp_path / "var"), folder=tmp_path / "children") as mother:
        key = mother.do("build")
        count = kills(KILLS_OF_WRITERS)
        for number in range(count):
            before = [size_of(path) for path in acks]
            pids = [mother.begin("write", key, path)[0] for path in acks]
            wait_for(acks, before)  # both are at work: a kill while one begins would try nothing
            time.sleep(chance.expovariate(20))
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            assert [mother.end(pid) for pid in pids] == [-signal.SIGKILL] * 2, mother.log()
            if number % EVERY == EVERY - 1:
                mother.do("keep")
        seen = mother.do("examine", *acks)
    in_the_middle = seen["begun"] - seen["acknowledged"]
    assert in_the_middle > 0
    judge(seen, figure, what=f"{count} kills of both, {in_the_middle} verbs cut off")


@pytest.mark.row(2)
def test_postgresql_is_killed_under_writers_that_go_on_by_themselves(bare, postgres_url, tmp_path, figure):
    """Kill every process of the server, or a writer's one, which makes the server drop all; the writers stay.

    With `synchronous_commit=off` what was acknowledged last would still be in the memory of the killed processes.
    """
    acks = [str(tmp_path / f"acks-{number}") for number in range(2)]
    chance = random.Random(2)  # noqa: S311  moments, no secrets
    with own_server(bare, postgres_url) as (cluster, url):
        env = hermanar_env(tmp_path / "var", DATABASE_URL=url)
        with mother_of("tests.faults.writers", env=env, folder=tmp_path / "children") as mother:
            key = mother.do("build")
            pids = [mother.begin("write", key, path)[0] for path in acks]
            count = kills(KILLS_OF_SERVERS)
            for number in range(count):
                time.sleep(0.1 + chance.expovariate(5))
                if number % 3 == 2 and (backends := cluster.backends(NAME)):
                    os.kill(chance.choice(backends), signal.SIGKILL)
                else:
                    cluster.kill()
                    cluster.start()
                wait_until_it_answers(url)
                wait_for(acks, [size_of(path) for path in acks])
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            assert [mother.end(pid) for pid in pids] == [-signal.SIGKILL] * 2, mother.log()
            seen = mother.do("examine", *acks)
    assert seen["lost_sight"] > 0
    judge(seen, figure, what=f"{count} kills of the server, none of the two writers begun again")


def wait_until_it_answers(url):
    """Wait until the database lets somebody in."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the database did not recover")


def wait_for(acks, before):
    """Wait until each writer has acknowledged something new since its file had a size."""
    deadline = time.monotonic() + PATIENCE
    while not all(b"version" in read_from(path, start) for path, start in zip(acks, before, strict=True)):
        if time.monotonic() > deadline:
            pytest.fail("the writers did not go on by themselves")
        time.sleep(0.01)


def size_of(path):
    return Path(path).stat().st_size if Path(path).exists() else 0


def read_from(path, start):
    if not Path(path).exists():
        return b""
    with Path(path).open("rb") as file:
        file.seek(start)
        return file.read()
