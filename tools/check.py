"""Everything that CI runs: first the suite on PostgreSQL, then all of it, browser journeys and static checks included.

The last pass ends the output, so its closing line is the last line. What failed before it, or was left out by name, is
told by the last pass just above that line (see `tests/conftest.py`), and the exit status counts it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools import chromium, debian, postgres

ROOT = Path(__file__).resolve().parent.parent

TOOLS = ("chromium", "postgresql", "advisories")
# What stands before the house in a real installation is asked by night only: program and Debian package.
BEFORE_THE_HOUSE = {"nginx": "nginx-light", "pgbouncer": "pgbouncer"}
TOGETHER = ("-n", "2", "--dist", "loadfile")


def omitted() -> list[str]:
    """Return the tools left out by name; CI leaves out nothing, and a misspelt name is told."""
    names = [name.strip() for name in os.environ.get("HERMANAR_OMIT", "").split(",") if name.strip()]
    if unknown := set(names) - set(TOOLS):
        sys.exit(f"HERMANAR_OMIT names {', '.join(sorted(unknown))}; it can name {', '.join(TOOLS)}")
    if names and os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        sys.exit(f"HERMANAR_OMIT={','.join(names)} is refused in CI: there every check runs")
    return names


def bring_front_servers() -> None:
    """Have the servers that the night puts before the house; end at once, not hours later, where they cannot be had."""
    if missing := missing_front_servers():
        debian.install(*missing)
    if missing := missing_front_servers():
        sys.exit(f"The night needs what this machine lacks; on Debian, as root: apt-get install {' '.join(missing)}")


def missing_front_servers() -> list[str]:
    """Return the packages whose program is not here."""
    return [package for name, package in BEFORE_THE_HOUSE.items() if not debian.program(name)]


def step(name: str, *options: str, env: dict[str, str]) -> int:
    """Run one pass of pytest and say how long it took."""
    print(f"\n=== {name}", flush=True)
    began = time.monotonic()
    status = subprocess.run([sys.executable, "-m", "pytest", *options], cwd=ROOT, env=env, check=False).returncode
    print(f"=== {name}: {'ok' if status == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
    return status


def on_postgresql(url: str, *options: str, env: dict[str, str]) -> list[str]:
    """Run what asks the suite's own database on PostgreSQL (see `tests/conftest.py`); return what failed."""
    name = "the suite on PostgreSQL"
    given = {**env, "HERMANAR_TEST_DATABASE_URL": url}
    status = step(name, "-q", *TOGETHER, *options, env=given)
    return [] if status == 0 else [name]


def measured(*, env: dict[str, str]) -> list[str]:
    """Run everything on SQLite and count which lines and branches it reaches; return what failed, too few included.

    To count takes half as long again as to run: what every change waits for does without.
    """
    name = "everything on SQLite, and what of the program it reaches"
    return [] if step(name, "-q", *TOGETHER, "--cov", "--cov-report=term", env=env) == 0 else [name]


def kind_of_run() -> str:
    """Return which rows of `tests/rows.py` are asked: of every change, of the night, or of a release."""
    return "R" if "--release" in sys.argv else "N" if "--nightly" in sys.argv else "C"


def main() -> int:
    """Run all passes; return 0 only when all went well."""
    left_out, kind = omitted(), kind_of_run()
    if kind == "N":
        bring_front_servers()
    failed: list[str] = []
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes are started: what one compiled the others read
    with contextlib.ExitStack() as stack:
        if "chromium" not in left_out:
            try:
                env["HERMANAR_CHROMIUM"] = chromium.find()
            except chromium.MissingToolError as missing:
                failed.append(str(missing))
        if "postgresql" not in left_out:
            try:
                env["HERMANAR_TEST_POSTGRES"] = stack.enter_context(postgres.Cluster())
            except postgres.MissingToolError as missing:
                failed.append(str(missing))
        if kind == "N":
            env["HERMANAR_NIGHT"] = "1"
        env["HERMANAR_TEST_TABLES"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="hermanar-tables-"))
        if (url := env.get("HERMANAR_TEST_POSTGRES")) and kind != "R":
            failed += on_postgresql(url, *(["--whole"] if kind == "N" else []), env=env)
        if kind == "N":
            failed += measured(env=env)
        options = {"C": [*TOGETHER, "--durations=10"], "N": ["--nightly", "-m", "nightly"]}
        env["HERMANAR_ROWS"] = kind
        env["HERMANAR_CHECK_FAILED"] = "\n".join(failed)
        env["HERMANAR_CHECK_OMITTED"] = ",".join(left_out)
        status = step_last(options.get(kind, ["--release", "-m", "release"]), env=env)
    return 1 if failed else status


def step_last(options: list[str], *, env: dict[str, str]) -> int:
    """Run the pass whose closing line ends the output."""
    what = f"what is marked {options[-1]}" if "-m" in options else "everything"
    print(f"\n=== {what}, on SQLite, in a real browser", flush=True)
    command = [sys.executable, "-m", "pytest", *options]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
