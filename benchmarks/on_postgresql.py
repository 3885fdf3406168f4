"""The same questions with the product on PostgreSQL: `python -m benchmarks.on_postgresql --home FOLDER`.

The rows are those that `python -m benchmarks` made (the same home), copied table by table into a throw-away server that
syncs every commit as a real one does. Datasette stays where it was, on its one flat file. The import is compared with
`\\copy` of the same file into one table of texts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.__main__ import table, write_import_file
from benchmarks.houses import day_of, environment, prepared
from tools import postgres

IMPORT_SIZE, IMPORT_ROWS, IMPORT_WANTED = 50_000, 50_000, 0.05
AS_A_REAL_ONE = ("fsync = on", "synchronous_commit = on", "full_page_writes = on")


def at(url, name):
    """Return the address of another database of the same server."""
    return f"{url.rpartition('/')[0]}/{name}"


def told(url, *statements):
    """Run statements, each by itself."""
    import psycopg  # noqa: PLC0415 (only this benchmark needs it without Django)

    with psycopg.connect(url, autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


def ready(folder, original, url):
    """Make the database of one size and its index, in a process that looks at its folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "flat.sqlite3").symlink_to(original / "flat.sqlite3")
    shutil.copy(original / "trail.key", folder / "trail.key")
    (folder / "database").write_text(url, encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.on_postgresql", "--copy", str(original / "hermanar.sqlite3")]
    subprocess.run([*command, "--into", str(folder)], env=environment(folder), check=True)


def copied(source, folder):
    """Copy every table from SQLite, then derive the index anew."""
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from hermanar.catalogue.search.questions import INDEX  # noqa: PLC0415
    from hermanar.foundation.calendar import public_day  # noqa: PLC0415

    day_of(source.parent)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    began = time.perf_counter()
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as original, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no wall, no foreign keys while tables arrive
        cursor.execute("SET TIME ZONE 'UTC'")
        names = set(connection.introspection.table_names()) - {"django_migrations"}
        cursor.execute(f"TRUNCATE {', '.join(names)}")
        for name in sorted(names):
            copy_table(name, original, cursor)
        cursor.execute("SET session_replication_role = origin")
        for statement in connection.ops.sequence_reset_sql(_NoStyle(), django.apps.apps.get_models()):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    print(f"tables copied in {time.perf_counter() - began:.0f} s", flush=True)
    day, began = public_day(), time.perf_counter()
    INDEX.rebuild(day=day)
    seconds = time.perf_counter() - began
    (folder / "index.json").write_text(json.dumps({"seconds": seconds, "day": day.isoformat()}))
    (folder / "ready").touch()


class _NoStyle:
    """What Django asks for to colour SQL: nothing."""

    def __getattr__(self, _name):
        return str


def copy_table(name, original, cursor):
    """Copy one table by its columns; SQLite's values are texts that PostgreSQL reads as what they are."""
    found = original.execute(f'SELECT * FROM "{name}"')
    columns = ", ".join(f'"{column}"' for column, *_more in found.description)
    with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as sink:
        for row in found:
            sink.write_row(row)


def imported(home, url):
    """Return rows a second of `hermanar import` with all its checks and of `\\copy` with none."""
    folder = home / "postgresql" / "import"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home / "postgresql" / str(IMPORT_SIZE), folder, ignore=shutil.ignore_patterns("flat*", "index"))
    told(url, "CREATE DATABASE import TEMPLATE of_50000", "CREATE DATABASE bare")
    (folder / "database").write_text(at(url, "import"), encoding="utf-8")
    file = home / "import.csv"
    write_import_file(file, home / str(IMPORT_SIZE) / "hermanar.sqlite3", IMPORT_ROWS)
    command = [sys.executable, "-m", "benchmarks", "--bring", str(file)]
    done = subprocess.run(command, env=environment(folder), check=True, capture_output=True, text=True)
    committed = float(done.stdout.partition("committed in ")[2].split()[0])
    heading = file.read_text(encoding="utf-8").partition("\n")[0].strip()
    columns = ", ".join(f'"{name}" text' for name in heading.split(","))
    told(at(url, "bare"), f"CREATE TABLE rows ({columns})")
    began = time.perf_counter()
    subprocess.run(
        ["psql", "-q", at(url, "bare"), "-c", rf"\copy rows FROM '{file}' WITH (FORMAT csv, HEADER)"], check=True
    )
    return {"ours": IMPORT_ROWS / committed, "theirs": IMPORT_ROWS / (time.perf_counter() - began)}


def measured(home, size, seconds):
    """Measure one size as `python -m benchmarks` does."""
    folder = home / "postgresql" / str(size)
    command = [sys.executable, "-m", "benchmarks", "--measure", str(size), "--seconds", str(seconds)]
    subprocess.run([*command, "--home", str(folder.parent)], env=environment(folder), check=True)
    return json.loads((folder / "result.json").read_text())


def grown(home, sizes, seconds):
    """Compare the answers of one connection at the smallest and the largest size."""
    if len(sizes) < 2:
        return {}
    folder = home / "postgresql"
    command = [sys.executable, "-m", "benchmarks", "--growth", "--sizes", ",".join(map(str, sizes))]
    subprocess.run(
        [*command, "--home", str(folder), "--seconds", str(seconds)],
        env=environment(folder / str(sizes[0])),
        check=True,
    )
    return json.loads((folder / str(sizes[-1]) / "growth.json").read_text())


def main():
    options = argparse.ArgumentParser(prog="benchmarks.on_postgresql", description=__doc__)
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench")
    options.add_argument("--sizes", default="50000,1000000")
    options.add_argument("--seconds", type=float, default=15)
    options.add_argument("--copy", type=Path)
    options.add_argument("--into", type=Path)
    chosen = options.parse_args()
    if chosen.copy:
        copied(chosen.copy, chosen.into)
        return
    sizes = [int(size) for size in chosen.sizes.split(",")]
    with postgres.Cluster() as url:
        told(url, *(f"ALTER SYSTEM SET {setting}" for setting in AS_A_REAL_ONE), "SELECT pg_reload_conf()")
        for size in sizes:
            told(url, f"CREATE DATABASE of_{size}")
            ready(chosen.home / "postgresql" / str(size), prepared(size, chosen.home), at(url, f"of_{size}"))
        brought = imported(chosen.home, url) if IMPORT_SIZE in sizes else None
        results = [measured(chosen.home, size, chosen.seconds) for size in sizes]
        print(table(results, None, grown=grown(chosen.home, sizes, chosen.seconds)).replace("SQLite.", "PostgreSQL."))
    if brought:
        share = brought["ours"] / brought["theirs"]
        mark = "" if share >= IMPORT_WANTED else " **missed**"
        rates = f"{brought['ours']:,.0f} : {brought['theirs']:,.0f} rows/s"
        print(f"| import until committed, share of `\\copy` | {share:.3f} ({rates}){mark} | | ≥ {IMPORT_WANTED} |")


if __name__ == "__main__":
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = "hermanar.site.settings"
    main()
