"""The wheel in an environment of its own, as an installation has it: nothing of the project's folder, and no tool."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

OURS = ("HERMANAR_", "DATABASE_URL", "DJANGO_", "COV_", "COVERAGE_", "PYTEST_", "PYTHON")


@dataclass(frozen=True)
class Apart:
    """An environment and the folder that its commands run in."""

    bin: Path
    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a command is told: the installation's programs alone on the path, so no make, Node or git."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {"PATH": str(self.bin), "HOME": str(self.folder), "HERMANAR_MODE": "demo"} | more

    def run(self, *command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment to its end; `more` is told to it as well."""
        program, *options = [str(part) for part in command]
        return subprocess.run(
            [str(self.bin / program), *options], cwd=self.folder, env=self.environment(**more),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def do(self, *command: str | Path, **more: str) -> str:
        """Run a program that must go well and return what it says. Ends otherwise, with its words."""
        done = self.run(*command, **more)
        if done.returncode:
            name = " ".join(map(str, command))
            sys.exit(f"{name} ended with status {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout


def install(wheel: Path, *, lock: Path, at: Path) -> Apart:
    """Make an empty environment with the locked dependencies, each checked by its digest, and the wheel; return it."""
    place, folder = at / "environment", at / "house"
    folder.mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install", "--quiet", "--no-input"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for what in (["--require-hashes", "--only-binary", ":all:", "-r", str(lock)], ["--no-deps", str(wheel)]):
        done = subprocess.run([*pip, *what], cwd=at, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"pip could not install {what[-1]}:\n{done.stderr[-4000:]}")
    return Apart(place / "bin", folder)
