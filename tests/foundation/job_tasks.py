"""Tasks that only tests ask for; processes of their own find them here."""

from __future__ import annotations

import time
from pathlib import Path

from django_tasks import task

from hermanar.foundation import jobs


class NoBreadError(Exception):
    """What a task fails with."""


@task(backend="jobs", takes_context=True)
def count(context, *, key, office, until):
    """Tell of each step."""
    told = jobs.progress_of(context)
    for number in range(1, until + 1):
        told(number, until)


@task(backend="jobs")
def fail(*, key, office):
    """Fail, naming what nobody is to read."""
    raise NoBreadError("ana@example.org")


@task(backend="jobs", takes_context=True)
def wait_for(context, *, key, office, folder):
    """Write that it began, then wait until it may end; write that it ended, once for each end."""
    here = Path(folder)
    (here / f"began-{context.attempt}").touch()
    while not (here / "go").exists():
        time.sleep(0.02)
    jobs.progress_of(context)(1, 1)
    with (here / "ended").open("a") as file:
        file.write(f"{context.attempt}\n")
