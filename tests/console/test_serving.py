"""The server as it runs: slow readers and killed processes do not stop the others."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import ROOT, free_port, hermanar_env, wait_until_answers

LARGE_FILE = "/datos/lazos-reportados.geojson"
PAGE = "/acuerdos/"
PATIENCE = 60
IMPATIENCE = 5


@contextlib.contextmanager
def running(command, folder, port):
    """Run a server; yield its process."""
    log = folder.parent / f"serving-{port}.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env=hermanar_env(folder), stdout=sink, stderr=sink, start_new_session=True
        )
    try:
        wait_until_answers(f"http://127.0.0.1:{port}{PAGE}", server=process, log=log)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


@contextlib.contextmanager
def serving(folder, *, threads, workers=2):
    port = free_port()
    command = [sys.executable, "-m", "hermanar.console.serving", "--address", "127.0.0.1", "--port", str(port)]
    options = {"--workers": workers, "--threads": threads, "--logging": json.dumps(settings.SERVER_LOGGING)}
    parts = [str(part) for pair in options.items() for part in pair]
    with running([*command, *parts], folder, port) as process:
        yield process, port


@contextlib.contextmanager
def slow_readers(port, *, count):
    """Ask for a large file many times over and read the first bytes only; yield their status lines."""
    with contextlib.ExitStack() as held:
        asked = []
        for _number in range(count):
            reader = held.enter_context(socket.socket())
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.settimeout(PATIENCE)
            reader.connect(("127.0.0.1", port))
            reader.sendall(f"GET {LARGE_FILE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            asked.append(reader)
        yield asked


def answers(readers):
    """Return the beginning of what each reader was told."""
    return [reader.recv(600).decode("latin-1") for reader in readers]


def status(port, path, *, timeout=PATIENCE):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": "127.0.0.1"})
        return connection.getresponse().status
    finally:
        connection.close()


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def kill_one_and_its_successors(process, *, times=4):
    """Kill a worker, and at once what was started in its place; answer whether the server still runs."""
    victim = children(process)[0]
    for _time in range(times):
        others = set(children(process))
        os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and not (started := set(children(process)) - others):
            assert time.monotonic() < deadline, "a killed worker was not started again"
            time.sleep(0.05)
        if process.poll() is not None:
            return False
        (victim,) = started
    return True


def test_pages_answer_while_files_are_read_slowly(loaded_folder):
    # One process takes them all, as the first to be ready may have to.
    with (
        serving(loaded_folder, threads=4 + settings.STREAMS, workers=1) as (_process, port),
        slow_readers(port, count=settings.STREAMS) as all_,
    ):
        assert all(told.startswith("HTTP/1.1 200") for told in answers(all_))
        assert [status(port, PAGE) for _number in range(8)] == [200] * 8


@pytest.mark.nightly  # what it controls is asked for by day
def test_control_few_threads_are_all_held_by_slow_readers(loaded_folder):
    with serving(loaded_folder, threads=4, workers=1) as (_process, port), slow_readers(port, count=8) as all_:
        all_[0].recv(1)
        with pytest.raises(TimeoutError):
            for _number in range(8):
                status(port, PAGE, timeout=IMPATIENCE)


def test_too_many_files_are_refused_with_a_time_and_free_their_places(loaded_folder):
    threads = 4 + settings.STREAMS
    with serving(loaded_folder, threads=threads, workers=1) as (_process, port):
        with slow_readers(port, count=settings.STREAMS + 5) as all_:
            told = answers(all_)
            refused = [answer for answer in told if not answer.startswith("HTTP/1.1 200")]
            assert len(refused) == 5
            assert all(one.startswith("HTTP/1.1 503") and "retry-after: 30" in one.lower() for one in refused)
            assert status(port, PAGE) == 200
        deadline = time.monotonic() + PATIENCE
        while status(port, LARGE_FILE) != 200:
            assert time.monotonic() < deadline, "readers that left still hold their places"
            time.sleep(0.2)


def test_server_outlives_workers_that_are_killed_again_and_again(loaded_folder):
    with serving(loaded_folder, threads=4) as (process, port):
        assert kill_one_and_its_successors(process)
        assert status(port, PAGE) == 200


@pytest.mark.nightly
def test_control_granian_alone_takes_it_for_a_crash_loop(tmp_path):
    port = free_port()
    (tmp_path / "var").mkdir()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    command += ["--respawn-failed-workers", "wsgiref.simple_server:demo_app"]
    with running(command, tmp_path / "var", port) as process:
        assert not kill_one_and_its_successors(process)
