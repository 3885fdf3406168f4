"""`make bench`: Hermanar beside Datasette on the same rows and the same machine; prints the table of ratios."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import load

TASKS = {
    "page": ("agreement page", {50_000: 2, 1_000_000: 2}),
    "list": ("faceted list with the counts of all facets", {50_000: 5, 1_000_000: 30}),
    "text": ("text with accents and facets", {50_000: 3, 1_000_000: 4}),
    "statistics": ("statistics of everything", {50_000: 10, 1_000_000: 30}),
}
GROWTH = {"page": 1.3, "list": 3, "text": 3}


def prepared(size, home):
    """Return the folder with the product's database and the flat one, made when it is not there yet."""
    folder = home / str(size)
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-m", "benchmarks", "--prepare", str(size), "--home", str(home)],
            env=environment(folder), check=True,
        )  # fmt: skip
        (folder / "ready").touch()
    return folder


def environment(folder):
    return os.environ | {
        "HERMANAR_MODE": "demo",
        "HERMANAR_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "hermanar.site.settings",
    }


def prepare(size, folder):
    """Make the data of one size, in a process that looks at its folder."""
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from benchmarks.generate import generate  # noqa: PLC0415
    from hermanar.catalogue.search.questions import INDEX  # noqa: PLC0415
    from hermanar.museum.views.day import today  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load", only=["places"])
    call_command("collectstatic", interactive=False, verbosity=0)
    day = today()
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
    day = dt.date.fromisoformat(made["day"])  # the flat rows hold the force and the vitality of that day
    asked.check_lists(day)
    if size <= 50_000:
        asked.check_texts(day)
    found = {"size": size, "index_seconds": made["seconds"], "tasks": {}}
    with hermanar(folder, folder / "hermanar.log") as server:
        found["memory_started_mb"] = server.memory_mb()
        ours = {task: tasks_of(server, asked.ours(task), seconds) for task in TASKS}
        found["memory_loaded_mb"] = server.memory_mb()
        found["csv"] = csv_of(server, "/datos/acuerdos.csv")
        found["stand_ins"] = stand_ins(server)
    with datasette(folder / "flat.sqlite3", folder / "datasette.log") as server:
        asked.check_datasette(server)
        theirs = {task: tasks_of(server, asked.theirs(task), seconds) for task in TASKS}
        found["csv_datasette"] = csv_of(server, "/flat/agreements.csv?_stream=on&_size=max", stop_after=150_000)
    for task in TASKS:
        found["tasks"][task] = {"ours": ours[task], "theirs": theirs[task]}
    return found


def tasks_of(server, paths, seconds):
    load.load(server.port, paths[:4], seconds=seconds)  # nobody's first answer counts
    one = load.load(server.port, paths[4:300], seconds=seconds / 2, connections=1)
    many = load.load(server.port, paths[300:], seconds=seconds)
    return {"per_second": many.per_second, "p50_ms": one.p50_ms, "p99_ms": many.p99_ms, "answers": many.answers}


def csv_of(server, path, stop_after=None):
    before = server.memory_mb()
    lines, elapsed, first = load.download(server.port, path, stop_after=stop_after)
    grown = server.memory_mb() - before
    return {"rows": lines, "rows_per_second": lines / elapsed, "first_byte_s": first, "grown_mb": grown}


