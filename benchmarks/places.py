"""The search of places against a plain scan of the same names: `python -m benchmarks.places`, once all is loaded.

The scan answers far less (no order of words, no region, no typing error); it is what the same machine takes to look at
every name once.
"""

from __future__ import annotations

import csv
import os
import statistics
import time
from pathlib import Path

import django
from django.db import connection

LABELS = Path(__file__).resolve().parent.parent / "tests" / "catalogue" / "labels" / "places.csv"
SCAN = (
    "SELECT p.slug FROM directory_placename n JOIN directory_place p ON p.id = n.place_id"
    " WHERE n.folded LIKE %s ORDER BY p.population DESC LIMIT 10"
)
ROUNDS = 3


def _seconds(ask, texts):
    taken = []
    for text in texts * ROUNDS:
        begun = time.perf_counter()
        ask(text)
        taken.append(time.perf_counter() - begun)
    return sorted(taken)


def main():
    """Print p50 and p95 of both and their ratio."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
    django.setup()
    from hermanar.catalogue import read  # noqa: PLC0415 - models exist only after the set-up
    from hermanar.foundation.words import fold  # noqa: PLC0415

    def scan(text):
        with connection.cursor() as cursor:
            cursor.execute(SCAN, [f"%{fold(text)}%"])
            cursor.fetchall()

    texts = [row["query"] for row in csv.DictReader(LABELS.read_text("utf-8").splitlines())]
    read.places("guanajuato", language="es")  # the names are read once per process
    ours = _seconds(lambda text: read.places(text, language="es", limit=10), texts)
    plain = _seconds(scan, texts)
    for name, taken in (("search", ours), ("scan", plain)):
        print(
            f"{name}: p50 {statistics.median(taken) * 1000:.1f} ms, p95 {taken[int(len(taken) * 0.95)] * 1000:.1f} ms"
        )
    print(f"the scan takes {statistics.median(plain) / statistics.median(ours):.1f} times the search")


if __name__ == "__main__":
    main()
