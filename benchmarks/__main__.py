"""`make bench`: Hermanar beside Datasette on the same rows and the same machine; prints the table of ratios."""

from __future__ import annotations

import argparse
import contextlib
import csv
import datetime as dt
import itertools
import json
import os
import platform
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import load
from benchmarks.houses import day_of, environment, prepared

STARTED = time.perf_counter()
TASKS = {
    "page": ("agreement page", {50_000: 2, 1_000_000: 2}),
    "list": ("faceted list with the counts of all facets", {50_000: 5, 1_000_000: 30}),
    "text": ("text with accents and facets", {50_000: 3, 1_000_000: 4}),
    "statistics": ("statistics of everything", {50_000: 10, 1_000_000: 30}),
}
TURNS = 4
IMPORT_WANTED = 0.05
GROWTH = {"page": 1.3, "list": 3, "text": 3}
GROWTH_TURNS, GROWTH_ASKED = 40, 20


def prepare(size, folder):
    """Make the data of one size, in a process that looks at its folder."""
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from benchmarks.generate import generate  # noqa: PLC0415
    from hermanar.catalogue.search.questions import INDEX  # noqa: PLC0415
    from hermanar.foundation.calendar import public_day  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load", only=["places"])
    call_command("collectstatic", interactive=False, verbosity=0)
    day = public_day()
    generate(size, product=folder / "hermanar.sqlite3", flat=folder / "flat.sqlite3", today=day)
    began = time.perf_counter()
    INDEX.rebuild(day=day)
    seconds = time.perf_counter() - began
    (folder / "index.json").write_text(json.dumps({"seconds": seconds, "day": day.isoformat()}))


def measure(size, folder, seconds):
    """Measure one size, in a process that looks at its folder."""
    import django  # noqa: PLC0415

    django.setup()
    from benchmarks.questions import Questions  # noqa: PLC0415
    from benchmarks.servers import datasette, hermanar  # noqa: PLC0415

    asked = Questions(folder / "flat.sqlite3")
    made = json.loads((folder / "index.json").read_text())
    day = day_of(folder)
    asked.check_lists(day)
    if size <= 50_000:
        asked.check_texts(day)
    found = {"size": size, "index_seconds": made["seconds"], "tasks": {}}
    ours, theirs = (
        hermanar(folder, folder / "hermanar.log"),
        datasette(folder / "flat.sqlite3", folder / "datasette.log"),
    )
    with ours as us, theirs as them:
        asked.check_datasette(them)
        found["memory_started_mb"] = us.memory_mb()
        for task in TASKS:
            found["tasks"][task] = in_turns(asked, task, us=us, them=them, seconds=seconds)
        found["memory_loaded_mb"] = us.memory_mb()
        found["csv"], found["csv_datasette"] = files_in_turns(us, them)
    return found


def in_turns(asked, task, *, us, them, seconds):
    """Ask one server, then the other, and again: what else the machine does falls on both. The other one rests."""
    sides = {"ours": (us, iter(asked.ours(task))), "theirs": (them, iter(asked.theirs(task)))}
    found = {}
    for side, (server, paths) in sides.items():
        load.load(server.port, itertools.islice(paths, 3), seconds=seconds)  # nobody's first answer counts
        found[side] = {"one": [], "many": []}
    for connections, which in ((1, "one"), (load.CONNECTIONS, "many")):
        for _turn in range(TURNS):
            for side, (server, paths) in sides.items():
                found[side][which].append(
                    load.load(server.port, paths, seconds=seconds / TURNS, connections=connections)
                )
    return {side: summed(outcomes["one"], outcomes["many"]) for side, outcomes in found.items()}


def summed(one, many):
    many = [outcome for outcome in many if outcome.answers]
    answers = sum(outcome.answers for outcome in many)
    return {
        "per_second": answers / sum(outcome.answers / outcome.per_second for outcome in many),
        "p50_ms": statistics.median(taken for outcome in one for taken in outcome.taken_ms),
        "answers": answers,
    }


def growth(folders, seconds):
    """Ask the smallest and the largest at one connection in turns: what else the machine does falls on both."""
    import django  # noqa: PLC0415

    django.setup()
    from benchmarks.questions import Questions  # noqa: PLC0415
    from benchmarks.servers import hermanar  # noqa: PLC0415

    asked = [Questions(folder / "flat.sqlite3") for folder in folders]
    found = {}
    with contextlib.ExitStack() as running:
        servers = [running.enter_context(hermanar(folder, folder / "growth.log")) for folder in folders]
        for task in GROWTH:
            paths = [iter(questions.ours(task)) for questions in asked]
            taken = [[] for _folder in folders]
            for turn in range(GROWTH_TURNS + 1):
                for server, some, times in zip(servers, paths, taken, strict=True):
                    outcome = load.load(
                        server.port, itertools.islice(some, GROWTH_ASKED), seconds=seconds, connections=1
                    )
                    times.extend(outcome.taken_ms if turn else [])  # nobody's first answers count
            found[task] = [statistics.median(times) for times in taken]
    return found


