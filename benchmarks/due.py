"""What is due in an office with thousands of open files: `python -m benchmarks.due [--files 5000]`.

In its own process, without a server: the reading and the whole page, beside the page of an office without files, in
turns of one run, and how many questions each asks of the database. On SQLite, or where `DATABASE_URL` says (empty).
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from itertools import cycle, islice

TIMES = 8
WANTED_MS, WANTED_QUESTIONS = 150, 10


def copies(files, count):
    """Write so many files, each as one of those that were taken through the procedure by verbs."""
    from django.db import transaction  # noqa: PLC0415 (they stand on settings)

    from hermanar.agreements import models  # noqa: PLC0415
    from hermanar.foundation.models import uuid7  # noqa: PLC0415

    ours = (
        models.Party, models.AgreementArea, models.ProcedureStep, models.AgreementVersion, models.LegalAct,
        models.AgreementText, models.TextVersion,
    )  # fmt: skip
    made = {one: [] for one in (models.Agreement, *ours)}

    def again(row, **values):
        copy = type(row)(**{one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields})
        copy.pk = uuid7() if type(row)._meta.pk.get_internal_type() == "UUIDField" else None
        for name, value in values.items():
            setattr(copy, name, value)
        made[type(row)].append(copy)
        return copy

    for number, file in enumerate(islice(cycle([file.now for file in files]), count)):
        name = f"copia-{number}"
        told = {
            "reference": name,
            "slug": name,
            "file_number": f"{file.file_number}/{number}" if file.file_number else "",
        }
        key = again(file, **told).pk
        for model in ours[:5]:
            for row in model.objects.filter(agreement=file.pk):
                again(row, agreement_id=key)
        for text in models.AgreementText.objects.filter(agreement=file.pk):
            one = again(text, agreement_id=key).pk
            for version in text.versions.all():
                again(version, text_id=one)
    with transaction.atomic():
        for model, rows in made.items():
            model.objects.bulk_create(rows, batch_size=500)


def timed(work):
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def measure(count):
    """Print the medians of the page and of the reading below it, beside the page of an office without files.

    Three cases: a process that counts the office for the first time, one that did, and one that did before somebody
    carried a file on.
    """
    from django.db import connection  # noqa: PLC0415 (they stand on settings)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from hermanar.agreements.queries import due, due_in_office  # noqa: PLC0415
    from hermanar.foundation.calendar import today_in  # noqa: PLC0415
    from tests.agreements.test_deadlines import furthered  # noqa: PLC0415
    from tests.cast import gather  # noqa: PLC0415
    from tests.workspace.signing_in import client_of  # noqa: PLC0415

    cast = gather()
    files = furthered(cast)
    copies(files, count - len(files))
    full, empty = client_of(cast.of("director")), client_of(cast.at(cast.other_office, "director"))
    today = today_in(cast.office.time_zone)

    def read():
        due_in_office(cast.office, today=today)

    def page():
        full.get("/oficina/")

    cases = {
        "read, first in a process": (due.forget, read),
        "read again": (lambda: None, read),
        "read after a file moved on": (lambda: files[-1].text("es", today), read),
        "page, first in a process": (due.forget, page),
        "page again": (lambda: None, page),
        "page after a file moved on": (lambda: files[-1].text("es", today), page),
        "page of an office without files": (lambda: None, lambda: empty.get("/oficina/")),
    }
    taken, questions = {name: [] for name in cases}, {}
    for name in [*cases] * TIMES:
        before, work = cases[name]
        before()
        taken[name].append(timed(work))
    for name, (before, work) in cases.items():
        before()
        with CaptureQueriesContext(connection) as seen:
            work()
        questions[name] = len(seen)
    nothing = statistics.median(taken["page of an office without files"])
    print(f"{count} open files, {connection.vendor}; wanted {WANTED_QUESTIONS} questions read, {WANTED_MS} ms a page")
    for name, times in taken.items():
        middle = statistics.median(times[1:])
        print(f"{name}: {questions[name]} questions, {middle:.0f} ms, {middle / nothing:.1f} x the empty page")


def main():
    """Make the house and measure it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=5000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "HERMANAR_VAR": folder, "HERMANAR_MODE": "demo", "DJANGO_SETTINGS_MODULE": "hermanar.site.settings",
            "HERMANAR_HOSTS": "testserver",
        }  # fmt: skip
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        measure(chosen.files)


if __name__ == "__main__":
    main()
