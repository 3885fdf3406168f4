"""Programs that come as Debian's packages: found on the machine, or installed where that is ours to do."""

from __future__ import annotations

import os
import shutil
import subprocess

SYSTEM = "/usr/sbin:/usr/local/sbin"  # where servers are, and where a person's path does not look


def program(name: str) -> str | None:
    """Return the path of a program that the machine has."""
    return shutil.which(name) or shutil.which(name, path=SYSTEM)


def install(*packages: str) -> None:
    """Install packages as root with apt-get, starting no service; do nothing where there is neither."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    print(f"Installing {' '.join(packages)} with apt-get", flush=True)
    # Level 1 is a machine kept for its owner: no server of a package is begun at it.
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=env, capture_output=True, check=False)
