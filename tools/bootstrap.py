"""Prepare a fresh machine, then hand over to the command asked for.

Standard library only: this runs before anything is installed. Each step leaves a stamp with the digest of what it was
made from, so that a repeated command does only what has changed. Nothing here touches the data in `var/`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FRONTEND = ROOT / "frontend"
BUNDLE = ROOT / "hermanar" / "ui" / "static" / "ui" / "build"
# What frontend/build.mjs reads.
BUNDLED = (FRONTEND, ROOT / "hermanar" / "ui" / "css", ROOT / "hermanar" / "data" / "maps")
BROWSER = ROOT / "tests" / "browser"
OLDEST_PYTHON = (3, 11)
OLDEST_PIP = (22, 3)  # the first with `pip --python`
OLDEST_NODE = 20
NOT_SOURCES = {"node_modules", "build", "dist", "__pycache__"}


class CannotPrepareError(Exception):
    """Something this machine lacks, said in one sentence."""


def say(text: str) -> None:
    """Tell the person what is being done."""
    print(text, flush=True)


def call(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a command, showing what it says, and stop when it fails."""
    outcome = subprocess.run([str(part) for part in command], cwd=cwd, env=env, check=False)
    if outcome.returncode:
        name = " ".join(Path(str(part)).name for part in command[:4])
        raise CannotPrepareError(f"`{name} …` ended with status {outcome.returncode}; its own words stand above.")


def sources(folder: Path) -> list[Path]:
    """Return the files of a folder that people write, in a fixed order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not NOT_SOURCES.intersection(path.relative_to(folder).parts)
    )


def digest(*files: Path, also: str = "") -> str:
    """Return one digest over names and contents."""
    total = hashlib.sha256(also.encode())
    for path in files:
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


class Stamp:
    """What a step was made from, kept beside its product: deleting the product deletes the stamp."""

    def __init__(self, path: Path, made_from: str) -> None:
        self.path = path
        self.made_from = made_from

    def holds(self) -> bool:
        """Tell whether the product is there and made from the same things."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self.made_from

    def set(self) -> None:
        """Remember what the product was made from."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.made_from, encoding="utf-8")


def pip() -> list[str]:
    """Return the pip command that installs into the environment, whichever pip this machine has."""
    probe = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    numbers = probe.stdout.split()[1].split(".")[:2] if probe.returncode == 0 else []
    if numbers and tuple(map(int, numbers)) >= OLDEST_PIP:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    inner = subprocess.run([str(PYTHON), "-m", "ensurepip", "--default-pip"], capture_output=True, check=False)
    if inner.returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    raise CannotPrepareError("pip 22.3 or newer is needed (on Debian: apt-get install python3-pip).")


def environment() -> None:
    """Make the virtual environment, without the `ensurepip` that Debian leaves out, and put the package in it."""
    stamp = Stamp(
        VENV / "stamps" / "environment", digest(Path(__file__), also=f"{sys.version}\n{sys.executable}\n{ROOT}")
    )
    if stamp.holds() and PYTHON.exists():
        return
    say(f"Making the environment with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    call(sys.executable, "-m", "venv", "--without-pip", VENV)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    # A path file is all that an editable install amounts to, and needs no build tools.
    Path(purelib, "hermanar.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = BIN / "hermanar"
    start = "import sys; sys.argv[0] = 'hermanar'; from hermanar.site.__main__ import main; main()"
    command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -P -c "{start}" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    stamp.set()


def install(lock: str) -> None:
    """Install exactly what a lock file names, each file checked against its digest."""
    path = ROOT / lock
    stamp = Stamp(VENV / "stamps" / lock, digest(path))
    if stamp.holds():
        return
    count = sum(line[:1].isalnum() for line in path.read_text(encoding="utf-8").splitlines())
    say(f"Installing {count} packages ({lock})")
    options = ["--disable-pip-version-check", "--no-input", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    call(*pip(), "install", *options, "-r", path)
    stamp.set()


def node() -> dict[str, str]:
    """Return an environment whose `node` is new enough: the machine's, or the one from the Python package."""
    env = dict(os.environ)
    found = shutil.which("node")
    if found and shutil.which("npm"):
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST_NODE:
            return env
    install("requirements-build.txt")
    return node_of_the_environment()


