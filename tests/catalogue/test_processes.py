"""What one process commits, the next request of every other sees, on both databases."""

from __future__ import annotations

import json
import select
import subprocess
import sys

import pytest

from tests.conftest import ROOT, hermanar_env

BEFORE = {"twinning": 4, "specific_cooperation": 1, "unknown": 1}


class Process:
    """One real process of the product."""

    def __init__(self, folder, url):
        env = hermanar_env(folder, DATABASE_URL=url)
        command = [sys.executable, "-m", "tests.catalogue.process"]
        self.it = subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, *line):
        self.it.stdin.write(json.dumps(line) + "\n")
        self.it.stdin.flush()

    def answer(self):
        return json.loads(self.it.stdout.readline())

    def __call__(self, *line):
        self.ask(*line)
        return self.answer()

    def end(self):
        self.it.kill()
        self.it.communicate()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, bare, tmp_path):
    if request.param == "sqlite":
        bare.file_at(tmp_path / "registry.sqlite3")
        yield f"sqlite:///{tmp_path / 'registry.sqlite3'}"
        return
    with bare.database_at(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture
def start(database, tmp_path):
    started = []

    def process():
        started.append(Process(tmp_path, database))
        return started[-1]

    process()("build")
    yield process
    for one in started:
        one.end()


def test_two_processes_one_edit(start):
    one, other = start(), start()
    assert (one("kinds"), other("kinds")) == (BEFORE, BEFORE)
    one("edit", "benito-juarez-umea", "other")
    assert other("kinds") == one("kinds") == {"twinning": 3, "other": 1, "specific_cooperation": 1, "unknown": 1}
    other("edit", "guanajuato-leon", "other")
    assert one("kinds") == other("kinds") == {"twinning": 3, "other": 2, "specific_cooperation": 1}


def test_killed_rebuild_is_begun_again_and_its_readers_wait(start):
    one, other = start(), start()
    assert other("kinds") == BEFORE
    assert one("rebuild_slowly") == "half"
    other.ask("kinds")
    ready, _write, _error = select.select([other.it.stdout], [], [], 1)
    assert not ready  # never half an answer
    one.end()
    assert other.answer() == BEFORE


def test_two_processes_that_load_one_capture_keep_it_once(start):
    """The second waits for the first and finds its capture there, instead of failing on what both would write."""
    one, other = start(), start()
    one.ask("load_slowly")
    assert one.answer() == "half"
    other.ask("load_after")
    assert one.answer() is False
    assert (other.answer(), other.answer()) == ("half", True)