def files_in_turns(us, them):
    """Take the whole file from us and a part of it from them, in turns; keep each side's best."""
    found = ([], [])
    for _turn in range(TURNS):
        found[0].append(csv_of(us, "/datos/acuerdos.csv"))
        found[1].append(csv_of(them, "/flat/agreements.csv?_stream=on&_size=max", stop_after=150_000))
    return [max(side, key=lambda one: one["rows_per_second"]) for side in found]


def csv_of(server, path, stop_after=None):
    before = server.memory_mb()
    lines, elapsed, first = load.download(server.port, path, stop_after=stop_after)
    grown = server.memory_mb() - before
    return {"rows": lines, "rows_per_second": lines / elapsed, "first_byte_s": first, "grown_mb": grown}


def imported(home, rows=50_000):
    """Return rows a second of `hermanar import` with all its checks and of `sqlite3 .import` with none."""
    folder = home / "import"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home / "50000", folder, ignore=shutil.ignore_patterns("index", "flat*", "static"))
    file = home / "import.csv"
    write_import_file(file, folder / "hermanar.sqlite3", rows)
    command = [sys.executable, "-m", "benchmarks", "--bring", str(file)]
    began = time.perf_counter()
    done = subprocess.run(command, env=environment(folder), check=False, capture_output=True, text=True)
    ours = rows / (time.perf_counter() - began)
    committed = re.search(r"committed in ([\d.]+) s", done.stdout)
    shutil.rmtree(folder)
    if done.returncode:
        return {"refused": (done.stdout + done.stderr)[-800:]}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as bare:
        subprocess.run(["sqlite3", f"{bare}/bare.sqlite3", ".mode csv", f".import {file} rows"], check=True)
    found = {"ours": ours, "theirs": rows / (time.perf_counter() - began)}
    return found | {"committed": rows / float(committed[1])}


def bring(path, began):
    """Import a file as the command does, its start included; say when it was committed, then when it is searchable."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from hermanar.catalogue import read  # noqa: PLC0415

    follow = read.state

    def told(**options):
        print(f"committed in {time.perf_counter() - began:.2f} s", flush=True)
        return follow(**options)

    read.state = told
    call_command("import", str(path), yes=True)


_NAMED_ONCE = """
SELECT place.name, coalesce(state.name, place.region), country.name_es
FROM directory_place AS place
JOIN directory_country AS country ON country.code = place.country_id
LEFT JOIN directory_place AS state ON state.id = place.state_id
JOIN directory_placename AS own ON own.place_id = place.id AND own.name = place.name
WHERE place.kind = ? AND (SELECT count(DISTINCT other.place_id) FROM directory_placename AS other
                          WHERE other.folded = own.folded) = 1
