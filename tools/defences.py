"""Take each defence away, one after the other, and see its tests turn red (`tests/defences`).

All happens in a copy of the project. Each test is run first as it stands: a test that is red anyway proves nothing.
`--row 16` (repeatable) takes only some rows; the exit status is 0 only when every removal was noticed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.defences import Defence, every_defence
from tools import chromium, postgres

ROOT = Path(__file__).resolve().parent.parent
MADE = ("hermanar/ui/static/ui/build", "tests/browser/node_modules", "frontend/node_modules")
PASSED, FAILED = 0, 1  # of pytest: any other status means that no test was run to its end
MOST_SECONDS = 1_800
# Of what the night does often or for long: enough to notice that a defence is gone.
FEW = {"HERMANAR_KILLS": "20", "HERMANAR_SOAK_MINUTES": "1"}


@dataclass(frozen=True)
class Seen:
    """What came of one removal."""

    defence: Defence
    said: str
    seconds: float

    @property
    def is_noticed(self) -> bool:
        """Tell whether the tests turned red."""
        return self.said == "red"


def copy_of_the_project(folder: Path) -> Path:
    """Return a copy of what is committed or about to be, with what was built for it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in MADE:
        if (ROOT / name).is_dir():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(ROOT / name)
    return folder


def outcome(tests: tuple[str, ...], *, at: Path, env: dict[str, str], is_green_wanted: bool = False) -> int:
    """Return pytest's status over some tests, the long ones included; tell what was not wanted."""
    options = ["-q", "-x", "-p", "no:cacheprovider", "--nightly", "--release"]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    given = {**env, "PYTHONPATH": str(at)}
    done = subprocess.run(command, cwd=at, env=given, capture_output=True, text=True, check=False, timeout=MOST_SECONDS)
    if done.returncode not in (PASSED, FAILED) or (is_green_wanted and done.returncode):
        print(done.stdout[-2000:], done.stderr[-2000:])
    return done.returncode


def taken_away(defence: Defence, *, at: Path, env: dict[str, str]) -> str:
    """Take one defence away, run its tests, put it back; return what came of it."""
    path = at / defence.file
    text = path.read_text(encoding="utf-8")
    if text.count(defence.stands) != 1:
        return f"stands {text.count(defence.stands)} times in {defence.file}"
    path.write_text(text.replace(defence.stands, defence.falls), encoding="utf-8")
    try:
        status = outcome(defence.tests, at=at, env=env)
        if status == PASSED:  # perhaps only because the tables were made while it still stood
            with tempfile.TemporaryDirectory(prefix="hermanar-tables-") as anew:
                status = outcome(defence.tests, at=at, env={**env, "HERMANAR_TEST_TABLES": anew})
    finally:
        path.write_text(text, encoding="utf-8")
    return {FAILED: "red", PASSED: "STAYED GREEN"}.get(status, f"did not run (status {status})")


def every_removal(defences: list[Defence], *, at: Path, env: dict[str, str]) -> list[Seen]:
    """Take all away in turn, telling of each at once."""
    as_it_stands: dict[tuple[str, ...], int] = {}
    found = []
    for defence in defences:
        began = time.monotonic()
        if defence.tests not in as_it_stands:
            as_it_stands[defence.tests] = outcome(defence.tests, at=at, env=env, is_green_wanted=True)
        is_green = as_it_stands[defence.tests] == PASSED
        said = taken_away(defence, at=at, env=env) if is_green else "its tests are red with it in place"
        found.append(Seen(defence, said, time.monotonic() - began))
        print(f"{defence.row:>2} {said:<14} {defence.what} ({found[-1].seconds:.0f} s)", flush=True)
    return found


def main() -> int:
    """Run the removals asked for; return 0 only when each turned its tests red."""
    options = argparse.ArgumentParser(prog="tools.defences", description=__doc__)
    options.add_argument("--row", type=int, action="append", default=[])
    rows = options.parse_args().row
    defences = [defence for defence in every_defence() if not rows or defence.row in rows]
    with contextlib.ExitStack() as stack:
        env = {
            **FEW,
            **os.environ,
            "HERMANAR_CHROMIUM": chromium.find(),
            "HERMANAR_TEST_POSTGRES": stack.enter_context(postgres.Cluster()),
            "HERMANAR_TEST_TABLES": stack.enter_context(tempfile.TemporaryDirectory(prefix="hermanar-tables-")),
        }
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        at = copy_of_the_project(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hermanar-defences-"))))
        found = every_removal(defences, at=at, env=env)
    unnoticed = [seen for seen in found if not seen.is_noticed]
    print(f"{len(found) - len(unnoticed)} of {len(found)} defences noticed when taken away")
    return 1 if unnoticed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
