"""Long work in real processes: two that want one job, one that is killed in the middle of it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from tests.conftest import ROOT, hermanar_env

ASK = """
import django
django.setup()
from hermanar.foundation.models import Job
from tests.foundation.job_tasks import wait_for
job = wait_for.enqueue(key={key!r}, office={office!r}, folder={folder!r})
"""
LOSE = """
import django
django.setup()
from hermanar.foundation.models import Job
from hermanar.foundation.jobs import LEASE
from django.utils import timezone
Job.objects.update(told_at=timezone.now() - 2 * LEASE)
"""
TOLD = """
import django
django.setup()
from hermanar.foundation.models import Job
job = Job.objects.get()
print(job.attempts, job.ended_at is not None, job.failure or 'well')
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, bare, tmp_path):
    if request.param == "sqlite":
        bare.file_at(tmp_path / "registry.sqlite3")
        yield hermanar_env(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'registry.sqlite3'}")
        return
    with bare.database_at(request.getfixturevalue("postgres_url")) as url:
        yield hermanar_env(tmp_path, DATABASE_URL=url)


def python(house, code):
    """Run a script; what it begins outlives it and holds its outputs, so they are files."""
    env, said = house | {"DJANGO_SETTINGS_MODULE": "hermanar.site.settings"}, Path(house["HERMANAR_VAR"]) / "said"
    with said.open("wb") as out:
        command = [sys.executable, "-c", code]
        status = subprocess.run(command, cwd=ROOT, env=env, stdout=out, stderr=out, check=False).returncode
    assert status == 0, said.read_text()
    return said.read_text().strip()


def worker(house):
    command = [sys.executable, "-m", "hermanar.site", "work"]
    return subprocess.Popen(command, cwd=ROOT, env=house, stdout=subprocess.PIPE, text=True)


def until(there, seconds=30):
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


@pytest.mark.row(9)
def test_a_page_begins_it_two_want_it_one_dies_of_it_and_it_is_done_once(house, tmp_path):
    asked = ASK.format(key=str(uuid.uuid4()), office=str(uuid.uuid4()), folder=str(tmp_path))
    python(house, asked)  # it begins a process of its own and ends
    until((tmp_path / "began-1").exists)
    second = worker(house)  # what another has is not taken
    assert second.communicate(timeout=60)[0].startswith("0 ")
    os.kill(doing(tmp_path), signal.SIGKILL)
    python(house, LOSE)
    third = worker(house)
    until((tmp_path / "began-2").exists)
    (tmp_path / "go").touch()
    assert third.communicate(timeout=60)[0].startswith("1 ")
    assert (tmp_path / "ended").read_text() == "2\n"
    assert python(house, TOLD) == "2 True well"


def doing(folder):
    """Return the process that does the job of this test's house: a child of nobody any more."""
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, PermissionError, ProcessLookupError):
            is_worker = b"hermanar.site\0work" in (each / "cmdline").read_bytes()
            if is_worker and str(folder).encode() in (each / "environ").read_bytes():
                return int(each.name)
    raise AssertionError("nobody does it")
