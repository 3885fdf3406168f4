"""Run by a test: make agreements by the thousand and print how much the database works for each page.

Work is counted in hundreds of steps of SQLite's machine, which are the same on every computer and every day.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django

STEPS = 100


def measured(client, connection, path):
    """Ask for a page and return what the database did for it."""
    done = [0]

    def step():
        done[0] += 1

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, STEPS)
    response = client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    connection.connection.set_progress_handler(None, STEPS)
    if response.status_code != 200 or not content:
        raise SystemExit(f"{path}: {response.status_code}")
    return done[0]


def main(count, *paths):
    """Generate and measure; every page is asked for once before, so that what is kept ready is there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 (after the set-up)
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from benchmarks.generate import generate  # noqa: PLC0415
    from hermanar.foundation.calendar import today_in  # noqa: PLC0415
    from hermanar.museum.views import sitemap  # noqa: PLC0415

    sitemap.PART = 500
    folder = Path(settings.VAR)
    today = today_in(settings.PUBLIC_TIME_ZONE)
    generate(int(count), product=Path(settings.DATABASES["default"]["NAME"]), flat=folder / "flat.sqlite3", today=today)
    client = Client(HTTP_HOST="127.0.0.1")
    for path in paths:
        measured(client, connection, path)
    print(json.dumps({path: measured(client, connection, path) for path in paths}))


if __name__ == "__main__":
    main(*sys.argv[1:])