def stand_ins(server):
    import http.client  # noqa: PLC0415

    found = []
    for path in ("/api/v1/statistics", "/datos/acuerdos.csv"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", path + "?kind=other&registered=yes&decade=1950")
        if connection.getresponse().getheader("X-Stand-In"):
            found.append(path)
        connection.close()
    return found


def imported(home, rows=20_000):
    """Return rows a second of `hermanar import` and of `sqlite3 .import`, or None when the command is not there."""
    folder = home / "import"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home / "50000", folder, ignore=shutil.ignore_patterns("index", "flat*"))
    hermanar = [sys.executable, "-m", "hermanar.site"]
    offered = subprocess.run([*hermanar, "import", "--help"], env=environment(folder), capture_output=True, check=False)
    if offered.returncode:
        return None
    template = home / "import.csv"
    write_import_file(template, home / "50000" / "flat.sqlite3", rows)
    began = time.perf_counter()
    done = subprocess.run(
        [*hermanar, "import", "--yes", str(template)],
        env=environment(folder),
        check=False,
        capture_output=True,
        text=True,
    )
    ours = rows / (time.perf_counter() - began)
    if done.returncode:
        return {"refused": (done.stdout + done.stderr)[-600:]}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as bare:
        subprocess.run(["sqlite3", f"{bare}/bare.sqlite3", ".mode csv", f".import {template} rows"], check=True)
    return {"ours": ours, "theirs": rows / (time.perf_counter() - began)}


def write_import_file(path, flat, rows):
    """Write a city's own file of agreements in the template's columns."""
    import sqlite3  # noqa: PLC0415

    with sqlite3.connect(flat) as file, path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(IMPORT_COLUMNS)
        found = file.execute("SELECT slug, party_ids, kind, signed_on FROM agreements LIMIT ?", [rows])
        for slug, ids, kind, signed_on in found:
            host, partner = ids.split("; ")
            values = {
                "referencia": f"imp-{slug}"[:70],
                "ciudad": host,
                "contraparte": partner,
                "tipo": kind,
                "fecha_firma": signed_on,
            }
            writer.writerow([values.get(column, "") for column in IMPORT_COLUMNS])


IMPORT_COLUMNS = ("referencia", "ciudad", "contraparte", "tipo", "fecha_firma")


def table(results, brought):
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
        lines.append(
            f"| import, share of `.import` | {brought['ours'] / brought['theirs']:.3f}"
            f" ({brought['ours']:,.0f} : {brought['theirs']:,.0f} rows/s) | | ≥ 0.05 |"
        )
    if len(results) > 1:
        first, last = results[0]["tasks"], results[-1]["tasks"]
        for task, wanted in GROWTH.items():
            grown = last[task]["ours"]["p50_ms"] / first[task]["ours"]["p50_ms"]
            mark = "" if grown <= wanted else " **missed**"
            cells = f"{first[task]['ours']['p50_ms']:.1f} ms | {last[task]['ours']['p50_ms']:.1f} ms"
            lines.append(f"| p50 of one connection, {TASKS[task][0]} | {cells} | {grown:.2f} × of ≤ {wanted} ×{mark} |")
    stood = sorted({path for result in results for path in result["stand_ins"]})
    lines += ["", f"Python {platform.python_version()}, {os.cpu_count()} cores."]
    if stood:
        lines.append(f"Measured by stand-ins: {', '.join(stood)}.")
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    options.add_argument("--sizes", default="50000,1000000")
    options.add_argument("--seconds", type=float, default=15)
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench")
    options.add_argument("--prepare", type=int)
    options.add_argument("--measure", type=int)
    chosen = options.parse_args()
    if chosen.prepare:
        prepare(chosen.prepare, chosen.home / str(chosen.prepare))
    elif chosen.measure:
        folder = chosen.home / str(chosen.measure)
        (folder / "result.json").write_text(json.dumps(measure(chosen.measure, folder, chosen.seconds), indent=1))
    else:
        results = []
        for size in map(int, chosen.sizes.split(",")):
            folder = prepared(size, chosen.home)
            command = [sys.executable, "-m", "benchmarks", "--measure", str(size), "--seconds", str(chosen.seconds)]
            subprocess.run([*command, "--home", str(chosen.home)], env=environment(folder), check=True)
            results.append(json.loads((folder / "result.json").read_text()))
        brought = imported(chosen.home) if (chosen.home / "50000").exists() else None
        print(table(results, brought))
        if brought and "refused" in brought:
            print("import refused:", brought["refused"])


if __name__ == "__main__":
    main()
