"""The two servers, one after the other on the same machine."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import load
from benchmarks.houses import environment
from hermanar.console.management.commands import run

ROOT = Path(__file__).resolve().parent.parent
# Every limit lifted, no work done unasked; its own three threads of SQL were the quickest on two cores.
DATASETTE = {
    "sql_time_limit_ms": 1_200_000,
    "facet_time_limit_ms": 1_200_000,
    "suggest_facets": "off",
    "default_page_size": 20,
    "max_returned_rows": 1000,
    "default_facet_size": 60,
    "max_csv_mb": 0,
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def served(command, *, port, first, log, env=None):
    """Start a server, wait for its first answer, end it."""
    with log.open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=sink, stderr=sink, start_new_session=True)
    try:
        deadline = time.monotonic() + 900
        while True:
            with contextlib.suppress(OSError):
                load.ask(port, first)
                break
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(errors="replace")[-2000:])
            time.sleep(0.2)
        yield Server(port, process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Server:
    """A server that answers."""

    def __init__(self, port, group):
        self.port, self.group = port, group

    def memory_mb(self):
        """Return what the whole server holds in memory, a page shared by its processes counted once."""
        total = 0
        for status in Path("/proc").glob("[0-9]*/smaps_rollup"):
            with contextlib.suppress(OSError, AttributeError):
                if os.getpgid(int(status.parent.name)) == self.group:
                    total += int(re.search(r"^Pss:\s+(\d+)", status.read_text(), re.MULTILINE)[1])
        return total / 1024


def datasette(flat, log):
    port = free_port()
    settings = [part for name, value in DATASETTE.items() for part in ("--setting", name, str(value))]
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(flat), "--port", str(port), *settings]
    return served(command, port=port, first="/-/versions.json", log=log)


def hermanar(folder, log, *, remembers=False):
    """Start what `hermanar run` starts, over a folder that is ready; each page is made anew unless it `remembers`."""
    port = free_port()
    env = environment(folder) | {"PYTHONPATH": str(ROOT)}
    if not remembers:
        env["HERMANAR_REMEMBER_MB"] = "0"
    command = run.server(address="127.0.0.1", port=port)
    return served(command, port=port, first="/acuerdos/", log=log, env=env)