def node_of_the_environment() -> dict[str, str]:
    """Return an environment whose `node` is the one installed with the Python packages."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def node_packages(folder: Path, env: dict[str, str]) -> None:
    """Install exactly what a package-lock.json names."""
    stamp = Stamp(folder / "node_modules" / ".stamp", digest(folder / "package.json", folder / "package-lock.json"))
    if stamp.holds():
        return
    say(f"Installing the browser packages of {folder.relative_to(ROOT)}/")
    npm = shutil.which("npm", path=env["PATH"]) or "npm"
    call(
        npm,
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--update-notifier=false",
        "--loglevel=error",
        cwd=folder,
        env=env,
    )
    stamp.set()


def bundle() -> None:
    """Build what the browser loads, when its sources have changed."""
    stamp = Stamp(BUNDLE / ".stamp", digest(*(file for folder in BUNDLED for file in sources(folder))))
    if stamp.holds():
        return
    env = node()
    node_packages(FRONTEND, env)
    say("Building the browser bundle")
    npm = shutil.which("npm", path=env["PATH"]) or "npm"
    call(npm, "run", "--silent", "build", cwd=FRONTEND, env=env)
    stamp.set()


def become(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Hand the process over, so that signals and the exit status are the command's own."""
    parts = [str(part) for part in command]
    os.execvpe(parts[0], parts, env or dict(os.environ))


def run() -> None:
    """Serve the demonstration."""
    environment()
    install("requirements.txt")
    bundle()
    os.environ.setdefault("HERMANAR_MODE", "demo")
    os.environ.setdefault("HERMANAR_VAR", str(ROOT / "var"))
    become(BIN / "hermanar", "run")


def workbench() -> dict[str, str]:
    """Prepare everything that developers' commands need; return the environment to call them in."""
    environment()
    install("requirements-test.txt")
    bundle()
    return node_of_the_environment()


def test() -> None:
    """Run everything that CI runs."""
    env = workbench()
    node_packages(BROWSER, env)
    become(PYTHON, "-m", "tools.check", env=env)


def nightly() -> None:
    """Run the checks that take too long for every change."""
    env = workbench()
    node_packages(BROWSER, env)
    become(PYTHON, "-m", "tools.check", "--nightly", env=env)


def release() -> None:
    """Run what is tried before a release only."""
    become(PYTHON, "-m", "tools.check", "--release", env=workbench())


def dist() -> None:
    """Make the wheel, the source archive and what stands beside them, in `dist/`."""
    environment()
    install("requirements.txt")
    install("requirements-build.txt")
    bundle()
    become(PYTHON, "-m", "tools.dist")


def keep() -> None:
    """Keep what the wheel of `dist/` writes, for every later version to open."""
    environment()
    install("requirements.txt")
    install("requirements-build.txt")
    become(PYTHON, "-m", "tools.keep")


def defences() -> None:
    """Take each defence away and see its tests turn red."""
    become(PYTHON, "-m", "tools.defences", *sys.argv[2:], env=workbench())


def bench() -> None:
    """Run the benchmarks."""
    env = workbench()
    install("requirements-bench.txt")
    become(PYTHON, "-m", "benchmarks", env=env)


def format_code() -> None:
    """Lay out the code and repair what can be repaired by machine."""
    workbench()
    call(BIN / "ruff", "check", "--fix-only", "--quiet", ".")
    call(BIN / "ruff", "format", ".")


def messages() -> None:
    """Bring the message files up to date."""
    workbench()
    become(PYTHON, "-m", "tools.messages")


COMMANDS = {
    "run": run, "test": test, "nightly": nightly, "release": release, "dist": dist, "keep": keep, "defences": defences,
    "bench": bench, "format": format_code, "messages": messages,
}  # fmt: skip


def main() -> int:
    """Do what the first argument names."""
    if sys.version_info < OLDEST_PYTHON:
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 …")
        return 2
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        print(f"usage: bootstrap.py {'|'.join(COMMANDS)}")
        return 2
    os.chdir(ROOT)
    began = time.monotonic()
    try:
        COMMANDS[name]()
    except CannotPrepareError as problem:
        print(f"\nCould not get ready after {time.monotonic() - began:.0f} s: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
