"""What the processes of a run share: a folder, and what one of them makes in it while the others wait."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager


def folder_of_the_run(tmp_path_factory):
    """Return the folder that all processes of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def turn(folder, what):
    """Wait until nobody else of the run is at it."""
    with (folder / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(folder, what, make):
    """Let whoever asks first make something; what fails is tried again by the next."""
    with turn(folder, what):
        done = folder / f"{what}.done"
        if not done.exists():
            make()
            done.touch()