GROUP BY place.id ORDER BY place.population DESC LIMIT 2000
"""


def write_import_file(path, product, rows):
    """Write a city's own file of agreements in the template's columns; names that one place bears."""
    with sqlite3.connect(f"file:{product}?mode=ro", uri=True) as file:
        hosts = file.execute(_NAMED_ONCE, ["municipality"]).fetchall()
        partners = [place for place in file.execute(_NAMED_ONCE, ["city"]).fetchall() if place[2] != "México"]
    dice = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(IMPORT_COLUMNS)
        for number in range(rows):
            host, partner = hosts[number % len(hosts)], dice.choice(partners)
            signed = dt.date(1990, 1, 1) + dt.timedelta(days=dice.randrange(12_000))
            writer.writerow([*host, *partner, "hermanamiento", signed.isoformat()])


IMPORT_COLUMNS = (
    "ciudad", "estado", "país", "ciudad_contraparte", "región_contraparte", "país_contraparte", "tipo", "fecha_firma",
)  # fmt: skip


def table(results, brought, *, grown):
    """Write the table of ratios."""
    sizes = [result["size"] for result in results]
    lines = [
        "| task | " + " | ".join(f"{size:,}" for size in sizes) + " | wanted |",
        "| --- |" + " --- |" * (len(sizes) + 1),
    ]
    for task, (name, wanted) in TASKS.items():
        cells = []
        for result in results:
            one = result["tasks"][task]
            ratio = one["ours"]["per_second"] / one["theirs"]["per_second"]
            mark = "" if ratio >= wanted.get(result["size"], 0) else " **missed**"
            cells.append(
                f"{ratio:,.1f} × ({one['ours']['per_second']:,.0f}/s : {one['theirs']['per_second']:,.1f}/s){mark}"
            )
        lines.append(f"| {name} | {' | '.join(cells)} | {', '.join(f'≥ {value} ×' for value in wanted.values())} |")
    cells = [
        f"{result['csv']['rows_per_second'] / result['csv_datasette']['rows_per_second']:,.1f} × "
        f"({result['csv']['rows_per_second']:,.0f} rows/s : {result['csv_datasette']['rows_per_second']:,.0f}), "
        f"first byte {result['csv']['first_byte_s']:.3f} s, memory {result['csv']['grown_mb']:+.0f} MB"
        for result in results
    ]
    lines.append(f"| CSV of everything | {' | '.join(cells)} | ≥ 3 ×, ≤ 0.1 s |")
    cells = [
        f"{result['memory_started_mb']:,.0f} MB started, {result['memory_loaded_mb']:,.0f} MB after the load"
        for result in results
    ]
    lines.append(f"| memory of the server | {' | '.join(cells)} | ≤ 600 MB |")
    lines.append(
        f"| index from nothing | {' | '.join(f'''{result['index_seconds']:,.0f} s''' for result in results)} | |"
    )
    if brought and "ours" in brought:
        share, ours, theirs = brought["ours"] / brought["theirs"], brought["ours"], brought["theirs"]
        lines.append(
            f"| import until searchable, share of `.import` | {share:.3f} ({ours:,.0f} : {theirs:,.0f} rows/s) | | |"
        )
        share, ours = brought["committed"] / theirs, brought["committed"]
        mark = "" if share >= IMPORT_WANTED else " **missed**"
        cells = f"{share:.3f} ({ours:,.0f} : {theirs:,.0f} rows/s){mark}"
        lines.append(f"| import until committed, share of `.import` | {cells} | | ≥ {IMPORT_WANTED} |")
    for task, (first, last) in grown.items():
        wanted = GROWTH[task]
        mark = "" if last / first <= wanted else " **missed**"
        cells = f"{first:.1f} ms | {last:.1f} ms | {last / first:.2f} × of ≤ {wanted} ×{mark}"
        lines.append(f"| p50 of one connection, {TASKS[task][0]} | {cells} |")
    lines += ["", f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite."]
    return "\n".join(lines)


def ends_of(sizes):
    """Return the first and the last of the sizes as they were given."""
    first, *_between, last = sizes.split(",")
    return [first, last]


def main():
    options = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    options.add_argument("--sizes", default="50000,1000000")
    options.add_argument("--seconds", type=float, default=15)
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench")
    options.add_argument("--prepare", type=int)
    options.add_argument("--measure", type=int)
    options.add_argument("--bring", type=Path)
    options.add_argument("--growth", action="store_true")
    chosen = options.parse_args()
    if chosen.prepare:
        prepare(chosen.prepare, chosen.home / str(chosen.prepare))
    elif chosen.bring:
        bring(chosen.bring, STARTED)
    elif chosen.measure:
        folder = chosen.home / str(chosen.measure)
        (folder / "result.json").write_text(json.dumps(measure(chosen.measure, folder, chosen.seconds), indent=1))
    elif chosen.growth:
        folders = [chosen.home / size for size in ends_of(chosen.sizes)]
        (folders[-1] / "growth.json").write_text(json.dumps(growth(folders, chosen.seconds)))
    else:
        results = []
        for size in map(int, chosen.sizes.split(",")):
            folder = prepared(size, chosen.home)
            command = [sys.executable, "-m", "benchmarks", "--measure", str(size), "--seconds", str(chosen.seconds)]
            subprocess.run([*command, "--home", str(chosen.home)], env=environment(folder), check=True)
            results.append(json.loads((folder / "result.json").read_text()))
        grown = {}
        if len(results) > 1:
            command = [sys.executable, "-m", "benchmarks", "--growth", "--sizes", chosen.sizes]
            subprocess.run([*command, "--home", str(chosen.home)], env=environment(folder), check=True)
            grown = json.loads((chosen.home / ends_of(chosen.sizes)[-1] / "growth.json").read_text())
        brought = imported(chosen.home) if (chosen.home / "50000").exists() else None
        print(table(results, brought, grown=grown))
        if brought and "refused" in brought:
            print("import refused:", brought["refused"])


if __name__ == "__main__":
    main()
