"""Write the lock files: every package with its version and the digests of all its files, and no address."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".tools" / "lock"
PYTHON = HOME / "bin" / "python"
PIP_TOOLS = "pip-tools==7.6.2"
# The extras each file covers. Later ones are held to the versions of the first, so that all can share an environment.
LOCKS = {
    "requirements.txt": [],
    "requirements-build.txt": ["build"],
    "requirements-test.txt": ["build", "test"],
    "requirements-bench.txt": ["bench"],
}
# Held back so that every Python 3.11 can take them: this runs under a later one than Debian 12 has, which is 3.11.2.
HELD = ("soupsieve<3",)  # 3 asks for 3.11.5
OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--upgrade",
]


def versions(lock: str) -> str:
    """Return a lock's names and versions without digests, as constraints."""
    return "\n".join(re.findall(r"^[a-z0-9][^ \n]*==[^ \n]+(?: ;[^\\\n]*)?", lock, re.MULTILINE)) + "\n"


def main() -> None:
    """Write all lock files."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", HOME], check=True)
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
        subprocess.run([*pip, "install", "--quiet", "pip", "setuptools", "wheel", PIP_TOOLS], check=True)
    constraints = HOME / "constraints.txt"
    constraints.write_text("\n".join(HELD) + "\n", encoding="utf-8")
    for name, extras in LOCKS.items():
        chosen = [f"--extra={extra}" for extra in extras]
        held = ["-c", str(constraints)]
        command = [PYTHON, "-m", "piptools", "compile", *OPTIONS, *chosen, *held, "-o", name, "pyproject.toml"]
        subprocess.run(command, cwd=ROOT, check=True)
        text = (ROOT / name).read_text(encoding="utf-8")
        if "//" in text or re.search(r"^-", text, re.MULTILINE):
            sys.exit(f"{name} names an address or an option; a lock holds only names, versions and digests")
        known = constraints.read_text(encoding="utf-8")
        constraints.write_text(known + versions(text), encoding="utf-8")
        print(f"{name}: {len(versions(text).splitlines())} packages")


if __name__ == "__main__":
    main()
