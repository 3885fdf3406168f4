"""«Qué vence», an office's first page, with 5,000 open files: `python -m benchmarks.due`.

Counted are its queries and its time in the process, without the network; beside it stands the same page of an office
that has no file. The files are opened by the product's own verb, over ninety days, each with its planned day.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import os
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.__main__ import environment

FILES, TURNS = 5_000, 15
MOST_QUERIES, MOST_MS = 10, 150


def prepared(files):
    """Make an office with so many open files, or find the one that was made before."""
    from django.core.management import call_command  # noqa: PLC0415 (the settings depend on the folder)
    from django.db import transaction  # noqa: PLC0415

    from hermanar.agreements import actions  # noqa: PLC0415
    from hermanar.agreements.models import Agreement  # noqa: PLC0415
    from hermanar.offices.models import Office  # noqa: PLC0415
    from tests.agreements.crowd import director, file_draft  # noqa: PLC0415
    from tests.cast import gather  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if not Office.objects.exists():
        gather()
    office, by, today = file_draft()[0], director(), dt.datetime.now(dt.UTC).date()
    while (made := Agreement.objects.filter(office=office).count()) < files:
        with transaction.atomic():
            for number in range(made, min(made + 500, files)):
                planned = today + dt.timedelta(days=20 + number % 300)
                one = dataclasses.replace(file_draft()[1], planned_signature_on=planned)
                actions.draft(one, office=office.pk, by=by, today=today - dt.timedelta(days=number % 90))
        print(f"{min(made + 500, files):,} files", flush=True)
    return office


def timed(client):
    """Return the queries of the page, its milliseconds (the median of some turns), and its octets."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        size = len(client.get("/oficina/", headers={"host": "127.0.0.1"}).content)
    times = []
    for _turn in range(TURNS):
        began = time.process_time()
        answer = client.get("/oficina/", headers={"host": "127.0.0.1"})
        times.append((time.process_time() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(answer.status_code)
    return asked, statistics.median(times), size


def main():
    options = argparse.ArgumentParser(prog="benchmarks.due", description=__doc__)
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench")
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--queries", action="store_true", help="print them")
    chosen = options.parse_args()
    folder = chosen.home / f"due-{chosen.files}"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(folder))
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    office = prepared(chosen.files)
    from hermanar.offices.models import Membership  # noqa: PLC0415
    from tests.workspace.signing_in import client_of  # noqa: PLC0415

    people = Membership.objects.filter(role="director")
    full = client_of(people.get(office=office).user)
    empty = client_of(people.exclude(office=office).first().user)
    asked, ms, size = timed(full)
    _asked, least, _size = timed(empty)
    if chosen.queries:
        print("\n".join(f"{float(one['time']) * 1000:6.1f} ms {one['sql'][:300]}" for one in asked.captured_queries))
    print(f"{chosen.files:,} open files: {len(asked)} queries (wanted: at most {MOST_QUERIES}), {size:,} octets")
    print(f"{ms:.0f} ms of the process (wanted: at most {MOST_MS}), {ms / least:.1f} × an empty page ({least:.0f} ms)")


if __name__ == "__main__":
    main()
